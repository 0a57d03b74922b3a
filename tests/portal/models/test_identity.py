"""The site's name and its legal marks."""

import pytest

from portal.models import SiteIdentity

pytestmark = pytest.mark.django_db


def test_the_site_says_which_legal_marks_are_missing():
    identity = SiteIdentity(organiser="某报社", icp_filing="豫ICP备00000000号")
    assert identity.missing() == [
        "公安备案号",
        "互联网新闻信息服务许可证编号",
        "违法和不良信息举报电话",
    ]


def test_the_public_security_number_is_read_from_its_words():
    assert SiteIdentity(security_filing="豫公网安备 41010502000001号").security_filing_number == (
        "41010502000001"
    )
