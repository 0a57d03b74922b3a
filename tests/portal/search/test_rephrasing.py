"""What else a reader may have meant."""

import pytest

from portal.search.language import parse
from portal.search.rephrasing import as_typed, pieces_of
from portal.search.vocabulary import Vocabulary

WORDS = Vocabulary(names=[("郑州",)], synonyms=[("停暖", "停止供暖"), ("首批", "第一批")])


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("郑州什么时候停暖", [["郑州"], ["停暖", "停止供暖"]]),
        ("郑州 数字生活 第几", [["郑州"], ["数字生活"]]),
        ("地铁一号线", [["地铁一号线", "地铁 1 号线"]]),
        ("地铁1号线", [["地铁 1 号线", "地铁一号线"]]),
        ("首批", [["首批", "第一批", "第 1 批"]]),
        ("有多少家", [["家"]]),
        ("什么时候", [["什么时候"]]),
        ('"什么时候停暖"', [["什么时候停暖"]]),
    ],
)
def test_the_pieces_of_a_question(typed, pieces):
    found = pieces_of(parse(typed), WORDS)
    assert [[str(each) for each in piece.phrases] for piece in found] == pieces


def test_as_typed_nothing_is_added():
    found = as_typed(parse('首批 "停暖"'))
    assert [(str(piece), len(piece.phrases), piece.quoted) for piece in found] == [
        ("首批", 1, False),
        ("停暖", 1, True),
    ]


def test_the_tokens_of_a_piece_are_those_of_all_its_phrases():
    (piece,) = pieces_of(parse("停暖"), WORDS)
    assert piece.tokens == {"停暖", "停止", "止供", "供暖"}
