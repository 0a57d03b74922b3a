"""Desk forms for rows that several editors may hold open: a save from an old version is refused and shows both.

Knows how a form carries the version that the editor saw, and says in words where nothing is chosen. The
lock itself is `portal.sources.Versioned`.
"""

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.html import format_html, format_html_join
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import EditView
from wagtail.permission_policies import ModelPermissionPolicy

from portal.sources import StaleVersion


class DeskForm(WagtailAdminModelForm):
    """A form of the desk: a list in which nothing is chosen yet says so, where Django shows dashes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = field.empty_label and "请选择"
            elif isinstance(field, forms.ChoiceField) and field.choices[:1] == BLANK_CHOICE_DASH:
                field.choices = [("", "未填写"), *field.choices[1:]]


class VersionedForm(DeskForm):
    """The form of a `Versioned` model: what is saved is checked against the version that was opened."""

    seen_version = forms.IntegerField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": "表单不完整，请重新打开后再改。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen_version"].required = True
            self.fields["seen_version"].error_messages["required"] = (
                "表单不完整，请重新打开后再改。"
            )
            self.initial["seen_version"] = self.instance.version

    def _post_clean(self):
        super()._post_clean()
        if self.instance.pk and self.cleaned_data.get("seen_version"):
            self.instance.version = self.cleaned_data["seen_version"]


class KeptCodeForm(WagtailAdminModelForm):
    """The form of a model whose code never changes once it is given."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True


class CodedForm(KeptCodeForm, VersionedForm):
    """Such a form that also refuses a save from an old version."""


def words_of(stale):
    """Return what an editor is told of a StaleVersion: that it was refused, and both versions."""
    rows = format_html_join(
        "",
        "<li>{}：您写的是“{}”，现在是“{}”</li>",
        (
            (label, *("（空）" if value in (None, "") else value for value in (mine, theirs)))
            for label, mine, theirs in stale.differences()
        ),
    )
    return format_html("{}<ul>{}</ul>", str(stale), rows) if rows else str(stale)


class VersionedEditView(EditView):
    """An edit view that refuses a save from an old version, keeps what was typed, and shows both."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except StaleVersion as stale:
            form.add_error(None, words_of(stale))
            self.produced_error_code = "stale_version"
            self.produced_error_message = "未保存：这条记录已被他人修改。"
            return self.form_invalid(form)


class KeptPermissionPolicy(ModelPermissionPolicy):
    """Rights on rows from which some acts are taken for everybody, superusers too: nobody deletes them."""

    denied = frozenset({"delete"})

    def user_has_permission(self, user, action):
        return action not in self.denied and super().user_has_permission(user, action)


class FixedPermissionPolicy(KeptPermissionPolicy):
    """Rights on rows that are stated once: they are neither changed nor deleted."""

    denied = frozenset({"change", "delete"})


class ReadPermissionPolicy(KeptPermissionPolicy):
    """Rights on rows that nobody writes at the desk."""

    denied = frozenset({"add", "change", "delete"})
