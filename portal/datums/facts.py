"""A datum as programs read it: as JSON, and in schema.org's words within its page.

Knows the names of the members. Addresses are the site's own, whole; instants are in UTC; what is not disclosed is
null, never 0.
"""

from portal.api import instant_text
from portal.canonical import canonical_address
from portal.heads.linkeddata import named


def facts_of(told):
    """Return the members of a datum's JSON, in their order."""
    datum = told.datum
    return {
        "reference": datum.reference,
        "title": datum.title,
        "url": canonical_address(told.url),
        "permalink": told.permalink,
        "value": datum.value,
        "unit": datum.unit or None,
        "text": datum.text,
        "holds": datum.holds,
        "valid_on": datum.valid_on,
        "valid_from": datum.valid_from,
        "valid_to": datum.valid_to,
        "known_at": instant_text(told.known_at),
        "known_from": instant_text(datum.known_from),
        "known_to": instant_text(datum.known_to),
        "sources": [_source(one) for one in datum.sources],
        "standing": [_link(one) for one in datum.standing],
        "history": [_statement(one) for one in datum.history],
        "quoted_by": [_link(one) for one in told.stories],
        "citation": told.citation,
        "api": canonical_address(datum.api) if datum.api else None,
        "see": [_link(one) for one in datum.see],
    }


def observation(told):
    """Return the node of the datum; the `value` of one that is not disclosed is None, never 0."""
    datum = told.datum
    return {
        "@type": "Observation",
        "@id": canonical_address(told.url),
        "url": canonical_address(told.url),
        "name": datum.heading,
        "measuredProperty": datum.title,
        "value": datum.value,
        "unitText": datum.unit,
        "observationDate": datum.valid_on,
        "isBasedOn": [
            named("CreativeWork", one.title, one.url) for one in datum.sources if one.url
        ],
    }


def _source(source):
    return {
        "title": source.title,
        "url": canonical_address(source.url) if source.url else None,
        "quote": source.quote or None,
        "locator": source.locator or None,
    }


def _link(target):
    return {"title": target.title, "url": canonical_address(target.url) if target.url else None}


def _statement(one):
    return {
        "text": one.text,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "known_from": instant_text(one.known_from),
        "known_to": instant_text(one.known_to),
        "source": _source(one.source),
        "ended_by": _link(one.ended_by) if one.ended_by else None,
        "url": canonical_address(one.url) if one.url else None,
    }
