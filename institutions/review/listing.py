"""The list of notices at the desk, and the addresses of all their screens."""

from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn

from institutions.chooser_viewsets import state_of
from institutions.models import Notice, Scheme
from institutions.review import intake, lines, outcomes, reviewing
from portal.documentscreens import DocumentIndexView, DocumentViewSet, is_published
from portal.models import Place

STATES = {
    "draft": ("草稿", {"published_at": None}),
    "published": ("已发布", {"published_at__isnull": False, "withdrawn_at": None}),
    "withdrawn": ("已撤回", {"withdrawn_at__isnull": False}),
}


class NoticeFilterSet(WagtailFilterSet):
    """By which an editor looks for a notice."""

    state = ChoiceFilter(
        label="状态",
        choices=[(code, label) for code, (label, _) in STATES.items()],
        method="in_state",
    )
    scheme = ModelChoiceFilter(label="定点制度", queryset=Scheme.objects.all())
    area = ModelChoiceFilter(
        label="适用地区", queryset=Place.objects.filter(notices__isnull=False).distinct()
    )

    class Meta:
        model = Notice
        fields = ["state", "scheme", "area", "nature"]

    def in_state(self, notices, name, value):
        return notices.filter(**STATES[value][1])


class NoticeIndexView(DocumentIndexView):
    """All notices, the latest first."""

    page_title = "通知"

    def get_base_queryset(self):
        return super().get_base_queryset().defer("text", "warnings")


class NoticeViewSet(DocumentViewSet):
    """Notices."""

    model = Notice
    name = "notice"
    url_prefix = "notices"
    menu_label = "通知"
    add_label = "录入通知"
    index_view_class = NoticeIndexView
    filterset_class = NoticeFilterSet
    related = ("issuer", "scheme", "area", "replaced_by")
    list_display = [
        "title",
        StatusTagColumn("state", label="状态", accessor=state_of, primary=is_published),
        Column(
            "issuer", label="发文机关", accessor=lambda row: row.issuer or row.issuer_as_printed
        ),
        "doc_number",
        Column("scheme", label="定点制度"),
        Column(
            "issued_on",
            label="印发日期",
            accessor=lambda row: row.issued_on or "未载明",
            classname="desk-day",
        ),
        DateColumn("published_at", label="发布时间", classname="desk-day"),
    ]
    list_export = [
        "pk",
        "title",
        "issuer",
        "doc_number",
        "issued_on",
        "effective_on",
        "scheme",
        "area",
        "published_at",
        "withdrawn_at",
        "file_sha256",
    ]
    export_headings = {"pk": "编号"}
    export_filename = "notices"
    begin = staticmethod(intake.give_notice)
    screens = (
        ("", outcomes.open_notice, "edit"),
        ("act/", reviewing.act, "act"),
        ("rest-new/", reviewing.confirm_rest_new, "rest_new"),
        ("head/", lines.edit_head, "head"),
        ("lines/add/", lines.add_missed_line, "add_line"),
        ("lines/<int:number>/", lines.edit_line, "line"),
        ("publish/", outcomes.publish_notice, "publish"),
        ("correct/", outcomes.correct_notice, "correct"),
        ("withdraw/", outcomes.withdraw_notice, "withdraw"),
        ("discard/", outcomes.discard_draft, "delete"),
    )
