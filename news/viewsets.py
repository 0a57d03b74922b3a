"""The desk's screens for stories, people, topics and readers' reports."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length, Substr
from django.urls import reverse
from django.views.generic import TemplateView
from django_filters import ChoiceFilter, DateFromToRangeFilter, ModelChoiceFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import EditView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from news.models import ArticlePage, ErrorReport, Person, SectionPage, Topic
from news.reporting import answer
from portal.references import describe
from portal.viewsets import NameChooserViewSet, NameListViewSet, containing

HEADLINE_FIELDS = ("title", "draft_title", "kicker", "deck", "display_title")


def sections_open_to(user):
    """Return the sections in which this account may begin a story, in the order of the tree."""
    return [
        section
        for section in SectionPage.objects.order_by("path")
        if section.permissions_for_user(user).can_add_subpage()
    ]


def written_by(user):
    """Return the name of an account as the desk shows it; nothing when there is none (any more)."""
    return user and (user.get_full_name() or user.get_username())


class StoryFilterSet(WagtailFilterSet):
    """By which a newsroom looks for a story."""

    live = ChoiceFilter(
        label="状态",
        choices=[("published", "已发布"), ("changed", "有未发布的修改"), ("draft", "草稿")],
        method="in_state",
    )
    section = ModelChoiceFilter(
        label="栏目", queryset=SectionPage.objects.order_by("path"), method="in_section"
    )
    topics = ModelChoiceFilter(label="专题", queryset=Topic.objects.all())
    latest_revision_created_at = DateFromToRangeFilter(
        label="修改日期", widget=DateRangePickerWidget
    )
    printed_on = DateFromToRangeFilter(label="见报日期", widget=DateRangePickerWidget)

    class Meta:
        model = ArticlePage
        fields = []

    def in_state(self, stories, name, value):
        return stories.filter(
            **{
                "published": {"live": True},
                "changed": {"live": True, "has_unpublished_changes": True},
                "draft": {"live": False},
            }[value]
        )

    def in_section(self, stories, name, section):
        return stories.child_of(section)


class StoryIndexView(IndexView):
    """All stories that this account may see at the desk, whatever their section."""

    page_title = "稿件"
    add_item_label = "写稿"

    def get_base_queryset(self):
        above = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
        section = Page.objects.filter(path=above).values("title")
        stories = super().get_base_queryset().prefetch_related("owner")
        return stories.annotate(section_title=Subquery(section))

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return containing(queryset, self.search_query, HEADLINE_FIELDS)


class ChooseSectionView(WagtailAdminTemplateMixin, TemplateView):
    """The sections in which one may begin a story, a link each."""

    template_name = "news/desk/choose_section.html"
    page_title = "写稿"
    header_icon = "edit"

    def get_context_data(self, **kwargs):
        return super().get_context_data(sections=sections_open_to(self.request.user), **kwargs)


class StoryViewSet(PageListingViewSet):
    """Stories."""

    model = ArticlePage
    name = "stories"
    icon = "edit"
    menu_label = "稿件"
    menu_order = 10
    add_to_admin_menu = True
    index_view_class = StoryIndexView
    choose_parent_view_class = ChooseSectionView
    filterset_class = StoryFilterSet
    columns = [
        *(column for column in IndexView.base_columns if column.name != "parent"),
        Column("section", label="栏目", accessor="section_title"),
        Column("owner", label="作者", accessor=lambda story: written_by(story.owner)),
    ]


class PersonChooserViewSet(NameChooserViewSet):
    model = Person
    icon = "user"
    fields_searched = ("name", "affiliation", "slug")
    choose_one_text = "选择人物"
    choose_another_text = "换一位"
    edit_item_text = "编辑此人"
    form_fields = ["name", "affiliation"]
    create_action_label = "添加人物"


class PersonViewSet(NameListViewSet):
    """People."""

    model = Person
    icon = "user"
    menu_order = 200
    list_display = ["name", "affiliation", "position", "account"]
    list_filter = ["affiliation"]
    list_export = ["name", "affiliation", "position", "slug"]
    export_filename = "people"
    related = ("account",)
    search_fields = ["name", "affiliation", "slug"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("affiliation"), FieldPanel("position")]),
        FieldPanel("introduction"),
        FieldPanel("portrait"),
        FieldPanel("account"),
        FieldPanel("slug"),
    ]


class TopicViewSet(NameListViewSet):
    """Topics."""

    model = Topic
    icon = "tag"
    menu_order = 201
    list_display = ["name", "slug"]
    list_export = ["name", "slug", "introduction"]
    export_filename = "topics"
    search_fields = ["name", "slug"]
    panels = [FieldPanel("name"), FieldPanel("introduction"), FieldPanel("slug")]


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
            kind, _, code = self.instance.reference.partition(":")
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
    list_display = ["number", "subject", "state", "created_at", "answered_by"]
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


VIEWSETS = [
    StoryViewSet(),
    PersonChooserViewSet("person_chooser"),
    PersonViewSet(),
    TopicViewSet(),
    ErrorReportViewSet(),
]
