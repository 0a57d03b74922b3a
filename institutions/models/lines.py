"""The lines of notices, each with the decision which institution it is about."""

from django.db import models
from django.db.models import F, Q

from institutions.models.institutions import Institution
from institutions.models.notices import Notice, within_years
from institutions.models.schemes import Kind
from institutions.register.lines import Action as RegisterAction
from portal.guards import LinesOf

OPENING_OR_SUSPENDING = ("designate", "renew", "suspend")
WITHOUT_KIND = ("rename", "merge")


class NoticeLine(models.Model):
    """One line of a notice as printed, and what an editor has decided about it.

    `on`, `on_is_last_day`, `term_from` and `term_to` mean what `institutions.register.lines.Line` says.
    `details` holds what else the line prints (district, grade, credit code, address, alias …), in the
    field names of `read_notice`; it becomes the institution's when the line makes a new one.
    """

    class Action(models.TextChoices):
        DESIGNATE = "designate", "定点"
        REVOKE = "revoke", "取消"
        SUSPEND = "suspend", "中止"
        RESUME = "resume", "恢复"
        RENEW = "renew", "续签"
        RENAME = "rename", "更名"
        MERGE = "merge", "合并"

    class Decision(models.TextChoices):
        UNDECIDED = "undecided", "待定"
        MATCHED = "matched", "已有机构"
        NEW = "new", "新建机构"
        IGNORED = "ignored", "不采用"

    notice = models.ForeignKey(
        Notice, verbose_name="通知", on_delete=models.CASCADE, related_name="lines"
    )
    number = models.PositiveIntegerField("序号", help_text="在通知中的次序，从 1 开始。")
    name = models.CharField("名称（照原文）", max_length=200)
    resolved_name = models.CharField(
        "完整名称",
        max_length=200,
        blank=True,
        help_text="原文省略了城市、带了科室等时，机构的完整名称；与原文相同就留空。",
    )
    key = models.CharField(max_length=200, editable=False, db_index=True)
    category = models.CharField("类别（照原文）", max_length=100, blank=True)
    kind = models.ForeignKey(
        Kind,
        verbose_name="定点类别",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
    )
    action = models.CharField("动作", max_length=9, choices=Action, blank=True)
    action_as_printed = models.CharField("动作（照原文）", max_length=100, blank=True)
    institution = models.ForeignKey(
        Institution,
        verbose_name="机构",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
    )
    decision = models.CharField("认定", max_length=9, choices=Decision, default=Decision.UNDECIDED)
    decision_reason = models.CharField("认定理由", max_length=300, blank=True)
    on = models.DateField("日期", null=True, blank=True, help_text="这一条自己的日期。")
    on_is_last_day = models.BooleanField(
        "日期是最后一天", default=False, help_text="取消：日期当天仍有效（终止日期），次日起无效。"
    )
    term_from = models.DateField("期限起", null=True, blank=True)
    term_to = models.DateField("期限止", null=True, blank=True, help_text="含当日。")
    new_name = models.CharField("新名称", max_length=200, blank=True)
    into = models.ForeignKey(
        Institution,
        verbose_name="并入",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="lines_into",
    )
    into_as_printed = models.CharField("并入（照原文）", max_length=200, blank=True)
    quote = models.TextField("原文")
    locator = models.CharField("位置", max_length=100, blank=True)
    start = models.PositiveIntegerField("起", null=True, blank=True, editable=False)
    end = models.PositiveIntegerField("止", null=True, blank=True, editable=False)
    details = models.JSONField("其他载明事项", default=dict, blank=True)
    needs_review = models.BooleanField("请核对", default=False)

    guard = LinesOf("notice")

    class Meta:
        verbose_name = "名单条目"
        verbose_name_plural = "名单条目"
        ordering = ["notice", "number"]
        indexes = [
            models.Index(fields=["institution", "kind"], name="line_by_history"),
            # Of the few lines that merge: an index of all, nearly all NULL, SQLite would not go by.
            models.Index(fields=["into"], name="line_by_whole", condition=Q(into__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "number"],
                name="line_number_once_in_its_notice",
                violation_error_message="同一通知中序号不能重复。",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(key="") & ~Q(quote="") & Q(number__gt=0),
                name="line_has_name_and_quote",
                violation_error_message="名称和原文不能为空，序号从 1 开始。",
            ),
            models.CheckConstraint(
                condition=Q(action__in=["", *RegisterAction])
                & Q(decision__in=["undecided", "matched", "new", "ignored"]),
                name="line_words_are_known",
                violation_error_message="没有这种动作或认定。",
            ),
            models.CheckConstraint(
                condition=~Q(action__in=WITHOUT_KIND) | Q(kind__isnull=True),
                name="line_of_names_has_no_kind",
                violation_error_message="更名和合并与类别无关，不能填类别。",
            ),
            models.CheckConstraint(
                condition=Q(new_name="") | Q(action="rename"),
                name="line_new_name_renames",
                violation_error_message="只有更名才有新名称。",
            ),
            models.CheckConstraint(
                condition=Q(into__isnull=True)
                | Q(action="merge") & (Q(institution__isnull=True) | ~Q(into=F("institution"))),
                name="line_into_merges",
                violation_error_message="只有合并才有并入的机构，且不能并入自己。",
            ),
            models.CheckConstraint(
                condition=Q(decision="matched", institution__isnull=False)
                | Q(decision="new")
                | Q(decision__in=["undecided", "ignored"], institution__isnull=True),
                name="line_decision_names_its_institution",
                violation_error_message="认定为已有机构时须选定机构；待定或不采用时不能有机构。",
            ),
            models.CheckConstraint(
                condition=Q(term_from__isnull=True, term_to__isnull=True)
                | Q(action__in=["", *OPENING_OR_SUSPENDING]),
                name="line_term_belongs_to_its_action",
                violation_error_message="只有定点、续签和中止才有期限。",
            ),
            models.CheckConstraint(
                condition=Q(on_is_last_day=False) | Q(action="revoke", on__isnull=False),
                name="line_last_day_revokes",
                violation_error_message="只有取消才可以注明“日期是最后一天”，且须有日期。",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__isnull=False, start__lt=F("end")),
                name="line_span_is_forward",
                violation_error_message="在原文中的位置不对。",
            ),
            within_years("line_dates_in_years", "on", "term_from", "term_to"),
        ]

    def __str__(self):
        return f"{self.number}. {self.name}"

    def save(self, *args, **kwargs):
        self.key = self.matching_key
        super().save(*args, **kwargs)

    @property
    def matching_name(self):
        """The name by which the institution is looked for."""
        return self.resolved_name or self.name

    @property
    def matching_key(self):
        """The folded `matching_name`; lines of one notice with the same key mean one institution."""
        from portal.names import fold

        return fold(self.matching_name)

    @property
    def wants(self):
        """What an editor must still decide before this line can be published, in words; empty when nothing."""
        if self.decision == self.Decision.IGNORED:
            return [] if self.decision_reason else ["写明不采用的理由"]
        wanted = []
        if self.decision == self.Decision.UNDECIDED:
            wanted.append("认定机构")
        if not self.action:
            wanted.append("选定动作")
        elif self.action not in WITHOUT_KIND and self.kind_id is None:
            wanted.append("选定类别")
        if self.action == self.Action.RENAME and not self.new_name:
            wanted.append("填写新名称")
        if self.action == self.Action.MERGE and self.into_id is None:
            wanted.append("选定并入的机构")
        return wanted
