"""Texts in data files and the bodies that they become."""

import pytest
from django.core.exceptions import ValidationError

from news.manuscripts import Attachments, body_of, read_manuscripts
from tests.factories import PictureFactory


def stored(*entries, attachments=None):
    body = body_of({"body": list(entries)}, attachments)
    return [(block["type"], block["value"]) for block in body.get_prep_value()]


def test_every_manuscript_of_a_folder_is_read_by_its_name(tmp_path):
    (tmp_path / "b.toml").write_text('headline = "乙"', encoding="utf-8")
    (tmp_path / "a.toml").write_text('headline = "甲"', encoding="utf-8")
    (tmp_path / "c.txt").write_text("丙", encoding="utf-8")
    assert list(read_manuscripts(tmp_path).items()) == [
        ("a", {"headline": "甲"}),
        ("b", {"headline": "乙"}),
    ]


def test_each_line_is_a_paragraph():
    assert stored({"type": "paragraph", "text": "\n第一段。\n\n 第<b>二</b>段。\n"}) == [
        ("paragraph", "<p>第一段。</p><p>第<b>二</b>段。</p>")
    ]


def test_a_heading_may_lack_its_kicker():
    assert stored({"type": "heading", "text": "小标题"}) == [
        ("heading", {"kicker": "", "text": "小标题"})
    ]


def test_a_table_keeps_columns_rows_and_source():
    table = {
        "type": "table",
        "caption": "表题",
        "columns": [{"type": "number", "heading": "序号"}, {"type": "text", "heading": "名称"}],
        "rows": [[1, "甲"], [2, ""]],
    }
    ((_, value),) = stored(table)
    assert (value["caption"], value["source"]) == ("表题", "")
    assert value["table"]["columns"] == table["columns"]
    assert [row["values"] for row in value["table"]["rows"]] == [[1, "甲"], [2, ""]]


@pytest.mark.django_db
def test_pictures_stand_for_their_file_names():
    picture = PictureFactory()
    entry = {"file": "a.webp", "alt": "有什么", "caption": "图说", "credit": "有据 绘"}
    words = {"alt": "有什么", "decorative": False, "caption": "图说", "credit": "有据 绘"}
    single, gallery = stored(
        {"type": "picture", **entry},
        {"type": "gallery", "pictures": [entry, entry]},
        attachments=Attachments(pictures={"a.webp": picture.pk}),
    )
    assert single == ("picture", {"picture": picture.pk, **words})
    shown = [item["value"] for item in gallery[1]["pictures"]]
    assert shown == [{"picture": picture.pk, **words}] * 2


def test_a_name_that_nothing_bears_is_an_error():
    with pytest.raises(KeyError, match=r"gone\.webp"):
        stored({"type": "picture", "file": "gone.webp"})


def test_what_the_form_would_refuse_is_refused():
    with pytest.raises(ValidationError):
        stored({"type": "heading", "text": ""})
