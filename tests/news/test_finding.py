"""Finding stories: every word, in words only, public stories only, any bytes."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from news.finding import find, plain_text, words_of
from tests.factories import a_draft, an_article, paragraphs


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", []),
        ("  郑州　数字\n郑州 ", ["郑州", "数字"]),
        ("GDP", ["gdp"]),
        ("a\x00b", ["a", "b"]),
        ("一 二 三 四 五 六 七 八 九", list("一二三四五六七八")),
    ],
)
def test_a_query_is_its_words(query, words):
    assert words_of(query) == words


def test_the_words_of_a_stored_block_are_without_markup_names_and_keys():
    block = {
        "type": "paragraph",
        "id": "2020",
        "value": {"text": "<p>甲<b>乙</b></p>", "rows": [{"values": ["丙", None, 3]}]},
    }
    assert plain_text(block).split() == ["甲乙", "丙"]


@pytest.mark.django_db
def test_every_word_must_stand_in_headline_summary_or_body(section):
    one = an_article(section, title="地铁开通", body=paragraphs("换乘站有九座，GDP 增长。"))
    two = an_article(section, title="地铁延长", summary="九座车站", kicker="引题词", deck="副题词")
    assert find("地铁") == [two, one]
    assert find("地铁 换乘") == [one]
    assert find("九座") == [two, one]
    assert find("gdp") == [one]
    assert find("引题词 副题词") == [two]
    assert find("换乘 延长") == []
    assert find("") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "word", ["paragraph", "data-block-key", "type", "%", "_", "value", "u6362"]
)
def test_markup_and_wildcards_are_no_words(section, word):
    an_article(section, title="地铁", body=paragraphs("换乘"))
    assert find(word) == []


@pytest.mark.django_db
def test_quotes_and_signs_are_found_as_they_stand(section):
    story = an_article(section, body=paragraphs('增长90%以上，称"百强"'))
    assert find("90%以上") == [story]
    assert find('"百强"') == [story]


@pytest.mark.django_db
def test_what_is_not_public_is_not_found(section):
    a_draft(section, title="地铁草稿")
    an_article(section, title="地铁撤下").unpublish()
    assert find("地铁") == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_finding_costs_the_same_at_any_length(section, count, django_assert_num_queries):
    for _ in range(count):
        an_article(section, title="地铁")
    with django_assert_num_queries(1):
        assert len(find("地铁")) == count


@pytest.mark.django_db
def test_the_page_answers_with_what_was_asked(home, section, client):
    story = an_article(section, title="地铁开通")
    html = client.get("/search/", {"q": "地铁 <b>"}).content.decode()
    assert "“地铁 &lt;b&gt;”：<b>0</b> 篇" in html
    html = client.get("/search/", {"q": "地铁"}).content.decode()
    assert "“地铁”：<b>1</b> 篇" in html
    assert f'href="{story.get_url()}"' in html


class AnyBytes(TestCase):
    """The search answers whatever a reader sends."""

    @given(st.text(max_size=40))
    def test_any_text(self, query):
        assert find(query) == []
        assert connection.needs_rollback is False

    @given(st.binary(max_size=40))
    def test_any_bytes(self, query):
        escaped = "".join(f"%{byte:02x}" for byte in query)
        assert self.client.get(f"/search/?q={escaped}").status_code == 200
