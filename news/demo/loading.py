"""Loading the demonstration: each part is made whole once, and then belongs to the editors."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

import portal
from indices.demo import loading as scores
from institutions.demo import loading as register
from news.demo import accounts, stories, words
from news.founding import address_of, found_site
from news.models import SectionPage
from portal.loading import load_places
from portal.models import Organisation, Place, Synonym

PLACES = Path(portal.__file__).parent / "demo" / "places.csv"
# code, name, short name, the code of the place
ORGANISATIONS = (
    ("zhengzhou-rsj", "郑州市人力资源和社会保障局", "郑州市人社局", "410100"),
    ("zhongguo-jingji-xinxishe", "中国经济信息社", "", "cn"),
    ("zhongguo-xinxi-xiehui", "中国信息协会", "", "cn"),
    ("zhongguo-chengshi-guihua-shejiyuan", "中国城市规划设计研究院", "中规院", "cn"),
)


@dataclass(frozen=True)
class Loaded:
    """How many of each were made; all are 0 when the demonstration stands already."""

    places: int
    organisations: int
    accounts: int
    institutions: int
    notices: int
    draft_notices: int
    indices: int
    editions: int
    published: int
    drafts: int


def _load_places():
    """Load the places into a database that has none; elsewhere they are the data editors'."""
    return 0 if Place.objects.exists() else load_places(PLACES.read_bytes()).added


def _load_synonyms():
    """Take over the synonyms where no editor keeps any; elsewhere they are the editors'."""
    if not Synonym.objects.exists():
        Synonym.objects.bulk_create(Synonym(words=" ".join(group)) for group in words.synonyms())


def _load_organisations():
    if Organisation.objects.exists():
        return 0
    places = Place.objects.in_bulk(field_name="code")
    for code, name, short_name, place in ORGANISATIONS:
        Organisation.objects.create(
            code=code, name=name, short_name=short_name, place=places.get(place)
        )
    return len(ORGANISATIONS)


def _keeper():
    """Return the data editor; another of the logins where that one is gone, None where all are."""
    users = accounts.standing()
    return users.get(accounts.KEEPER.username) or next(iter(users.values()), None)


def _fill_register():
    keeper = _keeper()
    return register.load(by=keeper) if keeper else register.Loaded()


def _fill_indices():
    keeper = _keeper()
    return scores.load(by=keeper) if keeper else scores.Loaded()


def _write_stories(records, reports):
    users = accounts.standing()
    if not SectionPage.objects.exists():
        return 0, 0
    return stories.write(
        reporter=users.get(accounts.REPORTER.username),
        publisher=users.get(accounts.CHIEF.username),
        notices=records.notices,
        institutions=records.institutions,
        editions=reports.keys,
    )


@transaction.atomic
def load_demonstration(*, public_url):
    """Found the site at `public_url` and furnish it; return `Loaded`. A second call changes nothing."""
    hostname, port = address_of(public_url)
    found_site(hostname=hostname, port=port)
    _load_synonyms()
    places, organisations, logins = _load_places(), _load_organisations(), accounts.create()
    records, reports = _fill_register(), _fill_indices()
    published, drafts = _write_stories(records, reports)
    return Loaded(
        places,
        organisations,
        logins,
        records.founded,
        records.published,
        records.drafts,
        reports.indices,
        reports.editions,
        published,
        drafts,
    )
