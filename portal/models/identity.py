"""Who runs this site."""

from django.db import models
from django.db.models import Q
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

SITE_CODE_RULE = r"^[0-9A-Za-z]{10}\Z"


@register_setting(icon="site", order=100)
class SiteIdentity(BaseSiteSetting):
    """Who runs this site: the words of its masthead and the legal marks of its footer."""

    name = models.CharField("网站名称", max_length=50, default="有据")
    motto = models.CharField("刊头语", max_length=50, blank=True, default="每个数字都有出处")
    organiser = models.CharField("主办单位", max_length=100, blank=True)
    icp_filing = models.CharField(
        "ICP 备案号", max_length=50, blank=True, help_text="如“豫ICP备00000000号”。"
    )
    security_filing = models.CharField(
        "公安备案号", max_length=50, blank=True, help_text="如“豫公网安备 00000000000000号”。"
    )
    news_licence = models.CharField("互联网新闻信息服务许可证编号", max_length=50, blank=True)
    report_phone = models.CharField("违法和不良信息举报电话", max_length=50, blank=True)
    report_email = models.EmailField("举报邮箱", blank=True)
    feeds_in_full = models.BooleanField(
        "订阅给出全文", default=False, help_text="不勾选时，订阅中每篇只给摘要。"
    )
    public_site_tags = models.BooleanField(
        "输出政府网站页面标签",
        default=False,
        help_text="按《政府网站发展指引》在每页的源代码中写明网站、栏目和内容的标签。",
    )
    site_code = models.CharField(
        "网站标识码", max_length=10, blank=True, help_text="政府网站的十位标识码；没有就留空。"
    )

    # What Chinese law asks of a news site's footer; the system check names those left empty.
    REQUIRED = (
        "organiser",
        "icp_filing",
        "security_filing",
        "news_licence",
        "report_phone",
    )

    class Meta:
        verbose_name = "网站信息"
        constraints = [
            models.CheckConstraint(
                condition=Q(site_code="") | Q(site_code__regex=SITE_CODE_RULE),
                name="site_code_is_sound",
                violation_error_message="网站标识码是十位字母或数字。",
            )
        ]

    @property
    def security_filing_number(self):
        """The digits of the public-security filing, by which its register is asked."""
        return "".join(c for c in self.security_filing if c.isdigit())

    def missing(self):
        """Return the labels of the required marks that are still empty."""
        return [
            self._meta.get_field(name).verbose_name
            for name in self.REQUIRED
            if not getattr(self, name)
        ]
