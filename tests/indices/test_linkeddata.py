"""An edition in schema.org's words: a data set with publishers, files and corrections, and no date that is not known."""

import json
import re

import pytest

from indices.models import EditionPublisher
from tests.factories import OrganisationFactory, PlaceFactory
from tests.indices.factories import EditionFactory, IndexFactory, a_dimension, a_ranking, released

pytestmark = pytest.mark.django_db
HOME = "http://127.0.0.1:8000"
PATH = "/indices/governance/2020/"


def node_of(client, path=PATH):
    """What the page of an edition says of it."""
    text = client.get(path).content.decode()
    return json.loads(re.search(r'ld\+json">(.*?)</script>', text)[1])["@graph"][0]


@pytest.fixture
def edition(home):
    made = EditionFactory(index=IndexFactory(code="governance", name="数字治理指数"), year=2020)
    a_ranking(made)
    return made


def test_what_a_report_does_not_say_is_not_said(client, edition):
    node = node_of(client)
    unknown = {"datePublished", "temporalCoverage", "creator", "correction", "alternateName"}
    assert unknown & set(node) == set()
    assert (node["name"], node["version"]) == ("数字治理指数（2020）", "2020")
    assert node["isPartOf"] == {
        "@type": "CreativeWork",
        "name": "数字治理指数",
        "url": f"{HOME}/indices/governance/",
    }
    assert len(node["description"]) >= 50


def test_its_three_years_stay_apart(client, edition):
    edition.reference_year, edition.released_on = 2019, "2020-08-18"
    edition.save()
    EditionPublisher.objects.create(edition=edition, organisation=OrganisationFactory(name="某院"))
    node = node_of(client)
    told = [node[name] for name in ("version", "temporalCoverage", "datePublished")]
    assert told == ["2020", "2019", "2020-08-18"]
    assert node["creator"] == [{"@type": "Organization", "name": "某院"}]


def test_its_files_are_there(client, edition):
    found = node_of(client)["distribution"]
    assert [one["contentUrl"] for one in found] == [
        f"{HOME}{PATH}?format={form}" for form in ("csv", "xlsx", "json")
    ]
    for one in found:
        response = client.get(one["contentUrl"].removeprefix(HOME))
        assert response["Content-Type"].partition(";")[0] == one["encodingFormat"]


def test_a_correction_is_said(client, edition):
    overall = edition.dimensions.get()
    place = edition.releases.get().lines.first().place
    released(edition, (overall, place, {"rank": 9}), explanation="抄错了位次。")
    (told,) = node_of(client)["correction"]
    release = edition.releases.get(nature="correction")
    assert (told["@type"], told["text"], told["url"]) == (
        "CorrectionComment",
        "抄错了位次。",
        f"{HOME}{PATH}#release-{release.pk}",
    )


@pytest.mark.parametrize("count", [3, 9])
def test_the_card_is_the_same_however_many_places_lack_an_overall_rank(client, edition, count):
    part = a_dimension(edition, code="part", label="分项")
    released(edition, *((part, PlaceFactory(), {"rank": n + 1}) for n in range(count)))
    text = client.get(PATH).content.decode()
    card = re.search(rf'og:image" content="{HOME}([^"]+)"', text)[1]
    assert client.get(card)["Cache-Control"] == "public, max-age=86400"
