"""The desk's screens for what is stated once: declarations of coverage, merges; and for taking them back.

A row is added by its verb, looked at, and ended by another statement with its reason. None is edited.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.widgets.button import Button, HeaderButton

from institutions import covering, merging
from institutions.models import Coverage, Merge
from portal.accounts import shown_name
from portal.editing import DeskForm, FixedPermissionPolicy
from portal.inspecting import RowHistoryView, RowView
from portal.records import AlreadyClosed
from portal.viewsets import NameListViewSet, RelatedIndexView


class ReasonForm(forms.Form):
    """Why a statement is taken back."""

    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 4}), strip=True
    )


class StatingView(CreateView):
    """Adds a row by `state(form, by)`, whose refusals become errors of the form."""

    def get_success_buttons(self):
        return []

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            self.produced_error_message = "未保存，请先改正。"
            return self.form_invalid(form)


class StatementIndexView(RelatedIndexView):
    """Rows that are looked at, each with its history."""

    def get_list_more_buttons(self, instance):
        namespace = self.index_url_name.rpartition(":")[0]
        address = reverse(f"{namespace}:history", args=[instance.pk])
        history = Button("历史", url=address, icon_name="history", priority=30)
        return [*super().get_list_more_buttons(instance), history]


class StatementView(RowView):
    """A row with the button that takes it back, while it stands."""

    end_label = ""

    def is_standing(self):
        """Return whether the row can still be taken back."""
        raise NotImplementedError

    @property
    def header_buttons(self):
        name = self.index_url_name.rpartition(":")[0]
        shown = [("历史", "history", "history")]
        if self.is_standing() and self.user_has_permission("add"):
            shown.insert(0, (self.end_label, "end", "cross"))
        return [
            HeaderButton(
                label, url=reverse(f"{name}:{view}", args=[self.object.pk]), icon_name=icon
            )
            for label, view, icon in shown
        ]


class StatementViewSet(NameListViewSet):
    """Rows that are stated once, and ended by `end(row, reason, by)`."""

    add_to_settings_menu = False
    index_view_class = StatementIndexView
    history_view_class = RowHistoryView
    inspect_view_enabled = True
    end_label = ""
    end_question = ""
    ended_words = ""

    def end(self, row, *, reason, by):
        """Take the row back."""
        raise NotImplementedError

    def end_view(self, request, pk):
        """Ask for the reason, then take the row back."""
        if not self.permission_policy.user_has_permission(request.user, "add"):
            raise PermissionDenied
        row = get_object_or_404(self.model, pk=pk)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                self.end(row, reason=form.cleaned_data["reason"], by=request.user)
            except (AlreadyClosed, ValidationError):
                messages.error(request, "这一条已不再有效，没有再次操作。")
            else:
                messages.success(request, self.ended_words)
            return redirect(self.get_url_name("index"))
        back = reverse(self.get_url_name("inspect"), args=[row.pk])
        context = {
            "form": form,
            "question": self.end_question,
            "label": self.end_label,
            "back": back,
            "header_title": f"{self.end_label}：{row}",
            "header_icon": self.icon,
            "breadcrumbs_items": [
                {"url": reverse(self.get_url_name("index")), "label": self.menu_label},
                {"url": back, "label": str(row)},
                {"url": "", "label": self.end_label},
            ],
        }
        return render(request, "institutions/desk/end_statement.html", context)

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("end/<int:pk>/", self.end_view, name="end")]


class CoverageForm(DeskForm):
    """A declaration begins on a day: without one nothing could be answered by it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        first = self.fields["valid_from"]
        first.required = True
        first.error_messages["required"] = "请填写从哪一天起收录完整。"


class CoverageStatingView(StatingView):
    page_title = "声明收录完整"
    submit_button_label = "声明"
    success_message = "已声明：%(object)s。此后在这一范围内没有列出的，答复为“否”。"

    def save_instance(self):
        told = self.form.cleaned_data
        return covering.declare(
            kind=told["kind"],
            area=told["area"],
            first=told["valid_from"],
            last=told["valid_to"],
            basis=told["basis"],
            by=self.request.user,
        )


class CoverageView(StatementView):
    end_label = "撤回声明"
    labels = {"known_from": "声明时间", "known_to": "撤回时间"}
    empty = {"valid_to": "一直保持，直到撤回", "known_to": "没有撤回"}

    def is_standing(self):
        return self.object.known_to is None

    def get_declared_by_display_value(self):
        return shown_name(self.object.declared_by)


class CoverageViewSet(StatementViewSet):
    """Declarations that the register is complete."""

    model = Coverage
    name = "coverage"
    icon = "check"
    menu_label = "收录完整声明"
    add_label = "声明收录完整"
    menu_order = 40
    permission_policy = FixedPermissionPolicy(Coverage)
    add_view_class = CoverageStatingView
    inspect_view_class = CoverageView
    inspect_view_fields = [
        "kind",
        "area",
        "valid_from",
        "valid_to",
        "basis",
        "declared_by",
        "known_from",
        "known_to",
    ]
    related = ("kind__scheme", "area", "declared_by")
    list_display = [
        "kind",
        Column("area", label="地区"),
        Column("valid_from", label="起", classname="desk-day"),
        Column("valid_to", label="止", classname="desk-day"),
        Column("state", label="状态", accessor=lambda row: "已撤回" if row.known_to else "有效"),
        Column("by", label="声明人", accessor=lambda row: shown_name(row.declared_by)),
        DateColumn("known_from", label="声明时间", classname="desk-day"),
    ]
    list_filter = ["kind"]
    list_export = ["kind", "area", "valid_from", "valid_to", "basis", "known_from", "known_to"]
    export_filename = "coverage"
    search_fields = ["basis", "area__name"]
    end_label = CoverageView.end_label
    end_question = (
        "撤回之后，这一范围内没有列出的重新答复为“无法确定”。此前的答复仍可按当时所知查到。"
    )
    ended_words = "声明已撤回。"
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("area")]),
            FieldRowPanel(
                [
                    FieldPanel("valid_from", help_text="从这一天起，全部名单都已收录。"),
                    FieldPanel("valid_to", help_text="含当日；今后一直保持完整就留空。"),
                ]
            ),
            FieldPanel("basis"),
        ],
        base_form_class=CoverageForm,
    )

    def end(self, row, *, reason, by):
        covering.withdraw(row, by=by, reason=reason)


class MergeStatingView(StatingView):
    page_title = "登记机构合并"
    submit_button_label = "登记"
    success_message = "已登记：%(object)s。旧地址从合并之日起转到合并后的机构。"

    def save_instance(self):
        told = self.form.cleaned_data
        return merging.merge(
            told["part"],
            told["whole"],
            on=told["on"],
            source_words=told["source_words"],
            by=self.request.user,
        )


class MergeView(StatementView):
    end_label = "撤销合并"
    labels = {"state": "状态"}

    def is_standing(self):
        return self.object.undoes_id is None and not hasattr(self.object, "undone_by")

    def get_state_display_value(self):
        return _state_of(self.object)

    def get_by_display_value(self):
        return shown_name(self.object.by)


def _state_of(merge):
    if merge.undoes_id:
        return "撤销前一条"
    return "已撤销" if hasattr(merge, "undone_by") else "有效"


class MergeViewSet(StatementViewSet):
    """Merges stated by editors."""

    model = Merge
    name = "merge"
    icon = "link"
    menu_label = "机构合并"
    add_label = "登记合并"
    menu_order = 50
    permission_policy = FixedPermissionPolicy(Merge)
    add_view_class = MergeStatingView
    inspect_view_class = MergeView
    inspect_view_fields = ["part", "whole", "on", "state", "source_words", "known_from", "by"]
    related = ("part", "whole", "by", "undone_by")
    list_display = [
        "part",
        Column("whole", label="并入"),
        Column("on", label="合并日期", classname="desk-day"),
        Column("state", label="状态", accessor=_state_of),
        Column("by", label="经手人", accessor=lambda row: shown_name(row.by)),
        DateColumn("known_from", label="记入时间", classname="desk-day"),
    ]
    list_export = ["part", "whole", "on", "source_words", "known_from"]
    export_filename = "merges"
    search_fields = ["part__name", "whole__name", "source_words"]
    end_label = MergeView.end_label
    end_question = "撤销之后，两家机构重新各自答复。这条记录不会删除，撤销另记一条。"
    ended_words = "合并已撤销。"
    panels = [
        FieldRowPanel([FieldPanel("part"), FieldPanel("whole")]),
        FieldPanel("on"),
        FieldPanel("source_words"),
    ]

    def end(self, row, *, reason, by):
        merging.undo(row, source_words=reason, by=by)
