"""Institutions and notices in schema.org's words: what their pages show, and nothing else.

Coordinates are said only where they are given in WGS-84, which is what schema.org means by them; those of
other systems lie hundreds of metres off and stay unsaid.
"""

from institutions.models import Institution
from institutions.models.institutions import Datum, Level
from portal.canonical import canonical_address
from portal.heads.linkeddata import LANGUAGE, named
from portal.templatetags.chinese import machine

_CREDIT_CODE = "统一社会信用代码"


def institution_node(institution, names=()):
    """Return the node of an institution under its name of the day; `names` are all that its page shows.

    A hospital is what is graded as one (医院分级管理办法) or calls itself 医院; any other is a medical organisation.
    """
    graded = institution.level not in ("", Level.NONE)
    is_hospital = graded or "医院" in institution.name_on
    geo = _coordinates(institution)
    return {
        "@type": "Hospital" if is_hospital else "MedicalOrganization",
        "@id": f"{canonical_address(institution.get_absolute_url())}#institution",
        "name": institution.name_on,
        "alternateName": list(
            dict.fromkeys(row.name for row in names if row.name != institution.name_on)
        ),
        "url": canonical_address(institution.get_absolute_url()),
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": _CREDIT_CODE,
            "value": institution.credit_code,
        }
        if institution.credit_code
        else None,
        "address": _address(institution),
        "telephone": institution.phone,
        # Only a hospital is a place too; another organisation has its place beside it.
        **({"geo": geo} if is_hospital else {"location": {"@type": "Place", "geo": geo}}),
    }


def _address(institution: Institution):
    place = institution.place
    parent = place.parent if place else None
    return {
        "@type": "PostalAddress",
        "streetAddress": institution.address,
        "addressLocality": place.name if place else None,
        "addressRegion": parent.name if parent else None,
    }


def _coordinates(institution):
    if institution.datum != Datum.WGS84:
        return None
    return {
        "@type": "GeoCoordinates",
        "latitude": float(institution.latitude),
        "longitude": float(institution.longitude),
    }


def notice_node(notice, title, successor=None):
    """Return the node of a published notice under its masked title; `successor` is the correction that took its place."""
    address = canonical_address(notice.get_absolute_url())
    return {
        "@type": "CreativeWork",
        "@id": f"{address}#notice",
        "name": title,
        "url": address,
        "inLanguage": LANGUAGE,
        "identifier": notice.doc_number,
        "author": named("GovernmentOrganization", notice.issuer.name)
        if notice.nature == "notice"
        else named("Organization", notice.issuer.name),
        "datePublished": notice.issued_on.isoformat() if notice.issued_on else None,
        "spatialCoverage": named("AdministrativeArea", notice.area.name),
        "about": notice.scheme.name,
        "isBasedOn": notice.url,
        "correction": {
            "@type": "CorrectionComment",
            "text": "这份通知已由更正取代。",
            "datePublished": machine(successor.published_at),
            "url": canonical_address(successor.get_absolute_url()),
        }
        if successor
        else None,
    }
