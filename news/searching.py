"""What of the news floor is found: stories, people, topics, and places, of which any reader can know something.

Knows by what a story is narrowed: its section, the year in which readers first saw it, and the places at which
its blocks point, themselves or through an institution or a notice.
"""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ReferenceIndex

from institutions.models import Institution, Notice
from news.models import ArticlePage, Person, SectionPage, Topic
from news.placeanswers import answer_place
from news.places import known_places
from news.plaintext import text_of
from news.visibility import public
from portal.models import Place
from portal.search import answering, kinds
from portal.search.kinds import Aspects, Kind, Result
from portal.search.regions import regions_of

# So much of a story is read for a passage.
_LONGEST = 20_000


def register_all():
    """Let readers find this floor's kinds; called once when the app is ready."""
    kinds.register(
        Kind(
            "article", "稿件", ArticlePage.objects.published, _stories, _of_stories, is_titled=True
        )
    )
    kinds.register(Kind("person", "人物", Person.objects.public, _people))
    kinds.register(Kind("topic", "专题", Topic.objects.public, _topics))
    kinds.register(Kind("place", "地方", known_places, _places, _of_places))
    answering.register(answer_place)


def _stories(keys):
    sections = _sections()
    rows = ArticlePage.objects.published().order_by().filter(pk__in=keys)
    return {
        str(row.pk): Result(
            row.list_title,
            row.get_url(),
            f"{row.summary} {text_of(row.body)}"[:_LONGEST],
            timezone.localdate(row.first_published_at) if row.first_published_at else None,
            tuple(label for _, label in sections.get(_above(row.path), ())),
        )
        for row in rows
    }


def _above(path):
    return path[: -ArticlePage.steplen]


def _sections():
    """Return {path: ((slug, title),)} of the sections that readers can see; one query."""
    rows = public(SectionPage.objects.order_by()).values_list("path", "slug", "title")
    return {path: ((slug, title),) for path, slug, title in rows}


def _of_stories(keys):
    sections, places = _sections(), _places_of_stories(keys)
    rows = ArticlePage.objects.order_by().filter(pk__in=keys)
    aspects = {}
    for pk, path, first in rows.values_list("pk", "path", "first_published_at"):
        section = sections.get(_above(path), (None,))[0]
        year = timezone.localdate(first).year if first else None
        aspects[str(pk)] = Aspects(section, year, tuple(places[str(pk)]))
    return aspects


def _places_of_stories(keys):
    """Return {story: choices of the places at which its blocks point}; five queries at most."""
    types = {
        ContentType.objects.get_for_model(model).pk: model for model in (Place, Institution, Notice)
    }
    rows = ReferenceIndex.objects.filter(
        content_type=ContentType.objects.get_for_model(ArticlePage),
        to_content_type__in=types,
        object_id__in=keys,
    )
    pointed = defaultdict(set)
    for story, kind, record in rows.values_list("object_id", "to_content_type", "to_object_id"):
        pointed[types[kind]].add((story, int(record)))
    own = {record: record for _, record in pointed[Place]}
    at = {
        Place: own,
        Institution: _seats(Institution.objects.public(), "place", pointed[Institution]),
        Notice: _seats(Notice.objects.standing(), "area", pointed[Notice]),
    }
    regions = regions_of(place for seats in at.values() for place in seats.values())
    places = defaultdict(list)
    for model, pairs in pointed.items():
        for story, record in sorted(pairs):
            places[story] += regions.get(at[model].get(record), ())
    return places


def _seats(rows, field, pairs):
    """Return {record: the key of its place} for the records pointed at; no query for none."""
    wanted = {record for _, record in pairs}
    return dict(rows.order_by().filter(pk__in=wanted).values_list("pk", field)) if wanted else {}


def _people(keys):
    return {
        str(row.pk): Result(
            row.name,
            row.get_absolute_url(),
            row.introduction,
            facts=tuple(filter(None, (row.affiliation, row.position))),
        )
        for row in Person.objects.filter(pk__in=keys).order_by()
    }


def _topics(keys):
    rows = Topic.objects.filter(pk__in=keys).order_by()
    return {str(row.pk): Result(row.name, row.get_absolute_url(), row.introduction) for row in rows}


def _places(keys):
    rows = Place.objects.filter(pk__in=keys).select_related("parent").order_by()
    return {
        str(row.pk): Result(
            row.name,
            f"/places/{row.code}/",
            "各指数中的位次、定点机构和有关稿件。",
            facts=(row.get_level_display(), *((row.parent.name,) if row.parent else ())),
        )
        for row in rows
    }


def _of_places(keys):
    return {str(pk): Aspects(places=found) for pk, found in regions_of(map(int, keys)).items()}
