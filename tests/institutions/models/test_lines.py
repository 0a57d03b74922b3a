"""Lines of notices: what the database refuses of them, what they still want, and that they stay."""

from datetime import date

import pytest

from institutions.models import NoticeLine
from tests.institutions.factories import KindFactory, a_notice, an_institution, published
from tests.institutions.models.rows import FIRST, a_draft_line, saved
from tests.refusals import checks_of, constraint_refusing, execute, words_of_refusal

pytestmark = pytest.mark.django_db

EARLY, LATE = date(1949, 9, 30), date(2101, 1, 1)
RENAME = {"action": "rename", "kind": None, "new_name": "东城医院"}
MERGE = {"action": "merge", "kind": None, "into": "another"}
ILLEGAL = {
    "line_has_name_and_quote": [{"name": ""}, {"key": ""}, {"quote": ""}, {"number": 0}],
    "line_words_are_known": [{"action": "close"}],
    "line_of_names_has_no_kind": [{"action": "rename", "new_name": "东城医院"}],
    "line_new_name_renames": [{"new_name": "东城医院"}],
    "line_into_merges": [{"into": "another"}, {**MERGE, "into": "itself"}],
    "line_decision_names_its_institution": [
        {"institution": None},
        {"decision": "undecided"},
        {"decision": "ignored"},
    ],
    "line_term_belongs_to_its_action": [
        {"action": "revoke", "term_to": FIRST},
        {"action": "resume", "term_from": FIRST},
    ],
    "line_last_day_revokes": [
        {"on_is_last_day": True, "on": FIRST},
        {"on_is_last_day": True, "action": "revoke"},
    ],
    "line_span_is_forward": [
        {"start": 5, "end": 5},
        {"start": 5, "end": 4},
        {"start": 5},
        {"end": 5},
    ],
    "line_dates_in_years": [{"on": EARLY}, {"term_from": LATE}, {"term_to": LATE}],
}


def a_line(fields):
    line = a_draft_line(**{**fields, **({"into": None} if "into" in fields else {})})
    if "into" in fields:
        line.into = line.institution if fields["into"] == "itself" else an_institution("乙医院")
    return line


@pytest.mark.parametrize(
    ("constraint", "fields"), [(name, row) for name, rows in ILLEGAL.items() for row in rows]
)
def test_no_illegal_line(constraint, fields):
    assert constraint_refusing(saved, a_line(fields)) == constraint


def test_every_check_is_tried():
    assert checks_of(NoticeLine) == set(ILLEGAL)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        RENAME,
        MERGE,
        {**MERGE, "institution": None, "decision": "undecided"},
        {"institution": None, "decision": "undecided", "action": "", "kind": None},
        {"institution": None, "decision": "ignored"},
        {"institution": None, "decision": "new"},
        {"decision": "new"},
        {"action": "suspend", "term_from": FIRST, "term_to": FIRST},
        {"action": "revoke", "on": FIRST, "on_is_last_day": True},
        {"start": 4, "end": 5},
        {"on": date(1949, 10, 1), "term_to": date(2100, 12, 31)},
    ],
)
def test_legal_lines(fields):
    saved(a_line(fields))
    assert NoticeLine.objects.count() == 1


def test_numbered_once():
    line = saved(a_draft_line())
    assert "number" in words_of_refusal(saved, a_draft_line(notice=line.notice))


class TestFixedOncePublished:
    @pytest.fixture
    def notice(self):
        return published(a_notice(an_institution(), kind=KindFactory()))

    def test_no_more_no_other_none_away(self, notice):
        refusal = "“名单条目”所属的文件已经发布，不可{}。".format
        assert words_of_refusal(saved, a_draft_line(notice=notice, number=2)) == refusal("增加")
        for assignment in ("quote = 'x'", "institution_id = institution_id", "decision = 'new'"):
            statement = f"UPDATE institutions_noticeline SET {assignment}"  # noqa: S608
            assert words_of_refusal(execute, statement) == refusal("修改")
        statement = "DELETE FROM institutions_noticeline"
        assert words_of_refusal(execute, statement) == refusal("删除")

    def test_none_moves_in_or_out(self, notice):
        outside, refusal = saved(a_draft_line(number=9)), "“名单条目”所属的文件已经发布，不可修改。"
        move_in = NoticeLine.objects.filter(pk=outside.pk).update
        assert words_of_refusal(move_in, notice=notice) == refusal
        move_out = notice.lines.update
        assert words_of_refusal(move_out, notice=outside.notice, number=2) == refusal


class TestWants:
    @pytest.mark.parametrize(
        ("fields", "wanted"),
        [
            ({}, []),
            ({"decision": "undecided", "institution": None}, ["认定机构"]),
            ({"action": "", "kind": None}, ["选定动作"]),
            ({"kind": None}, ["选定类别"]),
            ({**RENAME, "new_name": ""}, ["填写新名称"]),
            (RENAME, []),
            ({**MERGE, "into": None}, ["选定并入的机构"]),
            ({"decision": "ignored", "institution": None}, ["写明不采用的理由"]),
            (
                {
                    "decision": "ignored",
                    "institution": None,
                    "decision_reason": "重复",
                    "action": "",
                    "kind": None,
                },
                [],
            ),
        ],
    )
    def test_what_an_editor_must_still_decide(self, fields, wanted):
        assert a_draft_line(**fields).wants == wanted


def test_lines_of_one_key_mean_one_institution():
    one = a_draft_line(name="新城（东区）医院")
    other = a_draft_line(name="医院", resolved_name="新城(东区) 医院")
    assert one.matching_key == other.matching_key == "新城(东区)医院"
