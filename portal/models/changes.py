"""The log of changes that readers can see."""

from django.db import OperationalError, connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from portal.guards import APPEND_ONLY
from portal.models.accounts import User

_LOCK_NOT_AVAILABLE = "55P03"


class Busy(Exception):
    """Another act on public records took so long that this one gave up waiting; nothing of it was done."""

    def __init__(self):
        super().__init__("另一项发布或导入还在进行，您这一步没有做。请稍后再试。")


class ChangeQuerySet(models.QuerySet):
    """Questions that one asks of the change log, and the one way to write to it."""

    def since(self, sequence):
        """Return what changed after `sequence`, oldest first; 0 asks for everything."""
        return self.filter(sequence__gt=sequence).order_by("sequence")

    def queue(self):
        """Wait here until no other transaction is changing what readers see; hold others off until the end.

        A verb that derives rows from others calls it first: what it reads then is what stands, and its
        instant is later than every earlier one. SQLite's IMMEDIATE transactions are that queue already,
        PostgreSQL takes a lock that ends with the transaction. Raises Busy when the wait is too long.
        """
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError(
                "a change is recorded in the transaction that makes it"
            )
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                try:
                    cursor.execute(
                        f"LOCK TABLE {self.model._meta.db_table} IN SHARE ROW EXCLUSIVE MODE"
                    )
                except OperationalError as error:
                    if getattr(error.__cause__, "sqlstate", "") == _LOCK_NOT_AVAILABLE:
                        raise Busy from error
                    raise

    def record(self, *, act, reference, by=None):
        """Append one change and return it; see `record_many`."""
        return self.record_many(act=act, references=[reference], by=by)[0]

    def record_many(self, *, act, references, by=None):
        """Append one change for each reference; must be called inside the transaction they tell of.

        Writers `queue`, so that a reader who has seen sequence n can never find a smaller one
        later. Sequences have no gaps, and times never run backwards, whatever the clock does: lists are
        answered as known at the last change, and must not lose what the one before it told.
        """
        self.queue()
        last, at = self.model._default_manager.order_by("-sequence").first(), timezone.now()
        number, at = (last.sequence, max(at, last.at)) if last else (0, at)
        return self.bulk_create(
            self.model(sequence=sequence, act=act, reference=reference, at=at, by=by)
            for sequence, reference in enumerate(references, number + 1)
        )


class Change(models.Model):
    """One act that readers can see: something published, updated, corrected or withdrawn."""

    class Act(models.TextChoices):
        PUBLISH = "publish", "发布"
        UPDATE = "update", "更新"
        CORRECT = "correct", "更正"
        WITHDRAW = "withdraw", "撤下"

    sequence = models.BigIntegerField("序号", primary_key=True)
    act = models.CharField("动作", max_length=8, choices=Act)
    reference = models.CharField("对象", max_length=200)
    at = models.DateTimeField("时间", default=timezone.now)
    by = models.ForeignKey(
        User, verbose_name="经手人", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ChangeQuerySet.as_manager()

    guard = APPEND_ONLY

    class Meta:
        verbose_name = "变更"
        verbose_name_plural = "变更"
        ordering = ["-sequence"]
        constraints = [
            models.CheckConstraint(condition=Q(sequence__gt=0), name="change_sequence_is_positive"),
            models.CheckConstraint(
                condition=Q(act__in=["publish", "update", "correct", "withdraw"]),
                name="change_act_is_known",
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="change_has_a_reference"),
        ]

    def __str__(self):
        return f"{self.sequence} {self.get_act_display()} {self.reference}"
