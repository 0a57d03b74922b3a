"""Many stories published at once: what Wagtail does page by page, a few statements for hundreds.

Knows everything that publishing a story leaves behind: its place in the tree, its two rows, byline, log
entry, search entry, references, and the change that the public feed tells. Hides where this goes below
the documented ways of the libraries: Django has no bulk insert for a model with a parent table, treebeard
none for children of a live tree, Wagtail none for references. The tests compare every column with that
of a story published in the ordinary way.
"""

from collections import Counter

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail.search.backends import get_search_backends

from news.models import ArticleCredit, ArticlePage, DaySequence
from portal.models import Change


@transaction.atomic
def publish_many(stories, *, action, by=None):
    """Publish unsaved stories; `stories` is a list of (section, story), `action` the log's word for it.

    Each story brings `first_published_at`, whose day becomes its address, and its byline in
    `story.credits`. There is no revision: the first edit at the desk makes one, as for any page that was
    saved without. The sections' rows stay locked until the transaction ends, as treebeard's own
    `add_child` locks them, so nobody takes a place in the tree twice.
    """
    articles = [story for _, story in stories]
    _give_slugs(articles)
    by_section = {}
    for section, story in stories:
        by_section.setdefault(section.pk, []).append(story)
    parents = Page.objects.select_for_update().in_bulk(sorted(by_section))
    for key, children in by_section.items():
        _place(children, parents[key])
    _insert(articles)
    _log(articles, action, by)
    _index(articles)
    Change.objects.record_many(
        act=Change.Act.PUBLISH, references=[article.reference for article in articles], by=by
    )


def _give_slugs(articles):
    """Give each story the next address of its day, passing over those that editors gave by hand."""
    waiting = articles
    while waiting:
        days = [timezone.localtime(story.first_published_at).date() for story in waiting]
        slugs = DaySequence.take_many(Counter(days))
        for day, story in zip(days, waiting, strict=True):
            story.slug = slugs[day].pop(0)
        taken = set(
            Page.objects.filter(slug__in=[story.slug for story in waiting]).values_list(
                "slug", flat=True
            )
        )
        waiting = [story for story in waiting if story.slug in taken]


def _place(children, parent):
    """Give stories the places after the last child of `parent`, and count them in."""
    last = Page.objects.child_of(parent).aggregate(last=Max("path"))["last"]
    step = Page._str2int(last[-Page.steplen :]) if last else 0
    for number, story in enumerate(children, step + 1):
        story.depth = parent.depth + 1
        story.path = Page._get_path(parent.path, story.depth, number)
        story.locale_id = parent.locale_id
        story.draft_title = story.title
        story.last_published_at = story.first_published_at
        story.live = True
        story.set_url_path(parent)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(children))


def _insert(articles):
    """Insert the rows of both tables, then the bylines."""
    shared = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    rows = Page.objects.bulk_create(
        Page(**{name: getattr(article, name) for name in shared}) for article in articles
    )
    for article, row in zip(articles, rows, strict=True):
        article.pk = row.pk
        article._state.adding = False
    ArticlePage._base_manager.all()._batched_insert(
        articles, fields=ArticlePage._meta.local_concrete_fields, batch_size=None
    )
    credits = [credit for article in articles for credit in article.credits.all()]
    ArticleCredit.objects.bulk_create(credits)


def _log(articles, action, by):
    now = timezone.now()
    kind = ContentType.objects.get_for_model(ArticlePage)
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            content_type=kind,
            page_id=article.pk,
            label=article.title,
            action=action,
            timestamp=now,
            user=by,
            content_changed=True,
        )
        for article in articles
    )


def _index(articles):
    """Make stories findable, and what they refer to aware of them."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(ArticlePage, articles)
    article_type = ContentType.objects.get_for_model(ArticlePage)
    page_type = ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type=article_type,
            base_content_type=page_type,
            object_id=article.pk,
            to_content_type_id=to_type,
            to_object_id=to_key,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for article in articles
        for to_type, to_key, model_path, content_path in set(
            ReferenceIndex._extract_references_from_object(article)
        )
    )
