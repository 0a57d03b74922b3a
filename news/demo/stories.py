"""The demonstration's stories: what their manuscripts, pictures and documents become in the database.

Hides the order of the work: all pages first, so that stories can point at each other, then their
bodies, then publication with the lead story last, so that it is the newest.
"""

import hashlib
import tomllib
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.utils.file import hash_filelike

from news.manuscripts import Attachments, body_of, read_manuscripts
from news.models import (
    ArchivedStory,
    ArticleCredit,
    ArticlePage,
    FrontSlot,
    HomePage,
    Person,
    SectionPage,
    Topic,
)
from portal.models import Picture, Place

HERE = Path(__file__).parent
ARCHIVE = "示范"
ORDER = (
    "city-ranking",
    "injury-insurance",
    "reading-ranks",
    "two-units",
    "voucher-ratio",
    "which-day",
    "three-dates",
    "corrections",
    "writing-here",
)
# The front page's places, and after how many days each is given back to the rule; None is never.
SLOTS = (("city-ranking", None), ("injury-insurance", None), ("two-units", 7))
FIELDS = ("kicker", "deck", "display_title", "summary", "dateline")


def _entries(name):
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _file_facts(data, by):
    """Return what the desk records of an uploaded file beside the file itself."""
    return {
        "file_size": len(data),
        "file_hash": hash_filelike(BytesIO(data)),
        "uploaded_by_user": by,
    }


def _pictures(by):
    """Bring the pictures in; return their keys by file name."""
    keys = {}
    for name, words in _entries("pictures.toml").items():
        data = (HERE / "pictures" / name).read_bytes()
        picture = Picture(
            title=words["title"],
            description=words["description"],
            credit="有据 绘",
            file=ImageFile(ContentFile(data), name=name),
            **_file_facts(data, by),
        )
        picture.save()
        keys[name] = picture.pk
    return keys


def _documents(by):
    keys = {}
    for name, words in _entries("documents.toml").items():
        data = (HERE / "documents" / name).read_bytes()
        document = get_document_model()(
            title=words["title"],
            file=ContentFile(data, name=name),
            **_file_facts(data, by),
        )
        document.save()
        keys[name] = document.pk
    return keys


def _topics():
    return {
        name: Topic.objects.get_or_create(name=name, defaults=words)[0]
        for name, words in _entries("topics.toml").items()
    }


def _credits(manuscript):
    """Return the credits of a manuscript; reporters and artists are people with a page, a desk is not."""
    credits = []
    for number, entry in enumerate(manuscript["credits"]):
        name, affiliation = entry["name"], entry.get("affiliation", "")
        person = None
        if entry["role"] != ArticleCredit.Role.AUTHOR:
            person = Person.objects.get_or_create(name=name, affiliation=affiliation)[0]
        credits.append(
            ArticleCredit(
                role=entry["role"],
                person=person,
                name=name,
                affiliation=affiliation,
                sort_order=number,
            )
        )
    return credits


def _begin(manuscripts, pictures, by):
    """Put every story into the tree as a draft without a body; return the pages by manuscript name."""
    sections = {section.slug: section for section in SectionPage.objects.order_by("path")}
    topics = _topics()
    pages = {}
    for name in ORDER:
        manuscript = manuscripts[name]
        article = ArticlePage(
            title=manuscript["headline"],
            live=False,
            owner=by,
            cover_id=pictures.get(manuscript.get("cover")),
            **{field: manuscript.get(field, "") for field in FIELDS},
        )
        article.credits = _credits(manuscript)
        article.topics = [topics[topic] for topic in manuscript["topics"]]
        section = sections.get(manuscript["section"]) or next(iter(sections.values()))
        section.add_child(instance=article)
        pages[name] = article
    return pages


def _remember(name, page):
    digest = hashlib.sha256((HERE / "stories" / f"{name}.toml").read_bytes()).hexdigest()
    ArchivedStory.objects.create(archive=ARCHIVE, key=name, digest=digest, page=page)


def _fill_front_page(pages):
    """Give the front page its slots, unless editors have given it some or are at work on it."""
    home = HomePage.objects.get()
    if home.slots.exists() or home.has_unpublished_changes:
        return
    now = timezone.now()
    home.slots = [
        FrontSlot(
            article=pages[name],
            expires_at=now + timedelta(days=days) if days else None,
            sort_order=number,
        )
        for number, (name, days) in enumerate(SLOTS)
    ]
    home.save_revision().publish()


def write(*, reporter, publisher, notices, institutions, editions):
    """Write the demonstration's stories and publish them, all but the draft; return (published, drafts).

    Does nothing, and returns (0, 0), when one of them is there: what editors removed or changed since
    stays so. Needs a section to write into. `notices`, `institutions` and `editions` are keys by name, of
    the records that the stories point at.
    """
    if ArchivedStory.objects.filter(archive=ARCHIVE).exists():
        return 0, 0
    manuscripts = read_manuscripts(HERE / "stories")
    pictures = _pictures(reporter)
    pages = _begin(manuscripts, pictures, reporter)
    stories = {name: page.pk for name, page in pages.items()}
    documents = _documents(reporter)
    places = dict(Place.objects.values_list("code", "pk"))
    attachments = Attachments(pictures, documents, stories, notices, institutions, editions, places)
    drafts = [name for name in ORDER if manuscripts[name].get("draft")]
    for name in reversed(ORDER):
        page = pages[name]
        page.body = body_of(manuscripts[name], attachments)
        revision = page.save_revision(user=reporter)
        if name not in drafts:
            revision.publish(user=publisher)
        _remember(name, page)
    _fill_front_page(pages)
    return len(ORDER) - len(drafts), len(drafts)
