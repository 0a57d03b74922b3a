"""The lines of a draft in bulk: written, completed from what stands, compared with other drafts. All by SQL.

Hides the two ways to write a million rows, and how statements of this size keep within a database's patience.
"""

from itertools import islice

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from indices.models import CONTENT, Release, ReleaseLine, Score, Status
from indices.models.stating import NULLABLE

_BATCH = 1000
_COLUMNS = ("dimension_id", "place_id", *CONTENT)
_RANKING = ("rank", "rank_from", "rank_to", "tied", "top_n")
_TOLD_BY = {"rank_published", "rank_from", "rank_to", "tied", "top_n"}


def wait_as_long_as_it_takes():
    """Let the statements of this transaction take their time: the limits are for pages, not for commands."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")


def write_lines(release, lines):
    """Write (dimension's key, place's key, *CONTENT) tuples as lines of a draft; never more than a batch in memory.

    As plain rows: through the models each of a hundred thousand would take four times as long.
    """
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in ("release_id", "retracts", *_COLUMNS))
    table = quote(ReleaseLine._meta.db_table)
    rows = ((release.pk, False, *line) for line in lines)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {table} ({names}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
            # Nothing is known yet of rows that came in this transaction; the comparisons need to be.
            cursor.execute(f"ANALYZE {table}")
            return
        marks = ", ".join(["%s"] * (2 + len(_COLUMNS)))
        # Only names of our own tables and columns stand in it; the rest are parameters.
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
        while batch := list(islice(rows, _BATCH)):
            cursor.executemany(statement, batch)


def _standing(dimensions):
    return Score.objects.current().filter(dimension__in=dimensions)


def retract_the_others(release, dimensions):
    """Add a retracting line for each score that stands in these dimensions and has no line; return how many."""
    quote = connection.ops.quote_name
    blank = dict.fromkeys(CONTENT, "''") | dict.fromkeys(NULLABLE, "NULL")
    blank |= {"tied": "FALSE", "status": f"'{Status.DISCLOSED.value}'"}
    names = ", ".join(quote(name) for name in CONTENT)
    values = ", ".join(blank[name] for name in CONTENT)
    query = others(release, dimensions).order_by().values("dimension_id", "place_id")
    inner, parameters = query.query.sql_with_params()
    # Only names of our own tables and columns and fixed values stand in it.
    sql = (
        f"INSERT INTO {quote(ReleaseLine._meta.db_table)}"  # noqa: S608
        f" (release_id, retracts, {names}, dimension_id, place_id)"
        f" SELECT %s, TRUE, {values}, found.dimension_id, found.place_id FROM ({inner}) AS found"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [release.pk, *parameters])
        return cursor.rowcount


def others(release, dimensions):
    """Return the scores that stand in these dimensions and of which the release has no line."""
    lines = release.lines.filter(dimension=OuterRef("dimension"), place=OuterRef("place"))
    return _standing(dimensions).filter(~Exists(lines))


def keep_what_is_not_told(release, told):
    """Complete the lines by what stands, where the file has no column for it.

    `told` is {dimension's key: fields of the file}: a sheet of ranks alone takes no score away. A cell that
    is blank in a column that is there does: it states no score.
    """
    groups = {}
    for dimension, fields in told.items():
        kept = [name for name in ("name_as_published", "locator", "quote") if name not in fields]
        kept += [] if "score" in fields else ["value"]
        kept += [] if fields & _TOLD_BY else _RANKING
        kept += [] if fields & {*_TOLD_BY, "tier"} else ["tier"]
        groups.setdefault(tuple(kept), []).append(dimension)
    for kept, dimensions in groups.items():
        if kept and _standing(dimensions).exists():
            _keep(release, dimensions, kept)


def _keep(release, dimensions, kept):
    here = {"dimension": OuterRef("dimension"), "place": OuterRef("place")}
    standing = _standing(dimensions).filter(**here)
    lines = release.lines.filter(Exists(standing), dimension__in=dimensions, retracts=False)
    words = [name for name in kept if name in ("name_as_published", "locator", "quote")]
    if words:
        lines.update(**{name: Subquery(standing.values(name)[:1]) for name in words})
    if numbers := [name for name in kept if name not in words]:
        stated = standing.filter(status=Status.DISCLOSED)
        lines.filter(Exists(stated), status=Status.DISCLOSED).update(
            **{name: Subquery(stated.values(name)[:1]) for name in numbers}
        )


def same_draft(release):
    """Return another open draft that says the same of the same edition from the same source, or None."""
    count = release.lines.count()
    alike = Release.objects.filter(
        edition=release.edition_id,
        published_at__isnull=True,
        source_words=release.source_words,
        explanation=release.explanation,
    )
    for draft in alike.exclude(pk=release.pk).order_by("pk"):
        if draft.lines.count() == count and not _unlike(release, draft).exists():
            return draft
    return None


def _unlike(release, draft):
    """Return the lines of a release to which a draft has no equal."""
    same = draft.lines.filter(
        dimension=OuterRef("dimension"), place=OuterRef("place"), retracts=OuterRef("retracts")
    )
    for name in CONTENT:
        equal = Q(**{name: OuterRef(name)})
        if name in NULLABLE:
            equal |= Q(IsNull(F(name), True), IsNull(OuterRef(name), True))
        same = same.filter(equal)
    return release.lines.filter(~Exists(same))
