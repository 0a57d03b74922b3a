"""System checks for what must hold on a running site: legal marks, database guards."""

from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.db import DatabaseError

from portal.guards import missing_guards

register(missing_guards, Tags.database)


@register(Tags.database)
def legal_marks(app_configs, databases=None, **kwargs):
    """Report which legal marks of the footer are empty (互联网信息服务管理办法, article 12, among others)."""
    from wagtail.models import Site

    from portal.models import SiteIdentity

    if not databases or settings.DEVELOPMENT:
        return []
    try:
        filled_in = {identity.site_id: identity for identity in SiteIdentity.objects.all()}
        identities = [
            filled_in.get(site.pk) or SiteIdentity(site=site)
            for site in Site.objects.order_by("pk")
        ]
    except DatabaseError:
        return []
    return [
        Warning(
            f"站点 {identity.site} 的网站信息未填：{'、'.join(identity.missing())}。",
            hint="请在后台“设置 → 网站信息”中填写；未填的不在页脚显示。",
            id="portal.W001",
        )
        for identity in identities
        if identity.missing()
    ]
