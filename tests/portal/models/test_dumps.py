"""Checksums of whole datasets: which rows are legal, and that none is altered."""

import pytest
from django.db import Error, IntegrityError, transaction

from portal.models import Dump

pytestmark = pytest.mark.django_db
SUM = "0123456789abcdef" * 4


def a_dump(**fields):
    return Dump.objects.create(
        **{"dataset": "places", "version": 1, "rows": 2, "size": 30, "sha256": SUM, **fields}
    )


@pytest.mark.parametrize(
    "fields",
    [{}, {"version": 2}, {"dataset": "scores"}, {"rows": 0, "size": 0}, {"sha256": "f" * 64}],
)
def test_a_legal_record(fields):
    assert str(a_dump(**fields)) == f"{fields.get('dataset', 'places')} {fields.get('version', 1)}"


@pytest.mark.parametrize(
    "fields",
    [
        {"version": -1},
        {"rows": -1},
        {"size": -1},
        {"sha256": ""},
        {"sha256": SUM[:-1]},
        {"sha256": SUM.upper()},
        {"sha256": f"{SUM[:-1]}\n"},
    ],
)
def test_an_illegal_record_is_refused(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_dump(**fields)


def test_a_version_has_one_record():
    a_dump()
    with pytest.raises(IntegrityError), transaction.atomic():
        a_dump(rows=3)


def test_a_record_is_neither_altered_nor_deleted():
    a_dump()
    for write in (
        lambda: Dump.objects.update(sha256="f" * 64),
        lambda: Dump.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(Error), transaction.atomic():
            write()
    assert list(Dump.objects.values_list("sha256", flat=True)) == [SUM]
