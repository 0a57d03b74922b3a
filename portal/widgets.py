"""Form fields of the desk in which what an editor types stays what it is.

Wagtail's pickers replace a date that they cannot read by today's, without a word, when the cursor
leaves the field. Here it stays as typed and the form says what is wrong, or reads it: 2020年8月19日.
"""

import re

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

_CHINESE_DAY = re.compile(r"^\s*(\d{4})年(\d{1,2})月(\d{1,2})日?\s*$")


class _AsTyped:
    def get_config(self):
        return {**super().get_config(), "validateOnBlur": False}


class DayInput(_AsTyped, AdminDateInput):
    """A day, which may also be typed as it is written in Chinese."""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return _CHINESE_DAY.sub(r"\1-\2-\3", value or "")


class InstantInput(_AsTyped, AdminDateTimeInput):
    """A day and the time of it."""


def use_in_forms_of_models():
    """Make these the desk's fields for every model's dates."""
    register_form_field_override(models.DateField, override={"widget": DayInput})
    register_form_field_override(models.DateTimeField, override={"widget": InstantInput})
