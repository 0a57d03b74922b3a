"""Files on disk and files uploaded hold the same; a file on disk is read as a stream, as often as one likes."""

import hashlib

import pytest

from indices.loading import file_at, uploaded_file
from portal.importing import Upload
from portal.tabular import UnreadableFile

TEXT = "城市\t得分\n\n杭州\t'-1\n郑州\t80\t\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_on_disk_holds_what_the_upload_holds(tmp_path, encoding):
    path, data = tmp_path / "得分.csv", TEXT.encode(encoding)
    path.write_bytes(data)
    (given,), (stored,) = uploaded_file(Upload("得分.csv", data)).sheets, file_at(path).sheets
    assert [list(stored.rows), list(stored.rows)] == [given.rows, given.rows]
    assert file_at(path).sha256 == hashlib.sha256(data).hexdigest()


def test_a_file_on_disk_may_be_of_any_length(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("城市,得分\n" + "杭州,1\n" * 200_001, encoding="utf-8")
    (sheet,) = file_at(path).sheets
    assert sum(1 for _ in sheet.rows) == 200_002


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的。"),
        (b"PK\x03\x04", "文件内容不是纯文本，与扩展名不符。"),
        (b"\xff\xff", "无法识别文件编码，请另存为UTF-8后再上传。"),
        (
            b"a\n=1+1\n",
            "A2是公式。请全选后复制，用“选择性粘贴—数值”粘贴，再保存上传；文字请勿以“=”开头。",
        ),
        (b'a\n"1', "文件不是完整的CSV：引号没有成对，或有一格太长。"),
    ],
)
def test_what_is_no_table_is_refused_where_it_is_met(tmp_path, content, words):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    (sheet,) = file_at(path).sheets
    with pytest.raises(UnreadableFile) as refused:
        list(sheet.rows)
    assert str(refused.value) == words


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnreadableFile) as refused:
        file_at(tmp_path / "none.csv")
    assert str(refused.value) == f"读不到文件 {tmp_path / 'none.csv'}。"
