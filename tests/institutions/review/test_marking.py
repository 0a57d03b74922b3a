"""Marking a text: the pieces are the text, and each character is marked as its spans say."""

from hypothesis import given
from hypothesis import strategies as st

from institutions.models import NoticeLine
from institutions.review.marking import Piece, name_span, pieces

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6)


def test_names_and_warnings_may_overlap():
    assert pieces("甲医院、乙医院电话", [(0, 3), (4, 7)], [(6, 9)]) == [
        Piece("甲医院", 0, None, True, False),
        Piece("、"),
        Piece("乙医", 1, None, True, False),
        Piece("院", 1, 0, False, True),
        Piece("电话", None, 0),
    ]


@given(text=st.text(min_size=30, max_size=30), names=SPANS, warnings=SPANS)
def test_the_pieces_are_the_text(text, names, warnings):
    found = pieces(text, names, warnings)
    assert "".join(piece.text for piece in found) == text
    place = 0
    for piece in found:
        for number, spans in ((piece.line, names), (piece.warning, warnings)):
            if number is not None:
                begin, end = spans[number]
                assert begin <= place < place + len(piece.text) <= end
        place += len(piece.text)
    marked = {number for begin, end in names if begin < end for number in range(begin, end)}
    assert sum(len(p.text) for p in found if p.line is not None) == len(marked)


def test_a_window_shows_its_part():
    found = pieces("甲医院、乙医院", [(0, 3), (4, 7)], [], start=2, end=6)
    assert [(piece.text, piece.line, piece.starts) for piece in found] == [
        ("院", 0, False),
        ("、", None, False),
        ("乙医", 1, True),
    ]


def test_a_name_is_marked_inside_its_line_and_a_torn_one_wholly():
    text = "1. 甲医院（三甲）乙医\n院"
    whole = NoticeLine(name="甲医院", start=0, end=10)
    torn = NoticeLine(name="乙医院", start=10, end=14)
    assert (name_span(text, whole), name_span(text, torn)) == ((3, 6), (10, 14))
    assert name_span(text, NoticeLine(name="丙医院")) == (0, 0)
