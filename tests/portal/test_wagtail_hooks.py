import pytest
from django.urls import reverse
from wagtail.admin.ui.sidebar import MainMenuModule

from portal.models import Picture, SiteIdentity
from portal.wagtail_hooks import NamedMainMenuAdapter
from tests.factories import PictureFactory, UserFactory, a_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    home = a_site()
    client.identity = SiteIdentity.for_site(home.sites_rooted_here.get())
    client.force_login(
        UserFactory(is_superuser=True, last_name="王", first_name="小明"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def test_the_sidebar_shows_the_whole_name():
    account = UserFactory(last_name="王", first_name="小明")
    *_, shown = NamedMainMenuAdapter().js_args(MainMenuModule([], [], account))
    assert shown["name"] == "王小明"


def test_the_first_page_bears_the_sites_name_and_does_not_lead_to_wagtails(desk):
    desk.identity.name = "示范晚报"
    desk.identity.save()
    page = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "示范晚报" in page.split("<h1", 1)[1].split("</h1>", 1)[0]
    assert "wagtail.org" not in page


def test_the_menu_leaves_out_what_a_newsroom_does_not_set(desk):
    page = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert '"name": "collections"' in page
    assert '"name": "sites"' not in page


@pytest.mark.parametrize(("query", "titles"), [("厂房", ["城东厂房全景"]), ('"', []), ("桥", [])])
def test_pictures_are_found_by_words_in_the_middle(desk, query, titles):
    PictureFactory(title="城东厂房全景")
    response = desk.get(reverse("wagtailimages:index"), {"q": query})
    assert [picture.title for picture in response.context["object_list"]] == titles
    assert Picture.objects.count() == 1


@pytest.mark.parametrize("own", [True, False])
def test_an_account_is_asked_for_its_family_name_first(desk, own):
    account = UserFactory() if own else None
    url = (
        reverse("wagtailusers_users:edit", args=[account.pk])
        if own
        else reverse("wagtailusers_users:add")
    )
    page = desk.get(url).content.decode()
    names = ("username", "last_name", "first_name", "email", "password1", "is_active")
    order = sorted((page.find(f'name="{name}"'), name) for name in names)
    shown = [name for place, name in order if place > 0]
    assert shown == list(names if own else names[:-1])
