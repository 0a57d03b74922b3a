"""The system checks of the footer's legal marks and of a public site's code."""

import pytest
from wagtail.models import Site

from portal.checks import legal_marks, site_codes
from portal.models import SiteIdentity

pytestmark = pytest.mark.django_db

MARKS = "主办单位、ICP 备案号、公安备案号、互联网新闻信息服务许可证编号、违法和不良信息举报电话"


def found(settings, *, development=False, databases=("default",)):
    settings.DEVELOPMENT = development
    return [(warning.id, warning.msg) for warning in legal_marks(None, databases=databases)]


def test_a_site_whose_identity_nobody_has_opened_is_reported(settings):
    site = Site.objects.get()
    assert (found(settings), SiteIdentity.objects.count()) == (
        [("portal.W001", f"站点 {site} 的网站信息未填：{MARKS}。")],
        0,
    )


def test_the_marks_still_empty_are_named(settings):
    site = Site.objects.get()
    filled = dict.fromkeys(SiteIdentity.REQUIRED, "有")
    SiteIdentity.objects.create(site=site, **{**filled, "icp_filing": ""})
    assert found(settings) == [("portal.W001", f"站点 {site} 的网站信息未填：ICP 备案号。")]


def test_a_site_with_all_marks_is_silent(settings):
    SiteIdentity.objects.create(
        site=Site.objects.get(), **dict.fromkeys(SiteIdentity.REQUIRED, "有")
    )
    assert found(settings) == []


def test_without_a_database_or_in_development_nothing_is_asked(settings):
    assert (found(settings, databases=None), found(settings, development=True)) == ([], [])


@pytest.mark.parametrize(
    ("tags", "code", "development", "count"),
    [
        (True, "", False, 1),
        (True, "4101000001", False, 0),
        (False, "", False, 0),
        (True, "", True, 0),
    ],
)
def test_tags_of_public_sites_ask_for_the_code(settings, tags, code, development, count):
    settings.DEVELOPMENT = development
    site = Site.objects.get()
    SiteIdentity.objects.create(site=site, public_site_tags=tags, site_code=code)
    message = f"站点 {site} 已打开政府网站页面标签，但没有填网站标识码。"
    warnings = site_codes(None, databases=("default",))
    assert [(one.id, one.msg) for one in warnings] == [("portal.W002", message)] * count
