"""The share cards of stories and topics: their words, where they stand, and who may see them."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.models import Site

from news.models import ArticlePage, Topic
from portal.cards import card_at, card_response
from portal.models import SiteIdentity


def article_card(article, section, path, identity):
    """Return the Card of a story that stands at `path`."""
    return card_at(f"{path}card.png", _article_words(article, section, identity))


def topic_card(topic, identity):
    """Return the Card of a topic."""
    return card_at(f"{topic.get_absolute_url()}card.png", _topic_words(topic, identity))


def _article_words(article, section, identity):
    return {
        "title": article.list_title,
        "kicker": article.kicker or section.title,
        "source": article.source_name if article.is_reprint else "",
        "site": identity.name,
    }


def _topic_words(topic, identity):
    return {"title": topic.name, "kicker": "专题", "site": identity.name}


@require_safe
def card_of_article(request, section, slug):
    """Answer the card of a story that any reader may see; any other story is not there."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404("没有这篇稿件。")
    path = f"{site.root_page.url_path}news/{section}/{slug}/"
    stories = ArticlePage.objects.published().filter(slug=slug, url_path=path)
    story = get_object_or_404(stories)
    words = _article_words(story, story.get_parent(), SiteIdentity.for_request(request))
    return card_response(request, words)


@require_safe
def card_of_topic(request, slug):
    """Answer the card of a topic."""
    topic = get_object_or_404(Topic.objects.public(), slug=slug)
    return card_response(request, _topic_words(topic, SiteIdentity.for_request(request)))
