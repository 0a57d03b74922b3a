"""From the text of a notice to a draft with its lines: the verb of the desk's first screen.

Knows how what was read finds its place among the records: the office among the organisations, the city
among the places, the categories among the kinds; and that the same file or text is not taken twice.
Nothing is invented: what fits nothing exactly is left open for an editor. Hides the order of writes.
"""

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from institutions.models import Kind, Notice, NoticeLine
from institutions.models.notices import file_path
from institutions.noticetext import privacy, read_notice
from institutions.review.entrylines import day_of, kinds_by_words, line_of
from institutions.review.issuers import issuer_named
from institutions.review.linking import link_certain
from portal.models import Place

_CITIES = (Place.Level.PREFECTURE, Place.Level.PROVINCE)
_LONGEST_TITLE = 300


@dataclass(frozen=True)
class Taken:
    """What became of a text: its notice, and whether it is a new draft or stood in the register already."""

    notice: Notice
    is_new: bool


def draft_notice(text, *, source_words, by, url="", file=None):
    """Read `text` into a draft with its lines, matched where that is certain; return Taken.

    `file` is (name, bytes) of the file that the text was read from, which is kept. A text or file that
    a draft or a published, not withdrawn notice has already makes nothing new. Reading and matching
    happen before the transaction; it ends with all or nothing, the file included.
    """
    known = notice_with(text, file[1] if file else None)
    if known is not None:
        return Taken(known, False)
    read = read_notice(text)
    notice = _head_of(read, text)
    notice.source_words, notice.url = source_words.strip(), url
    kinds = Kind.objects.select_related("scheme")
    lines = _lines_of(read, text, kinds_by_words(kinds))
    schemes = {line.kind.scheme for line in lines if line.kind}
    notice.scheme = schemes.pop() if len(schemes) == 1 else None
    link_certain(notice, lines)
    return _kept(notice, lines, file, by)


def notice_with(text, data=None):
    """Return the notice that holds this text or these bytes of a file, a standing one first; None without.

    A withdrawn notice may be taken in again.
    """
    same = Q(text=text)
    if data is not None:
        same |= Q(file_sha256=hashlib.sha256(data).hexdigest())
    rows = Notice.objects.filter(same, withdrawn_at=None).select_related("replaced_by")
    return min(rows.defer("text"), key=_standing_first, default=None)


def _standing_first(notice):
    successor = getattr(notice, "replaced_by", None)
    replaced = successor is not None and successor.published_at is not None
    return replaced, notice.published_at is None, -notice.pk


def _kept(notice, lines, file, by):
    stored = None
    try:
        with transaction.atomic():
            if file:
                stored = _keep_file(notice, *file)
            notice.save()
            for line in lines:
                line.notice = notice
            NoticeLine.objects.bulk_create(lines, batch_size=500)
            log(notice, "wagtail.create", user=by)
    except BaseException:
        if stored:
            notice.file.storage.delete(stored)
        raise
    return Taken(notice, True)


def _keep_file(notice, name, data):
    """Store the file; return its path when it was not there before."""
    notice.file_sha256 = hashlib.sha256(data).hexdigest()
    stood_before = notice.file.storage.exists(file_path(notice, name))
    notice.keep_file(name, data)
    return None if stood_before else notice.file.name


def _head_of(read, text):
    """Return the unsaved draft with the head of a notice as read."""
    printed = read.issuer_as_printed or read.issuer or ""
    issuer = issuer_named(read.issuer or printed)
    return Notice(
        title=(read.title or _first_line(text))[:_LONGEST_TITLE],
        issuer_as_printed=printed[:200],
        issuer=issuer,
        doc_number=(read.doc_number or "")[:100],
        issued_on=day_of(read.published_date),
        effective_on=day_of(read.effective_date),
        area=(issuer.place if issuer else None) or _city(read.city),
        extent=read.extent,
        list_complete=read.list_complete,
        stated_counts=read.stated_counts or {},
        warnings=[warning.as_dict() for warning in read.warnings],
        text=text,
        file_is_private=bool(privacy.spans(text)),
    )


def _first_line(text):
    return next(line.strip("# \t") for line in text.splitlines() if line.strip("# \t"))


def _city(name):
    if not name:
        return None
    found = list(Place.objects.named(name).filter(level__in=_CITIES).select_related("parent")[:2])
    return found[0] if len(found) == 1 else None


def _lines_of(read, text, kinds):
    breaks = list(accumulate(len(line) + 1 for line in text.split("\n")))
    return [
        line_of(number, entry, text, kinds, bisect_right(breaks, entry.start) + 1)
        for number, entry in enumerate(read.entries, start=1)
    ]
