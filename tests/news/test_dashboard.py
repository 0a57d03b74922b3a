import pytest
from django.urls import reverse

from news.dashboard import NewStoryPanel, OpenReportsPanel, UnpublishedPanel
from news.roles import Role
from tests.factories import ErrorReportFactory, UserFactory, a_draft, a_section, an_article

pytestmark = pytest.mark.django_db


def panels(client):
    """Return the names of the panels of our own on the desk's first page."""
    shown = client.get(reverse("wagtailadmin_home")).context["panels"]
    own = (NewStoryPanel, UnpublishedPanel, OpenReportsPanel)
    return [panel.name for panel in shown if isinstance(panel, own)]


def test_the_first_page_shows_each_role_its_work(desk):
    assert panels(desk(Role.REPORTER)) == ["new_story", "unpublished"]
    assert panels(desk(Role.PROOFREADER)) == ["new_story", "unpublished", "open_reports"]


@pytest.mark.parametrize(
    ("role", "titles"), [(Role.REPORTER, ["我的"]), (Role.PROOFREADER, ["别人的", "我的"])]
)
def test_a_reporter_sees_own_drafts_and_an_editor_all(desk, rf, role, titles):
    client, section = desk(role), a_section()
    a_draft(section, title="我的", owner=client.user)
    a_draft(section, title="别人的", owner=UserFactory())
    an_article(section, title="已发布的", owner=client.user)
    request = rf.get("/")
    request.user = client.user
    stories = UnpublishedPanel().get_context_data({"request": request})["stories"]
    assert [(story.draft_title, story.section) for story in stories] == [
        (title, section) for title in titles
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_first_page_costs_the_same_at_any_length(desk, rows, django_assert_num_queries):
    client, section = desk(Role.THIRD_REVIEWER), a_section()
    for _ in range(rows):
        a_draft(section, owner=UserFactory())
        ErrorReportFactory()
    client.get(reverse("wagtailadmin_home"))
    with django_assert_num_queries(30):
        client.get(reverse("wagtailadmin_home"))


@pytest.mark.parametrize(
    ("role", "screen"), [(Role.PROOFREADER, "inspect"), (Role.FIRST_REVIEWER, "edit")]
)
def test_a_waiting_report_opens_where_one_can_answer_it(desk, role, screen):
    report = ErrorReportFactory()
    page = desk(role).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(f"error-reports:{screen}", args=[report.pk]) in page
