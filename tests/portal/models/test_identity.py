"""The site's name, its legal marks, and its code as a public site."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Site

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


@pytest.mark.parametrize("code", ["", "4101000001", "bm12345678", "BM12345678"])
def test_a_sound_site_code_is_taken(code):
    identity = SiteIdentity(site=Site.objects.get(), site_code=code)
    identity.full_clean()
    identity.save()
    assert SiteIdentity.objects.get().site_code == code


@pytest.mark.parametrize(
    "code", ["410100000", "41010-0001", "４１０１０００００１", "豫101000001", "410100000\n"]
)
def test_any_other_site_code_is_refused(code):
    identity = SiteIdentity(site=Site.objects.get(), site_code=code)
    with pytest.raises(ValidationError) as refused:
        identity.full_clean()
    assert refused.value.messages == ["网站标识码是十位字母或数字。"]
    with pytest.raises(IntegrityError), transaction.atomic():
        identity.save()


def test_a_new_site_gives_summaries_and_no_tags_of_public_sites():
    identity = SiteIdentity.for_site(Site.objects.get())
    assert (identity.feeds_in_full, identity.public_site_tags, identity.site_code) == (
        False,
        False,
        "",
    )
