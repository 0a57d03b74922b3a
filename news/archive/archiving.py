"""Taking an old site's archive over: survey the file, then publish its stories batch by batch.

Knows what running it again means. Each batch is one transaction, and each story leaves an
`ArchivedStory` with the digest of its line; so a run that was killed is continued by the next one, a
story taken over before is left alone, and one whose line has changed is published anew only on request,
never over what editors have done since.
"""

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from wagtail.models import PageLogEntry

from news.archive.bulk import publish_many
from news.archive.lines import BadLine, read_archive
from news.bylines import credit_rows, people_named
from news.models import ArchivedStory, ArticlePage, NewsIndexPage, SectionPage
from news.sections import sections_by_name

LOG_ACTION = "news.import_archive"
NAME_LENGTH = 50


class ArchiveRefused(Exception):
    """The archive cannot be taken over as it is; the message says why, in Chinese."""


@dataclass
class Survey:
    """What a file holds, before anything is written."""

    stories: int = 0
    bad: list[BadLine] = field(default_factory=list)
    sections: Counter = field(default_factory=Counter)
    lost: Counter = field(default_factory=Counter)


@dataclass
class Outcome:
    """What a run did, or would do. `kept` says of changed stories why they were left as they are."""

    created: int = 0
    unchanged: int = 0
    updated: int = 0
    kept: list[tuple[int, str, str]] = field(default_factory=list)


def survey(path):
    """Read the whole file once and count what is in it."""
    result = Survey()
    with closing(path.open("rb")) as file:
        for item in read_archive(file):
            if isinstance(item, BadLine):
                result.bad.append(item)
            else:
                result.stories += 1
                result.sections[item.section] += 1
                result.lost += item.lost
    return result


def sections_for(names, *, create=False, by=None):
    """Return {name: section} for the archive's names; refuse those that are unknown, or create them."""
    known = sections_by_name()
    unknown = sorted(set(names) - set(known))
    if unknown and not create:
        titles = "、".join(f"{section.title}（{section.slug}）" for section in set(known.values()))
        raise ArchiveRefused(
            f"没有这些栏目：{'、'.join(unknown)}。现有栏目：{titles or '（无）'}。"
            "请先建好栏目，或加 --create-sections。"
        )
    if unknown:
        _create_sections(unknown, by)
        known = sections_by_name()
    return {name: known[name] for name in names}


@transaction.atomic
def _create_sections(titles, by):
    index = NewsIndexPage.objects.order_by("path").first()
    if index is None:
        raise ArchiveRefused("网站还没有“新闻”总页，栏目无处可建。")
    for title in titles:
        section = index.add_child(instance=SectionPage(title=title, live=False, owner=by))
        section.save_revision(user=by).publish(user=by)


def import_archive(
    path, *, archive, sections, batch=500, update=False, dry_run=False, by=None, progress=None
):
    """Take the good lines of `path` over into `sections` ({name: section}) and return the `Outcome`.

    `progress(n)` is told after each batch how many stories more are done. Bad lines are passed over: the
    caller has surveyed the file and decided. With `dry_run` nothing is written.
    """
    check_name(archive)
    outcome = Outcome()
    with closing(path.open("rb")) as file:
        stories = (item for item in read_archive(file) if not isinstance(item, BadLine))
        while chunk := list(islice(stories, batch)):
            with transaction.atomic():
                _take_over(chunk, archive, sections, outcome, update, dry_run, by)
            if progress:
                progress(len(chunk))
    return outcome


def check_name(archive):
    """Refuse a name that an archive cannot have."""
    if not archive.strip() or len(archive) > NAME_LENGTH:
        raise ArchiveRefused(f"档案名须有 1 至 {NAME_LENGTH} 个字。")
    if archive == ArchivedStory.NEWSPAPER_PAGES:
        raise ArchiveRefused(f"档案名“{archive}”留给从版面导入的稿件，请换一个。")


def _take_over(chunk, archive, sections, outcome, update, dry_run, by):
    known = {
        archived.key: archived
        for archived in ArchivedStory.objects.filter(
            archive=archive, key__in=[story.key for story in chunk]
        )
    }
    new = [story for story in chunk if story.key not in known]
    changed = [
        story for story in chunk if story.key in known and known[story.key].digest != story.digest
    ]
    outcome.created += len(new)
    outcome.unchanged += len(chunk) - len(new) - len(changed)
    people = people_named(credit.name for story in new + changed for credit in story.credits)
    if new and not dry_run:
        _create(new, archive, sections, people, by)
    for story in changed:
        reason = _why_kept(known[story.key].page, update)
        if reason:
            outcome.kept.append((story.number, story.key, reason))
            continue
        outcome.updated += 1
        if not dry_run:
            _renew(story, known[story.key], sections[story.section], people, by)


def _create(stories, archive, sections, people, by):
    articles = []
    for story in stories:
        article = ArticlePage(first_published_at=story.published_at, owner=by)
        _fill(article, story, people)
        articles.append(article)
    placed = [
        (sections[story.section], article) for story, article in zip(stories, articles, strict=True)
    ]
    publish_many(placed, action=LOG_ACTION, by=by)
    ArchivedStory.objects.bulk_create(
        ArchivedStory(archive=archive, key=story.key, digest=story.digest, page=article)
        for story, article in zip(stories, articles, strict=True)
    )


def _fill(article, story, people):
    """Put the archive's words into a story; its source is named, but it is no reprint of known address."""
    article.title = story.title
    article.deck = story.deck
    article.source_name = story.source
    article.body = story.blocks
    article.credits = credit_rows(story.credits, people)


def _why_kept(page, update):
    """Say why a story whose line has changed stays as it is; None when it may be published anew."""
    if not update:
        return "内容有变，未更新（加 --update 更新）"
    if not page.live:
        return "已在本站撤下，未更新"
    if page.latest_revision_id and not _is_ours(page.latest_revision_id):
        return "已由编辑改过，未更新"
    return None


def _is_ours(revision_id):
    return PageLogEntry.objects.filter(action=LOG_ACTION, revision_id=revision_id).exists()


def _renew(story, archived, section, people, by):
    """Publish the changed story as a new revision, in the section and under the date that it now has."""
    ArticlePage.objects.filter(pk=archived.page_id).update(first_published_at=story.published_at)
    page = ArticlePage.objects.get(pk=archived.page_id)
    if page.path[: -page.steplen] != section.path:
        page.move(section, pos="last-child", user=by)
        page = ArticlePage.objects.get(pk=archived.page_id)
    _fill(page, story, people)
    revision = page.save_revision(user=by, log_action=LOG_ACTION)
    revision.publish(user=by)
    ArchivedStory.objects.filter(pk=archived.pk).update(digest=story.digest)
