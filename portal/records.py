"""The two times of a fact, and the one way to write it.

Knows when a fact was true in the world (valid time) and when this portal stated it (known time).
Hides the interval arithmetic and the order of writes. `Score` and `Designation` are `Recorded`; the
documents that state them are in `portal.sources`. The rules that the database enforces beyond
constraints are in `portal.guards`, declared here by the attribute `guard`.

A child's Meta inherits the base's Meta, and its `constraints` begin with the base's:
`constraints = [*Recorded.Meta.constraints, one_current("subject")]`. A system check sees to it.
"""

from datetime import datetime

from django.core.checks import Error
from django.db import models, router, transaction
from django.db.models import F, Q
from django.dispatch import Signal
from django.utils import timezone

from portal import guards

# Rows closed per statement; within the number of parameters that every SQLite allows.
_BATCH = 900
# Sent by `supersede` in its transaction, with `sender`, the model, and `rows`, those closed and those written.
superseded = Signal()


class AlreadyClosed(Exception):
    """A row that was to be closed is closed already, or is not in the database."""


def past_instant(at=None):
    """Return `at`, or now when it is None, as the instant of a write.

    Raises ValueError when it is naive or in the future: a fact's time is never a plan.
    """
    now = timezone.now()
    if at is None:
        return now
    if instant(at) > now:
        raise ValueError("记录的时间不能晚于现在。")
    return at


def instant(at=None):
    """Return `at`, or now when it is None, as the instant of a question; ValueError when naive."""
    if at is None:
        return timezone.now()
    if not isinstance(at, datetime) or timezone.is_naive(at):
        raise ValueError(f"an instant must be an aware datetime, not {at!r}")
    return at


def _day(on):
    if on is None or isinstance(on, datetime):
        raise TypeError(f"valid time is asked with a date, not {on!r}")
    return on


def lost_rules(model, base):
    """Return the checks' errors for constraints and permissions of `base` that `model` dropped."""
    values = {"app_label": model._meta.app_label, "class": model._meta.model_name}
    names = {constraint.name for constraint in model._meta.constraints}
    lost = [c.name % values for c in base.Meta.constraints if c.name % values not in names]
    wanted = getattr(base.Meta, "default_permissions", ())
    lost += [name for name in wanted if name not in model._meta.default_permissions]
    return [
        Error(
            f"{model._meta.label} 的 Meta 丢失了 {base.__name__} 的规则：{'、'.join(lost)}。",
            hint=f"让 Meta 继承 {base.__name__}.Meta，并在 constraints 中展开它的约束。",
            obj=model,
            id="portal.E011",
        )
    ] * bool(lost)


class RecordedQuerySet(models.QuerySet):
    """Questions that one asks of facts in their two times."""

    def known(self, at=None):
        """Return the rows that the portal stated at the instant `at` (now when it is None).

        The known interval is half-open: a row is stated from `known_from` on and no longer at
        `known_to`, so at the instant of a change the successor answers and the old row does not.
        Future instants give today's answer. Raises ValueError for a naive datetime.
        """
        at = instant(at)
        return self.filter(Q(known_to__isnull=True) | Q(known_to__gt=at), known_from__lte=at)

    def current(self):
        """Return the rows that no later row has closed; the same as `known()`, without a clock."""
        return self.filter(known_to__isnull=True)

    def valid(self, on):
        """Return the rows certainly in force on the day `on`.

        The valid interval includes its first and its last day; no last day means no end is known.
        A row with unknown start is never certain, not even on its last day: `start_unknown` has it.
        Raises TypeError when `on` is no plain date.
        """
        return self._not_ended(on).filter(valid_from__lte=on)

    def start_unknown(self, on):
        """Return the rows that have not ended by the day `on` and whose first day is not recorded.

        Whether such a row was in force on that day cannot be told from it. No row is both here and
        in `valid`. Raises TypeError when `on` is no plain date.
        """
        return self._not_ended(on).filter(valid_from__isnull=True)

    def touching(self, on):
        """Return the rows that do not exclude the day `on`: those of `valid` and of `start_unknown`."""
        return self._not_ended(on).filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))

    def _not_ended(self, on):
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=_day(on)))


class Recorded(models.Model):
    """One statement of a fact: true in the world from/to, stated by this portal from/to.

    Rows are append-only: write with `supersede` and `close`.
    """

    valid_from = models.DateField(
        "起始日", null=True, blank=True, help_text="不知道就留空；留空表示“起始日未载明”。"
    )
    valid_to = models.DateField(
        "截止日", null=True, blank=True, help_text="含当日；没有载明截止日就留空。"
    )
    known_from = models.DateTimeField("记入时间", editable=False)
    known_to = models.DateTimeField("取代时间", null=True, blank=True, editable=False)

    objects = RecordedQuerySet.as_manager()

    guard = guards.CLOSE_ONLY

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_valid_interval",
                violation_error_message="截止日不能早于起始日。",
            ),
            models.CheckConstraint(
                condition=Q(known_to__isnull=True) | Q(known_to__gt=F("known_from")),
                name="%(app_label)s_%(class)s_known_interval",
                violation_error_message="取代时间必须晚于记入时间。",
            ),
        ]

    @classmethod
    def check(cls, **kwargs):
        """Run Django's checks, and see that the base's constraints were not dropped."""
        return [*super().check(**kwargs), *lost_rules(cls, Recorded)]


def one_current(*fields):
    """Return the constraint that at most one current row has these values.

    The fields must be NOT NULL: the databases disagree about NULLs in unique keys.
    """
    return models.UniqueConstraint(
        fields=fields,
        condition=Q(known_to__isnull=True),
        name="%(app_label)s_%(class)s_one_current",
        violation_error_message="已有一条现行记录。",
    )


def supersede(old_rows, new_rows, *, at=None):
    """Close `old_rows` and insert `new_rows` at the instant `at` (default now); return the new rows.

    All or nothing, in bulk: the statements do not grow with each row. Both lists are of one model;
    the new rows are unsaved and their known times are set here. Raises AlreadyClosed when an old row
    is not current any more (someone else was first), ValueError for a future or naive instant, and
    IntegrityError when a constraint refuses a row or an old row is not older than `at`.
    """
    at = past_instant(at)
    old_rows, new_rows = list(old_rows), list(new_rows)
    models_met = {type(row) for row in (*old_rows, *new_rows)}
    if not models_met:
        return []
    if len(models_met) > 1:
        raise TypeError("supersede() takes the rows of one model")
    if any(not row._state.adding for row in new_rows):
        raise ValueError("a new row is in the database already")
    (model,) = models_met
    keys = [row.pk for row in old_rows]
    for row in new_rows:
        row.known_from, row.known_to = at, None
    alias = router.db_for_write(model)
    with transaction.atomic(using=alias):
        current = model._base_manager.using(alias).filter(known_to__isnull=True)
        closed = sum(
            current.filter(pk__in=keys[start : start + _BATCH]).update(known_to=at)
            for start in range(0, len(keys), _BATCH)
        )
        if closed != len(set(keys)):
            raise AlreadyClosed(f"{len(set(keys)) - closed} 条记录已被取代，请重新载入。")
        model._base_manager.using(alias).bulk_create(new_rows)
        superseded.send(sender=model, rows=[*old_rows, *new_rows])
    for row in old_rows:
        row.known_to = at
    return new_rows


def close(rows, *, at=None):
    """Close `rows` at the instant `at` (default now) without successors; errors as in `supersede`."""
    supersede(rows, [], at=at)
