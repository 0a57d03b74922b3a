"""How a statement about a place is put into words: pages, exports, charts, figures and stories all ask here.

Pure: takes anything with the fields of `Stated`. Nothing is ever left blank, and NULL is never 0.
"""

from decimal import Decimal

UNSTATED = "未披露"
_STATUS = {
    "not_disclosed": "未披露",
    "missing": "缺数据",
    "zero_by_rule": "按规则计零",
    "not_in_universe": "不在评估范围",
}


def value_text(value, decimals=None):
    """Return a number as printed: to `decimals` places, or with no more than it needs when None."""
    if decimals is None:
        plain = format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
        return plain
    return f"{value:.{decimals}f}"


def score_words(stated, dimension=None, unit=""):
    """Return the score in words: the number with its unit, or why there is none. `stated` may be None."""
    if stated is None:
        return UNSTATED
    if stated.status not in ("disclosed", "zero_by_rule"):
        return _STATUS[stated.status]
    decimals = dimension.decimals if dimension is not None else None
    if stated.value is not None:
        words = value_text(stated.value, decimals) + unit
        return f"{words}（按规则计零）" if stated.status == "zero_by_rule" else words
    return _STATUS[stated.status] if stated.status == "zero_by_rule" else UNSTATED


def rank_words(stated):
    """Return the standing in words: 第7, 并列第3, 第1至3（次序未披露）, 前10名, 第一梯队, or why there is none."""
    if stated is None:
        return UNSTATED
    if stated.rank is not None:
        words = f"并列第{stated.rank}" if stated.tied else f"第{stated.rank}"
    elif stated.rank_from is not None:
        words = f"第{stated.rank_from}至{stated.rank_to}（次序未披露）"
    elif stated.top_n is not None:
        words = f"前{stated.top_n}名"
    elif stated.tier:
        return stated.tier
    elif stated.status == "disclosed":
        return UNSTATED
    else:
        return _STATUS[stated.status]
    return f"{words}，{stated.tier}" if stated.tier else words


def statement_words(stated, dimension=None, unit=""):
    """Return all that is stated in one phrase: 第7，得分 81.20; or why nothing is."""
    if stated is None or stated.status in ("not_disclosed", "missing", "not_in_universe"):
        return rank_words(stated)
    words = []
    if stated.status == "zero_by_rule" or stated.value is not None:
        words.append("得分 " + score_words(stated, dimension, unit))
    standing = rank_words(stated)
    if standing not in (UNSTATED, _STATUS["zero_by_rule"]):
        words.insert(0, standing)
    return "，".join(words) or UNSTATED


def status_words(status):
    """Return why a cell states nothing, in words; '' for one that states something."""
    return _STATUS.get(status, "")
