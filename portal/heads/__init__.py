"""What a page says in its head to those who do not see it: search engines, other sites, public portals.

A view gives a `Head` as `head`; `base.html` writes it, so that every page says the same things in the same
order. Knows Open Graph and the names of meta tags; hides which setting turns which of them on. The canonical
link, and whether a page wants to be indexed, is the page's own matter.
"""

from dataclasses import dataclass

from portal.canonical import canonical_address
from portal.cards import Card, site_card
from portal.heads.linkeddata import breadcrumbs, one_line
from portal.heads.publictags import Column, Content, column_tags, content_tags, site_tags

LONGEST_DESCRIPTION = 160


@dataclass(frozen=True)
class Head:
    """The head of one page. `path` is its own, `trail` the way to it from the front page, pairs of name and path.

    `properties` are further pairs of Open Graph, `nodes` what it says in schema.org's words.
    """

    title: str
    description: str
    path: str
    kind: str = "website"
    card: Card | None = None
    keywords: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    trail: tuple[tuple[str, str], ...] = ()
    nodes: tuple[dict, ...] = ()
    column: Column | None = None
    content: Content | None = None

    @property
    def data(self):
        """All that it says in schema.org's words: its own nodes, and the way to it."""
        return [*self.nodes, *([breadcrumbs(self.trail)] if self.trail else [])]


def numbered(path, page):
    """Return the path of one page of a list; the first one has no number."""
    return f"{path}?page={page.number}" if page.number > 1 else path


def metas_of(head, identity):
    """Return the tags of a page as triples of attribute, name and content; what is empty is left out.

    Without a head only the site's own tags. Names of tags know no case, so the guide's Description and
    Keywords are the very tags that search engines read: each stands once.
    """
    is_on = identity.public_site_tags
    found = _named(site_tags(identity)) if is_on else []
    if head is not None:
        found += _told(head, is_on, identity)
    lined = [(attribute, name, one_line(content)) for attribute, name, content in found]
    return [meta for meta in lined if meta[2]]


def _told(head, is_on, identity):
    address = canonical_address(head.path)
    found = _named(
        [
            ("description", shortened(head.description)),
            ("keywords", ",".join(dict.fromkeys(head.keywords or (head.title,)))),
        ]
    )
    if is_on and head.column:
        found += _named(column_tags(head.column))
    if is_on and head.content:
        found = [(attribute, name.capitalize(), words) for attribute, name, words in found[:2]] + [
            *found[2:],
            *_named(content_tags(head.content, address, identity)),
        ]
    return found + _open_graph(head, address, identity)


def _named(pairs):
    return [("name", name, content) for name, content in pairs]


def _open_graph(head, address, identity):
    """Return what other sites show of a shared page, the property first that names the site."""
    card = head.card or site_card(identity)
    pairs = [
        ("og:site_name", identity.name),
        ("og:locale", "zh_CN"),
        ("og:type", head.kind),
        ("og:title", head.title),
        ("og:description", shortened(head.description)),
        ("og:url", address),
        ("og:image", canonical_address(card.path)),
        ("og:image:type", "image/png"),
        ("og:image:width", str(card.width)),
        ("og:image:height", str(card.height)),
        ("og:image:alt", card.alt),
        *head.properties,
    ]
    return [
        *(("property", name, content) for name, content in pairs),
        ("name", "twitter:card", "summary_large_image"),
    ]


def shortened(words):
    """Return words on one line, cut short with an ellipsis where they are long."""
    line = one_line(words)
    return line if len(line) <= LONGEST_DESCRIPTION else f"{line[: LONGEST_DESCRIPTION - 1]}…"
