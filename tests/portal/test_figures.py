"""The figure registry: the reference's form, resolving at an instant, and who quotes a record."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import figures
from portal.figures import (
    BadFigureReference,
    Figure,
    FigureNotFound,
    FigureReference,
    Source,
    UnknownFigure,
    parse,
    quoted_by,
    quoted_by_many,
    resolve,
    resolve_many,
)
from portal.records import supersede
from portal.references import Target
from tests.portal.sample.models import Entry, Reading

T1 = datetime(2026, 1, 1, 8, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def readings(references, known_at):
    """State the current reading of each subject, as an app would: one query for all."""
    rows = {
        row.subject: row
        for row in Reading.objects.known(known_at).filter(
            subject__in=[reference.code for reference in references]
        )
    }
    return {
        reference: Figure(
            value=rows[reference.code].value,
            unit="位",
            text=f"第{rows[reference.code].value:.0f}位",
            sources=[Source(title="年报", quote="第七")],
            valid_on=None,
            known_at=known_at or T1,
            url=f"/readings/{reference.code}/",
        )
        for reference in references
        if reference.code in rows
    }


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    """A registry of the test's own."""
    monkeypatch.setattr(figures, "_resolvers", {})
    monkeypatch.setattr(figures, "_quoters", [])
    figures.register("sample.reading", readings, label="读数", optional=["edition"])
    figures.register("sample.rank", readings, label="位次", required=["edition"])


names = st.from_regex(r"[a-z][a-z0-9_]{0,8}(\.[a-z][a-z0-9_]{0,8}){1,2}", fullmatch=True)
codes = st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True)
keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
visible = st.text(min_size=1, max_size=6).filter(str.isprintable)


class TestReference:
    @given(names, codes, st.dictionaries(keys, visible, max_size=2))
    def test_round_trip(self, name, code, parameters):
        reference = FigureReference(name, code, tuple(parameters.items()))
        assert parse(str(reference)) == reference
        assert str(parse(str(reference))) == str(reference)

    @given(st.text() | st.from_regex(r"a\.b:c(\?.*)?", fullmatch=True))
    def test_any_text_is_read_into_its_canonical_form_or_refused(self, text):
        try:
            reference = parse(text)
        except BadFigureReference:
            return
        assert parse(str(reference)) == reference

    def test_canonical_form(self):
        text = "index.rank:zhengzhou?edition=2020&dimension=总体"
        encoded = "index.rank:zhengzhou?edition=2020&dimension=%E6%80%BB%E4%BD%93"
        canonical = "index.rank:zhengzhou?dimension=%E6%80%BB%E4%BD%93&edition=2020"
        reference = parse(encoded)
        assert reference == FigureReference(
            "index.rank", "zhengzhou", (("dimension", "总体"), ("edition", "2020"))
        )
        assert str(reference) == canonical
        with pytest.raises(BadFigureReference, match="的参数不是有效的"):
            parse(text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "index.rank",
            "index.rank:",
            "rank:zhengzhou",
            "Index.rank:zhengzhou",
            "index.rank:郑州",
            "index.rank:a?",
            "index.rank:a?edition",
            "index.rank:a?edition=",
            "index.rank:a?=2020",
            "index.rank:a?edition=2020&edition=2021",
            "index.rank:a?edition=%2",
            "index.rank:a?edition=%FF",
            "index.rank:a?edition=%00",
            "index.rank:a?edition=1=2",
            "index.rank:a\n",
            f"index.rank:{'a' * 255}",
        ],
    )
    def test_malformed(self, text):
        with pytest.raises(BadFigureReference):
            parse(text)


class TestFigure:
    def test_has_a_source(self):
        with pytest.raises(ValueError, match="source"):
            Figure(7, "位", "第七", (), None, T1, "/")


@pytest.mark.django_db
class TestResolve:
    def test_states_the_record(self):
        supersede([], [Reading(subject="zhengzhou", value=7)], at=T1)
        figure = resolve("sample.reading:zhengzhou")
        assert figure == Figure(
            value=Decimal("7.00"),
            unit="位",
            text="第7位",
            sources=(Source("年报", quote="第七"),),
            valid_on=None,
            known_at=T1,
            url="/readings/zhengzhou/",
        )
        assert resolve(parse("sample.reading:zhengzhou")) == figure

    def test_as_known_at_an_instant(self):
        (first,) = supersede([], [Reading(subject="zhengzhou", value=7)], at=T1)
        supersede([first], [Reading(subject="zhengzhou", value=8)], at=T1 + TICK)
        values = [resolve("sample.reading:zhengzhou", at).value for at in (T1, T1 + TICK, None)]
        assert values == [7, 8, 8]
        with pytest.raises(FigureNotFound, match="查不到"):
            resolve("sample.reading:zhengzhou", T1 - TICK)

    def test_not_found(self):
        with pytest.raises(FigureNotFound) as refused:
            resolve("sample.reading:luoyang")
        assert str(refused.value) == (
            "查不到“sample.reading:luoyang”：没有这条记录，或当时尚未发布。"
        )

    def test_unknown_name(self):
        with pytest.raises(UnknownFigure, match=r"没有名为“sample\.price”的数字。"):
            resolve("sample.price:zhengzhou")

    def test_parameters_fit_the_figure(self):
        supersede([], [Reading(subject="zhengzhou", value=7)], at=T1)
        assert resolve("sample.rank:zhengzhou?edition=2020").value == 7
        with pytest.raises(BadFigureReference, match="缺少参数：edition。"):
            resolve("sample.rank:zhengzhou")
        with pytest.raises(BadFigureReference, match="有不认识的参数：edtion。"):
            resolve("sample.reading:zhengzhou?edtion=2020")

    @pytest.mark.parametrize("count", [1, 3])
    def test_one_query_for_each_name(self, count, django_assert_num_queries):
        subjects = [f"city-{n}" for n in range(count)]
        supersede([], [Reading(subject=s, value=n) for n, s in enumerate(subjects)], at=T1)
        asked = [f"sample.reading:{s}" for s in subjects]
        with django_assert_num_queries(1):
            found = resolve_many([*asked, *asked, "sample.reading:luoyang"])
        assert {r: f.value for r, f in found.items()} == {r: n for n, r in enumerate(asked)}

    def test_two_ways_to_write_one_reference_are_asked_as_one(self):
        supersede([], [Reading(subject="zhengzhou", value=7)], at=T1)
        asked = []

        def listening(references, known_at):
            asked.extend(references)
            return readings(references, known_at)

        figures.register("sample.rank", listening, label="位次", required=["edition"])
        plain, encoded = (f"sample.rank:zhengzhou?edition={year}" for year in ("2020", "%32020"))
        found = resolve_many([plain, encoded])
        assert {given: figure.value for given, figure in found.items()} == {plain: 7, encoded: 7}
        assert asked == [parse(plain)]

    def test_registered(self):
        assert figures.registered() == {"sample.rank": "位次", "sample.reading": "读数"}
        with pytest.raises(BadFigureReference, match="“位次”不是有效的数字名称。"):
            figures.register("位次", readings, label="位次")


def quoting_entries(references):
    """Find the entries whose text names a record, as an app would: one query for all."""
    found = {}
    for entry in Entry.objects.filter(text__in=references).order_by("pk"):
        found.setdefault(entry.text, []).append(Target(f"稿件{entry.pk}", f"/news/{entry.pk}/"))
    return found


@pytest.mark.django_db
class TestQuotedBy:
    def test_nobody_tells(self):
        assert quoted_by("reading:zhengzhou") == []

    def test_stories_of_all_quoters_once(self):
        figures.register_quoter(quoting_entries)
        figures.register_quoter(quoting_entries)
        extra = Target("专题", "/topics/digital/")
        figures.register_quoter(lambda references: {"reading:zhengzhou": [extra, extra]})
        entry = Entry.objects.create(text="reading:zhengzhou")
        story = Target(f"稿件{entry.pk}", f"/news/{entry.pk}/")
        assert quoted_by("reading:zhengzhou") == [story, extra]
        assert quoted_by_many(["reading:zhengzhou", "reading:luoyang"]) == {
            "reading:zhengzhou": [story, extra],
            "reading:luoyang": [],
        }

    @pytest.mark.parametrize("count", [1, 3])
    def test_one_query_for_each_quoter(self, count, django_assert_num_queries):
        figures.register_quoter(quoting_entries)
        asked = [f"reading:{n}" for n in range(count)]
        Entry.objects.bulk_create(Entry(text=reference) for reference in asked)
        with django_assert_num_queries(1):
            quoted = quoted_by_many(asked)
        assert [len(quoted[reference]) for reference in asked] == [1] * count
