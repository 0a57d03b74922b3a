"""The list of releases at the desk, and the addresses of all their screens."""

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import path, reverse
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.widgets.button import Button

from indices.models import Edition, Index, Release, ReleaseLine
from indices.releasing import checks, drafting, outcomes
from portal.accounts import shown_name
from portal.inspecting import RowHistoryView
from portal.viewsets import NameListViewSet, RelatedIndexView

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


def _is_published(release):
    return release.published_at is not None


class ReleaseIndexView(RelatedIndexView):
    """All releases, the latest first."""

    page_title = "数据发布"

    def get_base_queryset(self):
        lines = ReleaseLine.objects.filter(release=OuterRef("pk")).order_by().values("release")
        number = Subquery(lines.annotate(number=Count("pk")).values("number"))
        rows = super().get_base_queryset()
        return rows.annotate(rows=Coalesce(number, 0, output_field=IntegerField()))

    def get_list_more_buttons(self, instance):
        """Offer for a draft its page and its deletion, for a published one a look; for both the history."""
        published = instance.published_at is not None
        offered = [
            ("查看" if published else "核对", self.get_edit_url(instance), "edit"),
            ("历史", reverse("release:history", args=[instance.pk]), "history"),
            ("删除草稿", None if published else self.get_delete_url(instance), "bin"),
        ]
        return [
            Button(
                label,
                url=url,
                icon_name=icon,
                priority=10 * place,
                attrs={"aria-label": f"{label}“{instance}”"},
            )
            for place, (label, url, icon) in enumerate(offered, start=1)
            if url
        ]


class ReleaseHistoryView(RowHistoryView):
    """The history of a release, which leads back to its page."""

    def get_edit_url(self, instance):
        return reverse("release:edit", args=[instance.pk])


class ReleaseViewSet(NameListViewSet):
    """Releases: drafts are looked through and published, published ones are shown; none has a form of Wagtail's own."""

    model = Release
    name = "release"
    url_prefix = "indices/releases"
    icon = "doc-full"
    menu_label = "数据发布"
    add_label = "新建数据发布"
    menu_order = 10
    add_to_settings_menu = False
    add_to_reference_index = False
    index_view_class = ReleaseIndexView
    history_view_class = ReleaseHistoryView
    filterset_class = ReleaseFilterSet
    related = ("edition__index", "created_by", "replaced_by")
    ordering = ["-pk"]
    search_fields = ["edition__index__name", "edition__label", "source_words", "explanation"]
    list_display = [
        "__str__",
        StatusTagColumn("state", label="状态", accessor=state_of, primary=_is_published),
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
    form_fields = []

    def get_urlpatterns(self):
        screens = [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", drafting.begin, name="add"),
            path("history/<int:pk>/", self.history_view, name="history"),
            path("history-results/<int:pk>/", self.history_results_view, name="history_results"),
            path("usage/<int:pk>/", self.usage_view, name="usage"),
        ]
        own = [
            ("", outcomes.open_release, "edit"),
            ("head/", drafting.edit_head, "head"),
            ("checks/", checks.check_draft, "checks"),
            ("compare/", outcomes.compare, "compare"),
            ("publish/", outcomes.publish_release, "publish"),
            ("reverse/", outcomes.reverse_release, "reverse"),
            ("discard/", outcomes.discard, "delete"),
        ]
        return screens + [
            path(f"edit/<int:pk>/{tail}", view, name=name) for tail, view, name in own
        ]
