"""From the stories of a newspaper page to drafts at the desk.

Knows where each part of a read story goes, what does not fit, and which stories have been taken over
before: each leaves an `ArchivedStory` of the archive `NEWSPAPER_PAGES` with the digest of the text as it was read, so
the same page twice makes nothing new, whatever editors have done to the drafts in between. A draft that
is deleted may be taken over again.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import zip_longest

from django.db import transaction

from news.blocks import LONGEST_HEADING
from news.bylines import credit_rows, people_named, role_of
from news.models import ArchivedStory, ArticleCredit, ArticlePage
from news.pagetext.credits import Credit
from news.pagetext.reader import Entry

NO_HEADLINE = "（待拟标题）"


class DraftRefused(Exception):
    """Stories that cannot become drafts; `errors` says which and why, in Chinese."""

    def __init__(self, errors):
        super().__init__("\n".join(errors))
        self.errors = errors


@dataclass
class Draft:
    """What one story of a page is to become; `digest` is that of the text before anybody edited it."""

    digest: str
    headline: str
    kicker: str = ""
    deck: str = ""
    dateline: str = ""
    credits: list[Credit] = field(default_factory=list)
    body: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Saved:
    """One story's page, and whether this import made it or an earlier one had."""

    page: ArticlePage
    created: bool


def digest_of(story):
    """Return what a story as read from a page is recognised by: its words, without what is noted on them."""
    words = {
        name: value for name, value in story.as_dict().items() if name not in ("joined", "notes")
    }
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def draft_of(story):
    """Return the draft of a story as read; the offered split of its headline is left to the editor."""
    return Draft(
        digest=digest_of(story),
        headline=story.headline,
        kicker=story.kicker,
        deck=story.deck,
        dateline=story.dateline,
        credits=list(story.credits),
        body=list(story.body),
    )


def body_blocks(entries):
    """Return a story's body as it is stored: running paragraphs in one block, headings between.

    Of two adjacent headings the first is the small kicker over the second. A heading too long for one
    stands as a paragraph.
    """
    blocks, paragraphs, kicker = [], [], ""

    def finish_paragraphs():
        if paragraphs:
            blocks.append({"type": "paragraph", "value": "".join(paragraphs)})
            paragraphs.clear()

    for entry, following in zip_longest(entries, entries[1:]):
        if not is_heading(entry):
            paragraphs.append(f"<p>{escape(entry.text, quote=False)}</p>")
            continue
        finish_paragraphs()
        if not kicker and following is not None and is_heading(following):
            kicker = entry.text
            continue
        blocks.append({"type": "heading", "value": {"kicker": kicker, "text": entry.text}})
        kicker = ""
    finish_paragraphs()
    return blocks


def is_heading(entry):
    """Whether an entry of a page's text can stand as a heading."""
    return entry.type == "heading" and len(entry.text) <= LONGEST_HEADING


def faults(draft):
    """Return what does not fit into a story's fields, in Chinese."""
    found = []
    for name, value in (
        ("title", draft.headline),
        ("kicker", draft.kicker),
        ("deck", draft.deck),
        ("dateline", draft.dateline),
    ):
        label = "主题" if name == "title" else ArticlePage._meta.get_field(name).verbose_name
        found += _too_long(ArticlePage, name, label, value)
    for credit in draft.credits:
        found += _too_long(ArticleCredit, "name", "姓名", credit.name)
        found += _too_long(ArticleCredit, "affiliation", "单位", credit.affiliation)
    return found


def _too_long(model, name, label, value):
    limit = model._meta.get_field(name).max_length
    return [f"{label}有 {len(value)} 个字，最多 {limit} 个"] if len(value) > limit else []


def changed_roles(draft):
    """Return (as printed, as recorded) for roles that the desk has other words for."""
    roles = {credit.role: role_of(credit.role).label for credit in draft.credits}
    return [(printed, label) for printed, label in roles.items() if printed != label]


def drafts_known(drafts):
    """Return {digest: page} for those drafts that were taken over before."""
    archived = ArchivedStory.objects.filter(
        archive=ArchivedStory.NEWSPAPER_PAGES, key__in=[draft.digest for draft in drafts]
    )
    return {one.key: one.page for one in archived.select_related("page")}


@transaction.atomic
def save_drafts(drafts, *, section, printed_on: date | None = None, by=None):
    """Save drafts into `section`, all or none, and return a `Saved` for each, in their order.

    A story taken over before gives its page of then. Raises DraftRefused for what does not fit.
    """
    errors = [
        f"第 {number} 篇：{fault}。"
        for number, draft in enumerate(drafts, 1)
        for fault in faults(draft)
    ]
    if errors:
        raise DraftRefused(errors)
    people = people_named(credit.name for draft in drafts for credit in draft.credits)
    known = drafts_known(drafts)
    saved = []
    for draft in drafts:
        created = draft.digest not in known
        if created:
            known[draft.digest] = _save(draft, section, printed_on, people, by)
        saved.append(Saved(known[draft.digest], created))
    return saved


def _save(draft, section, printed_on, people, by):
    page = ArticlePage(
        title=draft.headline or NO_HEADLINE,
        kicker=draft.kicker,
        deck=draft.deck,
        dateline=draft.dateline,
        printed_on=printed_on,
        body=body_blocks(draft.body),
        live=False,
        has_unpublished_changes=True,
        owner=by,
    )
    page.credits = credit_rows(draft.credits, people)
    section.add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    ArchivedStory.objects.create(
        archive=ArchivedStory.NEWSPAPER_PAGES, key=draft.digest, digest=draft.digest, page=page
    )
    return page
