"""The desk's screens for places and organisations, and how a chooser finds Chinese names.

The default search takes a Chinese name for one word and finds nothing in its middle; the choosers and
lists here look for the typed words anywhere in the name.
"""

from django import forms
from django.db.models import Q
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from portal.models import Organisation, Place, PlaceName


def containing(objects, words, fields):
    """Return those of `objects` in which each of the words stands in one of the fields."""
    for word in words.split():
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        objects = objects.filter(anywhere)
    return objects.distinct()


class _ContainsFilterForm(BaseFilterForm):
    """The search box of a chooser; `fields_searched` is given by the chooser."""

    fields_searched: tuple
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
            objects = containing(objects, words, self.fields_searched)
        return objects


class NameChooserViewSet(ChooserViewSet):
    """A chooser that finds its objects by any part of the fields in `fields_searched`."""

    fields_searched: tuple

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        form = type("FilterForm", (_ContainsFilterForm,), {"fields_searched": self.fields_searched})
        searched = {"filter_form_class": form}
        self.choose_view_class = type("NameChooseView", (ChooseView,), searched)
        self.choose_results_view_class = type("NameResultsView", (ChooseResultsView,), searched)


class RelatedIndexView(IndexView):
    """A list that brings along what its columns show of other rows."""

    related = ()

    def get_base_queryset(self):
        return super().get_base_queryset().select_related(*self.related)


class NameListViewSet(ModelViewSet):
    """A list searched by any part of `search_fields`; `related` comes along."""

    index_view_class = RelatedIndexView
    related = ()
    add_to_settings_menu = True
    search_backend_name = None
    copy_view_enabled = False
    list_per_page = 50

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(related=self.related, **kwargs)


class PlaceChooserViewSet(NameChooserViewSet):
    model = Place
    icon = "site"
    fields_searched = ("name", "short_name", "names__name", "code")
    choose_one_text = "选择地方"
    choose_another_text = "换一个地方"
    edit_item_text = "编辑这个地方"


class PlaceViewSet(NameListViewSet):
    """Places."""

    model = Place
    icon = "site"
    menu_order = 210
    ordering = ["code"]
    list_display = ["name", "short_name", "code", "level", "parent"]
    list_filter = ["level"]
    list_export = ["code", "name", "short_name", "level", "parent"]
    export_filename = "places"
    related = ("parent",)
    search_fields = ["name", "short_name", "code"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("short_name")]),
        FieldRowPanel([FieldPanel("code"), FieldPanel("level")]),
        FieldPanel("parent"),
    ]


class PlaceNameViewSet(NameListViewSet):
    """Other names of places, and how sources print them."""

    model = PlaceName
    icon = "tag"
    menu_label = "地方别名"
    menu_order = 211
    list_display = ["name", "place", "kind", "source"]
    list_filter = ["kind"]
    list_export = ["name", "place", "kind", "source"]
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


VIEWSETS = [
    PlaceChooserViewSet("place_chooser"),
    PlaceViewSet(),
    PlaceNameViewSet(),
    OrganisationViewSet(),
]
