"""The desk's screens for schemes, kinds, remembered judgements and the derived designations."""

from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView

from institutions.chooser_viewsets import NoticeChooserViewSet
from institutions.institution_viewsets import InstitutionChooserViewSet, InstitutionViewSet
from institutions.models import Designation, Institution, Kind, Match, Scheme
from institutions.register.periods import State
from institutions.review.differing import BASES
from institutions.statement_viewsets import CoverageViewSet, MergeViewSet
from portal.accounts import shown_name
from portal.editing import CodedForm, DeskForm, ReadPermissionPolicy, VersionedEditView
from portal.inspecting import RowView
from portal.search.querying import offered
from portal.viewsets import NameListViewSet, RelatedIndexView


class SchemeViewSet(NameListViewSet):
    """Schemes."""

    model = Scheme
    name = "scheme"
    icon = "folder-open-inverse"
    menu_label = "定点制度"
    menu_order = 80
    add_to_settings_menu = False
    edit_view_class = VersionedEditView
    list_display = ["name", "authority", "code", "position"]
    list_export = ["code", "name", "authority", "description", "position"]
    export_filename = "schemes"
    ordering = ["position", "code"]
    search_fields = ["name", "code"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
            FieldPanel("authority"),
            FieldPanel("description"),
            FieldPanel("position"),
        ],
        base_form_class=CodedForm,
    )


class KindViewSet(NameListViewSet):
    """Kinds of schemes."""

    model = Kind
    name = "kind"
    icon = "list-ul"
    menu_label = "定点类别"
    menu_order = 81
    add_to_settings_menu = False
    edit_view_class = VersionedEditView
    related = ("scheme",)
    list_display = ["name", "scheme", "code", "position"]
    list_filter = ["scheme"]
    list_export = ["code", "name", "scheme", "printed_names", "position"]
    export_filename = "kinds"
    search_fields = ["name", "code", "printed_names", "scheme__name"]
    edit_handler = ObjectList(
        [
            FieldPanel("scheme"),
            FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
            FieldPanel("printed_names"),
            FieldPanel("position"),
        ],
        base_form_class=CodedForm,
    )


class JudgingView(CreateView):
    """Adds a judgement in the name of who makes it."""

    submit_button_label = "记下"

    def get_initial_form_instance(self):
        return Match(by=self.request.user)


class MatchViewSet(NameListViewSet):
    """Remembered judgements on printed names."""

    model = Match
    name = "match"
    icon = "tag"
    menu_label = "名称判断"
    add_label = "新记一条"
    menu_order = 60
    add_to_settings_menu = False
    add_view_class = JudgingView
    related = ("institution", "by")
    list_display = [
        "printed",
        Column("same", label="判断", accessor=lambda row: "是" if row.same else "不是"),
        Column("institution", label="机构"),
        "city",
        Column("by", label="判断人", accessor=lambda row: shown_name(row.by)),
        DateColumn("at", label="判断时间"),
    ]
    list_filter = ["same"]
    list_export = ["printed", "city", "same", "institution.name", "institution.code", "at"]
    export_headings = {"institution.name": "机构", "institution.code": "机构代码"}
    export_filename = "matches"
    search_fields = ["printed", "institution__name"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("printed"), FieldPanel("city")]),
            FieldRowPanel([FieldPanel("same"), FieldPanel("institution")]),
        ],
        base_form_class=DeskForm,
    )


_ENDS = {
    State.OPEN: "没有终止",
    State.EXPIRES: "到期",
    State.REVOKED: "取消",
    State.CONTINUED: "由后一期接续",
}


class DesignationView(RowView):
    """One derived designation, with the lines of notices that opened and closed it."""

    empty = {
        "valid_from": "未载明",
        "valid_to": "未载明",
        "closed_by": "没有",
        "known_to": "没有被取代",
    }

    def get_page_subtitle(self):
        return f"{self.object.institution}·{self.object.kind}"

    def get_basis_display_value(self):
        return BASES[self.object.basis]

    def get_state_display_value(self):
        return _ENDS[self.object.state]

    def get_opened_by_display_value(self):
        return _cited(self.object.opened_by)

    def get_closed_by_display_value(self):
        return _cited(self.object.closed_by)


def _cited(line):
    """Return a link to the notice of a line, with the line's number; None without a line."""
    if line is None:
        return None
    address = reverse("notice:edit", args=[line.notice_id])
    return format_html('<a href="{}">{}</a>，第 {} 条', address, line.notice, line.number)


def _title(line):
    return line.notice.title if line else ""


class DesignationIndexView(RelatedIndexView):
    """All designations, found by what finds their institution; an export names the notices."""

    is_searchable = True
    custom_field_preprocess = {
        name: {"csv": _title, "xlsx": _title} for name in ("opened_by", "closed_by")
    }

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        found = offered(Institution.objects.all(), self.search_query)
        return queryset.filter(institution__in=found)


class DesignationViewSet(NameListViewSet):
    """Designations as derived from published notices, current and superseded ones."""

    model = Designation
    name = "designation"
    icon = "table"
    menu_label = "定点记录"
    menu_order = 30
    add_to_settings_menu = False
    permission_policy = ReadPermissionPolicy(Designation)
    inspect_view_enabled = True
    index_view_class = DesignationIndexView
    inspect_view_class = DesignationView
    inspect_view_fields = [
        "institution",
        "kind",
        "valid_from",
        "basis",
        "valid_to",
        "state",
        "opened_by",
        "closed_by",
        "known_from",
        "known_to",
    ]
    add_to_reference_index = False
    related = ("institution", "kind__scheme", "opened_by__notice", "closed_by__notice")
    list_display = [
        "institution",
        Column("kind", label="类别"),
        Column(
            "valid_from",
            label="起始日",
            accessor=lambda row: row.valid_from or "未载明",
            classname="desk-day",
        ),
        Column("valid_to", label="截止日", classname="desk-day"),
        Column("opened_by", label="依据", accessor=lambda row: row.opened_by.notice.title),
        DateColumn("known_from", label="记入时间", classname="desk-day"),
        DateColumn("known_to", label="取代时间", classname="desk-day"),
    ]
    list_filter = ["kind"]
    list_export = [
        "institution.code",
        "institution",
        "kind",
        "valid_from",
        "valid_to",
        "opened_by",
        "closed_by",
        "known_from",
        "known_to",
    ]
    export_headings = {"institution.code": "机构代码"}
    export_filename = "designations"
    ordering = ["institution__pinyin", "kind", "valid_from", "-known_from"]
    form_fields = []


# What stands under 定点机构 in the menu.
SCREENS = (
    InstitutionViewSet(),
    DesignationViewSet(),
    CoverageViewSet(),
    MergeViewSet(),
    MatchViewSet(),
    SchemeViewSet(),
    KindViewSet(),
)
CHOOSERS = (
    InstitutionChooserViewSet("institution_chooser"),
    NoticeChooserViewSet("notice_chooser"),
)
