"""Stories, people and lists of stories in schema.org's words.

Of a story only what its page shows: names with the roles in which they stand there, its section and topics, its
cover, whence it was reprinted, and the records that its blocks cite. Asks no database beyond what the page has asked.
"""

from news.models import ArticleCredit
from news.pictures import renditions
from portal.canonical import absolute, canonical_address
from portal.heads.linkeddata import (
    LANGUAGE,
    collection,
    named,
    organisation,
    picture,
)
from portal.recordblocks import AskingBlock
from portal.templatetags.chinese import machine

_Role = ArticleCredit.Role
# Which property of a work says that somebody did this; the word of the role is said beside it.
_PROPERTIES = {
    _Role.TRANSLATOR: "translator",
    _Role.EDITOR: "editor",
    _Role.RESPONSIBLE_EDITOR: "editor",
    _Role.PHOTOGRAPHER: "contributor",
    _Role.GRAPHICS: "contributor",
    _Role.PICTURES: "contributor",
    _Role.PLANNER: "contributor",
    _Role.PROOFREADER: "contributor",
    _Role.REVIEWER: "contributor",
}


def news_article(article, *, path, identity, context, card):
    """Return the node of a story at `path`; `context` is what its page shows, `card` its share card."""
    address = canonical_address(path)
    cover = cover_of(article)
    return {
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "headline": article.title,
        "alternativeHeadline": article.deck or article.kicker,
        "description": article.standfirst,
        "url": address,
        "mainEntityOfPage": address,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "datePublished": machine(article.first_published_at),
        "dateModified": machine(article.updated_at or article.first_published_at),
        "articleSection": context["section"].title,
        "keywords": [topic.name for topic in context["topics"]],
        "image": [cover, picture(canonical_address(card.path), card.width, card.height, card.alt)],
        "publisher": organisation(identity),
        "dateline": article.dateline,
        "printEdition": article.paper,
        "printPage": article.page_number,
        "isBasedOn": _original(article) if article.is_reprint else None,
        "citation": cited(article),
        **_made_by([*context["byline"], *context["desk_line"]]),
    }


def cover_of(article):
    """Return the node of a story's cover in the size for other sites; None without one."""
    if article.cover is None:
        return None
    made = renditions(article.cover, "card")[0]
    return picture(absolute(made.url, canonical_address("/")), made.width, made.height)


def _made_by(groups):
    """Return {property: [Role, …]} for the names of a story, in the order in which they stand."""
    found = {}
    for group in groups:
        for credit in group["people"]:
            property_ = _PROPERTIES.get(credit.role, "author")
            role = {"@type": "Role", "roleName": group["role"], property_: _author(credit)}
            found.setdefault(property_, []).append(role)
    return found


def _author(credit):
    path = credit.person.get_absolute_url() if credit.person else ""
    affiliation = named("Organization", credit.affiliation)
    return named("Person", credit.name, path) | {"affiliation": affiliation}


def _original(article):
    """Return the node of the work that a story reprints."""
    return {
        "@type": "CreativeWork",
        "headline": article.source_headline,
        "url": article.source_url,
        "creditText": article.source_author,
        "publisher": named("Organization", article.source_name),
    }


def cited(article):
    """Return the nodes of the notices and editions that the blocks of a story show, each once."""
    shown = (
        block.block.get_context(block.value)["shown"]
        for block in article.body
        if isinstance(block.block, AskingBlock)
    )
    found = {}
    for one in filter(None, shown):
        for record in (getattr(one, "notice", None), getattr(one, "edition", None)):
            if record is not None:
                title = getattr(one, "title", "") if record is getattr(one, "notice", None) else ""
                path = record.get_absolute_url()
                found[path] = named("CreativeWork", title or str(record), path)
    return list(found.values())


def person_node(person, path):
    """Return the node of a person as the page of his or her stories shows it."""
    portrait = None
    if person.portrait is not None:
        made = renditions(person.portrait, "portrait")[-1]
        portrait = picture(absolute(made.url, canonical_address("/")), made.width, made.height)
    return {
        "@type": "Person",
        "@id": f"{canonical_address(path)}#person",
        "name": person.name,
        "url": canonical_address(path),
        "jobTitle": person.position,
        "affiliation": named("Organization", person.affiliation),
        "description": person.introduction,
        "image": portrait,
    }


def story_list(request, name, path, stories, description=""):
    """Return the node of a numbered list of stories."""
    items = [(story.list_title, story.get_url(request)) for story in stories.object_list]
    first = stories.start_index() if items else 1
    return collection(name=name, path=path, description=description, items=items, first=first)
