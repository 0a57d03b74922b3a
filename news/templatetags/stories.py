"""What public pages ask the news floor for: sections, footer pages, public stories; and datelines and players."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from news.embeds import VideoFinder
from news.lists import footer_pages_of, sections_of

register = template.Library()

FIRST_PARAGRAPH = re.compile(r"<p\b[^>]*>")


@register.inclusion_tag("components/section_nav.html", takes_context=True)
def section_nav(context):
    """List the public sections; the one that the reader is in, or whose story is read, is marked."""
    page, section = context.get("page"), context.get("section")
    return {
        "request": context["request"],
        "sections": sections_of(context["request"]),
        "here": getattr(page, "pk", None),
        "within": getattr(section, "pk", None),
        "path": context["request"].path,
    }


@register.simple_tag(takes_context=True)
def footer_pages(context):
    """Return the public plain pages that editors want in the footer, in the order of the tree."""
    return footer_pages_of(context["request"])


@register.simple_tag
def public_stories(stories):
    """Return those of `stories` that any reader may see, in the given order."""
    return [s for s in stories if s is not None and s.live and not s.get_view_restrictions()]


@register.filter
def player(url):
    """Return the player of a video's page, asking no database; "" for a site that may not be framed."""
    finder = VideoFinder()
    return finder.find_embed(url)["html"] if finder.accept(url) else ""


@register.filter
def with_dateline(html, dateline):
    """Put `dateline` at the start of the first paragraph of `html`, as papers set it.

    Text that does not start with a paragraph (a list, say) gets a paragraph of the dateline alone.
    """
    if not dateline:
        return html
    html = str(html)
    mark = format_html('<b class="dateline">{}</b>', dateline)
    first = FIRST_PARAGRAPH.match(html.lstrip())
    if not first:
        return mark_safe(f"<p>{mark}</p>{html}")  # noqa: S308
    html = html.lstrip()
    return mark_safe(html[: first.end()] + mark + html[first.end() :])  # noqa: S308
