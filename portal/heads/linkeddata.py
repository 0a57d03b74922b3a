"""What pages say in schema.org's words (JSON-LD): how a block is written, and the things that every app names.

Knows how a block stands in a page so that no text closes it, and that nothing empty is said. Each app's
`linkeddata.py` makes the nodes of its own things, of what the page shows and of nothing else. Addresses are
always the site's own (`portal.canonical`).
"""

import re

from django.templatetags.static import static
from django.utils.safestring import mark_safe

from portal.api.encoding import encoded
from portal.canonical import canonical_address

CONTEXT = "https://schema.org"
LANGUAGE = "zh-Hans"
LOGO, LOGO_SIZE = "portal/touch-icon.png", 180

# What could end the element, begin a comment in it, or end a line of a script that reads it.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

# What HTML may not hold, however it is written: controls, lone surrogates, points that are no characters.
_NO_CHARACTERS = "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
_UNWRITABLE = re.compile(f"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NO_CHARACTERS}]")


def one_line(words):
    """Return words on one line, without what no page may hold."""
    return " ".join(_UNWRITABLE.sub(" ", str(words)).split())


def data_block(nodes):
    """Return the `<script>` element that holds these nodes as one graph; '' for none."""
    graph = [node for node in map(pruned, nodes) if node]
    if not graph:
        return ""
    text = encoded({"@context": CONTEXT, "@graph": graph}).translate(_ESCAPES)
    # Nothing in it can close the element: each `<` is written as an escape.
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def pruned(value):
    """Return a value without what says nothing: None, empty words and lists, things with no more than a type."""
    if isinstance(value, dict):
        kept = {name: pruned(part) for name, part in value.items()}
        kept = {name: part for name, part in kept.items() if part not in (None, "", [], {})}
        return kept if kept.keys() - {"@type"} else {}
    if isinstance(value, list | tuple):
        return [part for part in map(pruned, value) if part not in (None, "", [], {})]
    return one_line(value) if isinstance(value, str) else value


def organisation(identity):
    """Return the node of who runs the site, with its logo."""
    home = canonical_address("/")
    return {
        "@type": "Organization",
        "@id": f"{home}#publisher",
        "name": identity.name,
        "url": home,
        "logo": picture(canonical_address(static(LOGO)), LOGO_SIZE, LOGO_SIZE),
    }


def website(identity):
    """Return the node of the whole site, with the address of its search."""
    home = canonical_address("/")
    return {
        "@type": "WebSite",
        "@id": f"{home}#website",
        "name": identity.name,
        "description": identity.motto,
        "url": home,
        "inLanguage": LANGUAGE,
        "publisher": organisation(identity),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{home}search/?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(trail):
    """Return the node of the way from the front page to a page: pairs of name and path, the page's own last."""
    steps = [("首页", "/"), *trail]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": canonical_address(path),
            }
            for position, (name, path) in enumerate(steps, 1)
        ],
    }


def collection(*, name, path, description="", items=(), first=1):
    """Return the node of a page that lists things: pairs of name and path, counted from `first` on."""
    return {
        "@type": "CollectionPage",
        "name": name,
        "description": description,
        "url": canonical_address(path),
        "inLanguage": LANGUAGE,
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": title,
                    "url": canonical_address(address),
                }
                for position, (title, address) in enumerate(items, first)
            ],
        }
        if items
        else None,
    }


def picture(address, width, height, caption=""):
    """Return the node of a picture of this size at an absolute address."""
    return {
        "@type": "ImageObject",
        "url": address,
        "width": width,
        "height": height,
        "caption": caption,
    }


def named(kind, name, path=""):
    """Return the node of a thing of which no more is said than its name and, where it has one, its page."""
    return {"@type": kind, "name": name, "url": canonical_address(path) if path else None}


def place_node(place, *, parent=None):
    """Return the node of a place; its code is named where it is one of GB/T 2260."""
    kinds = {"country": "Country", "prefecture": "City", "zone": "Place"}
    return {
        "@type": kinds.get(place.level, "AdministrativeArea"),
        "name": place.name,
        "alternateName": place.short_name if place.short_name != place.name else None,
        "url": canonical_address(f"/places/{place.code}/"),
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "GB/T 2260",
            "value": place.code,
        }
        if place.code.isdigit()
        else None,
        "containedInPlace": named(kinds.get(parent.level, "AdministrativeArea"), parent.name)
        if parent
        else None,
    }
