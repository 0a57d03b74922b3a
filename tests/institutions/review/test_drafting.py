"""From a notice's text to a draft: what is taken over, what is left open, and that nothing comes twice."""

import hashlib
from datetime import date

import pytest

from institutions.models import Kind, Match, Notice, NoticeLine
from institutions.noticetext.notice import Entry
from institutions.publishing import publish, withdraw
from institutions.review.drafting import draft_notice, notice_with
from institutions.review.entrylines import day_of, kinds_by_words, line_of
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published
from tests.institutions.review.papers import CHANGES, OFFICE, TITLE, Ground, decisions, text

pytestmark = pytest.mark.django_db


def test_the_head_of_a_notice_finds_its_rows():
    ground = Ground()
    notice = ground.draft()
    assert {
        name: getattr(notice, name)
        for name in (
            "title",
            "issuer",
            "issuer_as_printed",
            "doc_number",
            "issued_on",
            "effective_on",
            "scheme",
            "area",
            "extent",
            "stated_counts",
            "file_is_private",
            "published_at",
        )
    } == {
        "title": TITLE,
        "issuer": ground.office,
        "issuer_as_printed": OFFICE,
        "doc_number": "",
        "issued_on": date(2021, 3, 15),
        "effective_on": None,
        "scheme": ground.scheme,
        "area": ground.city,
        "extent": "additions",
        "stated_counts": {"工伤保险定点医疗机构": 11, "工伤保险定点康复机构": 7},
        "file_is_private": False,
        "published_at": None,
    }


def test_each_entry_becomes_a_line_with_its_place_in_the_text():
    ground = Ground()
    lines = list(ground.draft().lines.select_related("kind").order_by("number"))
    assert [line.number for line in lines] == list(range(1, 19))
    assert [line.kind for line in lines] == [ground.medical] * 11 + [ground.care] * 7
    assert {line.action for line in lines} == {"designate"}
    assert [text()[line.start : line.end] for line in lines] == [line.quote for line in lines]
    assert [line.locator for line in lines] == ["第 4 行"] * 11 + ["第 5 行"] * 7
    assert {line.decision for line in lines} == {"undecided"}


def test_what_fits_nothing_is_left_open():
    ground = Ground(office=False)
    Kind.objects.update(printed_names="")
    ground.city.delete()
    notice = ground.draft()
    assert (notice.issuer, notice.scheme, notice.area) == (None, None, None)
    assert set(notice.lines.values_list("kind", flat=True)) == {None}


def test_words_that_two_kinds_claim_name_neither():
    first, second = (KindFactory(printed_names="定点医院\n定点　诊所") for _ in range(2))
    KindFactory(printed_names="定点药店")
    Kind.objects.filter(pk=second.pk).update(printed_names="定点医院")
    assert kinds_by_words(Kind.objects.all()) == {
        "定点诊所": first,
        "定点药店": Kind.objects.get(printed_names="定点药店"),
    }


def test_a_name_that_is_certain_is_linked_and_a_doubtful_one_is_not():
    ground = Ground()
    for name in ("安阳市灯塔医院", "安阳市第三人民医院", "安阳市第六人民医院"):
        an_institution(name, place=ground.city)
    notice = ground.draft(CHANGES)
    assert decisions(notice) == [
        (1, "安阳市灯塔医院", "matched", "安阳市灯塔医院"),
        (2, "安阳市第六医院", "undecided", None),
        (3, "市第三人民医院", "matched", "安阳市第三人民医院"),
    ]
    assert notice.lines.get(number=1).decision_reason == "名称相同"
    assert (notice.effective_on, notice.doc_number) == (date(2022, 6, 1), "安人社〔2022〕8号")


def test_a_remembered_judgement_links():
    ground = Ground()
    sixth = an_institution("安阳市第六人民医院", place=ground.city)
    Match.objects.create(
        printed="安阳市第六医院", city="安阳市", institution=sixth, by=ground.editor
    )
    assert decisions(ground.draft(CHANGES))[1] == (
        2,
        "安阳市第六医院",
        "matched",
        "安阳市第六人民医院",
    )


def test_lines_of_one_name_in_two_districts_wait_for_an_editor():
    ground = Ground()
    for district in ("文峰区", "北关区"):
        PlaceFactory(name=district, parent=ground.city, level="county")
    an_institution("安阳爱民医院", place=ground.city)
    words = (
        "安阳市工伤保险定点医疗机构名单\n\n| 区县 | 机构名称 |\n| --- | --- |\n"
        "| 文峰区 | 安阳爱民医院 |\n| 北关区 | 安阳爱民医院 |\n"
    )
    assert {row[2] for row in decisions(ground.draft(words))} == {"undecided"}


def test_private_numbers_keep_the_file_from_the_public():
    assert Ground().draft(CHANGES).file_is_private


def test_the_file_is_kept_under_its_digest():
    ground = Ground()
    data = text().encode()
    notice = ground.draft(file=("通知.txt", data))
    assert (notice.file_name, notice.file_sha256) == (
        "通知.txt",
        hashlib.sha256(data).hexdigest(),
    )
    with notice.file.open() as kept:
        assert kept.read() == data


def test_the_same_text_or_file_makes_nothing_new():
    ground = Ground()
    notice = ground.draft(file=("通知.txt", b"1"))
    for words, file in ((text(), None), ("别的文字", ("另.txt", b"1"))):
        taken = draft_notice(words, source_words="网站", by=ground.editor, file=file)
        assert (taken.notice, taken.is_new) == (notice, False)
    assert Notice.objects.count() == 1


def test_a_withdrawn_notice_may_be_taken_in_again():
    kind, editor = KindFactory(), UserFactory()
    notice = published(a_notice({"name": "新城医院"}, kind=kind, text="名单"))
    assert notice_with("名单") == notice
    withdraw(notice, by=editor, reason="误传")
    assert notice_with("名单") is None


def test_a_published_notice_is_named_before_its_draft():
    ground = Ground()
    first = ground.draft()
    first.lines.update(decision="new")
    publish(first, by=ground.editor)
    first.pk, first.published_at, first.published_by, first.version = None, None, None, 1
    first._state.adding = True
    first.save()
    assert notice_with(text()).published_at is not None


def test_a_failed_draft_leaves_no_file(monkeypatch, settings):
    ground = Ground()
    before = Notice._meta.get_field("file").storage
    monkeypatch.setattr("institutions.review.drafting.log", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ground.draft(file=("通知.txt", b"a file of its own"))
    digest = hashlib.sha256(b"a file of its own").hexdigest()
    assert (Notice.objects.count(), before.exists(f"notices/{digest}.txt")) == (0, False)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2020-08-19", date(2020, 8, 19)),
        ("05-04 (year not in the text)", None),
        ("2020-02-30", None),
        ("1900-01-01", None),
        (None, None),
    ],
)
def test_a_day_is_taken_over_only_when_it_is_whole(printed, day):
    assert day_of(printed) == day


def a_line_of(**fields):
    entry = Entry("安阳市灯塔医院", 0, 7, **fields)
    line = line_of(1, entry, "安阳市灯塔医院。", {}, 1)
    dates = {name: getattr(line, name) for name in ("on", "on_is_last_day", "term_from", "term_to")}
    return {name: value for name, value in dates.items() if value}, line.details


@pytest.mark.parametrize(
    ("fields", "dates", "details"),
    [
        (
            {"action": "designate", "valid_from": "2020-01-01", "valid_to": "2021-12-31"},
            {"term_from": date(2020, 1, 1), "term_to": date(2021, 12, 31)},
            {},
        ),
        (
            {"action": "revoke", "valid_to": "2021-12-31"},
            {"on": date(2021, 12, 31), "on_is_last_day": True},
            {},
        ),
        (
            {"action": "revoke", "effective_date": "2021-01-01", "valid_to": "2021-12-31"},
            {"on": date(2021, 1, 1)},
            {"valid_to": "2021-12-31"},
        ),
        (
            {"action": "resume", "effective_date": "05-04 (year not in the text)"},
            {},
            {"effective_date": "05-04 (year not in the text)"},
        ),
    ],
)
def test_dates_find_their_columns_and_no_date_is_lost(fields, dates, details):
    assert a_line_of(**fields) == (dates, details)


def test_lines_of_every_action_are_legal():
    ground = Ground()
    notice = ground.draft()
    for action in NoticeLine.Action.values:
        entry = Entry(
            "安阳市灯塔医院",
            0,
            7,
            category="工伤保险定点医疗机构",
            action=action,
            new_name="安阳市中心医院",
            merged_into="安阳市第三人民医院",
            valid_from="2020-01-01",
            valid_to="2021-12-31",
        )
        kinds = kinds_by_words(Kind.objects.select_related("scheme"))
        number = notice.lines.count() + 1
        line = line_of(number, entry, notice.text, kinds, 1)
        line.notice = notice
        line.save()
    assert notice.lines.count() == 25
