"""Offices that issue notices: found by their name, made once, never guessed."""

import pytest

from institutions.review.issuers import found_issuer, issuer_as_read, issuer_named
from portal.models import Organisation
from portal.sources import StaleVersion
from tests.factories import OrganisationFactory, UserFactory
from tests.institutions.factories import NoticeFactory
from tests.institutions.review.papers import OFFICE, text

pytestmark = pytest.mark.django_db


def test_an_office_is_found_by_either_name_whatever_the_width():
    office = OrganisationFactory(name="安阳市医疗保障局（医保局）", short_name="安阳医保局")
    assert issuer_named("安阳市 医疗保障局(医保局)") == issuer_named("安阳医保局") == office
    assert issuer_named("医保局") is None
    assert issuer_named("") is None


def test_a_name_of_two_offices_names_none():
    for number in range(2):
        OrganisationFactory(name=f"第{number}人社局", short_name="人社局")
    assert issuer_named("人社局") is None


def test_an_office_is_made_once_and_taken_by_the_draft():
    notice, editor = NoticeFactory(issuer=None), UserFactory()
    made = found_issuer(OFFICE, notice, by=editor)
    assert (made.name, made.place, notice.issuer) == (OFFICE, notice.area, made)
    other = NoticeFactory(issuer=None)
    assert found_issuer(f" {OFFICE} ", other, by=editor) == made
    with pytest.raises(ValueError, match="名称"):
        found_issuer(" ", other, by=editor)


def test_codes_of_offices_differ():
    editor = UserFactory()
    codes = [
        found_issuer(name, NoticeFactory(issuer=None), by=editor).code
        for name in ("安阳市人社局", "安阳市仁社局")
    ]
    assert codes == ["anyangshirensheju", "anyangshirensheju-2"]


def test_a_refused_draft_leaves_no_office():
    notice = NoticeFactory(issuer=None)
    type(notice).objects.filter(pk=notice.pk).update(version=9)
    with pytest.raises(StaleVersion):
        found_issuer(OFFICE, notice, by=UserFactory())
    assert not Organisation.objects.filter(name=OFFICE).exists()


def test_the_full_name_is_read_from_the_text():
    notice = NoticeFactory.build(text=text(), issuer_as_printed="市人社局")
    assert issuer_as_read(notice) == OFFICE
    notice.text = "没有写是谁发的"
    assert issuer_as_read(notice) == "市人社局"
