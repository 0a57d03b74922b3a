"""Names, declarations, merges and judgements: what the database refuses, and what stays as it was said."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from institutions.models import Coverage, InstitutionName, Match, Merge
from portal.records import close
from tests.institutions.models.rows import (
    FIRST,
    T1,
    a_coverage,
    a_match,
    a_merge,
    a_name,
    saved,
)
from tests.refusals import checks_of, constraint_refusing, execute, words_of_refusal

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
EARLY, LATE = date(1949, 9, 30), date(2101, 1, 1)
ILLEGAL = {
    a_name: {
        "institutions_institutionname_valid_interval": [
            {"valid_from": FIRST, "valid_to": FIRST - DAY}
        ],
        "institutions_institutionname_known_interval": [{"known_to": T1}],
        "institutionname_is_not_empty": [{"name": ""}, {"key": ""}],
        "institutionname_has_a_source": [{"source_words": ""}],
        "institutionname_kind_is_known": [{"kind": "nickname"}],
    },
    a_coverage: {
        "institutions_coverage_valid_interval": [{"valid_to": FIRST - DAY}],
        "institutions_coverage_known_interval": [{"known_to": T1}],
        "coverage_has_a_first_day": [{"valid_from": None}],
        "coverage_has_a_basis": [{"basis": ""}],
        "coverage_days_in_years": [{"valid_from": EARLY}, {"valid_to": LATE}],
    },
    a_merge: {
        "merge_joins_two": [{"whole": "itself"}],
        "merge_has_a_source": [{"source_words": ""}],
        "merge_day_in_years": [{"on": EARLY}, {"on": LATE}],
    },
    a_match: {"match_has_a_name": [{"printed": ""}, {"key": ""}]},
}
MODELS = {a_name: InstitutionName, a_coverage: Coverage, a_merge: Merge, a_match: Match}
CASES = [
    (row, name, fields)
    for row, table in ILLEGAL.items()
    for name, several in table.items()
    for fields in several
]


@pytest.mark.parametrize(("row", "constraint", "fields"), CASES)
def test_nothing_illegal(row, constraint, fields):
    made = row(**{name: value for name, value in fields.items() if value != "itself"})
    if "itself" in fields.values():
        made.whole = made.part
    assert constraint_refusing(saved, made) == constraint


@pytest.mark.parametrize("row", ILLEGAL)
def test_every_check_is_tried(row):
    by_key = {"merge_undoes_another"} if row is a_merge else set()
    assert checks_of(MODELS[row]) == set(ILLEGAL[row]) | by_key


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (a_name, {"valid_from": FIRST, "valid_to": FIRST}),
        (a_name, {"kind": "campus"}),
        (a_coverage, {}),
        (a_coverage, {"valid_to": FIRST}),
        (a_merge, {"on": date(2100, 12, 31)}),
        (a_match, {"same": False, "city": "郑州"}),
    ],
)
def test_legal_rows(row, fields):
    made = saved(row(**fields))
    assert MODELS[row].objects.filter(pk=made.pk).exists()


class TestClosedOnce:
    @pytest.mark.parametrize(("row", "words"), [(a_name, "机构名称"), (a_coverage, "收录完整声明")])
    def test_names_and_declarations(self, row, words):
        row = saved(row())
        table, kept = row._meta.db_table, f"“{words}”一经记入，除关闭一次外，不可修改。"
        for assignment in ("valid_from = '2019-01-01'", "known_from = known_from"):
            assert words_of_refusal(execute, f"UPDATE {table} SET {assignment}") == kept  # noqa: S608
        close([row])
        assert words_of_refusal(type(row).objects.update, known_to=None) == kept
        assert words_of_refusal(row.delete) == f"“{words}”一经记入，不可删除。"


class TestMerges:
    def test_they_are_never_altered(self):
        row = saved(a_merge())
        changed, deleted = (
            f"“机构合并”只增不改：一经记入，不可{act}。" for act in ("修改", "删除")
        )
        assert words_of_refusal(Merge.objects.update, on=FIRST + DAY) == changed
        statement = "UPDATE institutions_merge SET source_words = source_words"
        assert words_of_refusal(execute, statement) == changed
        assert words_of_refusal(execute, "DELETE FROM institutions_merge") == deleted
        assert words_of_refusal(row.delete) == deleted

    def test_undone_once(self):
        row = saved(a_merge())
        saved(a_merge(undoes=row))
        assert "undoes_id" in words_of_refusal(saved, a_merge(undoes=row))

    def test_none_undoes_itself(self):
        row = a_merge(pk=1000)
        row.undoes_id = 1000
        assert constraint_refusing(saved, row) == "merge_undoes_another"

    def test_a_form_says_it_in_chinese(self):
        row = a_merge()
        row.whole = row.part
        with pytest.raises(ValidationError) as refused:
            row.full_clean()
        assert refused.value.message_dict["whole"] == ["一家机构不能并入自己。"]


class TestMatches:
    def test_judged_once(self):
        row = saved(a_match())
        again = a_match(institution=row.institution, same=False)
        told = {"sqlite": "institution_id", "postgresql": "match_judged_once"}
        assert told[connection.vendor] in words_of_refusal(saved, again)

    def test_a_name_means_one_institution_in_a_city(self):
        saved(a_match())
        told = {"sqlite": "match.key", "postgresql": "match_means_one_institution"}
        assert told[connection.vendor] in words_of_refusal(saved, a_match())
        saved(a_match(same=False))
        saved(a_match(city="郑州"))
        assert Match.objects.count() == 3
