"""References: their shape, and that what is not public is described as if it were not there."""

import pytest
from django.contrib.auth import get_user_model
from hypothesis import given
from hypothesis import strategies as st

from portal import references
from portal.references import BadReference, Target, describe, describe_many, format_reference, parse
from tests.portal.sample.models import Report

kinds = st.from_regex(r"[a-z][a-z0-9-]{0,40}", fullmatch=True)
codes = st.from_regex(r"[a-z0-9-]{1,100}", fullmatch=True)


def reports(asked):
    """Look reports up as an app would: public ones only."""
    found = Report.objects.standing().filter(pk__in=[int(code) for code in asked])
    return {str(r.pk): Target(title=r.title, url=f"/reports/{r.pk}/") for r in found}


@pytest.fixture(autouse=True)
def only_reports(monkeypatch):
    """A registry of the test's own."""
    monkeypatch.setattr(references, "_lookups", {})
    references.register("report", reports)


@pytest.fixture
def make(db):
    editor = get_user_model().objects.create_user("editor")

    def make(title, *, public):
        report = Report.objects.create(title=title, source_words="年报第一页")
        if public:
            report.mark_published(by=editor)
        return f"report:{report.pk}"

    return make


@given(kind=kinds, code=codes)
def test_round_trip(kind, code):
    assert parse(format_reference(kind, code)) == (kind, code)


@given(st.text())
def test_any_other_text_is_refused(text):
    try:
        kind, code = parse(text)
    except BadReference:
        return
    assert format_reference(kind, code) == text


@pytest.mark.parametrize(
    "text", ["", "report", "report:", ":1", "Report:1", "report:1/2", "report:1\n", "report:一"]
)
def test_malformed(text):
    with pytest.raises(BadReference) as refused:
        parse(text)
    assert str(refused.value) == f"“{text}”不是有效的引用，应为“类型:代码”。"
    assert describe(text) is None


def test_too_long():
    with pytest.raises(BadReference, match="引用不能超过 200 个字符。"):
        format_reference("report", "1" * 200)
    assert format_reference("report", 7) == "report:7"


def test_a_bad_kind_is_not_registered():
    with pytest.raises(BadReference, match="“报告”不是有效的类型。"):
        references.register("报告", reports)


def test_describes_what_is_public(make):
    reference = make("年报", public=True)
    key = reference.partition(":")[2]
    assert describe(reference) == Target("年报", f"/reports/{key}/")


def test_hidden_and_unknown_look_alike(make):
    hidden, shown = make("草稿", public=False), make("年报", public=True)
    asked = [hidden, shown, "report:999999", "planet:1", "nonsense"]
    assert {r: t.title for r, t in describe_many(asked).items()} == {shown: "年报"}
    assert [describe(r) for r in asked if r != shown] == [None] * 4


def test_a_lookup_that_answers_more_than_asked_leaks_nothing(make):
    hidden, shown = make("草稿", public=False), make("年报", public=True)
    references.register(
        "report", lambda asked: {str(r.pk): Target(r.title, "/") for r in Report.objects.all()}
    )
    assert list(describe_many([shown])) == [shown]
    assert hidden not in describe_many([shown])


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_for_each_kind(make, count, django_assert_num_queries):
    asked = [make(str(n), public=True) for n in range(count)]
    with django_assert_num_queries(1):
        described = describe_many(asked + asked)
    assert [described[r].title for r in asked] == [str(n) for n in range(count)]
