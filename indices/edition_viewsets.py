"""The desk's screens for editions: the list, the form with its publishers, ways on to dimensions and data."""

from django import forms
from django.urls import path, reverse
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.widgets.button import Button, HeaderButton

from indices.chooser_viewsets import edition_state, with_publicity
from indices.deleting import EditionDeleteView
from indices.dimension_views import edit_dimensions
from indices.editions import preceding
from indices.models import Comparability, Edition, Index
from indices.publishing import note_update
from indices.releasing.checks import check_standing
from portal.editing import CodedForm, VersionedEditView
from portal.viewsets import NameListViewSet, RelatedIndexView

# What a new edition takes over from the one before it, as a proposal.
_ALIKE = ("place_level", "unit", "rank_method")


class EditionForm(CodedForm):
    """An edition; its series and code are fixed once it is made, and an empty code becomes the year."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["index"].disabled = bool(self.instance.pk)
        self.fields["code"].required = False
        if not self.instance.pk:
            self.fields["code"].help_text = "网址中使用，留空即用年份；定下后不能再改。"

    def clean_code(self):
        return self.cleaned_data["code"] or str(self.data.get("year", "")).strip()

    def clean(self):
        told = super().clean()
        chosen = [
            row.cleaned_data.get("organisation")
            for row in self.formsets["publishers"].forms
            if row.is_valid() and not row.cleaned_data.get("DELETE")
        ]
        named = [one for one in chosen if one is not None]
        if len(named) != len(set(named)):
            self.add_error(None, "同一个发布机构填了两次。")
        return told


FORM = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("index"), FieldPanel("label")]),
                FieldRowPanel([FieldPanel("year"), FieldPanel("code")]),
                FieldRowPanel([FieldPanel("reference_year"), FieldPanel("released_on")]),
                FieldPanel("title"),
            ],
            heading="版次",
        ),
        InlinePanel(
            "publishers",
            panels=[FieldPanel("organisation")],
            heading="发布机构（照报告的顺序）",
            label="发布机构",
        ),
        MultiFieldPanel(
            [
                FieldPanel("universe"),
                FieldRowPanel([FieldPanel("universe_size"), FieldPanel("place_level")]),
            ],
            heading="评估对象",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("unit"), FieldPanel("rank_method")]),
                FieldPanel("method", widget=forms.Textarea(attrs={"rows": 4})),
            ],
            heading="方法",
        ),
        MultiFieldPanel(
            [
                FieldPanel("source_words", widget=forms.Textarea(attrs={"rows": 2})),
                FieldPanel("url"),
                FieldPanel("embargoed_until"),
            ],
            heading="来源",
        ),
    ],
    base_form_class=EditionForm,
)


class EditionAddView(CreateView):
    """A new edition, which leads to its dimensions; the address may name the series."""

    submit_button_label = "新建，接着填维度"
    success_message = "已新建“%(object)s”。接着填它的维度。"

    def get_initial_form_instance(self):
        asked = self.request.GET.get("index", "")
        known = asked.isascii() and asked.isdigit() and len(asked) <= 9
        index = Index.objects.filter(pk=asked).first() if known else None
        if index is None:
            return Edition()
        last = index.editions.first()
        alike = {name: getattr(last, name) for name in _ALIKE} if last else {}
        return Edition(index=index, **alike)

    def get_success_url(self):
        return reverse("edition:dimensions", args=[self.object.pk])

    def get_success_buttons(self):
        return []


class EditionEditView(VersionedEditView):
    """What is said of an edition beside its scores."""

    def save_instance(self):
        saved = super().save_instance()
        if self.has_content_changes:
            note_update(saved, by=self.request.user)
        return saved

    @property
    def header_buttons(self):
        edition = self.object
        shown = [
            ("填表", reverse("indices_grid", args=[edition.pk]), "table"),
            ("维度", reverse("edition:dimensions", args=[edition.pk]), "list-ul"),
            ("数据发布", f"{reverse('release:index')}?edition={edition.pk}", "doc-full"),
            ("位次核对", reverse("edition:checks", args=[edition.pk]), "tasks"),
        ]
        if address := self._comparability():
            shown.append(("与上一版的可比性", address, "link"))
        if Edition.objects.public().filter(pk=edition.pk).exists():
            shown.append(("公开页面", edition.get_absolute_url(), "view"))
        return [
            HeaderButton(label, url=url, icon_name=icon, priority=place)
            for place, (label, url, icon) in enumerate(shown)
        ]

    def _comparability(self):
        before = preceding(self.object)
        if before is None:
            return None
        declared = Comparability.objects.among([before, self.object]).first()
        if declared is not None:
            return reverse("comparability:edit", args=[declared.pk])
        return f"{reverse('comparability:add')}?earlier={before.pk}&later={self.object.pk}"


class EditionFilterSet(WagtailFilterSet):
    """By which an editor looks for an edition."""

    index = ModelChoiceFilter(label="指数", queryset=Index.objects.all())

    class Meta:
        model = Edition
        fields = ["index"]


class EditionListView(RelatedIndexView):
    """All editions, the newest of each series first."""

    def get_base_queryset(self):
        return with_publicity(super().get_base_queryset().defer("method"))

    def get_list_more_buttons(self, instance):
        more = [
            ("填表", reverse("indices_grid", args=[instance.pk]), "table"),
            ("维度", reverse("edition:dimensions", args=[instance.pk]), "list-ul"),
            ("数据发布", f"{reverse('release:index')}?edition={instance.pk}", "doc-full"),
            ("位次核对", reverse("edition:checks", args=[instance.pk]), "tasks"),
            ("历史", reverse("edition:history", args=[instance.pk]), "history"),
        ]
        return [
            *super().get_list_more_buttons(instance),
            *(
                Button(label, url=url, icon_name=icon, priority=30 + place)
                for place, (label, url, icon) in enumerate(more)
            ),
        ]


def _is_public(edition):
    return edition.is_public


class EditionViewSet(NameListViewSet):
    """Editions."""

    model = Edition
    name = "edition"
    url_prefix = "indices/editions"
    icon = "calendar-alt"
    menu_label = "版次"
    menu_order = 20
    add_to_settings_menu = False
    index_view_class = EditionListView
    add_view_class = EditionAddView
    edit_view_class = EditionEditView
    delete_view_class = EditionDeleteView
    filterset_class = EditionFilterSet
    related = ("index",)
    list_display = [
        "__str__",
        StatusTagColumn("state", label="状态", accessor=edition_state, primary=_is_public),
        "title",
        Column(
            "released_on",
            label="发布日期",
            accessor=lambda row: row.released_on or "未载明",
            classname="desk-day",
        ),
        Column(
            "universe_size", label="评估对象", accessor=lambda row: row.universe_size or "未载明"
        ),
    ]
    list_export = [
        "index",
        "code",
        "label",
        "year",
        "reference_year",
        "released_on",
        "title",
        "universe",
        "universe_size",
        "source_words",
        "url",
    ]
    export_filename = "editions"
    ordering = Edition._meta.ordering
    edit_handler = FORM

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("dimensions/<int:pk>/", edit_dimensions, name="dimensions"),
            path("checks/<int:pk>/", check_standing, name="checks"),
        ]
