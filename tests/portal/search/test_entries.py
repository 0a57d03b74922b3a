"""An object as a document: which field is title, lead, body or offered while typing; related ones; the day."""

from datetime import UTC, date, datetime

import pytest
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from portal.search.entries import LONGEST_BODY, Document, document_of


class Thing:
    """An object with search fields."""

    def __init__(self, fields, **values):
        self.fields = fields
        self.__dict__.update(values)

    def get_search_fields(self):
        return self.fields


class OfThings:
    """A field's value without a model behind it."""

    def get_value(self, obj):
        return getattr(obj, self.field_name)


class Searched(OfThings, SearchField):
    pass


class Offered(OfThings, AutocompleteField):
    pass


class Related(OfThings, RelatedFields):
    pass


def test_boost_and_name_make_title_lead_and_body():
    thing = Thing(
        [
            Searched("title"),
            Searched("name", boost=2),
            Searched("deck", boost=1.5),
            Searched("text"),
            Searched("parts"),
            Searched("nothing"),
            Offered("name"),
        ],
        title="主题",
        name="名称",
        deck="副题",
        text="正文",
        parts=["一", {"a": "二"}, 3],
        nothing=None,
        search_day=date(2020, 8, 19),
    )
    assert document_of(thing) == Document(
        ("主题", "名称"), ("副题",), ("正文", "一", "二", "3"), ("名称",), 737_656
    )


@pytest.mark.parametrize("related", ["one", "several", "asked"])
def test_fields_of_related_objects_count(related):
    inner = Thing([], text="有关")
    values = {"one": inner, "several": [inner, inner], "asked": lambda: inner}
    thing = Thing([Related("things", [Searched("text")])], things=values[related])
    assert document_of(thing).bodies == ("有关",) * (2 if related == "several" else 1)


def test_without_the_related_object_there_is_nothing():
    assert document_of(Thing([Related("thing", [Searched("text")])], thing=None)) == Document()


@pytest.mark.parametrize(
    ("day", "ordinal"),
    [(None, 0), (date(1, 1, 2), 2), (datetime(1, 1, 3, tzinfo=UTC), 3)],
)
def test_the_day_of_a_document(day, ordinal):
    assert document_of(Thing([], first_published_at=day)).day == ordinal


def test_the_flat_forms_of_a_document():
    document = Document(("主题",), ("副题", "摘要"), ("正文",), ("名称",))
    assert document.head == " 主题 ¶¶ 副题 ¶ 摘要 "
    assert (document.body, document.completions) == (" 正文 ", " 名称 ")


def test_what_no_database_could_hold_is_cut():
    assert len(Document(bodies=("长" * 150_000, "长" * 150_000)).body) == LONGEST_BODY
