"""A site with one hidden thing of every kind, and a reader who follows every link of it.

Each hidden thing carries `COMMON`, which readers search for, and a mark of its own in Latin letters, which
no encoding of any answer changes. What can be revealed is revealed afterwards: the marks that show then
prove that they would have shown before.
"""

import io
import json
import re
import zipfile
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import unquote, urljoin, urlsplit

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from indices import publishing as releases
from indices.models import Edition
from institutions.publishing import draft_correction
from institutions.publishing import publish as publish_notice
from news.models import ArticleCredit, ArticlePage, NewsIndexPage
from news.reporting import receive, sender_of
from portal.api.resources import resources
from portal.models import Synonym
from tests.factories import (
    PersonFactory,
    PlaceFactory,
    PlainPageFactory,
    TopicFactory,
    UserFactory,
    a_draft,
    a_section,
    a_site,
    an_article,
    paragraphs,
)
from tests.indices import factories as indices
from tests.institutions import factories as register

COMMON = "晨星"
HOST = "testserver"
MOST_ADDRESSES = 3000
# Of one path so many different queries are read.
MOST_QUERIES = 10
_LINKS = re.compile(r"""(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>""")
_QUOTED = re.compile(r'"((?:https?://|/)[^"\s\\]*)"')
_NOT_READ = ("/admin/", "/static/", "/media/", "/display/")


def mark(kind):
    """Return the letters by which what is hidden of a kind is known; a code that is made of it has them too."""
    return f"zq{kind.replace('_', '')}qz"


def titled(kind):
    """Return a title for a thing of this kind."""
    return f"{COMMON}{mark(kind)}"


@dataclass
class World:
    """What was hidden: how each kind is revealed, and the addresses at which a reader might try."""

    reveal: dict = field(default_factory=dict)
    tried: dict = field(default_factory=dict)

    def hide(self, kind, reveal=None, *addresses):
        """Note one hidden thing; `reveal` makes it public, None when nothing ever does."""
        self.reveal[kind] = reveal
        self.tried[kind] = addresses


def a_world():
    """Return the World of a new site: a public thing of every sort, and a hidden one of every kind."""
    home, world = a_site(), World()
    place = PlaceFactory(code="410100", name=f"{COMMON}市", short_name=COMMON)
    editor = UserFactory(username=mark("account"))
    world.hide("account")
    world.topic, world.person = TopicFactory(slug="topic"), PersonFactory(slug="person")
    section = a_section(slug="minsheng", title="民生")
    _hide_stories(world, section)
    _hide_pages(world, home)
    _hide_in_register(world, place, editor)
    _hide_in_indices(world, place, editor)
    story = an_article(section, title=f"{COMMON}公开的稿件")
    receive(
        reference=story.reference,
        text=f"{COMMON}{mark('report')}",
        contact=mark("report"),
        sender=sender_of("127.0.0.1", timezone.localdate()),
    )
    world.hide("report")
    Synonym.objects.create(words=f"{COMMON} 启明星", note=mark("synonym_note"))
    world.hide("synonym_note")
    return world


# --- Stories and pages -------------------------------------------------------------------------------


def _words(kind):
    title = titled(kind)
    return {"title": title, "summary": title, "body": paragraphs(f"{title}在正文里。")}


def _credited(world, story):
    story.topics = [world.topic]
    story.credits = [ArticleCredit(person=world.person, name=mark("story") + story.title)]
    story.save_revision()
    return story


def _live_story(world, section, kind):
    story = _credited(world, an_article(section, **_words(kind)))
    story.save_revision().publish()
    return ArticlePage.objects.get(pk=story.pk)


def _publish(story):
    def reveal():
        page = ArticlePage.objects.get(pk=story.pk).get_latest_revision_as_object()
        page.go_live_at = page.expire_at = None
        page.save_revision().publish()

    return reveal


def _hide_stories(world, section):
    def hide(kind, story, reveal=None):
        address, pk = story.get_url(), story.pk
        tried = [address, f"/api/v1/articles/{pk}/", f"/d/article:{pk}/", f"{address}card.png"]
        world.hide(kind, reveal or _publish(story), *tried)

    _hide_before_publication(world, section, hide)
    _hide_after_publication(world, section, hide)


def _hide_before_publication(world, section, hide):
    first = a_draft(section, **_words("draft"))
    first.topics = [TopicFactory(slug="coming", name=titled("topic"))]
    first.credits = [ArticleCredit(person=PersonFactory(slug="coming", name=titled("person")))]
    first.save_revision()
    hide("draft", first)
    # Revealed with that draft.
    world.hide("topic", None, *(f"{way}coming{end}" for way, end in _TOPIC_WAYS))
    world.hide("person", None, *(f"{way}coming{end}" for way, end in _PERSON_WAYS))
    scheduled = _credited(world, a_draft(section, **_words("scheduled")))
    scheduled.go_live_at = timezone.now() + timedelta(hours=1)
    scheduled.save_revision().publish()
    hide("scheduled", scheduled)
    revised = _live_story(world, section, "public")
    for name, value in _words("revision").items():
        setattr(revised, name, value)
    revised.save_revision()
    world.hide("revision", lambda: revised.get_latest_revision().publish())


def _hide_after_publication(world, section, hide):
    unpublished = _live_story(world, section, "unpublished")
    unpublished.unpublish()
    hide("unpublished", unpublished)
    expired = _live_story(world, section, "expired")
    expired.expire_at = timezone.now() - timedelta(minutes=1)
    expired.save_revision().publish()
    call_command("publish_scheduled")
    hide("expired", expired)
    private = _live_story(world, section, "private")
    restriction = PageViewRestriction.objects.create(page=private, restriction_type="login")
    hide("private", private, restriction.delete)
    closed = a_section(slug="closed", title=titled("closed_section"))
    inside = _live_story(world, closed, "in_closed_section")
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type="login")
    hide("in_closed_section", inside, restriction.delete)
    world.hide("closed_section", None, closed.get_url(), "/api/v1/sections/closed/")
    deleted = _live_story(world, section, "deleted")
    world.hide("deleted", None, deleted.get_url(), f"/api/v1/articles/{deleted.pk}/")
    deleted.delete()


def _hide_pages(world, home):
    draft = PlainPageFactory(parent=home, title=titled("plain_draft"), live=False)
    world.hide("plain_draft", lambda: draft.save_revision().publish(), draft.get_url())
    private = PlainPageFactory(parent=home, title=titled("plain_private"))
    restriction = PageViewRestriction.objects.create(page=private, restriction_type="login")
    world.hide("plain_private", restriction.delete, private.get_url())
    section = a_section(slug="coming", title=titled("section_draft"), live=False)
    tried = (section.get_url(), "/api/v1/sections/coming/", "/feeds/sections/coming.atom")
    world.hide("section_draft", lambda: section.save_revision().publish(), *tried)
    NewsIndexPage.objects.get().refresh_from_db()


_TOPIC_WAYS = (
    ("/topics/", "/"),
    ("/topics/", "/card.png"),
    ("/feeds/topics/", ".atom"),
    ("/api/v1/topics/", "/"),
)
_PERSON_WAYS = (("/people/", "/"), ("/feeds/people/", ".atom"), ("/api/v1/people/", "/"))


# --- Records -----------------------------------------------------------------------------------------


def _hide_in_register(world, place, editor):
    kind = register.KindFactory(scheme__code="gongshang", code="yiliao", name="医疗机构")
    hospital = register.an_institution(f"{COMMON}公开医院", place=place)
    unnamed = register.an_institution(f"{titled('institution')}医院", place=place)
    told = {"kind": kind, "area": place}
    public = register.published(
        register.a_notice(hospital, title=f"{COMMON}公开的通知", **told), by=editor
    )
    draft = register.a_notice(
        unnamed,
        {"name": f"{titled('draft_line')}诊所"},
        title=f"关于{titled('notice')}的通知",
        **told,
    )

    world.hide(
        "notice",
        lambda: publish_notice(draft, by=editor),
        *(f"{one}{draft.pk}/" for one in _NOTICE_WAYS),
    )
    # Revealed with the notice.
    world.hide("draft_line")
    world.hide("institution", None, *(f"{one}{unnamed.code}/" for one in _INSTITUTION_WAYS))
    correction = draft_correction(public, by=editor)
    correction.title = f"关于{titled('correction')}的通知"
    correction.text = titled("correction")
    correction.save()
    world.hide(
        "correction",
        lambda: publish_notice(correction, by=editor),
        *(f"{one}{correction.pk}/" for one in _NOTICE_WAYS),
    )


_NOTICE_WAYS = ("/institutions/notices/", "/api/v1/notices/", "/d/notice:")
_INSTITUTION_WAYS = ("/institutions/", "/api/v1/institutions/", "/d/institution:")


def _hide_in_indices(world, place, editor):
    first = indices.EditionFactory(index__name=f"{COMMON}公开指数", year=2020)
    overall = indices.a_dimension(first)
    indices.released(first, (overall, place, {"rank": 7}), by=editor)

    def draft(edition, kind, **fields):
        dimension = edition.dimensions.filter(parent=None).first() or indices.a_dimension(edition)
        content = {"rank": 4, "quote": mark(kind), "locator": mark(kind)}
        return indices.a_draft(edition, (dimension, place, content), by=editor, **fields)

    def hide(kind, release, *addresses):
        world.hide(kind, lambda: releases.publish(release, by=editor), *addresses)

    words = {"source_words": titled("release"), "explanation": titled("release")}
    hide("release", draft(first, "release", **words))
    coming = indices.EditionFactory(index=first.index, year=2021, label=titled("edition"))
    hide("edition", draft(coming, "edition"), *_edition_ways(coming))
    unseen = indices.EditionFactory(index__name=f"{titled('index')}指数", year=2020)
    hide("index", draft(unseen, "index"), *_edition_ways(unseen))
    held = indices.EditionFactory(
        index__name=f"{titled('embargoed')}指数", year=2020, label=titled("embargoed")
    )
    releases.publish(draft(held, "embargoed"), by=editor)
    Edition.objects.filter(pk=held.pk).update(embargoed_until=timezone.now() + timedelta(hours=1))

    # Never revealed: no act can put an embargo on what is published, and files of that time are immutable.
    world.hide("embargoed", None, *_edition_ways(held))


def _edition_ways(edition):
    index = edition.index.code
    yield f"/indices/{index}/{edition.code}/"
    yield f"/indices/{index}/{edition.code}/card.png"
    yield f"/indices/{index}/{edition.code}/?format=csv"
    yield f"/d/index.rank:{index}/?edition={edition.code}&place=410100"
    yield f"/api/v1/scores/?index={index}&edition={edition.code}"
    yield f"/api/v1/editions/{index}.{edition.code}/"


# --- The reader --------------------------------------------------------------------------------------


def text_of(response):
    """Return everything that an answer says, headers too, as lower-case text; a workbook's parts as they are."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return unquote(f"{headers}\n{body.decode(errors='replace')}").lower()


def _links(address, response, text):
    found = [response["Location"]] if response.has_header("Location") else []
    found += [one or other for one, other in _LINKS.findall(text)] + _QUOTED.findall(text)
    for link in found:
        parts = urlsplit(urljoin(f"http://{HOST}{address}", link.replace("&amp;", "&")))
        if parts.netloc in (HOST, "127.0.0.1:8000", "localhost"):
            yield f"{parts.path}{'?' * bool(parts.query)}{parts.query}"


def _details(address, text):
    """Yield the details, files and whole forms of an API list."""
    for resource in resources():
        if address == f"/api/v1/{resource.name}/":
            yield from (f"{address}?format={form}" for form in ("csv", "xlsx"))
            body = json.loads(text[text.index("\n{") :])
            yield from (f"{address}{row[resource.key]}/" for row in body["results"])


def everything(client, seeds):
    """Return {address: text} of all that a reader reaches from `seeds` by links, without the desk."""
    waiting, read, asked = deque(seeds), {}, {}
    while waiting and len(read) < MOST_ADDRESSES:
        address = waiting.popleft()
        path = address.partition("?")[0]
        queries = asked.setdefault(path, set())
        if address in read or path.startswith(_NOT_READ) or len(queries) >= MOST_QUERIES:
            continue
        queries.add(address)
        response = client.get(address)
        assert response.status_code < 500, address
        read[address] = text = text_of(response)
        if response.get("Content-Type", "").startswith(("image/", "application/vnd")):
            continue
        waiting.extend(_links(address, response, text))
        if path.startswith("/api/v1/") and response.status_code == 200 and "?" not in address:
            waiting.extend(_details(address, text))
    return read
