"""What a published notice lists, in the order in which it prints it: groups by kind, and both counts.

Knows which lines count (those that an editor adopted) and in which units. The block of a story and the
figure of a count ask here. Hides the queries: their number does not grow with the notices or their lines.
"""

from collections import defaultdict
from dataclasses import dataclass

from institutions.models import Kind, Notice, NoticeLine
from institutions.noticetext import privacy
from institutions.quotable.successions import present_of
from institutions.register.counting import Both

# Names that a list shows of one notice; the others are counted, and stand on the notice's own page.
SHOWN = 300


@dataclass(frozen=True)
class Said:
    """One adopted line, as keys: what counting needs of it."""

    line: int
    kind: int | None
    action: str
    institution: int


@dataclass(frozen=True)
class Entry:
    """One line as it is shown: the name as printed, the institution's page, the new name of a renaming.

    `also` names the other kinds of the list under which the institution stands with the same action.
    """

    name: str
    url: str
    new_name: str
    also: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """The lines of one kind and action: how many institutions, and the entries that are shown."""

    kind: Kind | None
    action: NoticeLine.Action
    institutions: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class NoticeList:
    """The list of one notice, or of one kind in it. `notice` stands for the one that was asked for.

    `hidden` counts the lines that are not shown because the list is long.
    """

    notice: Notice
    replaces_asked: bool
    groups: tuple[Group, ...]
    both: Both
    hidden: int

    @property
    def title(self):
        """The notice's title, without private persons' numbers."""
        return privacy.mask(self.notice.title)


def count_lines(said, kinds=None, action=None):
    """Return Both units of these lines, of all kinds or those in `kinds`, of all actions or one.

    家次 counts institution and kind, 家 institutions, each once however often it is printed. Renaming and
    merging concern no kind and are not counted.
    """
    pairs = {
        (row.institution, row.kind)
        for row in said
        if row.kind is not None
        and (kinds is None or row.kind in kinds)
        and action in (None, row.action)
    }
    return Both(len(pairs), len({institution for institution, _ in pairs}))


def said_by(notices):
    """Return {key: [Said, …]} of these notices (primary keys), as printed; one query.

    Whether they are published is the caller's question.
    """
    rows = NoticeLine.objects.filter(notice__in=notices, institution__isnull=False)
    columns = ("notice", "pk", "kind", "action", "institution")
    found = defaultdict(list)
    for notice, *told in rows.order_by("notice", "number").values_list(*columns):
        found[notice].append(Said(*told))
    return found


def lists_of(asked, known_at=None):
    """Return {(notice, kind): NoticeList} for pairs of primary keys (kind None: all), public ones only.

    A notice that a published correction replaced is answered by the correction; one that was withdrawn is
    answered all the same, its `withdrawn_at` says it. Four queries.
    """
    asked = set(asked)
    present = present_of({notice for notice, _ in asked}, known_at)
    rows = Notice.objects.published(known_at).select_related("issuer", "scheme", "area")
    notices = rows.defer("text", "warnings", "stated_counts").in_bulk(set(present.values()))
    said = said_by(notices)
    parts = {
        (notice, kind): [row for row in said[present[notice]] if kind in (None, row.kind)]
        for notice, kind in asked
        if present[notice] in notices
    }
    shown = {row.line for part in parts.values() for row in part[:SHOWN]}
    lines = NoticeLine.objects.select_related("institution", "kind__scheme").in_bulk(shown)
    return {
        (notice, kind): NoticeList(
            notices[present[notice]],
            present[notice] != notice,
            _grouped(part, lines),
            count_lines(part),
            max(0, len(part) - SHOWN),
        )
        for (notice, kind), part in parts.items()
    }


def _grouped(said, lines):
    groups, stands = defaultdict(list), defaultdict(set)
    names = {line.kind_id: line.kind.name for line in lines.values() if line.kind}
    for row in said:
        groups[row.kind, row.action].append(row)
        stands[row.institution, row.action].add(names.get(row.kind, ""))
    return tuple(
        Group(
            lines[rows[0].line].kind,
            NoticeLine.Action(action),
            len({row.institution for row in rows}),
            tuple(
                _entry(lines[row.line], stands[row.institution, action] - {names.get(kind), ""})
                for row in rows
                if row.line in lines
            ),
        )
        for (kind, action), rows in groups.items()
        if rows[0].line in lines
    )


def _entry(line, also):
    address = line.institution.get_absolute_url()
    return Entry(privacy.mask(line.name), address, line.new_name, tuple(sorted(also)))
