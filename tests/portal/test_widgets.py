import pytest
from django.db import models
from wagtail.admin.forms.models import formfield_for_dbfield

from portal.widgets import DayInput, InstantInput


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2020年8月19日", "2020-8-19"),
        (" 2020年08月19 ", "2020-08-19"),
        ("2020-08-19", "2020-08-19"),
        ("8月19日", "8月19日"),
        ("昨天", "昨天"),
        ("", ""),
    ],
)
def test_a_day_is_read_as_it_is_written(typed, read):
    assert DayInput().value_from_datadict({"day": typed}, {}, "day") == read


def test_a_day_that_was_not_asked_for_is_empty():
    assert DayInput().value_from_datadict({}, {}, "day") == ""


@pytest.mark.parametrize(
    ("field", "widget"),
    [(models.DateField(), DayInput), (models.DateTimeField(), InstantInput)],
)
def test_the_desk_never_replaces_what_was_typed(field, widget):
    used = formfield_for_dbfield(field).widget
    assert (type(used), used.get_config()["validateOnBlur"]) == (widget, False)
