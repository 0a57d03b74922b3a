"""What the pages of the catalogue show of a dataset, at a cost that does not grow with its rows."""

from dataclasses import dataclass

from django.urls import reverse

from portal.api.formats import MEDIA_TYPES
from portal.api.views import list_address
from portal.models import Change, Dump
from portal.opendata import dumps
from portal.opendata.datasets import Dataset
from portal.opendata.files import FORMS
from portal.tabular.columns import COMPUTED_KINDS, KINDS, Column

# Versions whose checksums a page lists.
VERSIONS_SHOWN = 20


@dataclass(frozen=True)
class Download:
    """One way to take the rows: what it is called, its address, and what kind of file."""

    label: str
    url: str
    media_type: str


@dataclass(frozen=True)
class Entry:
    """One dataset as the catalogue lists it, with the change that is its current version."""

    dataset: Dataset
    current: Change | None

    @property
    def files(self):
        """The files for people."""
        return [
            Download(
                form.upper(), f"{self.dataset.get_absolute_url()}current.{form}", MEDIA_TYPES[form]
            )
            for form in FORMS
        ]

    @property
    def api(self):
        """The address of the rows for machines."""
        return list_address(self.dataset.resource)


@dataclass(frozen=True)
class Version:
    """One version: the change that it is of, and its record once it was made whole."""

    change: Change
    dump: Dump | None
    url: str
    is_current: bool


@dataclass(frozen=True)
class ToldColumn:
    """One column in words."""

    column: Column

    @property
    def kind(self):
        """What its values are."""
        if self.column.choices:
            return "代码"
        return {**KINDS, **COMPUTED_KINDS}[self.column.kind]

    @property
    def choices(self):
        """Its codes with their Chinese."""
        return [pair for pair in self.column.choices if pair[0]]


def entries(datasets) -> list[Entry]:
    """Return the catalogue's entries."""
    return [entry_of(one) for one in datasets]


def entry_of(dataset) -> Entry:
    """Return one entry."""
    return Entry(dataset, dumps.version_of(dataset.dump) if dataset.dump else None)


def dataset_context(dataset) -> dict:
    """Return what the page of one dataset shows."""
    entry = entry_of(dataset)
    return {
        "dataset": dataset,
        "entry": entry,
        "coverage": dataset.coverage(),
        "columns": [ToldColumn(one) for one in dataset.resource.columns],
        "versions": _versions(entry),
        "left_out": _left_out(dataset),
    }


def _left_out(dataset):
    """Return the labels of the columns that no version has, because they may change later."""
    if dataset.dump is None:
        return []
    return [one.label for one in dataset.resource.columns if one not in dataset.dump.columns]


def _versions(entry):
    """Return the current version and those whose files were made, the newest first."""
    name, current = entry.dataset.name, entry.current
    if current is None:
        return []
    made = {one.version: one for one in Dump.objects.filter(dataset=name)[:VERSIONS_SHOWN]}
    changes = Change.objects.filter(sequence__in={*made, current.sequence}).order_by("-sequence")
    return [
        Version(
            change,
            made.get(change.sequence),
            reverse("data_dump", args=[name, change.sequence]),
            change.sequence == current.sequence,
        )
        for change in changes
    ]
