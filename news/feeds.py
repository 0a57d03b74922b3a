"""The feeds of stories: all, of a section, a topic, a person, a place (with its standing in the indices).

Full texts or summaries, as the site's settings say. Queries: as many for fifty stories as for one.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from indices.quotable.profiles import profiles_of
from news.feedbodies import bodies_of
from news.lists import sections_of, with_sections
from news.models import ArticleCredit, ArticlePage, Person, Topic
from news.places import known_places
from news.score_quoting import stories_about
from portal.feeds import MOST_ENTRIES, NEVER, Author, Entry, Feed, feed_response
from portal.models import SiteIdentity


@require_safe
def site(request):
    """The newest stories of all."""
    identity = SiteIdentity.for_request(request)
    return _feed_of_stories(
        request,
        ArticlePage.objects.published(),
        kind="site",
        key="stories",
        title=identity.name,
        subtitle=identity.motto,
        page="/",
    )


@require_safe
def section(request, slug):
    """The newest stories of a public section."""
    found = next((one for one in sections_of(request) if one.slug == slug), None)
    if found is None:
        raise Http404("没有这个栏目。")
    return _feed_of_stories(
        request,
        ArticlePage.objects.published().in_section(found),
        kind="section",
        key=found.pk,
        title=found.title,
        page=found.get_url(request),
    )


@require_safe
def topic(request, slug):
    """The newest stories of a topic."""
    found = get_object_or_404(Topic.objects.public(), slug=slug)
    return _feed_of_stories(
        request,
        ArticlePage.objects.published().about(found),
        kind="topic",
        key=found.pk,
        title=f"专题：{found.name}",
        subtitle=found.introduction,
        page=found.get_absolute_url(),
    )


@require_safe
def person(request, slug):
    """The newest stories that carry a person's name."""
    found = get_object_or_404(Person.objects.public(), slug=slug)
    return _feed_of_stories(
        request,
        ArticlePage.objects.published().by(found),
        kind="person",
        key=found.pk,
        title=f"{found.name}的稿件",
        subtitle=found.introduction,
        page=found.get_absolute_url(),
    )


@require_safe
def place(request, code):
    """What a place's page shows: the stories about it, and how it stands in each index."""
    found = get_object_or_404(known_places(), code=code)
    return _feed_of_stories(
        request,
        ArticlePage.objects.published().filter(pk__in=stories_about(found)),
        kind="place",
        key=found.code,
        title=found.name,
        subtitle="有关稿件，和在各指数中的位次",
        page=reverse("place", args=[found.code]),
        others=_standings(found),
    )


def _feed_of_stories(request, stories, *, kind, key, title, page, subtitle="", others=()):
    entries = [*_entries(request, stories), *others]
    entries.sort(key=lambda entry: entry.published or entry.updated, reverse=True)
    feed = Feed(
        kind=kind,
        key=str(key),
        title=_titled(request, kind, title),
        subtitle=subtitle,
        path=request.path,
        page=page,
        entries=tuple(entries[:MOST_ENTRIES]),
    )
    return feed_response(request, feed)


def _titled(request, kind, title):
    name = SiteIdentity.for_request(request).name
    return title if kind == "site" else f"{title} - {name}"


def _entries(request, stories):
    # Keys alone are sorted; the bodies of all would be sorted along.
    keys = stories.values("pk")[:MOST_ENTRIES]
    shown = list(ArticlePage.objects.newest_first().filter(pk__in=keys))
    with_sections(shown, sections_of(request))
    bylines, topics = _bylines(shown), _topics(shown)
    in_full = SiteIdentity.for_request(request).feeds_in_full
    bodies = bodies_of(shown, request) if in_full else {}
    return [
        Entry(
            kind="article",
            key=str(story.pk),
            title=story.list_title,
            path=story.get_url(request),
            published=story.first_published_at,
            updated=story.last_published_at or story.first_published_at or NEVER,
            authors=_authors(story, bylines.get(story.pk, ())),
            summary=story.standfirst,
            content=bodies.get(story.pk, ""),
            categories=_categories(story, topics.get(story.pk, ())),
        )
        for story in shown
    ]


def _bylines(stories):
    """Return {story: its credits over the text}; one query."""
    rows = ArticleCredit.objects.filter(page__in=stories).exclude(role__in=ArticleCredit.DESK_ROLES)
    found = {}
    for credit in rows.select_related("person").order_by("sort_order", "pk"):
        found.setdefault(credit.page_id, []).append(credit)
    return found


def _topics(stories):
    """Return {story: its topics}; one query."""
    rows = ArticlePage.topics.through.objects.filter(articlepage__in=stories)
    found = {}
    for row in rows.select_related("topic").order_by("topic__slug"):
        found.setdefault(row.articlepage_id, []).append(row.topic)
    return found


def _authors(story, credits):
    if story.is_reprint:
        return (Author(f"{story.source_author}（{story.source_name}）"),)
    named = {}
    for credit in credits:
        path = credit.person.get_absolute_url() if credit.person else ""
        named.setdefault(credit.name, Author(credit.name, path))
    return tuple(named.values())


def _categories(story, topics):
    about = [(f"section-{story.section.slug}", story.section.title)] if story.section else []
    return (*about, *((f"topic-{topic.slug}", topic.name) for topic in topics))


def _standings(place):
    """Return an Entry for each index that states the place's overall standing: in its latest edition."""
    told = [one for one in profiles_of(place) if one.overall is not None and one.overall.score]
    return [
        Entry(
            kind="standing",
            key=f"{one.edition.pk}/{place.code}",
            title=f"{place.label}：{one.edition.index.name}（{one.edition.label}）{one.overall.rank_text}",
            path=f"{reverse('place', args=[place.code])}#{one.edition.index.code}",
            published=None,
            updated=one.overall.score.known_from,
            summary=_movement(one),
        )
        for one in told
    ]


def _movement(profile):
    words = [f"{profile.overall.text}。"]
    if profile.moved is None:
        words.append("这是收录的第一版，没有可比的前一版。")
    elif profile.moved.delta is None:
        words.append(f"不作升降比较（前一版为{profile.earlier.label}）。{profile.moved.reason}")
    else:
        words.append(f"比{profile.earlier.label}{profile.moved.words}。")
    if profile.edition.index.is_demonstration:
        words.append("演示数据，不反映真实情况。")
    return "".join(words)
