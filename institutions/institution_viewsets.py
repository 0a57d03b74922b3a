"""The desk's screens for institutions: the list, a new one, its facts."""

from django import forms
from django.http import FileResponse
from django.urls import path, reverse
from django.utils import timezone
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from institutions.founding import found_institutions
from institutions.models import Institution, InstitutionName, Kind
from institutions.naming_views import edit_names
from institutions.tables import COLUMNS, register_rows
from portal.editing import DeskForm, KeptPermissionPolicy, VersionedEditView, VersionedForm
from portal.models import Place
from portal.tabular import write_csv, write_xlsx
from portal.viewsets import NameChooserViewSet, NameListViewSet, RelatedIndexView

FACTS = [
    FieldRowPanel([FieldPanel("place"), FieldPanel("credit_code")]),
    FieldRowPanel([FieldPanel("level"), FieldPanel("ownership")]),
    FieldRowPanel([FieldPanel("address"), FieldPanel("phone")]),
    FieldRowPanel([FieldPanel("longitude"), FieldPanel("latitude"), FieldPanel("datum")]),
    FieldPanel("note"),
]


class InstitutionFilterSet(WagtailFilterSet):
    """By which an editor looks for institutions."""

    place = ModelChoiceFilter(
        label="所在地",
        queryset=Place.objects.filter(institutions__isnull=False).distinct(),
        method="in_place",
    )
    kind = ModelChoiceFilter(
        label="定点类别", queryset=Kind.objects.select_related("scheme"), method="ever_designated"
    )

    class Meta:
        model = Institution
        fields = ["place", "kind", "level", "ownership"]

    def in_place(self, rows, name, place):
        return rows.within(place)

    def ever_designated(self, rows, name, kind):
        return rows.filter(designations__kind=kind, designations__known_to=None).distinct()


class InstitutionIndexView(RelatedIndexView):
    """All institutions, found by any name that they bear or bore, its sound or its first letters."""

    @property
    def header_more_buttons(self):
        return [
            *super().header_more_buttons,
            Button("名称判断", url=reverse("match:index"), icon_name="tag", priority=90),
        ]

    def get_list_more_buttons(self, instance):
        more = [
            ("名称与曾用名", "names", "tag"),
            ("历史", "history", "history"),
            ("被引用", "usage", "link"),
        ]
        return [
            *super().get_list_more_buttons(instance),
            *(
                Button(
                    label,
                    url=reverse(f"institution:{view}", args=[instance.pk]),
                    icon_name=icon,
                    priority=30 + place,
                )
                for place, (label, view, icon) in enumerate(more)
            ),
        ]

    def stream_csv(self, queryset):
        """Write the columns that everyone exports and that the desk imports: a row for each period."""
        return write_csv(COLUMNS, self._rows(queryset))

    def write_xlsx_response(self, queryset):
        book = write_xlsx(COLUMNS, self._rows(queryset), sheet="机构")
        return FileResponse(book, as_attachment=True, filename=f"{self.get_filename()}.xlsx")

    def _rows(self, institutions):
        return register_rows(institutions, on=timezone.localdate())


class NewInstitutionForm(DeskForm):
    """A new institution: its first official name and where that is written, beside the facts."""

    first_name = forms.CharField(label="正式名称", max_length=200)
    name_source = forms.CharField(
        label="名称的依据",
        max_length=300,
        help_text="名称写在哪里，如“医疗机构执业许可证”或通知标题。",
    )

    def clean_first_name(self):
        name = self.cleaned_data["first_name"].strip()
        bearers = Institution.objects.filter(names__key=InstitutionName.of(None, name).key)
        if (same := bearers.first()) is not None:
            raise forms.ValidationError(
                f"已有机构用过这个名称：{same.name}（{same.code}）。若确是另一家，请在名称后加注院区或城市。"
            )
        return name


NEW_INSTITUTION = ObjectList(
    [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("first_name"), FieldPanel("name_source")])], heading="名称"
        ),
        *FACTS,
    ],
    base_form_class=NewInstitutionForm,
)


class NewInstitutionView(CreateView):
    """Makes an institution by the verb that gives it its code."""

    page_title = "新建机构"
    submit_button_label = "新建"
    success_message = "已新建“%(object)s”。它在通知中出现并发布之后，读者才看得到。"

    def save_instance(self):
        columns = {field.name for field in Institution._meta.concrete_fields}
        facts = {
            name: getattr(self.form.instance, name)
            for name in self.form._meta.fields
            if name in columns
        }
        (made,) = found_institutions(
            [(self.form.cleaned_data["first_name"], facts)],
            source_words=self.form.cleaned_data["name_source"],
        )
        log(made, "wagtail.create", content_changed=True)
        return made


class InstitutionEditView(VersionedEditView):
    """An institution's facts; its names have a screen of their own."""

    @property
    def header_buttons(self):
        shown = [("名称与曾用名", reverse("institution:names", args=[self.object.pk]), "tag")]
        if Institution.objects.public().filter(pk=self.object.pk).exists():
            shown.append(("公开页面", self.object.get_absolute_url(), "view"))
        return [HeaderButton(label, url=url, icon_name=icon) for label, url, icon in shown]


class InstitutionViewSet(NameListViewSet):
    """Institutions."""

    model = Institution
    name = "institution"
    icon = "clipboard-list"
    menu_label = "机构"
    menu_order = 20
    add_to_settings_menu = False
    permission_policy = KeptPermissionPolicy(Institution)
    index_view_class = InstitutionIndexView
    add_view_class = NewInstitutionView
    edit_view_class = InstitutionEditView
    filterset_class = InstitutionFilterSet
    related = ("place",)
    list_display = [
        "name",
        Column("place", label="所在地"),
        Column("level", label="等级", accessor="get_level_display"),
        Column("credit_code", label="统一社会信用代码"),
        Column("code", label="机构代码"),
    ]
    list_export = [column.key for column in COLUMNS]
    export_filename = "institutions"
    ordering = ["pinyin", "code"]
    edit_handler = ObjectList(FACTS, base_form_class=VersionedForm)

    def get_add_view_kwargs(self, **kwargs):
        panel = NEW_INSTITUTION.bind_to_model(Institution)
        given = {"panel": panel, "form_class": panel.get_form_class()}
        return super().get_add_view_kwargs(**kwargs) | given

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("names/<int:pk>/", edit_names, name="names"),
        ]


class InstitutionChooserViewSet(NameChooserViewSet):
    """Institutions to be chosen, found by any name, sound or first letters."""

    model = Institution
    icon = "clipboard-list"
    ordering = ("pinyin", "code")
    choose_one_text = "选择机构"
    choose_another_text = "换一家机构"
    edit_item_text = "编辑这家机构"
    more_columns = (
        Column("place", label="所在地"),
        Column("code", label="机构代码"),
    )

    def get_object_list(self):
        return Institution.objects.select_related("place")
