"""The desk's screens for series, comparability and remembered place names; all of 指数 in the menu's order."""

from django.db.models import Count
from django.forms import CheckboxSelectMultiple
from django.forms.models import ModelChoiceField
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.widgets.button import Button, HeaderButton

from indices.chooser_viewsets import EditionChooserViewSet, IndexChooserViewSet
from indices.deleting import ComparabilityDeleteView, IndexDeleteView
from indices.edition_viewsets import EditionViewSet
from indices.models import Comparability, Edition, Index, PlaceJudgement
from indices.publishing import note_update
from indices.release_viewsets import ReleaseViewSet
from portal.accounts import shown_name
from portal.editing import CodedForm, DeskForm, VersionedEditView, VersionedForm
from portal.names import fold
from portal.viewsets import NameListViewSet, RelatedIndexView


class IndexEditView(VersionedEditView):
    """A series; what its public editions say of it changes with it."""

    def save_instance(self):
        saved = super().save_instance()
        if self.has_content_changes:
            for edition in Edition.objects.public().filter(index=saved):
                note_update(edition, by=self.request.user)
        return saved

    @property
    def header_buttons(self):
        added = f"{reverse('edition:add')}?index={self.object.pk}"
        listed = f"{reverse('edition:index')}?index={self.object.pk}"
        return [
            HeaderButton("新建版次", url=added, icon_name="plus"),
            HeaderButton("各版次", url=listed, icon_name="calendar-alt"),
        ]


class IndexAddView(CreateView):
    """A new series, which leads to its first edition."""

    submit_button_label = "新建，接着录入版次"
    success_message = "已新建“%(object)s”。接着录入它的一个版次。"

    def get_success_url(self):
        return f"{reverse('edition:add')}?index={self.object.pk}"


class IndexListView(RelatedIndexView):
    """All series, with how many editions each has."""

    def get_base_queryset(self):
        return super().get_base_queryset().annotate(held=Count("editions"))

    def get_list_more_buttons(self, instance):
        added = f"{reverse('edition:add')}?index={instance.pk}"
        history = reverse("index_series:history", args=[instance.pk])
        return [
            *super().get_list_more_buttons(instance),
            Button("新建版次", url=added, icon_name="plus", priority=15),
            Button("历史", url=history, icon_name="history", priority=30),
        ]


class IndexViewSet(NameListViewSet):
    """Index series."""

    model = Index
    name = "index_series"
    url_prefix = "indices/series"
    icon = "order"
    menu_label = "指数"
    menu_order = 30
    add_to_settings_menu = False
    index_view_class = IndexListView
    add_view_class = IndexAddView
    edit_view_class = IndexEditView
    delete_view_class = IndexDeleteView
    list_display = ["name", "code", Column("held", label="版次"), "is_demonstration", "position"]
    list_export = ["code", "name", "description", "url", "is_demonstration", "position"]
    export_filename = "indices"
    ordering = ["position", "code"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
            FieldPanel("description"),
            FieldPanel("compilers", widget=CheckboxSelectMultiple),
            FieldPanel("url"),
            FieldRowPanel([FieldPanel("position"), FieldPanel("is_demonstration")]),
        ],
        base_form_class=CodedForm,
    )


class ComparabilityForm(VersionedForm):
    """A declaration, whose two editions are fixed once it is made."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("earlier", "later"):
            self.fields[name].disabled = bool(self.instance.pk)
            if isinstance(self.fields[name], ModelChoiceField):
                self.fields[name].queryset = Edition.objects.select_related("index")


class _Declaring:
    """Tells the change log of both editions when a declaration is saved."""

    def save_instance(self):
        saved = super().save_instance()
        for edition in (saved.earlier, saved.later):
            note_update(edition, by=self.request.user)
        return saved


class ComparabilityAddView(_Declaring, CreateView):
    """A new declaration; the address may name the two editions."""

    submit_button_label = "声明"

    def get_initial(self):
        return {name: self.request.GET.get(name) for name in ("earlier", "later")}


class ComparabilityEditView(_Declaring, VersionedEditView):
    """How far two editions are comparable, and why."""


class ComparabilityViewSet(NameListViewSet):
    """Declarations of comparability."""

    model = Comparability
    name = "comparability"
    url_prefix = "indices/comparability"
    icon = "link"
    menu_label = "可比性"
    add_label = "声明可比性"
    menu_order = 40
    add_to_settings_menu = False
    add_view_class = ComparabilityAddView
    edit_view_class = ComparabilityEditView
    delete_view_class = ComparabilityDeleteView
    related = ("earlier__index", "later__index")
    list_display = [
        "__str__",
        Column("index", label="指数", accessor=lambda row: row.earlier.index.name),
        "reason",
    ]
    list_filter = ["extent"]
    list_export = ["earlier", "later", "get_extent_display", "reason"]
    export_headings = {"get_extent_display": "可比范围"}
    export_filename = "comparability"
    search_fields = ["earlier__index__name", "earlier__label", "later__label", "reason"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("earlier"), FieldPanel("later")]),
            FieldPanel("extent"),
            FieldPanel("reason"),
        ],
        base_form_class=ComparabilityForm,
    )


class JudgementForm(DeskForm):
    """A judgement; the same name, however it is typeset, is judged once in its series."""

    def clean(self):
        told = super().clean()
        index, name = told.get("index"), told.get("name")
        if not (index and name):
            return told
        same = PlaceJudgement.objects.filter(index=index, key=fold(name))
        if not fold(name):
            self.add_error("name", "写法不能为空。")
        elif (other := same.exclude(pk=self.instance.pk).first()) is not None:
            self.add_error("name", f"这个写法已判断为{other.place}；请改那一条。")
        return told


class _Judging:
    """Saves a judgement in the name of who makes it."""

    def save_instance(self):
        self.form.instance.by = self.request.user
        return super().save_instance()


class JudgementAddView(_Judging, CreateView):
    """A new judgement."""

    submit_button_label = "记下"


class JudgementEditView(_Judging, EditView):
    """Another judgement in place of an old one."""


class PlaceJudgementViewSet(NameListViewSet):
    """Remembered judgements on names of places."""

    model = PlaceJudgement
    name = "place_judgement"
    url_prefix = "indices/place-names"
    icon = "tag"
    menu_label = "地名判断"
    add_label = "新记一条"
    menu_order = 50
    add_to_settings_menu = False
    add_view_class = JudgementAddView
    edit_view_class = JudgementEditView
    related = ("index", "place", "by")
    list_display = [
        "name",
        Column("place", label="地方"),
        Column("index", label="指数"),
        Column("by", label="判断人", accessor=lambda row: shown_name(row.by)),
        DateColumn("at", label="判断时间"),
    ]
    list_filter = ["index"]
    list_export = ["index", "name", "place", "place.code", "at"]
    export_headings = {"place.code": "代码"}
    export_filename = "place-judgements"
    search_fields = ["name", "place__name"]
    edit_handler = ObjectList(
        [FieldPanel("index"), FieldRowPanel([FieldPanel("name"), FieldPanel("place")])],
        base_form_class=JudgementForm,
    )


# What stands under 指数 in the menu.
SCREENS = (
    ReleaseViewSet(),
    EditionViewSet(),
    IndexViewSet(),
    ComparabilityViewSet(),
    PlaceJudgementViewSet(),
)
CHOOSERS = (
    IndexChooserViewSet("index_chooser"),
    EditionChooserViewSet("edition_chooser"),
)
