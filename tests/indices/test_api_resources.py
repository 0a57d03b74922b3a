"""The indices' resources: bytes of each format, filters in both times, what is hidden, costs."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from indices.models import Comparability, Edition, EditionPublisher, Release, Score
from indices.publishing import publish, reverse
from portal.api import reading
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory
from tests.indices.factories import (
    EditionFactory,
    IndexFactory,
    a_dimension,
    a_draft,
    a_ranking,
    released,
)
from tests.institutions.apireading import API, rows_of, text_of

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent / "golden"
NAMES = ("indices", "editions", "scores")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")


@pytest.fixture
def city():
    return PlaceFactory(code="410100", name="郑州市")


@pytest.fixture
def series(city):
    """Two editions of one series, declared comparable; the later one with two dimensions and a correction."""
    other = PlaceFactory(code="330100", name="杭州市")
    index = IndexFactory(
        code="governance", name="数字治理指数", description="量治理", url="https://a.example/"
    )
    bodies = [OrganisationFactory(name=name) for name in ("乙研究院", "甲大学")]
    index.compilers.set(bodies)
    first = EditionFactory(index=index, year=2019)
    released(first, (a_dimension(first, decimals=2), city, {"rank": 10, "value": "81.20"}))
    later = EditionFactory(
        index=index,
        year=2020,
        reference_year=2019,
        released_on=date(2020, 8, 18),
        title="数字治理报告（2020）",
        universe="前100位的城市",
        universe_size=100,
        unit="分",
    )
    for order, body in enumerate(bodies):
        EditionPublisher.objects.create(edition=later, organisation=body, sort_order=order)
    overall = a_dimension(later)
    basis = a_dimension(later, "basis", "基础", weight="25.5")
    lines = (
        (overall, city, {"rank": 8, "name_as_published": "郑州"}),
        (overall, other, {"rank_from": 1, "rank_to": 3}),
        (basis, city, {"value": "-0.5", "tied": True, "rank": 2, "tier": "第一梯队"}),
        (basis, other, {"status": "not_disclosed"}),
    )
    released(later, *lines, file_name="a.csv", file_sha256="a" * 64)
    released(later, (overall, city, {"rank": 7, "quote": "=第7"}), explanation="报告勘误")
    Comparability.objects.create(earlier=first, later=later, extent="scores", reason="评估对象有变")
    return index


def settled(text):
    """Return an answer without what differs from run to run: instants, and the numbers of rows."""
    text = INSTANT.sub("INSTANT", text)
    text = re.sub(r'"(id|release)":\d+', r'"\1":0', text)
    text = re.sub(r"releases/\d+/", "releases/0/", text)
    text = re.sub(r"^\d+,governance", "0,governance", text, flags=re.M)
    return re.sub(r",\d+,INSTANT,", ",0,INSTANT,", text)


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("name", NAMES)
def test_the_bytes_of_each_list(client, series, name, form):
    answer = client.get(f"{API}{name}/", {"format": form}).getvalue().decode()
    assert settled(answer) == (HERE / f"{name}.{form}").read_bytes().decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_detail_is_its_row_of_the_list(client, series, name):
    for row in rows_of(client, name):
        detail = client.get(f"{API}{name}/{next(iter(row.values()))}/")
        assert detail.json() == row


def cells(rows):
    return [(row["edition"][-4:], row["dimension"], row["place_code"]) for row in rows]


NINETEEN = [("2019", "overall", "410100")]
OVERALL = [("2020", "overall", "330100"), ("2020", "overall", "410100")]
BASIS = [("2020", "basis", "410100"), ("2020", "basis", "330100")]
TWENTY = [OVERALL[0], *BASIS, OVERALL[1]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, NINETEEN + TWENTY),
        ({"ordering": "-id"}, (NINETEEN + TWENTY)[::-1]),
        ({"index": "governance"}, NINETEEN + TWENTY),
        ({"edition": "governance.2019"}, NINETEEN),
        ({"edition": "2019"}, NINETEEN),
        ({"index": "governance", "edition": "2020"}, TWENTY),
        ({"year": "2020"}, TWENTY),
        ({"year": "2018"}, []),
        ({"dimension": "basis"}, BASIS),
        ({"edition": "2020", "dimension": "overall"}, OVERALL),
        ({"edition": "2019", "dimension": "basis"}, []),
        ({"place": "330100"}, [OVERALL[0], BASIS[1]]),
        ({"place": "330100", "edition": "2020", "dimension": "basis"}, [BASIS[1]]),
    ],
)
def test_scores_are_asked(client, series, asked, found):
    assert cells(rows_of(client, "scores", limit=2, **asked)) == found


@pytest.mark.parametrize(
    ("name", "asked", "found"),
    [
        ("editions", {}, ["governance.2019", "governance.2020", "other.2020"]),
        ("editions", {"ordering": "-year"}, ["other.2020", "governance.2020", "governance.2019"]),
        ("editions", {"index": "governance"}, ["governance.2019", "governance.2020"]),
        ("editions", {"year": "2020"}, ["governance.2020", "other.2020"]),
        ("indices", {}, ["governance", "other"]),
        ("indices", {"ordering": "-code"}, ["other", "governance"]),
    ],
)
def test_series_and_editions_are_asked(client, series, name, asked, found):
    a_ranking(EditionFactory(index=IndexFactory(code="other"), year=2020), size=1)
    assert [row["code"] for row in rows_of(client, name, limit=1, **asked)] == found


def test_what_was_known_is_answered_as_it_was(client, series):
    first, second, third = Release.objects.order_by("published_at")
    cell = {"edition": "2020", "dimension": "overall", "place": "410100"}
    (now,) = rows_of(client, "scores", **cell)
    (then,) = rows_of(client, "scores", **cell, known_at=second.published_at.isoformat())
    assert (now["rank_published"], then["rank_published"], then["known_to"]) == (7, 8, None)
    ever = rows_of(client, "scores", **cell, history="all")
    assert [(row["rank_published"], row["known_to"], row["release"]) for row in ever] == [
        (8, now["known_from"], second.pk),
        (7, None, third.pk),
    ]
    told = [
        rows_of(client, name, known_at=at.isoformat())
        for name in ("indices", "editions")
        for at in (first.published_at, second.published_at)
    ]
    assert [(row["edition_count"], row["latest_edition"]) for row in told[0] + told[1]] == [
        (1, "governance.2019"),
        (2, "governance.2020"),
    ]
    assert [[len(row["releases"]) for row in rows] for rows in told[2:]] == [[1], [1, 1]]
    assert [[len(row["comparability"]) for row in rows] for rows in told[2:]] == [[0], [1, 1]]


@pytest.mark.parametrize("name", NAMES)
def test_before_the_first_release_nothing_is_known(client, series, name):
    first = Release.objects.order_by("published_at").first().published_at
    before = (first - timedelta(microseconds=1)).isoformat()
    assert rows_of(client, name, known_at=before) == []


def test_pages_are_of_one_state(client, series, city):
    before = rows_of(client, "scores")
    body = client.get(f"{API}scores/", {"limit": 2}).json()
    seen = body["results"]
    edition = Edition.objects.get(year=2020)
    basis = edition.dimensions.get(dimension__code="basis")
    released(
        edition, (basis, city, {"rank": 9}), (basis, PlaceFactory(), {"rank": 1}), explanation="改"
    )
    while body["next"]:
        body = client.get(body["next"]).json()
        seen += body["results"]
    assert seen == before
    assert len(rows_of(client, "scores")) == len(before) + 1


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("scores/?index=zz", 404, "index"),
        ("scores/?index=ZZ", 400, "index"),
        ("scores/?edition=2031", 404, "edition"),
        ("scores/?edition=other.2020", 404, "edition"),
        ("scores/?index=governance&edition=other.2020", 404, "edition"),
        ("scores/?edition=a.b.c", 400, "edition"),
        ("scores/?dimension=zz", 404, "dimension"),
        ("scores/?place=410199", 404, "place"),
        ("scores/?year=20200", 400, "year"),
        ("scores/?as_of=2020-01-01", 400, "as_of"),
        ("scores/?ordering=rank", 400, "ordering"),
        ("scores/1/?place=410100", 400, "place"),
        ("scores/99999999999999999999/", 404, None),
        ("editions/governance/", 404, None),
        ("editions/governance.2031/", 404, None),
        ("indices/zz/", 404, None),
    ],
)
def test_what_is_wrong_is_named(client, series, query, status, parameter):
    response = client.get(f"{API}{query}")
    assert (response.status_code, response.json().get("parameter")) == (status, parameter)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "asked", "queries"),
    [
        ("indices", {}, 4),
        ("editions", {}, 6),
        ("scores", {}, 6),
        ("scores", {"index": "governance", "dimension": "overall"}, 9),
    ],
)
def test_a_list_costs_the_same_at_any_length(
    client, django_assert_num_queries, count, name, asked, queries
):
    for number in range(count):
        index = IndexFactory(code=f"index-of-{number}" if number else "governance")
        a_ranking(EditionFactory(index=index), size=count)
    with django_assert_num_queries(queries):
        assert rows_of(client, name, **asked)


def test_a_number_is_told_as_it_is_stored(client, series, city):
    """How many decimals the report prints may be found out later; a row that was told stays as it is."""
    before = rows_of(client, "scores", edition="2019")
    Edition.objects.get(year=2019).dimensions.update(decimals=4, label="总分")
    assert rows_of(client, "scores", edition="2019") == before
    assert '"score":81.2,' in client.get(f"{API}scores/", {"edition": "2019"}).content.decode()


def test_last_changed_is_told_of_scores_only(client, series, monkeypatch):
    monkeypatch.setattr(reading, "TELLABLE", timedelta(0))
    answers = {name: client.get(f"{API}{name}/") for name in NAMES}
    assert [name for name in NAMES if "Last-Modified" in answers[name].headers] == ["scores"]


HIDDEN = "不该被看到"


def draft_edition(index, city):
    """An edition of which nothing is published."""
    edition = EditionFactory(index=index, year=2021, title=HIDDEN)
    dimension = a_dimension(edition, "hidden", HIDDEN)
    a_draft(edition, (dimension, city, {"rank": 1, "quote": HIDDEN}), source_words=HIDDEN)
    return edition


def draft_series(index, city):
    """A series of which nothing is published."""
    return draft_edition(IndexFactory(code="hidden", name=HIDDEN, description=HIDDEN), city)


def draft_correction(index, city):
    """A correction, a plan and an addition that nobody has published."""
    edition = Edition.objects.get(year=2020)
    overall = edition.dimensions.get(dimension__code="overall")
    draft = a_draft(edition, (overall, city, {"rank": 1, "quote": HIDDEN}), explanation=HIDDEN)
    Release.objects.filter(pk=draft.pk).update(publish_after=timezone.now() - timedelta(days=1))
    a_draft(edition, (overall, PlaceFactory(), {"rank": 2, "quote": HIDDEN}), source_words=HIDDEN)
    return edition


def embargoed_edition(index, city):
    """An edition that was published, whatever kept it from being refused, while its embargo lasts."""
    edition = EditionFactory(index=index, year=2021, title=HIDDEN)
    dimension = a_dimension(edition, "hidden", HIDDEN)
    released(edition, (dimension, city, {"rank": 1, "quote": HIDDEN}), source_words=HIDDEN)
    tomorrow = timezone.now() + timedelta(days=1)
    Edition.objects.filter(pk=edition.pk).update(embargoed_until=tomorrow)
    return edition


KINDS = (draft_edition, draft_series, draft_correction, embargoed_edition)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
@pytest.mark.parametrize("name", [*NAMES, "changes"])
@pytest.mark.parametrize("asked", [{}, {"known_at": "2099-12-31"}, {"history": "all"}])
def test_what_is_hidden_shows_nowhere(client, series, city, kind, form, name, asked):
    taken = {"known_at": name != "changes", "history": name == "scores"}
    asked = {key: value for key, value in asked.items() if taken[key]}
    kind(series, city)
    told = text_of(client.get(f"{API}{name}/", {"format": form, **asked}))
    assert (HIDDEN in told, "2021" in INSTANT.sub("", told), "hidden" in told) == (False,) * 3


@pytest.mark.parametrize("kind", [draft_edition, draft_series, embargoed_edition])
def test_what_is_hidden_has_no_address(client, series, city, kind):
    edition = kind(series, city)
    key = f"{edition.index.code}.2021"
    paths = [f"editions/{key}/", f"scores/?edition={key}", "scores/?dimension=hidden"]
    paths += [
        f"scores/{pk}/" for pk in Score.objects.filter(quote=HIDDEN).values_list("pk", flat=True)
    ]
    assert [client.get(f"{API}{path}").status_code for path in paths] == [404] * len(paths)
    Edition.objects.filter(pk=edition.pk).update(embargoed_until=None)
    for draft in Release.objects.filter(published_at=None):
        publish(draft, by=UserFactory())
    assert [client.get(f"{API}{path}").status_code for path in paths] == [200] * len(paths)


def test_the_facts_of_an_edition_under_embargo_are_not_told(client, series, city):
    embargoed_edition(series, city)
    last = rows_of(client, "changes")[-1]
    assert (last["opened_count"], last["opened"]) == (0, [])
    assert client.get(f"{API}changes/{last['sequence']}/facts/").json()["results"] == []


def test_a_reversal_shows_at_once(client, series):
    wrong = Release.objects.order_by("-published_at").first()
    cell = {"edition": "2020", "dimension": "overall", "place": "410100"}
    (row,) = rows_of(client, "scores", **cell)
    first = client.get(f"{API}scores/{row['id']}/")
    reverse(wrong, by=UserFactory(), explanation="误传")
    (again,) = rows_of(client, "scores", **cell)
    assert (row["rank_published"], again["rank_published"]) == (7, 8)
    assert (first.status_code, client.get(f"{API}scores/{row['id']}/").status_code) == (200, 404)
    kept = client.get(f"{API}scores/{row['id']}/", {"history": "all"}).json()
    assert kept == {**row, "known_to": again["known_from"]}
