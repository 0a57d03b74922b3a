"""What the pages of the news floor say in their heads: front page, lists, stories, plain pages, places.

Each function takes what its page shows and asks no more. What a share card says stands in `news.cards`.
"""

from news.cards import article_card, topic_card
from news.linkeddata import cover_of, news_article, person_node, story_list
from news.reading import opening
from portal.cards import card_at
from portal.heads import Head, numbered
from portal.heads.linkeddata import place_node, website
from portal.heads.publictags import Column, Content
from portal.models import SiteIdentity
from portal.templatetags.chinese import machine

NEWS = ("全部新闻", "/news/")
_NEWS_KIND, _TOPIC_KIND, _ABOUT_KIND, _DATA_KIND = "新闻动态", "专题专栏", "概况信息", "数据发布"
OPENING = 120


def home_head(home, request):
    """Return the Head of the front page."""
    identity = SiteIdentity.for_request(request)
    words = "：".join(filter(None, (identity.name, identity.motto)))
    by = f"{identity.organiser}主办。" if identity.organiser else ""
    return Head(
        title=words,
        description=home.search_description
        or f"{words}。{by}新闻、指数和定点机构，每个数字都有出处。",
        path=_path(home, request),
        keywords=(identity.name, "新闻", "指数", "定点机构", "开放数据"),
        nodes=(website(identity),),
    )


def news_index_head(request, stories):
    """Return the Head of the list of all stories."""
    name, path = NEWS
    description = "本站全部稿件，新的在前。"
    return Head(
        title=name,
        description=description,
        path=numbered(path, stories),
        trail=(NEWS,),
        nodes=(story_list(request, name, path, stories, description),),
        column=Column(name, _NEWS_KIND, description),
    )


def section_head(section, request, stories):
    """Return the Head of a section."""
    path = _path(section, request)
    description = section.search_description or section.introduction
    description = description or f"{section.title}栏目的全部稿件，新的在前。"
    return Head(
        title=section.title,
        description=description,
        path=numbered(path, stories),
        trail=(NEWS, (section.title, path)),
        nodes=(story_list(request, section.title, path, stories, description),),
        column=Column(section.title, _NEWS_KIND, description),
    )


def topic_head(topic, request, stories):
    """Return the Head of a topic."""
    path = topic.get_absolute_url()
    description = topic.introduction or f"专题“{topic.name}”的全部稿件，新的在前。"
    return Head(
        title=f"专题：{topic.name}",
        description=description,
        path=numbered(path, stories),
        card=topic_card(topic, SiteIdentity.for_request(request)),
        keywords=(topic.name,),
        trail=((topic.name, path),),
        nodes=(story_list(request, topic.name, path, stories, description),),
        column=Column(topic.name, _TOPIC_KIND, description),
    )


def person_head(person, stories):
    """Return the Head of a person's stories."""
    path = person.get_absolute_url()
    who = "".join((person.affiliation, person.position, person.name))
    return Head(
        title=person.name,
        description=person.introduction or f"{who}署名的全部稿件，新的在前。",
        path=numbered(path, stories),
        kind="profile",
        keywords=tuple(filter(None, (person.name, person.affiliation))),
        trail=((person.name, path),),
        nodes=(person_node(person, path),),
        column=Column(person.name, _NEWS_KIND),
    )


def article_head(article, request, context):
    """Return the Head of a story; `context` is what its page shows (`news.reading.article_context`)."""
    identity = SiteIdentity.for_request(request)
    path, section = _path(article, request), context["section"]
    topics = [topic.name for topic in context["topics"]]
    card = article_card(article, section, path, identity)
    cover = cover_of(article)
    names = [one.name for group in context["byline"] for one in group["people"]]
    return Head(
        title=article.list_title,
        description=article.search_description or article.standfirst or article.list_title,
        path=path,
        kind="article",
        card=card,
        keywords=(*topics, section.title),
        properties=(
            ("article:published_time", machine(article.first_published_at)),
            ("article:modified_time", machine(article.updated_at)),
            ("article:section", section.title),
            *(("article:tag", name) for name in topics),
        ),
        trail=(NEWS, (section.title, _path(section, request)), (article.list_title, path)),
        nodes=(news_article(article, path=path, identity=identity, context=context, card=card),),
        column=Column(section.title, _NEWS_KIND),
        content=Content(
            title=article.title,
            published_at=article.first_published_at,
            source=article.source_name if article.is_reprint else article.paper,
            author=" ".join(names),
            image=cover["url"] if cover else "",
        ),
    )


def plain_head(page, request):
    """Return the Head of a page of text."""
    path = _path(page, request)
    description = page.search_description or opening(page.body, OPENING) or page.title
    return Head(
        title=page.title,
        description=description,
        path=path,
        trail=((page.title, path),),
        column=Column(page.title, _ABOUT_KIND, description),
    )


def place_head(place, words):
    """Return the Head of a place; `words` are those of its share card."""
    path = f"/places/{place.code}/"
    above = ((place.parent.name, f"/places/{place.parent.code}/"),) if place.parent else ()
    description = f"{place.name}在各指数中的位次、历版升降、定点机构和有关稿件，每个数字注明版次、发布机构和评估对象。"
    return Head(
        title=place.name,
        description=description,
        path=path,
        card=card_at(f"{path}card.png", words),
        keywords=(*dict.fromkeys(filter(None, (place.name, place.short_name))), "排名", "定点机构"),
        trail=(*above, (place.name, path)),
        nodes=(place_node(place, parent=place.parent),),
        column=Column(place.name, _DATA_KIND, description),
    )


def _path(page, request):
    """Return the path of a page; that of the request for one that stands in no site yet (in a preview)."""
    return page.get_url(request) or request.path
