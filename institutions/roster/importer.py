"""The import of a roster: what the sheet and its head say, what that would do, and doing it.

All or nothing, as one published notice whose lines are the rows; facts of institutions are brought up to
date beside it. A roster that states no period anew publishes nothing.
"""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.admin.forms.models import formfield_for_dbfield

from institutions.founding import found_institutions
from institutions.models import Institution, InstitutionName, Notice, NoticeLine
from institutions.publishing import publish
from institutions.roster.entries import read_entry
from institutions.roster.known import Held
from institutions.roster.planning import change_of, conflicts, fact_differences
from institutions.seating import settle
from institutions.tables import COLUMNS
from portal.choosers import PlaceChooser
from portal.editing import DeskForm
from portal.importing import Importer, Plan, Upload
from portal.records import supersede
from portal.search.keeping import reindex
from portal.tabular import Table, read_table

_BATCH = 400


class RosterForm(DeskForm):
    """The head of a roster: where it comes from, and the dates that hold for all its rows."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("scheme", "area", "issuer"):
            self.fields[name].required = True

    class Meta:
        model = Notice
        formfield_callback = formfield_for_dbfield
        fields = (
            "title",
            "source_words",
            "issuer",
            "scheme",
            "area",
            "extent",
            "doc_number",
            "issued_on",
            "effective_on",
            "stated_on",
            "stated_basis",
        )
        widgets = {"area": PlaceChooser()}


@dataclass(frozen=True)
class Read:
    """A roster's file and the table in it."""

    upload: Upload
    table: Table


@dataclass(frozen=True)
class Work:
    """What applying needs: the file, the entries, and whether any states a period that is not held yet."""

    upload: Upload
    entries: list
    states_periods: bool


class RosterImporter(Importer):
    """Rosters of designated institutions."""

    name = "institutions_roster"
    title = "批量导入名册"
    icon = "upload"
    explanation = (
        "一次导入一份名册：每行一家机构的一个定点期。导入前先看清会新增、改动什么；"
        "确认后作为一份已发布的文件（名册）记入，每一行都是它的一条。"
    )
    columns = COLUMNS
    permission = "institutions.publish_notice"
    options_form = RosterForm

    def read(self, upload, *, options):
        """Return the file with its table; raises UnreadableFile."""
        return Read(upload, read_table(upload.name, upload.data, self.columns))

    def plan(self, table, *, options, by):
        """Return what the rows would do to the register as it stands."""
        held = Held(options["scheme"], options["area"])
        entries = [read_entry(row, held) for row in table.table.rows]
        problems = [problem for entry in entries for problem in entry.problems]
        sound = [entry for entry in entries if not entry.problems]
        problems += conflicts(sound)
        default_day = options["effective_on"] or options["stated_on"]
        changes = [change_of(entry, held, default_day) for entry in sound]
        states_periods = any(
            entry.kind is not None
            and (
                entry.institution is None
                or held.period_at(
                    entry.institution,
                    entry.kind,
                    entry.valid_from or default_day,
                    entry.valid_to,
                )
                != "same"
            )
            for entry in sound
        )
        return Plan(
            changes=changes,
            problems=[*table.table.problems, *problems],
            payload=Work(table.upload, sound, states_periods),
        )

    def apply(self, plan, *, options, by):
        """Write it all; return the published notice, or None when no period is new."""
        work = plan.payload
        made = _make_institutions(work.entries, options)
        _bring_facts_up_to_date(work.entries)
        _add_aliases(work.entries, made, options)
        if not work.states_periods:
            return None
        notice = Notice(
            nature=Notice.Nature.ROSTER,
            text=f"{options['title']}\n（名册，{len(work.entries)} 行，逐行见名单条目。）",
            issuer_as_printed=options["issuer"].name,
            list_complete=True,
            **options,
        )
        notice.keep_file(work.upload.name, work.upload.data)
        notice.save()
        NoticeLine.objects.bulk_create(_lines(notice, work.entries, made), batch_size=_BATCH)
        return publish(notice, by=by)

    def done(self, result):
        """Lead to the notice that the roster has become, or to the list of institutions."""
        if result is None:
            words = "机构资料已更新；定点期没有变化，没有发布新的文件。"
            return words, reverse("institution:index")
        return f"名册已发布：“{result.title}”。", reverse("notice:edit", args=[result.pk])


def _make_institutions(entries, options):
    """Create what the roster makes; return {key: institution} of all that its rows speak of."""
    found, fresh = {}, {}
    for entry in entries:
        if entry.institution is not None:
            found[entry.key] = entry.institution
        else:
            _, facts = fresh.setdefault(entry.key, (entry.name, {"place": options["area"]}))
            facts.update(entry.facts)
    source = f"{options['title']}（名册）"[:300]
    made = found_institutions(fresh.values(), source_words=source)
    return found | dict(zip(fresh, made, strict=True))


def _bring_facts_up_to_date(entries):
    changed = {}
    for entry in entries:
        if entry.institution is not None and fact_differences(entry):
            row = changed.setdefault(entry.institution.pk, entry.institution)
            for name, value in entry.facts.items():
                setattr(row, name, value)
    names = {name for entry in entries for name in entry.facts}
    for row in changed.values():
        row.version += 1
    if changed:
        fields = [*sorted(names), "version"]
        Institution.objects.bulk_update(changed.values(), fields, batch_size=_BATCH // 4)
        reindex(Institution, changed)
        settle(changed.values())


def _add_aliases(entries, made, options):
    institutions = {institution.pk for institution in made.values()}
    current = InstitutionName.objects.current().order_by()
    known = {
        (institution, key)
        for institution, key in current.values_list("institution", "key")
        if institution in institutions
    }
    source = f"{options['title']}（名册）"[:300]
    new = []
    for entry in entries:
        institution = made[entry.key]
        for alias in entry.aliases:
            row = InstitutionName.of(
                institution, alias, kind=InstitutionName.Kind.ALIAS, source_words=source
            )
            if (institution.pk, row.key) not in known:
                known.add((institution.pk, row.key))
                new.append(row)
    supersede([], new)


def _lines(notice, entries, made):
    """Yield an unsaved line for each row that states a designation."""
    number = 0
    for entry in entries:
        if entry.kind is None:
            continue
        number += 1
        line = NoticeLine(
            notice=notice,
            number=number,
            name=entry.name,
            kind=entry.kind,
            category=str(entry.kind)[:100],
            action=NoticeLine.Action.DESIGNATE,
            institution=made[entry.key],
            decision=NoticeLine.Decision.MATCHED if entry.institution else NoticeLine.Decision.NEW,
            on=entry.valid_from,
            term_to=entry.valid_to,
            quote=entry.words,
            locator=f"第 {entry.row} 行",
        )
        line.key = line.matching_key
        yield line
