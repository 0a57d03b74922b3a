"""Notes name what they dropped so that a machine can read it back."""

from hypothesis import given
from hypothesis import strategies as st

from news.pagetext.notes import Note, dropped_in, gathered


@given(st.text(min_size=1))
def test_dropped_text_is_read_back(text):
    assert dropped_in(str(Note("markup", "已去除标记", text))) == text


def test_note_without_dropped_text_names_nothing():
    assert dropped_in(str(Note("joined", "已连接：“数「字|经」济”。"))) == ""


def test_pieces_of_one_kind_are_one_note():
    assert gathered("markup", "已去除标记", ["#", "", "##"]) == [
        Note("markup", "已去除标记（2处）", "# ##")
    ]
    assert gathered("markup", "已去除标记", [""]) == []
