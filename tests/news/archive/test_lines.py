"""The lines of an archive."""

import io
import json
from datetime import UTC, datetime

import pytest

from news.archive.lines import MAX_LINE_BYTES, BadLine, read_archive
from news.pagetext.credits import Credit

GOOD = {
    "id": "a1",
    "title": "旧闻一则",
    "deck": "副题",
    "date": "2009-03-02",
    "section": "要闻",
    "body": "第一段。\n第二段。",
    "author": "张三、李四",
    "source": "旧报",
}


def read(*lines):
    rows = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return list(read_archive(io.BytesIO(b"\n".join(rows))))


def only(**fields):
    (item,) = read({**GOOD, **fields})
    return item


def test_a_good_line_is_a_story():
    (story,) = read(GOOD)
    assert (story.number, story.key, story.title, story.deck) == (1, "a1", "旧闻一则", "副题")
    assert (story.section, story.source) == ("要闻", "旧报")
    assert story.published_at == datetime(2009, 3, 1, 16, tzinfo=UTC)
    assert story.credits == [Credit("作者", "", "张三"), Credit("作者", "", "李四")]
    assert story.blocks == [{"type": "paragraph", "value": "<p>第一段。</p><p>第二段。</p>"}]


def test_optional_fields_may_be_absent_or_null():
    line = {name: value for name, value in GOOD.items() if name not in ("deck", "author")}
    (story,) = read({**line, "source": None})
    assert (story.deck, story.credits, story.source) == ("", [], "")


def test_a_number_is_an_id_and_a_mark_at_the_head_is_no_character():
    (story,) = read(b"\xef\xbb\xbf" + json.dumps({**GOOD, "id": 17}).encode())
    assert story.key == "17"


@pytest.mark.parametrize(
    ("date", "instant"),
    [
        ("2009-03-02 08:30", datetime(2009, 3, 2, 0, 30, tzinfo=UTC)),
        ("2009-03-02T08:30:15", datetime(2009, 3, 2, 0, 30, 15, tzinfo=UTC)),
        ("2009-03-02T08:30:15Z", datetime(2009, 3, 2, 8, 30, 15, tzinfo=UTC)),
        ("2009-03-02T08:30:15+09:00", datetime(2009, 3, 1, 23, 30, 15, tzinfo=UTC)),
    ],
)
def test_dates_are_beijing_time_unless_they_say_otherwise(date, instant):
    assert only(date=date).published_at == instant


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"id": ""}, "缺少 id"),
        ({"id": True}, "id 不是文字"),
        ({"title": None}, "缺少 title"),
        ({"title": "\u200b"}, "缺少 title"),
        ({"date": " "}, "缺少 date"),
        ({"section": ""}, "缺少 section"),
        ({"body": "\n"}, "缺少 body"),
        ({"body": "<p>&nbsp;</p>"}, "body 没有文字"),
        ({"body": ["甲"]}, "body 不是文字"),
        ({"title": "长" * 256}, "title 有 256 个字，超过 255 个"),
        ({"deck": "长" * 151}, "deck 有 151 个字，超过 150 个"),
        ({"author": "长" * 51}, f"author 中的“{'长' * 20}…”超过 50 个字"),
        ({"title": "甲\x00"}, "title 含有控制字符"),
        ({"body": "甲\ud800"}, "body 含有控制字符"),
        (
            {"date": "2009-02-30"},
            "date“2009-02-30”不是日期，应为 YYYY-MM-DD 或 YYYY-MM-DD HH:MM:SS",
        ),
        ({"date": "昨天"}, "date“昨天”不是日期，应为 YYYY-MM-DD 或 YYYY-MM-DD HH:MM:SS"),
        ({"date": "0001-01-01"}, "date“0001-01-01”早于 1815 年"),
        ({"date": "9999-12-31"}, "date“9999-12-31”还没有到"),
    ],
)
def test_a_bad_line_says_what_is_wrong(fields, reason):
    assert only(**fields) == BadLine(1, reason)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "不是有效的 JSON"),
        (b"[1]", "不是一个 JSON 对象"),
        (b"[" * 100_000, "不是有效的 JSON"),
        ("“".encode("gb18030"), "不是 UTF-8 编码"),
        (b"x" * (MAX_LINE_BYTES + 10), "超过 5 MB"),
    ],
)
def test_what_is_no_object_is_a_bad_line_and_the_next_is_read(line, reason):
    bad, story = read(line, GOOD)
    assert (bad, story.number) == (BadLine(1, reason), 2)


def test_blank_lines_count_but_say_nothing():
    assert [item.number for item in read(b"", GOOD, b"  ", {**GOOD, "id": "a2"})] == [2, 4]


def test_an_id_that_comes_again_must_say_the_same():
    first, other = read(GOOD, GOOD, {**GOOD, "title": "别的"})
    assert (first.number, other) == (1, BadLine(3, "编号“a1”在第 1 行已出现，内容不同"))
