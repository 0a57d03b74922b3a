"""Spans of days in words: no missing bound is passed over."""

from datetime import date

import pytest

from institutions.pages.spans import doubt_words, span_words

MAY, JUNE = date(2021, 5, 1), date(2021, 6, 30)


@pytest.mark.parametrize(
    ("first", "last", "words", "doubtful"),
    [
        (MAY, JUNE, "2021年5月1日至2021年6月30日", "2021年5月1日至2021年6月30日"),
        (MAY, MAY, "2021年5月1日当日", "2021年5月1日当日"),
        (MAY, None, "2021年5月1日起", "2021年5月1日起"),
        (None, JUNE, "起始日未载明，至2021年6月30日止", "2021年6月30日及以前"),
        (None, None, "起始日未载明", "全部日期"),
    ],
)
def test_words(first, last, words, doubtful):
    assert (span_words(first, last), doubt_words(first, last)) == (words, doubtful)
