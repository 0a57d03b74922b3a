"""The bytes of a feed: sound whatever stands in it."""

from datetime import UTC, datetime, timedelta, timezone

from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from portal.feeds import Author, Entry, Feed, write
from tests.atomcheck import ATOM, first, sound_feed, titles

AT = datetime(2020, 8, 18, 12, 0, 0, 500_000, tzinfo=timezone(timedelta(hours=8)))


def a_feed(*entries, **fields):
    told = {"kind": "topic", "key": "1", "title": "专题", "path": "/feeds/topics/a.atom"}
    return Feed(**{**told, "page": "/topics/a/", "entries": entries, **fields})


def an_entry(key="1", **fields):
    told = {"kind": "article", "title": "题", "path": "/news/a/b/", "updated": AT}
    return Entry(**{**told, "key": key, **fields})


def test_an_entry_says_who_when_and_where():
    entry = an_entry(
        authors=(Author("李娜", "/people/li-na/"), Author("王五")),
        published=AT - timedelta(days=1),
        summary="提要\n两行",
        content="<p>正文 &amp; 表</p>",
        categories=(("section-minsheng", "民生"),),
    )
    root = sound_feed(write(a_feed(entry, subtitle="导语"), "有据"))
    assert root.find(f"{ATOM}updated").text == "2020-08-18T04:00:00.500Z"
    assert first(root, "published").text == "2020-08-17T04:00:00.500Z"
    assert first(root, "summary").text == "提要 两行"
    assert first(root, "content").text == "<p>正文 &amp; 表</p>"
    assert first(root, "category").attrib == {"term": "section-minsheng", "label": "民生"}
    names = [name.text for name in root.iter(f"{ATOM}name")]
    assert names == ["有据", "李娜", "王五"]


def test_an_empty_feed_claims_nothing_of_today():
    root = sound_feed(write(a_feed(), "有据"))
    assert root.find(f"{ATOM}updated").text == "2000-01-01T00:00:00.000Z"


def test_a_feed_is_as_new_as_its_newest_entry():
    entries = [an_entry("1", updated=AT), an_entry("2", updated=datetime(2021, 1, 1, tzinfo=UTC))]
    root = sound_feed(write(a_feed(*entries), "有据"))
    assert root.find(f"{ATOM}updated").text == "2021-01-01T00:00:00.000Z"


HOSTILE = "<b>&amp;</b> ]]> \x00\x08\x0b\x1f\ufffe\ud800 <!ENTITY x '&#38;'> \"'"


def test_no_headline_breaks_the_document():
    entry = an_entry(
        title=HOSTILE,
        summary=HOSTILE,
        content=f"<p>{HOSTILE}</p>",
        authors=(Author(HOSTILE),),
        categories=(("a", HOSTILE),),
    )
    root = ElementTree.fromstring(write(a_feed(entry, title=HOSTILE, subtitle=HOSTILE), HOSTILE))
    assert titles(root) == ["<b>&amp;</b> ]]> <!ENTITY x '&#38;'> \"'"]


@given(st.text(st.characters(codec=None), min_size=1).filter(lambda text: text.strip()))
def test_any_text_is_written_and_read_again(text):
    content = write(
        a_feed(an_entry(title=f"题{text}", summary=text, authors=(Author(f"名{text}"),))),
        f"站{text}",
    )
    root = sound_feed(content)
    assert titles(root)[0].startswith("题")
