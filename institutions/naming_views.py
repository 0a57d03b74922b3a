"""The desk's screen for the names of one institution over time, as the desk states them."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import formset_factory
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.log_actions import log

from institutions.models import Institution, InstitutionName
from institutions.naming import set_names
from portal.editing import KeptPermissionPolicy
from portal.widgets import DayInput

_policy = KeptPermissionPolicy(Institution)


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


NameFormSet = formset_factory(
    NameForm, extra=2, can_delete=True, can_delete_extra=False, max_num=60, validate_max=True
)
_NAME_FIELDS = ("name", "kind", "valid_from", "valid_to", "source_words")


def edit_names(request, pk):
    """Show and take the names of one institution that the desk states; those of notices are shown beside."""
    if not _policy.user_has_permission(request.user, "change"):
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
        "header_title": "名称与曾用名",
        "header_icon": "tag",
        "breadcrumbs_items": [
            {"url": reverse("institution:index"), "label": "机构"},
            {"url": reverse("institution:edit", args=[pk]), "label": institution.name},
            {"url": "", "label": "名称与曾用名"},
        ],
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
