"""How the desk shows one row that is looked at and never edited, and the history of such a row.

Knows what stands where a column is empty, and that the history leads back to the row, not to a form.
"""

from django.urls import reverse
from wagtail.admin.views.generic import InspectView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import HeaderButton


class RowView(InspectView):
    """One row; `empty` gives the words for a column without a value, `labels` other headings than the model's.

    A name among the fields that is no column needs a label here and a `get_<name>_display_value`.
    """

    empty = {}
    labels = {}

    def get_field_label(self, field_name, field):
        return self.labels.get(field_name) or super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        return self.empty.get(field_name, "—") if value in (None, "") else value


class RowHistoryView(HistoryView):
    """The history of a row that has no form."""

    def get_edit_url(self, instance):
        namespace = self.history_url_name.rpartition(":")[0]
        return reverse(f"{namespace}:inspect", args=[instance.pk])

    @property
    def header_buttons(self):
        return [HeaderButton(label="查看", url=self.get_edit_url(self.object), icon_name="view")]
