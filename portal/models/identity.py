"""Who runs this site."""

from django.db import models
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


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
