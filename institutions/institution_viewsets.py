"""The desk's screens for institutions: the list, a new one, its facts, its names over time."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import formset_factory
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from institutions.founding import found_institutions
from institutions.models import Institution, InstitutionName, Kind
from institutions.naming import set_names
from portal.editing import KeptPermissionPolicy, VersionedEditView, VersionedForm
from portal.models import Place
from portal.viewsets import NameChooserViewSet, NameListViewSet, RelatedIndexView, containing
from portal.widgets import DayInput

NAME_FIELDS = (
    "code",
    "credit_code",
    "address",
    "names__name",
    "names__key",
    "names__pinyin",
    "names__initials",
)
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
    """All institutions, found by any name they ever had, its sound or its first letters."""

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return containing(queryset, self.search_query, NAME_FIELDS)

    @property
    def header_more_buttons(self):
        return [
            *super().header_more_buttons,
            Button("名称判断", url=reverse("match:index"), icon_name="tag", priority=90),
        ]


class NewInstitutionForm(WagtailAdminModelForm):
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
    def header_more_buttons(self):
        address = reverse("institution:names", args=[self.object.pk])
        return [
            *super().header_more_buttons,
            Button("名称与曾用名", url=address, icon_name="tag", priority=5),
            Button(
                "读者看到的页面", url=self.object.get_absolute_url(), icon_name="view", priority=6
            ),
        ]


class NameForm(forms.Form):
    """One name of an institution."""

    name = forms.CharField(label="名称", max_length=200)
    kind = forms.ChoiceField(label="类型", choices=InstitutionName.Kind.choices)
    valid_from = forms.DateField(label="起", required=False, widget=DayInput)
    valid_to = forms.DateField(label="止（含当日）", required=False, widget=DayInput)
    source_words = forms.CharField(label="依据", max_length=300)

    def clean(self):
        told = super().clean()
        first, last = told.get("valid_from"), told.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "截止日不能早于起始日。")
        return told


NameFormSet = formset_factory(NameForm, extra=2, can_delete=True, max_num=60, validate_max=True)
_NAME_FIELDS = ("name", "kind", "valid_from", "valid_to", "source_words")


def edit_names(request, pk):
    """Show and take the names of one institution that the desk states; those of notices are shown beside."""
    if not InstitutionViewSet.permission_policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    institution = get_object_or_404(Institution, pk=pk)
    current = InstitutionName.objects.current().filter(institution=institution)
    own = current.filter(line=None).order_by("kind", "valid_from", "pk")
    initial = [{field: getattr(row, field) for field in _NAME_FIELDS} for row in own]
    formset = NameFormSet(request.POST or None, initial=initial)
    seen = " ".join(str(row.pk) for row in own)
    stale = request.method == "POST" and request.POST.get("seen") != seen
    if stale:
        words = "这家机构的名称在您打开之后已被他人修改，未保存。请对照下方后重新打开。"
        messages.error(request, words)
    elif (
        request.method == "POST"
        and formset.is_valid()
        and _save_names(request, institution, formset)
    ):
        return redirect("institution:edit", pk)
    context = {
        "institution": institution,
        "formset": formset,
        "seen": request.POST.get("seen", "") if stale else seen,
        "standing": own if stale else (),
        "from_notices": current.filter(line__isnull=False).select_related("line__notice"),
    }
    return render(request, "institutions/desk/names.html", context)


def _save_names(request, institution, formset):
    """State the names of a valid formset; return whether they were taken."""
    rows = [
        InstitutionName.of(
            institution, **{field: form.cleaned_data[field] for field in _NAME_FIELDS}
        )
        for form in formset
        if form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]
    try:
        changed = set_names(institution, rows, by=request.user)
    except ValueError as error:
        messages.error(request, str(error))
        return False
    if changed:
        log(institution, "wagtail.edit", user=request.user, content_changed=True)
    messages.success(request, "名称已保存。" if changed else "名称没有变化。")
    return True


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
    list_export = [
        "code",
        "name",
        "credit_code",
        "get_level_display",
        "get_ownership_display",
        "place",
        "address",
        "phone",
    ]
    export_headings = {"get_level_display": "等级", "get_ownership_display": "办医主体"}
    export_filename = "institutions"
    ordering = ["pinyin", "code"]
    search_fields = ["name"]
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
    fields_searched = NAME_FIELDS
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
