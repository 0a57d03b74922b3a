"""Share cards: their size, their words, their names, and what they do with what cannot be set."""

import io

import pytest
from django.core.cache import cache
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from portal import sharecards
from portal.sharecards import card_digest, share_card

CARD = {
    "title": "郑州数字治理总体位次第7，数字生活服务第4",
    "kicker": "2020年百城数字治理指数",
    "figure": "第7位",
    "figure_label": "100个城市中",
    "rows": (("1", "深圳", "87.35"), ("2", "杭州", "86.10")),
    "source": "《报告》",
    "site": "有据",
}
SEAL, PAPER = (164, 32, 28), (251, 250, 245)


def picture(**words):
    return Image.open(io.BytesIO(share_card(**words))).convert("RGB")


def ink(image, box):
    """Return how much of a part of the card is not paper, in pixels."""
    return sum(count for count, colour in image.crop(box).getcolors(2**20) if colour != PAPER)


def test_a_card_is_a_small_png_of_the_size_that_sites_show():
    content = share_card(**CARD)
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size, len(content) < 60_000) == ("PNG", (1200, 630), True)


def test_equal_words_are_one_card_drawn_once(monkeypatch):
    cache.clear()
    drawn = []
    draw = sharecards._drawn
    monkeypatch.setattr(sharecards, "_drawn", lambda words: drawn.append(words) or draw(words))
    assert share_card(**CARD) == share_card(**CARD)
    assert len(drawn) == 1


@pytest.mark.parametrize("field", sorted(CARD))
def test_every_word_is_on_the_card(field):
    other = {**CARD, field: (("1", "广州", "87.35"),) if field == "rows" else "另一句"}
    assert card_digest(**other) != card_digest(**CARD)
    assert share_card(**other) != share_card(**CARD)


def test_another_layout_has_another_digest(monkeypatch):
    before = card_digest(**CARD)
    monkeypatch.setattr(sharecards, "_LAYOUT", sharecards._LAYOUT + 1)
    assert card_digest(**CARD) != before


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("郑州第七", ("郑州第七",)),
        (CARD["title"], ("郑州数字治理总体位次第7，", "数字生活服务第4")),
    ],
)
def test_a_title_breaks_between_clauses(title, lines):
    assert sharecards._title_lines(title, 68) == lines


@pytest.mark.parametrize(
    "words",
    [
        "很长的题目，" * 40,
        "W" * 300,
        "😀龘العربية",
        "<script>]]>\x00\x1b\u202e\ud800",
        "",
        "\n\n",
    ],
)
def test_nothing_runs_over_the_edges(words):
    rows = ((words, words, words),) * 5
    image = picture(
        title=words,
        kicker=words,
        figure=words,
        figure_label=words,
        rows=rows,
        source=words,
        site=words,
    )
    margins = [(0, 15, 66, 630), (1134, 15, 1200, 630), (0, 602, 1200, 630)]
    assert [ink(image, box) for box in margins] == [0, 0, 0]


def test_a_character_that_the_font_lacks_is_seen():
    place = (60, 130, 1140, 560)
    assert ink(picture(title="😀"), place) > ink(picture(title=""), place)


def test_a_title_that_has_the_card_to_itself_stands_larger():
    alone, over_rows = picture(title="郑州第七"), picture(title="郑州第七", rows=(("甲", "9"),))
    line = (60, 130, 1140, 220)
    assert ink(alone, (60, 130, 1140, 560)) > 1.5 * ink(over_rows, line)
    assert ink(alone, (60, 260, 1140, 460)) == ink(alone, (60, 130, 1140, 560))


def test_the_figure_stands_in_the_colour_of_the_seal():
    image = picture(title="郑州", figure="第7位")
    colours = {colour: count for count, colour in image.crop((60, 240, 1140, 600)).getcolors(2**20)}
    assert colours[SEAL] > 1000


@pytest.mark.parametrize("rows", [(("1",),), (("1", "2", "3", "4"),), (("1", "2"),) * 6])
def test_no_card_of_such_rows(rows):
    with pytest.raises(ValueError, match="rows"):
        share_card(title="郑州", rows=rows)


@given(
    st.text(max_size=60), st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=5)
)
@settings(max_examples=15, deadline=None)
def test_any_words_make_a_card(words, rows):
    assert picture(title=words, figure=words, rows=rows, source=words).size == (1200, 630)
