"""The list of releases at the desk, and the addresses of all their screens."""

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn

from indices.models import Edition, Index, Release, ReleaseLine
from indices.releasing import checks, drafting, outcomes
from portal.accounts import shown_name
from portal.documentscreens import DocumentIndexView, DocumentViewSet, is_published
from portal.inspecting import RowHistoryView

STATES = {
    "draft": ("草稿", {"published_at": None}),
    "published": ("已发布", {"published_at__isnull": False, "replaced_by": None}),
    "reversed": ("已撤销", {"replaced_by__isnull": False}),
}


class ReleaseFilterSet(WagtailFilterSet):
    """By which an editor looks for a release."""

    state = ChoiceFilter(
        label="状态",
        choices=[(code, label) for code, (label, _) in STATES.items()],
        method="in_state",
    )
    index = ModelChoiceFilter(
        label="指数", queryset=Index.objects.all(), field_name="edition__index"
    )
    edition = ModelChoiceFilter(
        label="版次", queryset=Edition.objects.select_related("index").defer("method")
    )

    class Meta:
        model = Release
        fields = ["state", "index", "edition", "nature"]

    def in_state(self, releases, name, value):
        return releases.filter(**STATES[value][1])


def state_of(release):
    """Return the state of a release in words: 草稿, 已发布 or 已撤销."""
    if release.published_at is None:
        return "草稿"
    return "已撤销" if hasattr(release, "replaced_by") else "已发布"


class ReleaseIndexView(DocumentIndexView):
    """All releases, the latest first."""

    page_title = "数据发布"

    def get_base_queryset(self):
        lines = ReleaseLine.objects.filter(release=OuterRef("pk")).order_by().values("release")
        number = Subquery(lines.annotate(number=Count("pk")).values("number"))
        rows = super().get_base_queryset()
        return rows.annotate(rows=Coalesce(number, 0, output_field=IntegerField()))


class ReleaseHistoryView(RowHistoryView):
    """The history of a release, which leads back to its page."""

    def get_edit_url(self, instance):
        return reverse("release:edit", args=[instance.pk])


class ReleaseViewSet(DocumentViewSet):
    """Releases."""

    model = Release
    name = "release"
    url_prefix = "indices/releases"
    menu_label = "数据发布"
    add_label = "新建数据发布"
    index_view_class = ReleaseIndexView
    history_view_class = ReleaseHistoryView
    filterset_class = ReleaseFilterSet
    related = ("edition__index", "created_by", "replaced_by")
    search_fields = ["edition__index__name", "edition__label", "source_words", "explanation"]
    list_display = [
        "__str__",
        StatusTagColumn("state", label="状态", accessor=state_of, primary=is_published),
        Column("rows", label="行"),
        Column("by", label="起草人", accessor=lambda row: shown_name(row.created_by)),
        DateColumn("published_at", label="发布时间", classname="desk-day"),
    ]
    list_export = [
        "pk",
        "edition",
        "get_nature_display",
        "rows",
        "source_words",
        "explanation",
        "published_at",
        "file_sha256",
    ]
    export_headings = {"pk": "编号", "get_nature_display": "性质", "rows": "行"}
    export_filename = "releases"
    begin = staticmethod(drafting.begin)
    screens = (
        ("", outcomes.open_release, "edit"),
        ("head/", drafting.edit_head, "head"),
        ("checks/", checks.check_draft, "checks"),
        ("compare/", outcomes.compare, "compare"),
        ("publish/", outcomes.publish_release, "publish"),
        ("reverse/", outcomes.reverse_release, "reverse"),
        ("discard/", outcomes.discard, "delete"),
    )
