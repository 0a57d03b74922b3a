"""The desk's screens for stories, people and topics."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length, Substr
from django.views.generic import TemplateView
from django_filters import ChoiceFilter, DateFromToRangeFilter, ModelChoiceFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page

from news.choosers import StoryChooser
from news.models import ArticlePage, Person, SectionPage, Topic
from news.report_viewsets import ErrorReportViewSet
from news.sections import sections_open_to
from portal.accounts import shown_name
from portal.search.querying import offered
from portal.viewsets import NameChooserViewSet, NameListViewSet


def with_section_titles(stories):
    """Give each of the stories its section's name as `section_title`, in the same query."""
    above = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
    section = Page.objects.filter(path=above).values("title")
    return stories.annotate(section_title=Subquery(section))


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
        return with_section_titles(super().get_base_queryset().prefetch_related("owner"))

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return offered(queryset, self.search_query)


class StoryChooserViewSet(NameChooserViewSet):
    """Stories to be chosen for the front page or as related ones, the last touched first."""

    model = ArticlePage
    icon = "edit"
    register_widget = False
    ordering = ("-latest_revision_created_at", "-pk")
    name_label = "标题"
    more_columns = (
        Column("section", label="栏目", accessor="section_title"),
        Column("state", label="状态", accessor=lambda story: "已发布" if story.live else "草稿"),
        DateColumn("latest_revision_created_at", label="修改时间"),
    )
    choose_one_text = StoryChooser.choose_one_text

    def get_object_list(self):
        return with_section_titles(ArticlePage.objects.all())


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
        Column("owner", label="作者", accessor=lambda story: shown_name(story.owner)),
    ]


class PersonChooserViewSet(NameChooserViewSet):
    model = Person
    icon = "user"
    choose_one_text = "选择人物"
    choose_another_text = "换一位"
    edit_item_text = "编辑此人"
    name_label = "姓名"
    more_columns = (
        Column("affiliation", label="单位"),
        Column("position", label="职务"),
    )
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
    panels = [FieldPanel("name"), FieldPanel("introduction"), FieldPanel("slug")]


VIEWSETS = [
    StoryViewSet(),
    StoryChooserViewSet("story_chooser"),
    PersonChooserViewSet("person_chooser"),
    PersonViewSet(),
    TopicViewSet(),
    ErrorReportViewSet(),
]
