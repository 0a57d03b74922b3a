"""Which of two documents answers better."""

import pytest

from portal.search.entries import Document
from portal.search.language import parse
from portal.search.rephrasing import as_typed, pieces_of
from portal.search.scoring import Scorer, Weights
from portal.search.vocabulary import Vocabulary


def score(typed, **parts):
    document = Document(**{part: (text,) for part, text in parts.items()})
    return Scorer(as_typed(parse(typed))).score(document.head, document.body)


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("数字", {"titles": "数字"}, {"leads": "数字"}),
        ("数字", {"leads": "数字"}, {"bodies": "数字"}),
        ("数字治理", {"bodies": "数字治理"}, {"bodies": "数字的治理"}),
        ("数字 治理", {"bodies": "数字，治理"}, {"bodies": f"数字{'很远' * 90}治理"}),
        ("数字", {"bodies": "数字，数字"}, {"bodies": "数字"}),
    ],
)
def test_the_better_answer_scores_more(typed, better, worse):
    assert score(typed, **better) > score(typed, **worse)


def test_coverage_is_the_share_of_what_was_asked():
    assert score("数字 治理", bodies="数字")[1] == 0.5
    assert score("数字 治理", bodies="数字治理")[1] == 1
    assert score("颐和", bodies="数字") == (0, 0)


def test_rare_words_weigh_more():
    weights = Weights(100, {"郑州": 50, "颐和": 1, "地铁": 0})
    scorer = Scorer(as_typed(parse("郑州 颐和")), weights)
    assert scorer.score(" ¶¶ ", " 颐和 ") > scorer.score(" ¶¶ ", " 郑州 ")
    assert weights.of_token("地铁") == 0


def test_what_stands_nowhere_lowers_every_coverage():
    weights = Weights(100, {"郑州": 50, "火星": 0})
    scorer = Scorer(as_typed(parse("郑州 火星")), weights)
    assert scorer.score(" ¶¶ ", " 郑州 ")[1] < 0.5


def test_another_word_for_the_same_counts_a_little_less():
    vocabulary = Vocabulary(synonyms=[("停暖", "停止供暖")])
    scorer = Scorer(pieces_of(parse("停暖"), vocabulary))
    typed, other = scorer.score(" ¶¶ ", " 停暖 "), scorer.score(" ¶¶ ", " 停止供暖 ")
    assert typed > other > (0.5, 0.8)
