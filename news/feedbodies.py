"""The bodies of many stories as HTML for feed readers, in a number of queries that does not grow with the stories.

The blocks of all stories are made into one stream, so that the pictures, files and records of all come together, and
the links of all paragraphs are resolved at once. What is shown is what the story's page shows; stories to read next
are left out.
"""

from django.db.models import prefetch_related_objects
from django.utils.html import format_html
from wagtail.rich_text import expand_db_html

from news.models import ArticlePage
from news.pictures import pictures_in
from news.templatetags.stories import with_dateline
from portal.canonical import canonical_address
from portal.feeds.html import feed_html

LEFT_OUT = ("related",)
_BETWEEN = "\0"


def bodies_of(stories, request):
    """Return {primary key: HTML} of these stories' bodies, which may lack nothing but their scripts and drawings."""
    stream_block = ArticlePage._meta.get_field("body").stream_block
    told = {
        story.pk: [raw for raw in story.body.raw_data if raw["type"] not in LEFT_OUT]
        for story in stories
    }
    stream = stream_block.to_python([dict(raw) for raws in told.values() for raw in raws])
    prefetch_related_objects(pictures_in(stream), "renditions")
    blocks = iter(_shown(stream, request))
    known = stream_block.child_blocks
    return {
        story.pk: _body(
            story, [next(blocks) for raw in told[story.pk] if raw["type"] in known], request
        )
        for story in stories
    }


def _shown(stream, request):
    """Return [(whether it is a paragraph, HTML)] for each block of a stream."""
    sources = [
        block.value.source.replace(_BETWEEN, "")
        for block in stream
        if block.block_type == "paragraph"
    ]
    paragraphs = iter(expand_db_html(_BETWEEN.join(sources)).split(_BETWEEN))
    return [
        (True, next(paragraphs))
        if block.block_type == "paragraph"
        else (False, block.render(context={"request": request}))
        for block in stream
    ]


def _body(story, blocks, request):
    parts, dateline = [], story.dateline
    if story.is_reprint:
        parts.append(_reprint(story))
    if dateline and not any(is_paragraph for is_paragraph, _ in blocks):
        parts.append(with_dateline("", dateline))
    for is_paragraph, html in blocks:
        parts.append(with_dateline(html, dateline) if is_paragraph else html)
        dateline = "" if is_paragraph else dateline
    return feed_html("".join(parts), canonical_address(story.get_url(request)))


def _reprint(story):
    return format_html(
        '<p>本文转载自{}，原标题《{}》，原作者{}。<a href="{}">阅读原文</a></p>',
        story.source_name,
        story.source_headline,
        story.source_author,
        story.source_url,
    )
