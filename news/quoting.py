"""Which published stories quote a record: those whose blocks point at it.

A notice is quoted by the stories whose list block points at it, or at an earlier notice that it corrects,
because such a block then shows the correction. An institution is quoted by the stories that bear its card, and by
those that list a notice which names it, where that list is of one kind, for this kind. A list of the register by scheme,
district and day quotes no institution: who stands in it changes without the story.

Asked of Wagtail's reference index, which holds for each saved story the records that its blocks point at;
bodies are not read.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex

from institutions.models import Institution, Kind, Notice, NoticeLine
from institutions.quotable.successions import matters_of, present_of
from institutions.references import LONGEST_KEY
from news.models import ArticlePage
from portal.figures import register_quoter
from portal.references import Target, parse

# More stories than this are not named on a record's page.
LONGEST = 100


@dataclass(frozen=True)
class Pointer:
    """One block of one story that points at one record, by primary keys."""

    story: int
    block: str
    record: int


def quoting_stories(references):
    """Return {reference: [Target, …]} of the public stories that quote these records, newest first.

    At most LONGEST for each. References of other kinds are left out. Eight queries at most.
    """
    notices, institutions = _keys(references)
    named_in = _naming_notices(institutions.values())
    wanted = {*notices.values(), *(notice for notice, _ in set().union(*named_in.values()))}
    matters = matters_of(wanted)
    listing = pointers(Notice, set().union(*matters.values()))
    quoting = {
        reference: {pointer.story for pointer in listing if pointer.record in matters[key]}
        for reference, key in notices.items()
    }
    if institutions:
        quoting |= _of_institutions(institutions, named_in, listing)
    return public_targets(quoting)


def register_all():
    """Teach the kernel to ask here; called once when the app is ready."""
    register_quoter(quoting_stories)


def _keys(references):
    """Return ({reference: notice}, {reference: institution}), as primary keys; one query."""
    parsed = {reference: parse(reference) for reference in references}
    notices = {
        reference: int(code)
        for reference, (kind, code) in parsed.items()
        if kind == "notice" and code.isdigit() and len(code) <= LONGEST_KEY
    }
    codes = {code: reference for reference, (kind, code) in parsed.items() if kind == "institution"}
    rows = Institution.objects.filter(code__in=codes).order_by().values_list("code", "pk")
    return notices, {codes[code]: key for code, key in rows}


def _naming_notices(institutions):
    """Return {institution: {(notice, kind), (notice, None), …}} for what published notices list; one query."""
    lines = NoticeLine.objects.filter(
        institution__in=list(institutions), notice__in=Notice.objects.published()
    )
    named_in = defaultdict(set)
    for institution, notice, kind in lines.order_by().values_list("institution", "notice", "kind"):
        named_in[institution] |= {(notice, kind), (notice, None)}
    return named_in


def pointers(model, records, stories=None):
    """Return a Pointer for each block of a story (or of `stories`) that points at one of `records`.

    `records` None means all of `model`. One query.
    """
    rows = ReferenceIndex.objects.filter(
        content_type=ContentType.objects.get_for_model(ArticlePage),
        to_content_type=ContentType.objects.get_for_model(model),
    )
    if records is not None:
        rows = rows.filter(to_object_id__in=[str(record) for record in records])
    if stories is not None:
        rows = rows.filter(object_id__in=[str(story) for story in stories])
    return [
        Pointer(int(story), path.rsplit(".", 1)[0], int(record))
        for story, path, record in rows.values_list("object_id", "content_path", "to_object_id")
    ]


def _of_institutions(institutions, named_in, listing):
    cards = pointers(Institution, institutions.values())
    only = pointers(Kind, None, {pointer.story for pointer in listing})
    kinds = {(pointer.story, pointer.block): pointer.record for pointer in only}
    present = present_of({pointer.record for pointer in listing})
    shown = [
        (pointer.story, present[pointer.record], kinds.get((pointer.story, pointer.block)))
        for pointer in listing
    ]
    return {
        reference: {pointer.story for pointer in cards if pointer.record == key}
        | {story for story, *told in shown if tuple(told) in named_in[key]}
        for reference, key in institutions.items()
    }


def public_targets(quoting):
    """Return {reference: [Target, …]} of the public stories among {reference: {key of a story, …}}, newest first.

    At most LONGEST for each. One query, and one for the addresses of their sections.
    """
    keys = {story for stories in quoting.values() for story in stories}
    public = ArticlePage.objects.published().filter(pk__in=keys)
    targets = {story.pk: Target(story.list_title, story.url) for story in public}
    return {
        reference: [target for key, target in targets.items() if key in stories][:LONGEST]
        for reference, stories in quoting.items()
    }
