import pytest
from django.urls import reverse

from news.models import HomePage
from news.roles import Role
from tests.factories import a_section

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "shown"), [(Role.REPORTER, False), (Role.THIRD_REVIEWER, True)])
def test_the_front_page_is_one_click_away_for_those_who_arrange_it(desk, role, shown):
    client = desk(role)
    address = reverse("front_page")
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (f'"url": "{address}"' in page) is shown
    front = HomePage.objects.get()
    assert client.get(address).url == reverse("wagtailadmin_pages:edit", args=[front.pk])


@pytest.mark.parametrize(("role", "shown"), [(Role.REPORTER, True), (Role.DATA_EDITOR, False)])
def test_the_import_is_for_those_who_may_begin_a_story(desk, role, shown):
    client, _ = desk(role), a_section()
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (f'"url": "{reverse("import_page")}"' in page) is shown
