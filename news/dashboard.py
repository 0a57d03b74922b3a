"""The desk's first page: what of the day's work waits for whoever has signed in."""

from django.db.models import Q
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from news.lists import with_sections
from news.models import ArticlePage, ErrorReport, SectionPage
from news.report_viewsets import ErrorReportViewSet
from news.sections import sections_open_to

SHOWN = 8


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


def panels_for(user):
    """Return the panels that concern this account."""
    panels = [NewStoryPanel(), UnpublishedPanel()]
    if ErrorReportViewSet.permission_policy.user_has_any_permission(user, ["change", "view"]):
        panels.append(OpenReportsPanel())
    return panels
