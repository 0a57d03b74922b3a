"""What the review screen shows of a draft: one page of its names, what each may mean and would change.

Knows how lines are grouped (one decision for all lines of a name), which part of the text stands beside
them, and what is still to be done. Its number of queries does not depend on how many lines there are.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q

from institutions.lineinstitutions import institution_fields
from institutions.models import Institution, NoticeLine
from institutions.models.institutions import Level
from institutions.models.lines import WITHOUT_KIND
from institutions.review.foreseeing import foresee
from institutions.review.linking import institutions_by_code, proposals
from institutions.review.marking import name_span, pieces
from portal.accounts import shown_name
from portal.search.querying import offered

PER_PAGE = 50
FOUND = 10
# A longer text is shown only around the lines of the page.
WHOLE_TEXT = 40_000
AROUND = 400
WARNINGS = 30

SHOWN = {
    "all": ("全部", Q(number__gt=0)),
    "undecided": ("待定", Q(decision="undecided")),
    "new": ("新建", Q(decision="new")),
    "matched": ("已有机构", Q(decision="matched")),
    "ignored": ("不采用", Q(decision="ignored")),
    "review": ("请核对", Q(needs_review=True)),
}
_WITH_KIND = ~Q(action__in=("", *WITHOUT_KIND)) & ~Q(decision="ignored")
# What a line may lack beside its institution (`NoticeLine.wants`), and how it is said.
LACKS = (
    (Q(action="") & ~Q(decision="ignored"), "没有选定动作"),
    (Q(kind=None) & _WITH_KIND, "没有选定类别"),
    (Q(action="rename", new_name="") & ~Q(decision="ignored"), "更名没有新名称"),
    (Q(action="merge", into=None) & ~Q(decision="ignored"), "合并没有选定并入的机构"),
    (Q(decision="ignored", decision_reason=""), "不采用没有写明理由"),
)
HEAD_LACKS = (
    ("issuer_id", "没有选定发文机关"),
    ("scheme_id", "没有选定定点制度"),
    ("area_id", "没有选定适用地区"),
)
_PRINTED = (
    ("district", "地区"),
    ("address", "地址"),
    ("grade", "等级"),
    ("code", "代码"),
    ("phone", "电话"),
    ("alias", "别名"),
    ("former_name", "曾用名"),
    ("campus", "院区"),
    ("department", "科室"),
    ("includes", "包括"),
    ("reason", "原因"),
    ("note", "备注"),
)


@dataclass
class Candidate:
    """An institution laid before the editor, with the reason; `digit` is the key that chooses it."""

    institution: Institution
    reason: str
    digit: int | None


@dataclass
class Row:
    """One line of a group with its difference to the register (None while it is not decided or not whole)."""

    line: NoticeLine
    difference: object = None

    @property
    def printed(self):
        """What else the line prints, as (label, words)."""
        return [
            (label, self.line.details[key]) for key, label in _PRINTED if self.line.details.get(key)
        ]


@dataclass
class Group:
    """All lines of one name: decided together."""

    key: str
    rows: list[Row] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    found: list[Candidate] | None = None
    why: str = ""
    remarks: list[str] = field(default_factory=list)

    @property
    def first(self):
        return self.rows[0].line

    @property
    def number(self):
        """The number by which the page and the text refer to the group."""
        return self.first.number

    @property
    def decision(self):
        return self.first.decision


class Screen:
    """One page of the review of a draft. `parameters` are the address's: page, show, find, for."""

    def __init__(self, notice, parameters):
        self.notice = notice
        self.show = parameters.get("show") if parameters.get("show") in SHOWN else "all"
        self.words = parameters.get("find", "").strip()
        self.wanted = parameters.get("for", "")
        keys = notice.lines.filter(SHOWN[self.show][1]).order_by()
        keys = keys.values("key").annotate(first=Min("number")).order_by("first")
        self.page = Paginator(keys, PER_PAGE).get_page(parameters.get("page"))

    @cached_property
    def lines(self):
        """The lines of the names of this page, and those of the institutions that these mean."""
        keys = [row["key"] for row in self.page]
        linked = self.notice.lines.filter(key__in=keys, institution__isnull=False)
        wanted = Q(key__in=keys) | Q(institution__in=linked.order_by().values("institution"))
        rows = self.notice.lines.filter(wanted).order_by("number")
        lines = list(rows.select_related("kind__scheme", "institution__place", "into"))
        for line in lines:
            line.notice = self.notice
        return lines

    @cached_property
    def groups(self):
        """The Groups of this page, in the order of the notice."""
        groups = {row["key"]: Group(row["key"]) for row in self.page}
        foreseen = foresee(self.notice, self.lines, whole=False)
        for line in self.lines:
            if line.key in groups:
                groups[line.key].rows.append(Row(line, foreseen.of(line)))
        groups = [group for group in groups.values() if group.rows]
        self._propose(groups)
        for group in groups:
            group.remarks += _remarks(group, self.notice)
        return groups

    def _propose(self, groups):
        told = proposals(self.notice, [row.line for group in groups for row in group.rows])
        met = {key: [one.linked, *one.candidates] for key, one in told.items()}
        codes = {one.institution for found in met.values() for one in found if one}
        rows = institutions_by_code(codes)
        for group in groups:
            group.why = told[group.key].reason
            group.candidates = [
                Candidate(rows[one.institution], one.reason, digit)
                for digit, one in enumerate(filter(None, met[group.key]), start=1)
                if one.institution in rows
            ]
            if told[group.key].linked and group.decision == NoticeLine.Decision.NEW:
                group.remarks.append("名录中已有同名机构，新建会成为另一家。")
            if self.words and self.wanted == str(group.number):
                group.found = self._search()

    def _search(self):
        rows = offered(Institution.objects.all(), self.words)
        return [Candidate(row, "按名称查到", None) for row in rows.select_related("place")[:FOUND]]

    @cached_property
    def _numbers(self):
        """How many names stand under each filter, and how many lines lack what; one query."""
        names = {
            f"in_{code}": Count("key", filter=condition, distinct=True)
            for code, (_, condition) in SHOWN.items()
        }
        lacks = {f"lack_{n}": Count("pk", filter=lack) for n, (lack, _) in enumerate(LACKS)}
        adopted = Count("pk", filter=~Q(decision="ignored"))
        return self.notice.lines.order_by().aggregate(**names, **lacks, adopted=adopted)

    @property
    def counts(self):
        """The filters as (code, label, number of names)."""
        return [(code, label, self._numbers[f"in_{code}"]) for code, (label, _) in SHOWN.items()]

    @property
    def undecided(self):
        """How many names are undecided."""
        return self._numbers["in_undecided"]

    @cached_property
    def lacking(self):
        """What keeps the draft from being published, in words; empty when nothing does."""
        said = [words for name, words in HEAD_LACKS if getattr(self.notice, name) is None]
        if self.undecided:
            said.append(f"{self.undecided} 家机构待认定")
        numbers = [(self._numbers[f"lack_{n}"], words) for n, (_, words) in enumerate(LACKS)]
        said += [f"{number} 条{words}" for number, words in numbers if number]
        if not self._numbers["adopted"]:
            said.append("没有一条采用的名单条目")
        return said

    @cached_property
    def categories(self):
        """Return [(words, number of lines)] for the categories whose kind is open; one query."""
        open_lines = self.notice.lines.filter(kind=None).exclude(action__in=WITHOUT_KIND)
        open_lines = open_lines.exclude(decision=NoticeLine.Decision.IGNORED).order_by()
        rows = open_lines.values_list("category").annotate(count=Count("pk"), first=Min("number"))
        return [(words, count) for words, count, _ in rows.order_by("first")]

    @cached_property
    def text(self):
        """The notice's text beside this page as [(Piece, its line, the number of its group)]."""
        start, end = self.window
        names = [name_span(self.notice.text, line) for line, _ in self._spoken]
        spans = [(warning["start"], warning["end"]) for warning in self.notice.warnings]
        return [
            (piece, *((None, None) if piece.line is None else self._spoken[piece.line]))
            for piece in pieces(self.notice.text, names, spans, start, end)
        ]

    @cached_property
    def _spoken(self):
        return [(row.line, group.number) for group in self.groups for row in group.rows]

    @cached_property
    def window(self):
        """Where the shown part of the text begins and ends."""
        length = len(self.notice.text)
        spans = [(line.start, line.end) for line, _ in self._spoken if line.start is not None]
        if length <= WHOLE_TEXT or not spans:
            return 0, min(length, WHOLE_TEXT)
        first = min(begin for begin, _ in spans)
        last = max(stop for _, stop in spans)
        begin = 0 if self.page.number == 1 else max(0, first - AROUND)
        return begin, min(length, last + AROUND, begin + WHOLE_TEXT)

    @property
    def warnings(self):
        """The reader's warnings that are listed, as {message, number, in_text}: in_text when its place is shown."""
        begin, end = self.window
        return [
            {
                "message": one["message"],
                "number": number,
                "in_text": begin <= one["start"] < one["end"] <= end,
            }
            for number, one in enumerate(self.notice.warnings[:WARNINGS])
        ]

    @property
    def more_warnings(self):
        """How many warnings are not listed."""
        return max(0, len(self.notice.warnings) - WARNINGS)

    @cached_property
    def steps(self):
        """The latest steps, the last one first, as (step, who)."""
        return [(step, shown_name(step.by)) for step in self.notice.steps.select_related("by")[:5]]


def _remarks(group, notice):
    """Return what the lines print that the register's institution contradicts, in words."""
    institution = group.first.institution
    if institution is None:
        return []
    told = institution_fields([row.line for row in group.rows], notice, _NoPlaces())
    found = []
    if told["credit_code"] and institution.credit_code not in ("", told["credit_code"]):
        found.append(f"信用代码与登记的 {institution.credit_code} 不同。")
    if told["level"] and institution.level not in ("", told["level"]):
        printed, held = Level(told["level"]).label, institution.get_level_display()
        found.append(f"等级印作“{printed}”，登记为“{held}”。")
    if group.first.matching_key != institution.name_key:
        found.append(f"名称与登记的“{institution.name}”写法不同。")
    return found


class _NoPlaces(dict):
    """No district is looked up: a screen asks for no place line by line."""

    def __contains__(self, key):
        return True

    def __missing__(self, key):
        return None
