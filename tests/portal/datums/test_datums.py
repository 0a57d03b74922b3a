"""Addresses of datums: one for each, and back again; who tells of a datum, and what nobody tells."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import datums
from portal.datums import RESERVED, Datum, NoDatum, address_of, read, register, tell
from portal.figures import BadFigureReference, FigureNotFound, FigureReference, Source
from portal.references import BadReference

AT = datetime(2026, 1, 1, 8, tzinfo=UTC)
KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda key: key not in RESERVED)
TEXTS = st.text(min_size=1, max_size=8).filter(str.isprintable)


def a_datum(reference):
    source = Source("年报", "/reports/1/", "位列第七")
    return Datum(str(reference), "甲市位次", 7, "位", "第7", (source,), "2019 年的数据")


@pytest.fixture
def own_registry(monkeypatch):
    monkeypatch.setattr(datums, "_tellers", {})


def reference_of(address):
    """Return what an address asks for, as its view reads it."""
    parts = urlsplit(address)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    head = parts.path.removeprefix("/d/").removesuffix("/")
    return read(head, {name: value for name, value in asked if name not in RESERVED})


@given(st.dictionaries(KEYS, TEXTS, max_size=3))
def test_a_figures_address_leads_back_to_its_reference(parameters):
    reference = FigureReference("index.rank", "szzl", tuple(parameters.items()))
    address = address_of(reference, AT)
    assert reference_of(address) == reference_of(address_of(str(reference))) == reference
    assert urlsplit(address).path == "/d/index.rank:szzl/"


@given(
    st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True),
    st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True),
)
def test_a_records_address_leads_back_to_its_reference(kind, code):
    reference = f"{kind}:{code}"
    assert address_of(reference) == f"/d/{reference}/"
    assert reference_of(address_of(reference, AT)) == reference


def test_one_datum_has_one_address_whatever_the_order_of_its_parameters():
    one = address_of("index.rank:szzl?place=410100&edition=2020&dimension=a%26b")
    assert one == address_of("index.rank:szzl?dimension=a%26b&place=410100&edition=2020")
    assert one == "/d/index.rank:szzl/?dimension=a%26b&edition=2020&place=410100"


def test_an_instant_comes_last():
    assert address_of("score:1", AT) == "/d/score:1/?known_at=2026-01-01T08%3A00%3A00Z"
    address = address_of("index.rank:szzl?place=1", AT)
    assert address == "/d/index.rank:szzl/?place=1&known_at=2026-01-01T08%3A00%3A00Z"


@pytest.mark.parametrize(
    ("reference", "error"),
    [
        ("score", BadReference),
        ("Score:1", BadReference),
        ("score:中", BadReference),
        ("index.rank:", BadFigureReference),
        ("index.rank:szzl?known_at=1", BadFigureReference),
        ("index.rank:szzl?format=json", BadFigureReference),
    ],
)
def test_what_is_no_reference_has_no_address(reference, error):
    with pytest.raises(error):
        address_of(reference)


def test_the_app_that_registered_a_kind_tells_of_it(own_registry):
    asked = []
    register("score", lambda code, known_at: asked.append((code, known_at)) or a_datum(code))
    register("index.rank", lambda reference, known_at: a_datum(reference))
    figure = FigureReference("index.rank", "szzl")
    assert tell("score:3", AT) == a_datum("3")
    assert tell(figure) == a_datum(figure)
    assert asked == [("3", AT)]
    assert tell(figure).heading == "甲市位次：第7"


def test_what_is_unknown_and_what_is_hidden_are_refused_alike(own_registry):
    def refuse(reference, known_at):
        raise FigureNotFound("查不到")

    register("score", lambda code, known_at: None)
    register("index.rank", refuse)
    for reference, message in [
        ("score:3", "查不到“score:3”：没有这条记录，或当时尚未发布。"),
        ("nothing:3", "查不到“nothing:3”：没有这条记录，或当时尚未发布。"),
        (FigureReference("index.rank", "szzl"), "查不到"),
    ]:
        with pytest.raises(NoDatum) as refused:
            tell(reference)
        assert str(refused.value) == message


def test_a_row_of_the_api_has_an_address_where_there_is_such_a_resource():
    assert datums.api_row("places", "410100") == "/api/v1/places/410100/"
    assert datums.api_row("nothing", 1) == ""
