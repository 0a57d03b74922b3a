"""Names offered while typing, and when nothing was found."""

import pytest

from portal.search.language import parse
from portal.search.suggesting import alike, completions
from portal.search.vocabulary import Vocabulary

WORDS = Vocabulary(
    names=[
        ("郑州市", "郑州"),
        ("郑州颐和医院",),
        ("河南（郑州）中汇心血管病医院",),
        ("开封市", "开封"),
    ],
    synonyms=[("停暖", "停止供暖")],
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("郑州", ["郑州", "郑州市", "郑州颐和医院", "河南（郑州）中汇心血管病医院"]),
        ("鄭州頤", ["郑州颐和医院"]),
        ("颐和", ["郑州颐和医院"]),
        ("zzyh", ["郑州颐和医院"]),
        ("ZhengZhou", ["郑州", "郑州市", "郑州颐和医院"]),
        ("kaif", ["开封", "开封市"]),
        ("停", []),
        ("", []),
    ],
)
def test_names_while_typing(typed, names):
    assert completions(typed, WORDS) == names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("郑洲颐和", ["郑州颐和医院"]),
        ("郑州一和医院", ["郑州颐和医院"]),
        ("开丰市", ["开封市"]),
        ("完全没有关系", []),
        ("x", []),
        ("？", []),
    ],
)
def test_names_like_what_was_typed(typed, names):
    assert alike(parse(typed), WORDS) == names
