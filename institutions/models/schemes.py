"""What institutions are designated for: schemes and their kinds. They are data, none is named in code."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from portal.guards import Permanent
from portal.models import SLUG_RULE
from portal.names import fold
from portal.sources import Versioned

_code_rule = RegexValidator(SLUG_RULE, "代码只能用小写字母、数字和连字符。")


class Scheme(Versioned):
    """One scheme under which an authority designates institutions: 工伤保险定点, 医保定点, 发热门诊."""

    code = models.CharField(
        "代码",
        max_length=50,
        unique=True,
        validators=[_code_rule],
        help_text="网址中使用，小写字母、数字和连字符；定下后不能再改。",
    )
    name = models.CharField("名称", max_length=50, unique=True, help_text="如“工伤保险定点”。")
    authority = models.CharField(
        "答复机构",
        max_length=100,
        help_text="资格以谁的答复为准，如“参保地工伤保险经办机构”。",
    )
    description = models.TextField("说明", blank=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    guard = Permanent(("code",), deletable=True)

    class Meta:
        verbose_name = "定点制度"
        verbose_name_plural = "定点制度"
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=SLUG_RULE),
                name="scheme_code_fits_addresses",
                violation_error_message="代码只能用小写字母、数字和连字符。",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(authority=""),
                name="scheme_has_its_words",
                violation_error_message="名称和答复机构不能为空。",
            ),
        ]

    def __str__(self):
        return self.name


class Kind(Versioned):
    """One kind of a scheme: what an institution is designated for (医疗, 康复, 辅助器具配置)."""

    scheme = models.ForeignKey(
        Scheme, verbose_name="定点制度", on_delete=models.PROTECT, related_name="kinds"
    )
    code = models.CharField(
        "代码",
        max_length=50,
        unique=True,
        validators=[_code_rule],
        help_text="网址中使用，小写字母、数字和连字符；各制度之间也不能重复；定下后不能再改。",
    )
    name = models.CharField("名称", max_length=50, help_text="在制度之内的名称，如“医疗”。")
    printed_names = models.TextField(
        "通知中的叫法",
        blank=True,
        help_text="每行一种，如“工伤保险定点医疗机构”。读通知时按它认出类别。",
    )
    position = models.PositiveSmallIntegerField("顺序", default=0)

    guard = Permanent(("code",), deletable=True)

    class Meta:
        verbose_name = "定点类别"
        verbose_name_plural = "定点类别"
        ordering = ["scheme__position", "scheme__code", "position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "name"],
                name="kind_name_once_in_its_scheme",
                violation_error_message="这个制度中已有同名的类别。",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=SLUG_RULE),
                name="kind_code_fits_addresses",
                violation_error_message="代码只能用小写字母、数字和连字符。",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="kind_has_a_name",
                violation_error_message="名称不能为空。",
            ),
        ]

    def __str__(self):
        return f"{self.scheme.name}·{self.name}"

    @property
    def printed_keys(self):
        """The folded names by which notices call this kind."""
        return frozenset(filter(None, map(fold, self.printed_names.splitlines())))
