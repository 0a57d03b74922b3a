"""Which published stories quote index records, and which are about a place.

An edition is quoted by the stories whose blocks point at it, a release with its edition, a series with any of
its editions. A place's stories are those whose blocks point at it, at an institution in it, or at a notice for
its area. Asked of Wagtail's reference index, as `news.quoting` does.
"""

from collections import defaultdict

from django.db.models import Q

from indices.models import Edition, Index, Release
from institutions.models import Institution, Notice
from institutions.references import LONGEST_KEY
from news.quoting import pointers, public_targets
from portal.figures import register_quoter
from portal.models import Place
from portal.references import parse


def quoting_stories(references):
    """Return {reference: [Target, …]} of the public stories, newest first, for these kinds alone.

    No query where none of the kinds is asked; else twelve at most.
    """
    asked = defaultdict(dict)
    for reference in references:
        kind, code = parse(reference)
        asked[kind][reference] = code
    quoting = {}
    if asked.keys() & {"index", "edition", "release"}:
        quoting |= _of_indices(asked)
    if "place" in asked:
        quoting |= _of_places(asked["place"])
    return public_targets(quoting) if quoting else {}


def stories_about(place):
    """Return the keys of the stories about a place, those that are not public among them."""
    return _of_places({"": place.code})[""]


def register_all():
    """Teach the kernel to ask here; called once when the app is ready."""
    register_quoter(quoting_stories)


def _keys(codes):
    """Return {reference: key} of those codes that are keys."""
    return {
        reference: int(code)
        for reference, code in codes.items()
        if code.isdigit() and len(code) <= LONGEST_KEY
    }


def _of_indices(asked):
    editions, releases = _keys(asked["edition"]), _keys(asked["release"])
    of_release = dict(
        Release.objects.filter(pk__in=releases.values()).order_by().values_list("pk", "edition")
    )
    of_index, series = defaultdict(set), {}
    if asked["index"]:
        codes = asked["index"].values()
        rows = Index.objects.filter(code__in=codes).order_by()
        series = dict(rows.values_list("code", "pk"))
        for index, pk in (
            Edition.objects.filter(index__code__in=codes).order_by().values_list("index", "pk")
        ):
            of_index[index].add(pk)
    wanted = {reference: {key} for reference, key in editions.items()}
    wanted |= {reference: {of_release.get(key)} for reference, key in releases.items()}
    wanted |= {reference: of_index[series.get(code)] for reference, code in asked["index"].items()}
    at_editions = _stories_by_record(Edition, set().union(*wanted.values()) - {None})
    at_series = _stories_by_record(Index, set(series.values()))
    return {
        reference: set().union(
            *(at_editions[key] for key in keys),
            at_series[series.get(asked["index"].get(reference))],
        )
        for reference, keys in wanted.items()
    }


def _of_places(codes):
    keys = dict(Place.objects.filter(code__in=codes.values()).order_by().values_list("code", "pk"))
    inside = Q(place__in=keys.values()) | Q(place__parent__in=keys.values())
    rows = Institution.objects.filter(inside).order_by()
    institutions = defaultdict(set)
    for institution, *places in rows.values_list("pk", "place", "place__parent"):
        for place in places:
            institutions[place].add(institution)
    notices = defaultdict(set)
    areas = Notice.objects.published().filter(area__in=keys.values()).order_by()
    for notice, area in areas.values_list("pk", "area"):
        notices[area].add(notice)
    at_places = _stories_by_record(Place, set(keys.values()))
    at_institutions = _stories_by_record(Institution, set().union(*institutions.values()))
    at_notices = _stories_by_record(Notice, set().union(*notices.values()))
    return {
        reference: set().union(
            at_places[keys[code]],
            *(at_institutions[key] for key in institutions[keys[code]]),
            *(at_notices[key] for key in notices[keys[code]]),
        )
        for reference, code in codes.items()
        if code in keys
    }


def _stories_by_record(model, records):
    """Return {record: the keys of the stories whose blocks point at it}; one query where any is asked."""
    found = defaultdict(set)
    for pointer in pointers(model, records) if records else ():
        found[pointer.record].add(pointer.story)
    return found
