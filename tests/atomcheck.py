"""Whether bytes are a sound Atom feed: what RFC 4287 demands, and what readers of feeds stumble over."""

import re
from urllib.parse import urlsplit

import html5lib
from defusedxml import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# How often each element stands in a feed and in an entry: at least, at most (None: any number).
FEED = {
    "id": (1, 1),
    "title": (1, 1),
    "subtitle": (0, 1),
    "updated": (1, 1),
    "link": (2, 2),
    "author": (1, None),
    "entry": (0, 50),
}
ENTRY = {
    "id": (1, 1),
    "title": (1, 1),
    "link": (1, 1),
    "published": (0, 1),
    "updated": (1, 1),
    "author": (0, None),
    "category": (0, None),
    "summary": (0, 1),
    "content": (0, 1),
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}:[a-z0-9/.-]+")


def sound_feed(content):
    """Return the root of a feed; fail with what is wrong with it."""
    root = ElementTree.fromstring(content)
    assert root.tag == f"{ATOM}feed"
    assert root.get(LANG) == "zh-Hans"
    _counted(root, FEED)
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        _counted(entry, ENTRY)
        assert entry.find(f"{ATOM}summary") is not None or entry.find(f"{ATOM}content") is not None
    ids = [found.text for found in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    assert [found for found in ids if not TAG.fullmatch(found)] == []
    instants = [*root.iter(f"{ATOM}updated"), *root.iter(f"{ATOM}published")]
    assert [found.text for found in instants if not INSTANT.fullmatch(found.text)] == []
    _addressed(root)
    for body in root.iter(f"{ATOM}content"):
        assert body.get("type") == "html"
        _plain(body.text)
    return root


def _counted(element, rule):
    counts = dict.fromkeys(rule, 0)
    for child in element:
        counts[child.tag.removeprefix(ATOM)] += 1
    wrong = {
        name: count
        for name, count in counts.items()
        if count < rule[name][0] or (rule[name][1] is not None and count > rule[name][1])
    }
    assert wrong == {}
    assert element.find(f"{ATOM}title").text.strip()


def _addressed(root):
    links = {link.get("rel"): link for link in root.findall(f"{ATOM}link")}
    assert links["self"].get("type") == "application/atom+xml"
    assert links["alternate"].get("type") == "text/html"
    addresses = [link.get("href") for link in root.iter(f"{ATOM}link")]
    addresses += [uri.text for uri in root.iter(f"{ATOM}uri")]
    assert [found for found in addresses if not _is_absolute(found)] == []
    assert [name.text for name in root.iter(f"{ATOM}name") if not name.text] == []


def _plain(html):
    """Fail unless this is well-formed HTML of absolute addresses, without what a reader of feeds refuses."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parseFragment(html)
    assert parser.errors == []
    for element in tree.iter():
        assert element.tag not in ("script", "style", "iframe", "form", "svg", "object")
        assert {*element.attrib} <= {"href", "src", "alt", "scope", "colspan", "rowspan", "start"}
        for name in ("href", "src"):
            if name in element.attrib:
                assert _is_absolute(element.attrib[name])


def _is_absolute(address):
    parts = urlsplit(address)
    return parts.scheme == "mailto" or (parts.scheme in ("http", "https") and bool(parts.netloc))


def titles(root):
    """Return the titles of a feed's entries."""
    return [entry.find(f"{ATOM}title").text for entry in root.findall(f"{ATOM}entry")]


def first(root, name):
    """Return this child of a feed's first entry."""
    return root.find(f"{ATOM}entry/{ATOM}{name}")
