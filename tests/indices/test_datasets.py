"""The indices' datasets: versions that no later release changes, and what is told of editions held and missing."""

import csv
import io
from datetime import date

import pytest

from indices.datasets import index_coverage
from indices.models import EditionPublisher
from indices.publishing import reverse
from portal.models import Change
from portal.opendata.datasets import dataset_of
from portal.opendata.dumps import Making, change_of, version_of
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory
from tests.indices.factories import EditionFactory, IndexFactory, a_dimension, a_draft, released
from tests.institutions.apireading import rows_of
from tests.institutions.test_api_changes import replay

pytestmark = pytest.mark.django_db


def dumped(version):
    return b"".join(Making("scores", dataset_of("scores").dump, change_of(version)))


def cells(row):
    """Return a row of the feed as the cells of a dump."""
    plain = {True: "true", False: "false", None: ""}
    return {
        key: plain[value] if value is None or isinstance(value, bool) else str(value)
        for key, value in row.items()
        if key != "resource"
    }


def test_later_releases_change_no_version_and_replay_gives_each(client):
    edition, editor = EditionFactory(), UserFactory()
    overall, places = a_dimension(edition), [PlaceFactory() for _ in range(3)]
    first = [(overall, place, {"rank": rank}) for rank, place in enumerate(places, 1)]
    released(edition, *first)
    mended = [(overall, places[0], {"rank": 2, "value": "80.50"}), (overall, places[1], None)]
    correction = released(edition, *mended, explanation="报告更正")
    made = {version: dumped(version) for version in (1, 2)}
    reverse(correction, by=editor, explanation="误录")
    made[3] = dumped(3)
    edition.label = "改过的版次"
    edition.save()
    overall.decimals, overall.label = 2, "改过的维度"
    overall.save()
    a_draft(edition, (overall, places[2], {"rank": 9}), explanation="泄漏的草稿")
    Change.objects.record(act="update", reference="article:1")
    assert {version: dumped(version) for version in made} == made
    held = {}
    for change in rows_of(client, "changes"):
        replay(held, [change])
        if change["sequence"] in made:
            rows = list(csv.DictReader(io.StringIO(made[change["sequence"]].decode())))
            assert rows == [cells(row) for _, row in sorted(held.items())]
    assert version_of(dataset_of("scores").dump).sequence == 3
    assert dumped(Change.objects.count()) == made[3]


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_held_is_told_at_one_cost(count, django_assert_num_queries):
    index, publisher = IndexFactory(name="数字治理指数"), OrganisationFactory(name="某研究院")
    for year in range(2020, 2020 + count):
        edition = EditionFactory(
            index=index, year=year, universe_size=100, released_on=date(year, 8, 18)
        )
        EditionPublisher.objects.create(edition=edition, organisation=publisher)
        lines = [(a_dimension(edition), PlaceFactory(), {"rank": 7})]
        a_dimension(edition, "life", "数字生活")
        released(edition, *lines)
    hidden = EditionFactory(index=index, year=1999, label="泄漏的版次")
    a_draft(hidden, (a_dimension(hidden), PlaceFactory(), {"rank": 1}))
    with django_assert_num_queries(5):
        told = index_coverage()
    last = 2019 + count
    assert [one.split("：")[0] for one in told.held] == [
        f"数字治理指数（{year}）" for year in range(last, 2019, -1)
    ]
    assert told.missing == (
        *(f"数字治理指数（{year}）：数字生活（没有得分和位次）" for year in range(2020, last + 1)),
        "报告没有公布的得分和位次一律留空，不推算。",
    )
    assert (told.sources, told.interval) == (("某研究院",), f"2020-08-18/{last}-08-18")
