"""The names of institutions: those that follow from renamings, and those that the desk enters.

Knows how a present name follows from names with dates. Names are never edited in place: what was
stated yesterday stays asked for with `known_at`.
"""

from django.db import transaction
from django.db.models import F, IntegerField, Value
from django.utils import timezone

from institutions.models import Institution, InstitutionName
from portal.models import Change
from portal.records import supersede
from portal.references import format_reference
from portal.search.keeping import reindex


def names_of(folded, rows):
    """Return unsaved names for the renamings of a Register; `rows` gives each line's primary key.

    A renaming without a day cannot take its place among the official names: its name is held as an
    alias, by which the institution is found. Two lines that say the same make one name, the later one's:
    of several names of one day the last that was stated counts.
    """
    latest = {
        (renaming.institution, renaming.new_name, renaming.on): renaming
        for renaming in folded.renamings
    }
    return [_name_of(renaming, rows) for renaming in latest.values()]


def _name_of(renaming, rows):
    kinds = InstitutionName.Kind
    row = InstitutionName.of(
        None,
        renaming.new_name,
        kind=kinds.ALIAS if renaming.on is None else kinds.OFFICIAL,
        valid_from=renaming.on,
        source_words="更名通知",
        line_id=rows[renaming.line.key],
    )
    row.institution_id = renaming.institution
    return row


def misnamed(institutions):
    """Return those of `institutions` (a QuerySet) whose present name is not the official name of today."""
    rows = institutions.named(timezone.localdate()).exclude(name=F("name_on")).order_by("pk")
    return list(rows)


def refresh_present_names(institutions):
    """Give each of `institutions` (a QuerySet) the official name of today; those without one keep theirs.

    Returns those that had another.
    """
    changed = misnamed(institutions)
    for institution in changed:
        institution.bear(institution.name_on)
        institution.version = F("version") + 1
    fields = ["name", "name_key", "pinyin", "version"]
    Institution.objects.bulk_update(changed, fields, batch_size=100)
    reindex(Institution, [institution.pk for institution in changed])
    return changed


def names_on(asked, known_at=None):
    """Return {(day, institution): its official name of that day} for `asked`, {day: primary keys}; one query.

    The rule is that of `InstitutionQuerySet.named`.
    """
    each = [
        Institution.objects.named(day, known_at)
        .filter(pk__in=keys)
        .order_by()
        .values_list(Value(number, output_field=IntegerField()), "pk", "name_on")
        for number, (day, keys) in enumerate(asked.items())
        if keys
    ]
    if not each:
        return {}
    days = list(asked)
    rows = each[0].union(*each[1:], all=True) if each[1:] else each[0]
    return {(days[number], key): name for number, key, name in rows}


@transaction.atomic
def set_names(institution, names, *, by):
    """Make `names` (unsaved rows, without `line`) all that the desk states of this institution's names.

    Rows that say the same as stored ones are left as they are; the others are closed or added, now.
    Names that follow from notices are untouched. Raises ValueError when no official name is left.
    Returns whether anything changed.
    """
    Change.objects.queue()
    said = ("kind", "name", "valid_from", "valid_to", "source_words")
    stored = {
        tuple(getattr(row, part) for part in said): row
        for row in InstitutionName.objects.current().filter(institution=institution, line=None)
    }
    wanted = {tuple(getattr(row, part) for part in said): row for row in names}
    if not any(row.kind == InstitutionName.Kind.OFFICIAL for row in wanted.values()):
        raise ValueError("至少要有一个正式名称。")
    old = [row for key, row in stored.items() if key not in wanted]
    new = [row for key, row in wanted.items() if key not in stored]
    if not old and not new:
        return False
    supersede(old, new)
    refresh_present_names(Institution.objects.filter(pk=institution.pk))
    if Institution.objects.public().filter(pk=institution.pk).exists():
        reference = format_reference("institution", institution.code)
        Change.objects.record(act=Change.Act.UPDATE, reference=reference, by=by)
    return True
