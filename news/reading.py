"""What a reader of one story is given beyond its fields: byline, opening words, pictures at hand, what to read next.

Keeps the number of queries the same however many pictures or related stories a body has.
"""

import html
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, Value, prefetch_related_objects
from django.utils.html import strip_tags

from news.lists import sections_of, with_sections
from news.models import ArticlePage
from news.pictures import pictures_in

NEXT_STORIES = 4


def opening(body, length):
    """Return the first paragraph's plain text, cut after `length` characters with an ellipsis.

    Reads the stored form, so that a list of stories need not build their blocks.
    """
    for block in body.raw_data:
        if block["type"] == "paragraph":
            first = str(block["value"]).split("</p>", 1)[0]
            text = " ".join(html.unescape(strip_tags(first)).split())
            if text:
                return text if len(text) <= length else f"{text[:length]}…"
    return ""


def bring_renditions(article, beside=()):
    """Fetch the finished sizes of the body's pictures, the cover and the covers of `beside` in one query."""
    covers = [story.cover for story in [article, *beside]]
    pictures = [*filter(None, covers), *pictures_in(article.body)]
    prefetch_related_objects(pictures, "renditions")


def _first_paragraph(body):
    """Return the id of the paragraph block that bears the dateline; None in a body without one."""
    return next((block.id for block in body if block.block_type == "paragraph"), None)


def _section_of(article, request):
    """Return the story's section; one that is not public (in a preview) is asked for on its own."""
    with_sections([article], sections_of(request))
    return article.section or article.get_parent().specific_deferred


def _grouped(credits):
    """Group neighbouring credits of one role and affiliation: 记者 李娜、张三."""

    def standing_under(credit):
        return credit.get_role_display(), credit.affiliation

    return [
        {"role": role, "affiliation": affiliation, "people": list(people)}
        for (role, affiliation), people in groupby(credits, standing_under)
    ]


def next_stories(article, topics):
    """Return up to four public stories to read next: those that share a topic first, then the section's.

    None of them where the editor has chosen related stories in the body: the rule only fills what nobody chose.
    """
    if any(block["type"] == "related" for block in article.body.raw_data):
        return []
    shared = ArticlePage.topics.through.objects.filter(
        articlepage_id=OuterRef("pk"), topic__in=topics
    )
    others = ArticlePage.objects.published().exclude(pk=article.pk).select_related("cover")
    others = others.annotate(shares_topic=Exists(shared) if topics else Value(False))
    section = article.path[: -article.steplen]
    near = others.filter(Q(shares_topic=True) | Q(path__startswith=section))
    return list(near.order_by("-shares_topic", "-first_published_at", "-pk")[:NEXT_STORIES])


def article_context(article, request):
    """Return section, byline, desk line, topics and next stories of `article` for its page."""
    credits = list(article.credits.select_related("person"))
    topics = list(article.topics.all())
    beside = next_stories(article, topics)
    bring_renditions(article, beside)
    return {
        "section": _section_of(article, request),
        "first_paragraph": _first_paragraph(article.body),
        "byline": _grouped(c for c in credits if not c.belongs_to_desk),
        "desk_line": _grouped(c for c in credits if c.belongs_to_desk),
        "topics": topics,
        "next_stories": with_sections(beside, sections_of(request)),
    }
