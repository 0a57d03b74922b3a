"""The desk's screens for readers' reports of errors: the queue, one report, its answer."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import EditView, InspectView
from wagtail.permission_policies import ModelPermissionPolicy

from news.models import ErrorReport
from news.reporting import answer
from portal.accounts import shown_name
from portal.references import describe, parse
from portal.viewsets import NameListViewSet


class ReportPermissionPolicy(ModelPermissionPolicy):
    """Reports come from readers and stay: nobody adds or deletes one at the desk."""

    def user_has_permission(self, user, action):
        return action in ("change", "view") and super().user_has_permission(user, action)


class ReportMenuItem(MenuItem):
    """The queue in the menu, with the number of reports that nobody has answered."""

    def is_shown(self, request):
        return ErrorReportViewSet.permission_policy.user_has_any_permission(
            request.user, ["change", "view"]
        )

    def render_component(self, request):
        component = super().render_component(request)
        waiting = ErrorReport.objects.open().count()
        if waiting:
            component.label = f"{self.label}（{waiting}）"
        return component


class ReportedPanel(Panel):
    """What the report is about, with links to the page as readers see it and to its form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "news/desk/reported.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            kind, code = parse(self.instance.reference)
            if kind == "article":
                context["edit_url"] = reverse("wagtailadmin_pages:edit", args=[code])
            context["target"] = describe(self.instance.reference)
            return context


class AnswerView(EditView):
    """A report with its answer, saved by the verb that knows what closing one takes."""

    page_title = "读者纠错"

    def save_instance(self):
        self.has_content_changes = self.form.has_changed()
        return answer(
            self.object,
            state=self.form.cleaned_data["state"],
            answer=self.form.cleaned_data["answer"],
            by=self.request.user,
        )


class ReportView(InspectView):
    """A report as those see it who do not answer."""

    def get_field_display_value(self, field_name, field):
        value = getattr(self.object, field_name)
        if value is None:
            return "—"
        if isinstance(value, datetime):
            return date_format(localtime(value), "Y年n月j日 H:i")
        return super().get_field_display_value(field_name, field)

    def get_answered_by_display_value(self):
        return shown_name(self.object.answered_by)


class ErrorReportViewSet(NameListViewSet):
    """Readers' reports, newest first."""

    model = ErrorReport
    name = "error-reports"
    icon = "warning"
    menu_label = "读者纠错"
    menu_order = 500
    add_to_settings_menu = False
    add_to_admin_menu = True
    menu_item_class = ReportMenuItem
    permission_policy = ReportPermissionPolicy(ErrorReport)
    edit_view_class = AnswerView
    inspect_view_class = ReportView
    inspect_view_enabled = True
    inspect_view_fields = [
        "number",
        "subject",
        "text",
        "state",
        "answer",
        "created_at",
        "answered_by",
        "answered_at",
    ]
    related = ("answered_by",)
    list_display = [
        "number",
        "subject",
        Column("text", label="读者说", accessor=lambda report: Truncator(report.text).chars(40)),
        "state",
        "created_at",
        Column("answered_by", label="经办人", accessor=lambda r: shown_name(r.answered_by)),
    ]
    list_filter = ["state"]
    search_fields = ["number", "subject", "text"]
    panels = [
        ReportedPanel(heading="对象"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("number", read_only=True),
                        FieldPanel("created_at", read_only=True),
                    ]
                ),
                FieldPanel("text", read_only=True),
                FieldPanel("contact", read_only=True),
            ],
            heading="读者来信",
        ),
        MultiFieldPanel([FieldPanel("state"), FieldPanel("answer")], heading="处理"),
    ]
