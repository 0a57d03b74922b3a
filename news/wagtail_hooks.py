"""Registers this floor's screens and what the desk's first page shows of the day's work."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from news.importing import hooks as importing_hooks  # noqa: F401  (importing registers its screens)
from news.lists import with_sections
from news.models import ArticlePage, ErrorReport, HomePage, SectionPage
from news.report_viewsets import ErrorReportViewSet
from news.viewsets import VIEWSETS, sections_open_to

SHOWN = 8


class FrontPageMenuItem(MenuItem):
    """The front page's form, for those who arrange it."""

    def is_shown(self, request):
        return request.user.has_perm("news.change_homepage")


def edit_front_page(request):
    """Lead to the front page's form, so that the menu need not ask for its number on every screen."""
    return redirect("wagtailadmin_pages:edit", get_object_or_404(HomePage).pk)


@hooks.register("register_admin_urls")
def front_page_address():
    return [path("front-page/", edit_front_page, name="front_page")]


@hooks.register("register_admin_menu_item")
def front_page_menu_item():
    return FrontPageMenuItem(
        "头版", reverse("front_page"), name="front-page", icon_name="home", order=30
    )


@hooks.register("register_admin_viewset")
def screens():
    return VIEWSETS


class NewStoryPanel(Component):
    """A link to a new story for each section in which this account may write."""

    name = "new_story"
    template_name = "news/desk/new_story.html"
    order = 10

    def get_context_data(self, parent_context):
        return {"sections": sections_open_to(parent_context["request"].user)}


class UnpublishedPanel(Component):
    """Stories with words that readers do not see yet: all for those who change any story, else one's own."""

    name = "unpublished"
    template_name = "news/desk/unpublished.html"
    order = 20

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        changeable = page_permission_policy.instances_user_has_any_permission_for(user, {"change"})
        stories = (
            ArticlePage.objects.filter(has_unpublished_changes=True)
            .filter(Q(pk__in=changeable.values("pk")) | Q(owner=user))
            .order_by("-latest_revision_created_at")
            .select_related("owner")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
        )
        return {"stories": with_sections(list(stories[:SHOWN]), SectionPage.objects.all())}


class OpenReportsPanel(Component):
    """Readers' reports that wait for an answer, oldest first."""

    name = "open_reports"
    template_name = "news/desk/open_reports.html"
    order = 30

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        answers = ErrorReportViewSet.permission_policy.user_has_permission(user, "change")
        return {"reports": ErrorReport.objects.open()[:SHOWN], "answers": answers}


@hooks.register("construct_homepage_panels")
def work_of_the_day(request, panels):
    panels.extend([NewStoryPanel(), UnpublishedPanel()])
    if ErrorReportViewSet.permission_policy.user_has_any_permission(
        request.user, ["change", "view"]
    ):
        panels.append(OpenReportsPanel())
