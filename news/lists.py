"""Lists of stories: by section, topic, person, or all; numbered pages, a constant number of queries."""

from django.db.models import Case, Q, When
from wagtail.models import Page

from news.models import ArticlePage
from news.visibility import public
from portal.paging import page_of

STORIES_PER_PAGE = 20


def _standing_pages(request):
    """Return {kind: pages} for what stands on every page: sections and the footer's plain pages.

    One query in a request, however many parts of the page show them; in the order of the tree.
    """
    if not hasattr(request, "standing_pages"):
        is_section, in_footer = Q(sectionpage__isnull=False), Q(plainpage__in_footer=True)
        pages = public(Page.objects.filter(is_section | in_footer)).order_by("path")
        pages = list(pages.annotate(is_section=Case(When(is_section, then=True), default=False)))
        request.standing_pages = {
            "sections": [page for page in pages if page.is_section],
            "footer": [page for page in pages if not page.is_section],
        }
    return request.standing_pages


def sections_of(request):
    """Return the public sections, as plain pages of the tree: title and address, no introduction."""
    return _standing_pages(request)["sections"]


def footer_pages_of(request):
    """Return the public plain pages that editors want in the footer."""
    return _standing_pages(request)["footer"]


def with_sections(articles, sections):
    """Give each story the one of `sections` that it stands in as its `section`."""
    sections = {section.path: section for section in sections}
    for article in articles:
        article.section = sections.get(article.path[: -article.steplen])
    return articles


def _stories_page(request, stories):
    # Keys alone are sorted and counted off; a page far back would else sort every body before it.
    page = page_of(request, stories.values("pk"), STORIES_PER_PAGE)
    shown = ArticlePage.objects.newest_first().filter(pk__in=page.object_list).for_lists()
    page.object_list = with_sections(list(shown), sections_of(request))
    return {"stories": page}


def news_index(request):
    """Return every public story, newest first."""
    return _stories_page(request, ArticlePage.objects.published())


def section(section, request):
    """Return the public stories of one section."""
    return _stories_page(request, ArticlePage.objects.published().in_section(section))


def topic_stories(topic, request):
    """Return the public stories on one topic."""
    return _stories_page(request, ArticlePage.objects.published().about(topic))


def person_stories(person, request):
    """Return the public stories over which one person's name stands."""
    return _stories_page(request, ArticlePage.objects.published().by(person))
