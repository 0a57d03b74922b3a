"""What of the indices is found: series, and editions with the words of their reports. Public ones only."""

from indices.models import Edition, EditionDimension, Index
from indices.rankanswers import answer_standing
from portal.search import answering, kinds
from portal.search.kinds import Aspects, Kind, Result


def register_all():
    """Let readers find this floor's kinds; called once when the app is ready."""
    kinds.register(Kind("index", "指数", Index.objects.public, _indices))
    kinds.register(
        Kind("edition", "指数版次", Edition.objects.public, _editions, _of_editions, is_titled=True)
    )
    answering.register(answer_standing)


def _indices(keys):
    rows = Index.objects.filter(pk__in=keys).prefetch_related("compilers").order_by()
    return {
        str(row.pk): Result(
            row.name,
            row.get_absolute_url(),
            row.description,
            facts=(
                *(compiler.name for compiler in row.compilers.all()),
                *(("演示数据",) if row.is_demonstration else ()),
            ),
        )
        for row in rows
    }


def _editions(keys):
    labels = {}
    rows = EditionDimension.objects.filter(edition__in=keys).order_by("edition", "position", "pk")
    for edition, label in rows.values_list("edition", "label"):
        labels.setdefault(edition, []).append(label)
    found = Edition.objects.filter(pk__in=keys).select_related("index").order_by()
    return {
        str(row.pk): Result(
            row.title or str(row),
            row.get_absolute_url(),
            _text(row, labels.get(row.pk, ())),
            row.released_on,
            (
                f"{row.index.name} {row.label}",
                *(("演示数据",) if row.index.is_demonstration else ()),
            ),
        )
        for row in found
    }


def _text(row, labels):
    """Return the words by which an edition is found, so that those that were found can be marked."""
    return " ".join(filter(None, (row.universe, "、".join(labels), row.method, row.source_words)))


def _of_editions(keys):
    rows = Edition.objects.filter(pk__in=keys).order_by().values_list("pk", "year")
    return {str(pk): Aspects(year=year) for pk, year in rows}
