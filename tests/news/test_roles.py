import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Task, Workflow

from news.models import HomePage, NewsIndexPage
from news.roles import Role, install_roles
from tests.factories import (
    ErrorReportFactory,
    UserFactory,
    a_draft,
    a_section,
    a_site,
    an_article,
)
from tests.indices.factories import a_draft as a_release
from tests.indices.factories import a_ranking

pytestmark = pytest.mark.django_db

R, P, F, S, T, D, A = Role


def answer(response):
    """Return 'yes' for what the desk shows or does, 'no' for what it refuses."""
    if response.status_code == 200:
        return "yes"
    assert response.status_code in (302, 403)
    return "no"


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


# Each act with the roles that may do it; every other role is refused.
ACTS = {
    "enter the desk": {R, P, F, S, T, D, A},
    "begin a story": {R, F, S, T, A},
    "edit one's own draft": {R, P, F, S, T, A},
    "edit another's draft": {P, F, S, T, A},
    "edit another's published story": {P, F, S, T, A},
    "withdraw a story": {T, A},
    "delete one's own draft": {R, P, F, S, T, A},
    "delete another's draft": {T, A},
    "edit the front page": {T, A},
    "add a section": {A},
    "edit a section": {A},
    "add a plain page": {A},
    "add a picture": {R, F, S, T, D, A},
    "add a document": {R, F, S, T, D, A},
    "see the people": {R, P, F, S, T, A},
    "add a person": {F, S, T, A},
    "see the topics": {R, P, F, S, T, D, A},
    "add a topic": {F, S, T, A},
    "add a place": {D, A},
    "add another name of a place": {D, A},
    "add an organisation": {D, A},
    "add an index": {D, A},
    "add an edition": {D, A},
    "declare comparability": {D, A},
    "judge a name of a place": {D, A},
    "draft a release": {D, A},
    "publish a release": {D, A},
    "undo a release": {D, A},
    "see readers' reports": {P, F, S, T, A},
    "answer a reader's report": {F, S, T, A},
    "add a reader's report": set(),
    "delete a reader's report": set(),
    "see the accounts": {A},
    "change the site's identity": {A},
    "add a redirect": {A},
    "add a folder": {A},
    "change the site's address": set(),
}


def addresses_of_indices():
    """Return the address for each act on the index scores."""
    edition, _ = a_ranking(size=1)
    draft, published = a_release(edition), edition.releases.published().get()
    return {
        "add an index": reverse("index_series:add"),
        "add an edition": reverse("edition:add"),
        "declare comparability": reverse("comparability:add"),
        "judge a name of a place": reverse("place_judgement:add"),
        "draft a release": reverse("release:add"),
        "publish a release": reverse("release:publish", args=[draft.pk]),
        "undo a release": reverse("release:reverse", args=[published.pk]),
    }


def addresses_of_records(home):
    """Return the address for each act on what is no page."""
    site = home.sites_rooted_here.get()
    return {
        "see the people": reverse("person:index"),
        "add a person": reverse("person:add"),
        "see the topics": reverse("topic:index"),
        "add a topic": reverse("topic:add"),
        "add a place": reverse("place:add"),
        "add another name of a place": reverse("placename:add"),
        "add an organisation": reverse("organisation:add"),
        **addresses_of_indices(),
        "see readers' reports": reverse("error-reports:index"),
        "answer a reader's report": reverse("error-reports:edit", args=[ErrorReportFactory().pk]),
        "add a reader's report": reverse("error-reports:add"),
        "delete a reader's report": reverse("error-reports:delete", args=[ErrorReportFactory().pk]),
        "see the accounts": reverse("wagtailusers_users:index"),
        "change the site's identity": reverse(
            "wagtailsettings:edit", args=["portal", "siteidentity", site.pk]
        ),
        "add a redirect": reverse("wagtailredirects:add"),
        "add a folder": reverse("wagtailadmin_collections:add"),
        "change the site's address": reverse("wagtailsites:edit", args=[site.pk]),
    }


def addresses(user):
    """Return for each act the address of the desk at which it is done."""
    section = a_section()
    own = a_draft(section, owner=user)
    other = UserFactory()
    home, news = HomePage.objects.get(), NewsIndexPage.objects.get()
    pages = "wagtailadmin_pages:"
    return {
        "enter the desk": reverse("wagtailadmin_home"),
        "begin a story": reverse(f"{pages}add", args=["news", "articlepage", section.pk]),
        "edit one's own draft": edit(own),
        "edit another's draft": edit(a_draft(section, owner=other)),
        "edit another's published story": edit(an_article(section, owner=other)),
        "withdraw a story": reverse(f"{pages}unpublish", args=[an_article(section, owner=user).pk]),
        "delete one's own draft": reverse(f"{pages}delete", args=[own.pk]),
        "delete another's draft": reverse(
            f"{pages}delete", args=[a_draft(section, owner=other).pk]
        ),
        "edit the front page": edit(home),
        "add a section": reverse(f"{pages}add", args=["news", "sectionpage", news.pk]),
        "edit a section": edit(section),
        "add a plain page": reverse(f"{pages}add", args=["news", "plainpage", home.pk]),
        "add a picture": reverse("wagtailimages:add_multiple"),
        "add a document": reverse("wagtaildocs:add_multiple"),
        **addresses_of_records(home),
    }


@pytest.mark.parametrize("role", Role)
def test_the_desk_lets_a_role_do_what_is_its_own_and_no_more(desk, role):
    client = desk(role)
    allowed = {
        act for act, url in addresses(client.user).items() if answer(client.get(url)) == "yes"
    }
    assert allowed == {act for act, roles in ACTS.items() if role in roles}


@pytest.mark.parametrize("role", Role)
def test_only_the_third_reviewer_and_the_administrator_publish(desk, role):
    client = desk(role)
    draft = a_draft(a_section(), owner=client.user)
    form = {
        "title": draft.title,
        "slug": "",
        "body-count": "0",
        "credits-TOTAL_FORMS": "0",
        "credits-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
    }
    client.post(edit(draft), form)
    draft.refresh_from_db()
    assert draft.live is (role in {T, A})


def test_a_structure_page_gives_its_structure_only_to_its_keepers(desk):
    for role in Role:
        user = desk(role).user
        for page in (NewsIndexPage.objects.get(), a_section()):
            tester = page.permissions_for_user(user)
            may = role == A
            assert tester.can_edit() is may
            assert tester.can_publish() is may
            assert tester.can_unpublish() is may
        assert a_section().permissions_for_user(user).can_delete() is (role == A)


def rows():
    return [
        set(Group.objects.values_list("pk", "name")),
        set(Group.permissions.through.objects.values_list("pk", "group", "permission")),
        set(GroupPagePermission.objects.values_list("pk", "group", "page", "permission")),
        set(GroupCollectionPermission.objects.values_list("pk", "group", "permission")),
    ]


def test_installing_twice_changes_nothing():
    a_site()
    install_roles()
    before = rows()
    install_roles()
    assert rows() == before


def test_installing_takes_back_what_was_given_by_hand():
    a_site()
    groups = install_roles()
    before = rows()
    reporter, admin = groups[R], groups[A]
    reporter.permissions.add(*admin.permissions.all())
    reporter.page_permissions.create(
        page=NewsIndexPage.objects.get(),
        permission=admin.page_permissions.get(permission__codename="publish_page").permission,
    )
    install_roles()
    assert rows() == before


def test_wagtails_own_groups_go_when_nobody_is_in_them():
    a_site()
    UserFactory().groups.add(Group.objects.get(name="Editors"))
    install_roles()
    assert set(Group.objects.values_list("name", flat=True)) == {"Editors", *Role.values}
    assert (Workflow.objects.count(), Task.objects.count()) == (0, 0)


def test_an_account_without_a_role_does_not_enter_the_desk(desk):
    client = desk(R)
    client.user.groups.clear()
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
