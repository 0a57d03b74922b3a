"""The list from which an editor chooses a notice for a story."""

from datetime import date

import pytest
from django.urls import reverse

from institutions.chooser_viewsets import state_of
from institutions.models import Notice
from institutions.publishing import draft_correction, withdraw
from tests.factories import OrganisationFactory, UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    editor = UserFactory(is_superuser=True)
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client


def found(desk, words=""):
    response = desk.get(reverse("notice_chooser:choose_results"), {"q": words})
    return [row.title for row in response.context["results"]]


def test_the_latest_comes_first_and_words_find_title_issuer_and_number(desk):
    issuer = OrganisationFactory(name="市人社局")
    a_notice(title="第一份", issuer=issuer, doc_number="人社〔2020〕1号")
    a_notice(title="第二份")
    assert found(desk) == ["第二份", "第一份"]
    assert [found(desk, words) for words in ("一份", "人社局", "2020〕1")] == [["第一份"]] * 3
    assert found(desk, "没有") == []


def test_each_state_is_told_in_words(desk):
    kind = KindFactory()
    notice = a_notice(an_institution(), kind=kind, issued_on=date(2020, 8, 17))
    assert state_of(notice) == "草稿"
    notice = published(notice)
    assert state_of(notice) == "已发布"
    correction = draft_correction(notice, by=UserFactory())
    assert state_of(Notice.objects.get(pk=notice.pk)) == "已发布"
    correction = published(correction)
    assert state_of(Notice.objects.get(pk=notice.pk)) == "已被更正取代"
    withdraw(correction, by=UserFactory(), reason="误传")
    assert state_of(correction) == "已撤回"
    shown = desk.get(reverse("notice_chooser:choose_results")).content.decode()
    assert ("2020年8月17日" in shown, "已被更正取代" in shown) == (True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_at_any_length(desk, count, django_assert_num_queries):
    for _ in range(count):
        published(a_notice(an_institution(), kind=KindFactory()))
    desk.get(reverse("notice_chooser:choose_results"))
    with django_assert_num_queries(5):
        desk.get(reverse("notice_chooser:choose_results"))
