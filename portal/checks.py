"""System checks for what must hold on a running site: legal marks, the public site's code, database guards."""

from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.db import DatabaseError

from portal.guards import missing_guards

register(missing_guards, Tags.database)


@register(Tags.database)
def legal_marks(app_configs, databases=None, **kwargs):
    """Report which legal marks of the footer are empty (互联网信息服务管理办法, article 12, among others)."""
    return [
        Warning(
            f"站点 {identity.site} 的网站信息未填：{'、'.join(identity.missing())}。",
            hint="请在后台“设置 → 网站信息”中填写；未填的不在页脚显示。",
            id="portal.W001",
        )
        for identity in _identities(databases)
        if identity.missing()
    ]


@register(Tags.database)
def site_codes(app_configs, databases=None, **kwargs):
    """Report the sites that carry the tags of public sites without the code that these must name."""
    return [
        Warning(
            f"站点 {identity.site} 已打开政府网站页面标签，但没有填网站标识码。",
            hint="请在后台“设置 → 网站信息”中填写，或者关闭页面标签；没有标识码时不输出 SiteIDCode。",
            id="portal.W002",
        )
        for identity in _identities(databases)
        if identity.public_site_tags and not identity.site_code
    ]


def _identities(databases):
    """Return the identity of each site, one that nobody has opened yet too; none where nothing can be asked."""
    from wagtail.models import Site

    from portal.models import SiteIdentity

    if not databases or settings.DEVELOPMENT:
        return []
    try:
        filled_in = {identity.site_id: identity for identity in SiteIdentity.objects.all()}
        return [
            filled_in.get(site.pk) or SiteIdentity(site=site)
            for site in Site.objects.order_by("pk")
        ]
    except DatabaseError:
        return []
