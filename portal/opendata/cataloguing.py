"""The catalogue in schema.org's words: DataCatalog, Dataset, DataDownload; of what the pages show and nothing else."""

from django.urls import reverse

from portal.canonical import canonical_address
from portal.heads.linkeddata import LANGUAGE, named, organisation
from portal.templatetags.chinese import machine_form


def catalogue_node(entries, identity):
    """Return the DataCatalog of these entries."""
    return {
        **_catalogue(identity),
        "inLanguage": LANGUAGE,
        "publisher": organisation(identity),
        "dataset": [_entry(one, identity) for one in entries],
    }


def dataset_node(context, identity):
    """Return the Dataset of a page's context."""
    entry, coverage = context["entry"], context["coverage"]
    return {
        **_entry(entry, identity),
        "includedInDataCatalog": _catalogue(identity),
        "temporalCoverage": coverage.interval,
        "spatialCoverage": [named("Place", one) for one in coverage.places],
        "sourceOrganization": [named("Organization", one) for one in coverage.sources],
        "variableMeasured": [_variable(one.column) for one in context["columns"]],
        "distribution": [*_downloads(entry), *map(_version, context["versions"])],
    }


def _catalogue(identity):
    address = canonical_address(reverse("data"))
    return {
        "@type": "DataCatalog",
        "@id": address,
        "name": f"{identity.name}数据目录",
        "url": address,
    }


def _entry(entry, identity):
    dataset, current = entry.dataset, entry.current
    address = canonical_address(dataset.get_absolute_url())
    return {
        "@type": "Dataset",
        "@id": address,
        "name": dataset.title,
        "description": dataset.about,
        "url": address,
        "identifier": dataset.name,
        "keywords": list(dataset.keywords),
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "license": dataset.licence.url,
        "usageInfo": address + "#licence",
        "creator": organisation(identity),
        "publisher": organisation(identity),
        "version": str(current.sequence) if current else None,
        "dateModified": machine_form(current.at) if current else None,
    }


def _variable(column):
    return {
        "@type": "PropertyValue",
        "name": column.key,
        "alternateName": column.label,
        "description": column.help,
        "unitText": column.unit,
    }


def _downloads(entry):
    told = [*((one.url, one.media_type, one.label) for one in entry.files)]
    told.append((entry.api, "application/json", "API"))
    return [
        {
            "@type": "DataDownload",
            "name": label,
            "contentUrl": canonical_address(url),
            "encodingFormat": media_type,
        }
        for url, media_type, label in told
    ]


def _version(version):
    dump = version.dump
    return {
        "@type": "DataDownload",
        "name": f"版本 {version.change.sequence}",
        "contentUrl": canonical_address(version.url),
        "encodingFormat": "text/csv",
        "datePublished": machine_form(version.change.at),
        "contentSize": f"{dump.size} B" if dump else None,
        "sha256": dump.sha256 if dump else None,
    }
