"""The desk's screens for places, organisations and synonyms, and how its lists and choosers find names.

Of what search indexes they find what it offers for the words typed, by sound too; of the rest the rows in
which each word stands somewhere. Either way filters and the order of the list hold.
"""

import codecs
from datetime import datetime

from django import forms
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.search.index import class_is_indexed

from portal.editing import KeptCodeForm
from portal.models import Organisation, Place, PlaceName, Synonym
from portal.search.querying import offered
from portal.tabular import csv_safe


def containing(objects, words, fields):
    """Return those of `objects` in which each of the words stands in one of the fields."""
    for word in words.split():
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        objects = objects.filter(anywhere)
    return objects.distinct()


def found_at_desk(objects, words, fields):
    """Return those of `objects` that the desk finds by what is typed; `fields` count where search has no index."""
    if class_is_indexed(objects.model):
        return offered(objects, words)
    return containing(objects, words, fields)


class SpreadsheetForExcel:
    """Exports as a newsroom opens them: a CSV that Excel knows for UTF-8, in which no cell is a formula.

    Instants are the newsroom's own time to the second, and yes and no are 是 and 否.
    """

    def stream_csv(self, queryset):
        yield codecs.BOM_UTF8
        yield from super().stream_csv(queryset)

    def preprocess_field_value(self, field, value, export_format):
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, datetime):
            value = timezone.localtime(value).replace(tzinfo=None, microsecond=0)
        value = super().preprocess_field_value(field, value, export_format)
        if value is None:
            return ""
        return csv_safe(value) if export_format == self.FORMAT_CSV else value


class _ContainsFilterForm(BaseFilterForm):
    """The search box of a chooser; `fields_searched` is given by the chooser."""

    fields_searched: tuple[str, ...]
    q = forms.CharField(
        label="查找",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "输入名称中的字"}),
    )

    def filter(self, objects):
        objects = super().filter(objects)
        words = self.cleaned_data.get("q")
        if words:
            self.is_searching = True
            self.search_query = words
            objects = found_at_desk(objects, words, self.fields_searched)
        return objects


class _NameColumns:
    """The columns of a chooser's list; `name_label` and `more_columns` are given by the chooser."""

    name_label: str
    more_columns: tuple

    @property
    def columns(self):
        name, *others = super().columns
        name.label = self.name_label
        return [name, *others, *self.more_columns]


class NameChooserViewSet(ChooserViewSet):
    """A chooser that finds its objects by what search offers, or by any part of the fields in `fields_searched`.

    Its list shows `more_columns` beside the name, in `ordering`.
    """

    fields_searched: tuple[str, ...] = ()
    name_label = "名称"
    more_columns = ()
    ordering = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        form = type("FilterForm", (_ContainsFilterForm,), {"fields_searched": self.fields_searched})
        given = {
            "filter_form_class": form,
            "name_label": self.name_label,
            "more_columns": self.more_columns,
            "ordering": self.ordering,
        }
        self.choose_view_class = type("NameChooseView", (_NameColumns, ChooseView), given)
        self.choose_results_view_class = type(
            "NameResultsView", (_NameColumns, ChooseResultsView), given
        )


class RelatedIndexView(SpreadsheetForExcel, IndexView):
    """A list that brings along what its columns show of other rows."""

    related = ()
    add_item_label = "新建"

    def get_base_queryset(self):
        return super().get_base_queryset().select_related(*self.related)

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return found_at_desk(queryset, self.search_query, self.search_fields or ())


class NameListViewSet(ModelViewSet):
    """A list searched by what search offers, or by any part of `search_fields`; `related` comes along.

    `add_label` is on the button that makes a new row.
    """

    index_view_class = RelatedIndexView
    related = ()
    add_label = None
    add_to_settings_menu = True
    search_backend_name = None
    copy_view_enabled = False
    list_per_page = 50

    def get_index_view_kwargs(self, **kwargs):
        label = self.add_label or f"新建{self.model._meta.verbose_name}"
        given = {"related": self.related, "add_item_label": label}
        return super().get_index_view_kwargs(**given, **kwargs)


class PlaceChooserViewSet(NameChooserViewSet):
    model = Place
    icon = "site"
    choose_one_text = "选择地方"
    choose_another_text = "换一个地方"
    edit_item_text = "编辑这个地方"
    more_columns = (
        Column("level", label="级别", accessor="get_level_display"),
        Column("code", label="代码"),
    )


class PlaceViewSet(NameListViewSet):
    """Places."""

    model = Place
    icon = "site"
    menu_order = 210
    ordering = ["code"]
    list_display = ["name", "short_name", "code", "level", "parent"]
    list_filter = ["level"]
    list_export = ["code", "name", "short_name", "get_level_display", "parent"]
    export_headings = {"get_level_display": "级别"}
    export_filename = "places"
    related = ("parent",)
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("short_name")]),
            FieldRowPanel([FieldPanel("code"), FieldPanel("level")]),
            FieldPanel("parent"),
        ],
        base_form_class=KeptCodeForm,
    )


class PlaceNameViewSet(NameListViewSet):
    """Other names of places, and how sources print them."""

    model = PlaceName
    icon = "tag"
    menu_label = "地方别名"
    menu_order = 211
    list_display = ["name", "place", "kind", "source"]
    list_filter = ["kind"]
    list_export = ["name", "place", "get_kind_display", "source"]
    export_headings = {"get_kind_display": "类型"}
    export_filename = "place-names"
    related = ("place",)
    search_fields = ["name", "place__name"]
    panels = [
        FieldPanel("place"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("kind")]),
        FieldPanel("source"),
    ]


class OrganisationViewSet(NameListViewSet):
    """Organisations."""

    model = Organisation
    icon = "group"
    menu_order = 220
    list_display = ["name", "short_name", "code", "place"]
    list_export = ["code", "name", "short_name", "place", "url"]
    export_filename = "organisations"
    related = ("place",)
    search_fields = ["name", "short_name", "code"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("short_name")]),
        FieldRowPanel([FieldPanel("code"), FieldPanel("place")]),
        FieldPanel("url"),
    ]


class SynonymViewSet(NameListViewSet):
    """Words that search takes for each other."""

    model = Synonym
    icon = "search"
    menu_order = 230
    list_display = ["words", "note"]
    list_export = ["words", "note"]
    export_filename = "synonyms"
    ordering = ["words"]
    search_fields = ["words", "note"]
    panels = [FieldPanel("words"), FieldPanel("note")]


VIEWSETS = [
    PlaceChooserViewSet("place_chooser"),
    PlaceViewSet(),
    PlaceNameViewSet(),
    OrganisationViewSet(),
    SynonymViewSet(),
]
