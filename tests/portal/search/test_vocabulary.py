"""Synonyms and names: who means the same, where known words stand, how names sound; the site's sources."""

import pytest

from portal.search import vocabulary
from portal.search.vocabulary import Sound, Vocabulary, current, name_keys, register, sound_of

WORDS = Vocabulary(
    names=[("郑州市", "郑州"), ("郑州颐和医院",), ("郑州大学第五附属医院", "郑大五附院")],
    synonyms=[("停暖", "停止供暖"), ("人工智能", "AI")],
)


def test_words_of_a_group_mean_the_same():
    assert WORDS.others("停暖") == ["停止供暖"]
    assert WORDS.others("郑大五附院") == ["郑州大学第五附属医院"]
    assert WORDS.others("供暖") == []


def test_only_names_are_suggested():
    assert WORDS.names == ["郑州市", "郑州", "郑州颐和医院", "郑州大学第五附属医院", "郑大五附院"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("郑州停暖", [("郑州", True), ("停暖", True)]),
        ("郑州颐和医院在哪", [("郑州颐和医院", True), ("在哪", False)]),
        ("今天停暖了", [("今天", False), ("停暖", True), ("了", False)]),
        ("ai 产业", [("ai", True), ("产业", False)]),
        ("air 产业", [("air 产业", False)]),
        ("", []),
    ],
)
def test_a_text_is_cut_at_known_words(text, parts):
    assert WORDS.cut(text) == parts


def test_how_a_name_sounds():
    assert sound_of("郑州颐和医院") == Sound("zhengzhouyiheyiyuan", "zzyhyy")
    assert sound_of("重庆") == Sound("chongqing", "cq")


def test_a_name_is_found_by_the_sound_of_its_parts():
    assert name_keys("颐和医院") == (
        "yihe yh yiheyi yhy yiheyiyuan yhyy heyi hy heyiyuan hyy yiyuan yy"
    )
    assert {"zhengzhou", "zz", "zzyh"} <= set(name_keys("郑州颐和医院").split())
    assert name_keys("", "") == ""


class Held:
    """A source whose groups can be changed."""

    def __init__(self, *groups, names=True):
        self.held, self.names, self.asked = list(groups), names, 0

    def stamp(self):
        return len(self.held)

    def groups(self):
        self.asked += 1
        return self.held


def test_the_sites_vocabulary_follows_its_sources(monkeypatch):
    monkeypatch.setattr(vocabulary, "_sources", [])
    monkeypatch.setattr(vocabulary, "_current", {"stamps": None, "vocabulary": Vocabulary()})
    names, synonyms = Held(("郑州",)), Held(("停暖", "停止供暖"), names=False)
    register(names)
    register(synonyms)
    assert current().names == ["郑州"]
    assert current().others("停暖") == ["停止供暖"]
    assert (names.asked, synonyms.asked) == (1, 1)
    names.held.append(("开封",))
    assert current().names == ["郑州", "开封"]
