"""Counts of facets: each sums to what is found under the other filters; a place counts with those above it."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from portal.search.facets import NONE, Entry, addressed, facets_of, label_of
from portal.search.finding import Hit

TYPES, SECTIONS, YEARS = ("article", "notice"), ("a", NONE), ("2019", "2020", NONE)


def an_entry(number, *, of="article", section=NONE, year=NONE, places=(NONE,)):
    values = {"type": (of,), "section": (section,), "year": (year,), "place": tuple(places)}
    choices = {name: tuple((one, one.upper()) for one in codes) for name, codes in values.items()}
    return Entry(Hit(number, 1, str(number), 0), choices)


def counted(entries, chosen):
    return {
        facet.name: {value.code: value.count for value in facet.values}
        for facet in facets_of(entries, chosen)
    }


def test_each_facet_counts_under_the_other_filters():
    entries = [
        an_entry(1, section="a", year="2020"),
        an_entry(2, section="a", year="2019"),
        an_entry(3, of="notice", year="2020", places=("x", "y")),
    ]
    assert counted(entries, {"year": "2020"}) == {
        "type": {"article": 1, "notice": 1},
        "section": {"a": 1, NONE: 1},
        "year": {"2020": 2, "2019": 1},
        "place": {"x": 1, "y": 1, NONE: 1},
    }


def test_a_chosen_value_that_nothing_has_can_be_taken_back():
    (of, _, year, _) = facets_of([an_entry(1, year="2019")], {"year": "2020"})
    assert [(value.code, value.count, value.is_chosen) for value in year.values] == [
        ("2019", 1, False),
        ("2020", 0, True),
    ]
    assert (of.values, of.is_telling, year.is_telling) == ((), False, True)
    (first, chosen) = addressed(year, lambda name, value: f"{name}={value}").values
    assert (first.url, chosen.url) == ("year=2019", "year=")


def test_years_stand_from_the_latest_and_what_has_none_last():
    entries = [an_entry(n, year=year) for n, year in enumerate(("2019", NONE, NONE, "2020"))]
    assert [*counted(entries, {})["year"]] == ["2020", "2019", NONE]


def test_a_value_is_named_by_what_was_found():
    assert label_of("place", "x", [an_entry(1, places=("x",))]) == "X"
    assert (label_of("place", "y", []), label_of("section", NONE, [])) == ("y", "不属栏目")


def test_a_year_and_a_type_have_their_names_where_nothing_was_found():
    asked = (("year", "2020"), ("year", "前年"), ("type", "article"), ("type", "wrong"))
    assert [label_of(*one, []) for one in asked] == ["2020年", "前年", "稿件", "wrong"]


@given(
    st.lists(st.tuples(st.sampled_from(TYPES), st.sampled_from(SECTIONS), st.sampled_from(YEARS))),
    st.sampled_from([{}, {"type": "article"}, {"year": "2020"}, {"section": "a", "year": NONE}]),
)
def test_the_counts_of_a_facet_sum_to_the_total(told, chosen):
    entries = [
        an_entry(number, of=of, section=section, year=year)
        for number, (of, section, year) in enumerate(told)
    ]
    for name, values in counted(entries, chosen).items():
        passing = [entry for entry in entries if entry.passes(chosen, but=name)]
        assert sum(values.values()) == len(passing)
        counts = Counter(entry.choices[name][0][0] for entry in passing)
        assert {code: count for code, count in values.items() if count} == counts
