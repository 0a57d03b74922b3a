"""What a report can say of one place in one dimension. NULL is never 0, and a rank is never invented."""

from django.db import models
from django.db.models import F, Q

# SQLite keeps decimals as floating-point numbers: fifteen digits come back as they went in.
DIGITS, DECIMALS = 15, 6

# The fields that are one statement: equal in all of them, two rows say the same.
CONTENT = (
    "value",
    "rank",
    "rank_from",
    "rank_to",
    "tied",
    "tier",
    "top_n",
    "status",
    "name_as_published",
    "locator",
    "quote",
)
NULLABLE = ("value", "rank", "rank_from", "rank_to", "top_n")


class Status(models.TextChoices):
    """Whether something is said, and why not."""

    DISCLOSED = "disclosed", "已披露"
    NOT_DISCLOSED = "not_disclosed", "未披露"
    MISSING = "missing", "缺数据"
    ZERO_BY_RULE = "zero_by_rule", "按规则计零"
    NOT_IN_UNIVERSE = "not_in_universe", "不在评估范围"


_NOTHING = Q(
    value__isnull=True, rank__isnull=True, rank_from__isnull=True, tier="", top_n__isnull=True
)
_SOUND = (
    Q(status="disclosed") & ~_NOTHING
    | Q(status="zero_by_rule", rank_from__isnull=True, top_n__isnull=True)
    & (Q(value__isnull=True) | Q(value=0))
    | Q(status__in=["not_disclosed", "missing", "not_in_universe"]) & _NOTHING
)


class Stated(models.Model):
    """The words and numbers of one statement, as printed: at least one of them, or the status that says why not."""

    value = models.DecimalField(
        "得分", max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    rank = models.PositiveIntegerField("位次", null=True, blank=True)
    rank_from = models.PositiveIntegerField("位次区间起", null=True, blank=True)
    rank_to = models.PositiveIntegerField("位次区间止", null=True, blank=True)
    tied = models.BooleanField("并列", default=False)
    tier = models.CharField("梯队", max_length=50, blank=True)
    top_n = models.PositiveIntegerField("入围前几", null=True, blank=True)
    status = models.CharField("披露", max_length=15, choices=Status, default=Status.DISCLOSED)
    name_as_published = models.CharField("来源中的写法", max_length=100, blank=True)
    locator = models.CharField("出处", max_length=200, blank=True)
    quote = models.CharField("原文", max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(rank__gte=1),
                name="%(app_label)s_%(class)s_rank",
                violation_error_message="位次从 1 开始。",
            ),
            models.CheckConstraint(
                condition=Q(rank_from__isnull=True, rank_to__isnull=True)
                | Q(
                    rank_from__gte=1,
                    rank_to__isnull=False,
                    rank_to__gt=F("rank_from"),
                    rank__isnull=True,
                ),
                name="%(app_label)s_%(class)s_rank_interval",
                violation_error_message="位次区间的起止须一起填写，止大于起；已有确定位次就不填区间。",
            ),
            models.CheckConstraint(
                condition=Q(tied=False) | Q(rank__isnull=False),
                name="%(app_label)s_%(class)s_tied",
                violation_error_message="并列须有位次。",
            ),
            models.CheckConstraint(
                condition=Q(top_n__isnull=True) | Q(top_n__gte=1),
                name="%(app_label)s_%(class)s_top_n",
                violation_error_message="入围前几至少是 1。",
            ),
        ]

    @property
    def content(self):
        """The statement as a tuple: what two rows must share to say the same."""
        return tuple(getattr(self, name) for name in CONTENT)


def says_something(name, *, unless=None):
    """Return the constraint that a row states something, or why nothing is stated; `unless` excuses it."""
    return models.CheckConstraint(
        condition=_SOUND if unless is None else _SOUND & ~unless | unless & _NOTHING,
        name=name,
        violation_error_message=(
            "“已披露”须有得分、位次、位次区间、梯队或入围之一；“按规则计零”的得分只能是 0 或空；"
            "其余情形不能再有数值。"
        ),
    )
