"""Notices: what the database refuses of them, and that published ones stay as they are."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from institutions.models import Notice
from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published
from tests.institutions.models.rows import FIRST, T1, a_notice_row, saved
from tests.refusals import checks_of, constraint_refusing, execute, words_of_refusal

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
DIGEST = "0" * 64
FILE = {"file": "notices/x.txt", "file_name": "x.txt", "file_sha256": DIGEST}
PUBLISHED = {"published_at": T1, "published_by": "editor"}
WITHDRAWN = {"withdrawn_at": T1, "withdrawn_by": "editor", "reason": "误传"}
EARLY, LATE = date(1949, 9, 30), date(2101, 1, 1)
ILLEGAL = {
    "institutions_notice_names_its_source": [{"source_words": ""}],
    "institutions_notice_published_by": [{"published_at": T1}, {"published_by": "editor"}],
    "institutions_notice_withdrawn_by": [
        {**PUBLISHED, **WITHDRAWN, "reason": ""},
        {**PUBLISHED, **WITHDRAWN, "withdrawn_by": None},
        {**PUBLISHED, "reason": "误传"},
    ],
    "institutions_notice_withdrawn_after": [
        WITHDRAWN,
        {**PUBLISHED, **WITHDRAWN, "withdrawn_at": T1 - DAY},
    ],
    "institutions_notice_version": [{"version": 0}],
    "notice_has_title_and_text": [{"title": ""}, {"text": ""}],
    "notice_stated_day_has_its_basis": [{"stated_on": FIRST}, {"stated_basis": "来函"}],
    "notice_file_has_its_digest": [
        {**FILE, "file_sha256": ""},
        {**FILE, "file_sha256": "A" * 64},
        {**FILE, "file_sha256": "0" * 63},
        {**FILE, "file_name": ""},
        {**FILE, "file": ""},
    ],
    "notice_is_whole_when_published": [
        {**PUBLISHED, "issuer": None},
        {**PUBLISHED, "scheme": None},
        {**PUBLISHED, "area": None},
    ],
    "notice_words_are_known": [{"extent": ""}, {"nature": "letter"}],
    "notice_dates_in_years": [
        {"issued_on": EARLY},
        {"effective_on": LATE},
        {"stated_on": LATE, "stated_basis": "来函"},
    ],
}
# What a row written at once cannot be: it has no key yet that it could replace.
BY_UPDATE = {"institutions_notice_replaces_other"}


def with_people(fields):
    editor = UserFactory()
    return {name: editor if value == "editor" else value for name, value in fields.items()}


@pytest.mark.parametrize(
    ("constraint", "fields"), [(name, row) for name, rows in ILLEGAL.items() for row in rows]
)
def test_no_illegal_notice(constraint, fields):
    assert constraint_refusing(saved, a_notice_row(**with_people(fields))) == constraint


def test_no_notice_replaces_itself():
    row = saved(a_notice_row())
    write = Notice.objects.filter(pk=row.pk).update
    assert constraint_refusing(write, replaces=row) == "institutions_notice_replaces_other"


def test_every_check_is_tried():
    assert checks_of(Notice) == set(ILLEGAL) | BY_UPDATE


def test_replaced_once_only():
    old = saved(a_notice_row())
    saved(a_notice_row(replaces=old))
    assert "replaces_id" in words_of_refusal(saved, a_notice_row(replaces=old))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        PUBLISHED,
        {**PUBLISHED, **WITHDRAWN},
        {"issuer": None, "scheme": None, "area": None},
        {"stated_on": FIRST, "stated_basis": "来函"},
        FILE,
        {"issued_on": EARLY + DAY, "effective_on": LATE - DAY},
    ],
)
def test_legal_notices(fields):
    saved(a_notice_row(**with_people(fields)))
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"stated_on": FIRST}, {"stated_basis": ["编辑认定的起始日和认定依据须一起填写。"]}),
        ({"stated_basis": "来函"}, {"stated_on": ["编辑认定的起始日和认定依据须一起填写。"]}),
        (
            {"issued_on": LATE},
            {"__all__": ["日期须在 1949 年 10 月 1 日到 2100 年底之间，请检查年份。"]},
        ),
    ],
)
def test_what_is_wrong_is_said_in_chinese(fields, errors):
    row = a_notice_row(**fields)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    said = {name: list(dict.fromkeys(words)) for name, words in refused.value.message_dict.items()}
    assert {name: said[name] for name in errors} == errors


class TestPublished:
    KEPT = "“通知”已经发布，除撤回一次外，不可修改。"

    @pytest.fixture
    def notice(self):
        return published(a_notice(an_institution(), kind=KindFactory()))

    @pytest.mark.parametrize(
        "assignment",
        [
            "title = 'x'",
            "text = text",
            "effective_on = NULL",
            "stated_on = '2020-01-01', stated_basis = 'x'",
            "file_sha256 = ''",
            "published_at = NULL, published_by_id = NULL",
            "version = version + 1",
            "replaces_id = NULL",
        ],
    )
    def test_no_update(self, notice, assignment):
        statement = f"UPDATE institutions_notice SET {assignment}"  # noqa: S608
        assert words_of_refusal(execute, statement) == self.KEPT

    def test_no_delete(self, notice):
        refusal = "“通知”已经发布，不可删除。"
        assert words_of_refusal(execute, "DELETE FROM institutions_notice") == refusal
        with pytest.raises(ProtectedError):
            notice.delete()

    def test_withdrawn_once(self, notice):
        editor = UserFactory()
        withdrawal = {"withdrawn_at": timezone.now(), "withdrawn_by": editor, "reason": "误传"}
        Notice.objects.update(**withdrawal)
        assert words_of_refusal(Notice.objects.update, **withdrawal) == self.KEPT
        undone = {"withdrawn_at": None, "withdrawn_by": None, "reason": ""}
        assert words_of_refusal(Notice.objects.update, **undone) == self.KEPT
        assert words_of_refusal(Notice.objects.update, reason="另有原因") == self.KEPT

    def test_a_draft_is_free(self):
        draft = a_notice(an_institution(), kind=KindFactory())
        draft.title = "改过"
        draft.save()
        draft.delete()
        assert Notice.objects.count() == 0


def test_a_file_is_kept_under_its_digest(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    data = "名单".encode()
    rows = [a_notice_row(), a_notice_row()]
    for row in rows:
        row.keep_file("../通知 第1号.TXT", data)
        saved(row)
    digest = hashlib.sha256(data).hexdigest()
    assert [(row.file.name, row.file_name, row.file_sha256) for row in rows] == [
        (f"notices/{digest}.txt", "../通知 第1号.TXT", digest)
    ] * 2
    assert [path.name for path in tmp_path.rglob("*.txt")] == [f"{digest}.txt"]
