"""Blocks of stories that point at records: each stores a key, and what it shows is asked when it is shown.

Knows how the records of one type that a story points at come in one query, and how the blocks of one type in
a story ask together. Hides nothing of what is asked: that is each floor's matter.
"""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from wagtail import blocks

from portal.choosers import PlaceChooser


class RecordBlock(blocks.ChooserBlock):
    """One record, by its key. `model` names it, `deferred` the wide columns that no story needs."""

    model: str
    chooser: type
    deferred = ()

    @cached_property
    def target_model(self):
        return self.model

    @cached_property
    def widget(self):
        return self.chooser()

    def bulk_to_python(self, values):
        rows = self.model_class.objects.defer(*self.deferred).in_bulk(
            {value for value in values if value is not None}
        )
        return [rows.get(value) for value in values]


class PlaceBlock(RecordBlock):
    model = "portal.Place"
    chooser = PlaceChooser


class SelectBlock(RecordBlock):
    """One record of a few, chosen from a list that drops down."""

    @cached_property
    def widget(self):
        return forms.Select()

    def get_form_state(self, value):
        return getattr(value, "pk", value)

    def value_from_form(self, value):
        # A list that drops down posts an empty string where nothing is chosen.
        return super().value_from_form(value or None)


@dataclass
class _Batch:
    """The values of one stream that ask together."""

    values: list
    ask: object

    @cached_property
    def answers(self):
        return self.ask(self.values)


class AskingBlock(blocks.StructBlock):
    """A block whose values of one stream ask together, the first time one of them is shown."""

    def bulk_to_python(self, values):
        made = super().bulk_to_python(values)
        batch = _Batch(made, self.ask)
        for number, value in enumerate(made):
            value.asked = (batch, number)
        return made

    def ask(self, values):
        """Return what each of `values` shows, None where nothing public is there; a constant number of queries."""
        raise NotImplementedError

    def get_context(self, value, parent_context=None):
        batch, number = getattr(value, "asked", None) or (_Batch([value], self.ask), 0)
        return {**super().get_context(value, parent_context), "shown": batch.answers[number]}
