"""Everything the portal has stated of one institution, with both times of each statement.

Knows the rows that are statements (periods, suspensions and doubts, names, merges), closed ones too, and
ONE column list for the page and its CSV. Hides the queries: five.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from institutions.models import (
    Designation,
    Institution,
    InstitutionName,
    Interruption,
    Merge,
    Notice,
)
from institutions.register.periods import FINDINGS
from portal.tabular import Column


@dataclass(frozen=True)
class Statement:
    """One statement: what it says, for which days, and from when until when the portal stated it.

    `notice` is the published document that says so; without one `source` says where it is written.
    """

    subject: str
    said: str
    valid_from: date | None
    valid_to: date | None
    known_from: datetime
    known_to: datetime | None
    notice: Notice | None
    source: str

    @property
    def origin(self):
        return self.notice.title if self.notice else self.source


def _instant(name):
    def words(row):
        at = getattr(row, name)
        return timezone.localtime(at).isoformat(timespec="seconds") if at else ""

    return words


COLUMNS = (
    Column("subject", "事项"),
    Column("said", "内容"),
    Column("valid_from", "起始日", kind="date"),
    Column("valid_to", "截止日", kind="date"),
    Column("known_from", "记入时间", value=_instant("known_from")),
    Column("known_to", "取代时间", value=_instant("known_to")),
    Column("origin", "依据"),
    Column("notice", "通知编号", value="notice.pk", kind="integer"),
)


def statements_of(institution):
    """Return the Statements about `institution`, the latest recorded first."""
    found = [
        *_designations(institution),
        *_interruptions(institution),
        *_names(institution),
        *_merges(institution),
    ]
    return sorted(found, key=lambda one: (one.known_from, one.subject, one.said), reverse=True)


def _statement(row, subject, said, line=None, source=""):
    return Statement(
        subject,
        said,
        row.valid_from,
        row.valid_to,
        row.known_from,
        row.known_to,
        line.notice if line else None,
        source,
    )


def _designations(institution):
    rows = Designation.objects.filter(institution=institution)
    for row in rows.select_related("kind__scheme", "opened_by__notice"):
        yield _statement(row, "定点", str(row.kind), row.opened_by)


def _interruptions(institution):
    rows = Interruption.objects.filter(institution=institution)
    for row in rows.select_related("kind__scheme", "line__notice"):
        said = f"{row.kind}：{FINDINGS[row.code].rstrip('。')}" if row.code else str(row.kind)
        yield _statement(row, row.get_nature_display(), said, row.line)


def _names(institution):
    rows = InstitutionName.objects.filter(institution=institution).select_related("line__notice")
    for row in rows:
        said = f"{row.get_kind_display()}：{row.name}"
        yield _statement(row, "名称", said, row.line, row.source_words)


def _merges(institution):
    """Yield the editors' merges about it; one of which the other side is not public says nothing here."""
    rows = Merge.objects.filter(Q(part=institution) | Q(whole=institution))
    rows = list(rows.select_related("part", "whole", "undone_by"))
    sides = {side for row in rows for side in (row.part_id, row.whole_id)}
    public = set(Institution.objects.public().filter(pk__in=sides).values_list("pk", flat=True))
    for row in rows:
        if {row.part_id, row.whole_id} <= public:
            until = getattr(row, "undone_by", None)
            yield Statement(
                "撤销合并" if row.undoes_id else "合并",
                f"{row.part}并入{row.whole}",
                row.on,
                None,
                row.known_from,
                until.known_from if until else None,
                None,
                row.source_words,
            )
