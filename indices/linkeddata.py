"""Editions of an index in schema.org's words: a data set with its files, its publishers and its corrections."""

from indices.filters import FORMATS
from portal.api.formats import MEDIA_TYPES
from portal.canonical import canonical_address
from portal.heads.linkeddata import LANGUAGE, named, organisation
from portal.templatetags.chinese import machine


def edition_node(context, identity, description):
    """Return the node of an edition as its page (`indices.pages.editionpage`) shows it.

    `creator` is who published the report, `publisher` this site, which publishes it as data.
    """
    edition, releases = context["edition"], [one.release for one in context["releases"]]
    path = edition.get_absolute_url()
    address = canonical_address(path)
    return {
        "@type": "Dataset",
        "@id": f"{address}#dataset",
        "name": str(edition),
        "alternateName": edition.title,
        "description": description,
        "url": address,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "version": edition.label,
        "datePublished": edition.released_on.isoformat() if edition.released_on else None,
        "dateModified": machine(releases[0].published_at) if releases else None,
        "temporalCoverage": str(edition.reference_year) if edition.reference_year else None,
        "creator": [named("Organization", row.organisation.name) for row in context["publishers"]],
        "publisher": organisation(identity),
        "isPartOf": named("CreativeWork", edition.index.name, edition.index.get_absolute_url()),
        "variableMeasured": [line.label for line in context["dimensions"]],
        "distribution": [_file(f"{address}{context['download']}", form) for form in FORMATS],
        "correction": [_correction(one.release, address) for one in context["corrections"]],
    }


def _file(address, form):
    return {
        "@type": "DataDownload",
        "encodingFormat": MEDIA_TYPES[form],
        "contentUrl": f"{address}{form}",
    }


def _correction(release, address):
    return {
        "@type": "CorrectionComment",
        "text": release.explanation,
        "datePublished": machine(release.published_at),
        "url": f"{address}#release-{release.pk}",
    }
