"""Is a page's HTML sound? Strict parsing, and the structure that every page of ours must have.

This runs in the suite on every page; `make html` asks the Nu validator as well.
"""

from collections import Counter

import html5lib

UNLABELLED = {"hidden", "submit", "button", "reset", "image"}


def valid_html(html):
    """Assert that `html` (text or bytes, a whole page) is sound; the failure lists every fault."""
    assert faults(html) == []


def faults(html):
    """Return the faults of a page as sentences, in the order of the checks below."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(html.decode() if isinstance(html, bytes) else html)
    return [
        *(f"line {at[0]}: {code} {data or ''}".rstrip() for at, code, data in parser.errors),
        *_identifiers(document),
        *_structure(document),
        *_pictures(document),
        *_labels(document),
    ]


def _identifiers(document):
    """An id stands once; what points at an id finds it."""
    ids = Counter(element.get("id") for element in document.iter() if element.get("id"))
    for name, count in ids.items():
        if count > 1:
            yield f"id {name} stands {count} times"
    for element in document.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute} points at {name}, which is not there"
        target = element.get("href") or ""
        if target.startswith("#") and len(target) > 1 and target[1:] not in ids:
            yield f"link to {target}, which is not there"


def _structure(document):
    """A language, a title, one main, one h1, and no heading level left out."""
    if not document.get("lang"):
        yield "html has no lang"
    if not _text(document.find("head/title")):
        yield "no title"
    for tag in ("main", "h1"):
        count = len(list(document.iter(tag)))
        if count != 1:
            yield f"{count} {tag} elements"
    previous = 0
    for element in document.iter():
        if element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            level = int(element.tag[1])
            if level > previous + 1:
                yield f"h{previous} is followed by {element.tag}: {_text(element)}"
            if not _text(element):
                yield f"empty {element.tag}"
            previous = level


def _pictures(document):
    """Every picture says what it shows, or says that it is decoration (an empty alt)."""
    for image in document.iter("img"):
        if image.get("alt") is None:
            yield f"img without alt: {image.get('src')}"


def _labels(document):
    """Every field has a label, every link and button has a name."""
    labelled = {label.get("for") for label in document.iter("label")}
    wrapped = {child for label in document.iter("label") for child in label.iter()}
    for element in _perceived(document):
        named = element.get("aria-label") or element.get("aria-labelledby") or element.get("title")
        if element.tag in {"input", "select", "textarea"}:
            exempt = element.tag == "input" and element.get("type") in UNLABELLED
            if not (named or exempt or element.get("id") in labelled or element in wrapped):
                yield f"{element.tag} {element.get('name')} has no label"
        elif element.tag in {"a", "button"} and not (named or _text(element) or _alt(element)):
            yield f"{element.tag} has no name: {element.get('href') or element.get('class')}"


def _perceived(element):
    """Return `element` and what is in it, without what is hidden from screen readers."""
    if element.get("aria-hidden") == "true":
        return
    yield element
    for child in element:
        yield from _perceived(child)


def _text(element):
    return "".join(element.itertext()).strip() if element is not None else ""


def _alt(element):
    return "".join(image.get("alt") or "" for image in element.iter("img"))
