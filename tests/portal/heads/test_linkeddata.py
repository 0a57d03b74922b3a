"""schema.org in a page: no text closes the block, nothing empty is said, and each node has what its type asks for."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.canonical import canonical_address
from portal.heads.linkeddata import (
    breadcrumbs,
    collection,
    data_block,
    named,
    one_line,
    organisation,
    picture,
    place_node,
    pruned,
    website,
)
from portal.models import Place, SiteIdentity

OPENING, CLOSING = '<script type="application/ld+json">', "</script>"
HOME = "http://127.0.0.1:8000/"

texts = st.text() | st.sampled_from(
    ["</script><script>alert(1)</script>", "<!--", "]]>", "&amp;", "\u2028", '"\\', "𠮷", "\x00"]
)
trees = st.recursive(
    texts | st.none() | st.integers() | st.booleans(),
    lambda parts: st.lists(parts) | st.dictionaries(texts, parts),
    max_leaves=12,
)


def inside(block):
    """The text between the tags of a block, of which there is one."""
    assert (block.startswith(OPENING), block.endswith(CLOSING)) == (True, True)
    return block[len(OPENING) : -len(CLOSING)]


class TestABlock:
    @given(texts)
    def test_no_text_leaves_it(self, text):
        within = inside(data_block([{"@type": "Thing", "name": f"名{text}", "n": [text]}]))
        assert set("<>&\u2028\u2029") & set(within) == set()
        (node,) = json.loads(within)["@graph"]
        assert node["name"] == one_line(f"名{text}")

    @pytest.mark.parametrize(
        ("words", "line"),
        [
            (" 郑州 \n 第七\u3000位 ", "郑州 第七 位"),
            ("甲\x00乙\ufffe丙", "甲 乙 丙"),
            ("𠮷\ue000", "𠮷\ue000"),
        ],
    )
    def test_its_words_stand_on_one_line(self, words, line):
        assert one_line(words) == line

    @given(trees)
    def test_nothing_empty_is_left_in_it(self, tree):
        def empties(value):
            if isinstance(value, dict):
                return [found for part in value.values() for found in empties(part)]
            if isinstance(value, list):
                return [found for part in value for found in empties(part)]
            return [value] if value in ("", None) else []

        assert empties(pruned([tree])) == []
        assert pruned(pruned([tree])) == pruned([tree])

    def test_numbers_and_truth_are_no_emptiness(self):
        said = {"@type": "Thing", "latitude": 0.0, "isAccessibleForFree": False}
        assert pruned(said) == said

    @pytest.mark.parametrize("nodes", [[], [{}], [{"@type": "Thing", "name": ""}]])
    def test_without_a_node_there_is_none(self, nodes):
        assert data_block(nodes) == ""

    def test_it_names_its_vocabulary(self):
        assert json.loads(inside(data_block([named("Person", "李娜", "/people/lina/")]))) == {
            "@context": "https://schema.org",
            "@graph": [{"@type": "Person", "name": "李娜", "url": f"{HOME}people/lina/"}],
        }


class TestNodes:
    def test_the_site_with_its_search(self):
        identity = SiteIdentity(name="有据", motto="每个数字都有出处")
        assert pruned(website(identity)) == {
            "@type": "WebSite",
            "@id": f"{HOME}#website",
            "name": "有据",
            "description": "每个数字都有出处",
            "url": HOME,
            "inLanguage": "zh-Hans",
            "publisher": pruned(organisation(identity)),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": f"{HOME}search/?q={{search_term_string}}",
                },
                "query-input": "required name=search_term_string",
            },
        }

    def test_who_runs_it_has_a_logo_with_its_size(self):
        assert organisation(SiteIdentity(name="有据"))["logo"] == picture(
            canonical_address("/static/portal/touch-icon.png"), 180, 180
        )

    def test_the_way_to_a_page_begins_at_the_front_page(self):
        steps = breadcrumbs([("指数", "/indices/")])["itemListElement"]
        assert [(one["position"], one["name"], one["item"]) for one in steps] == [
            (1, "首页", HOME),
            (2, "指数", f"{HOME}indices/"),
        ]

    @pytest.mark.parametrize("count", [1, 3])
    def test_a_list_counts_on_from_the_pages_before(self, count):
        items = [(f"第{n}篇", f"/news/{n}/") for n in range(count)]
        node = collection(name="要闻", path="/news/", items=items, first=21)
        assert [
            (one["position"], one["name"], one["url"])
            for one in node["mainEntity"]["itemListElement"]
        ] == [(21 + n, f"第{n}篇", f"{HOME}news/{n}/") for n in range(count)]

    def test_an_empty_list_is_not_said(self):
        assert "mainEntity" not in pruned(collection(name="要闻", path="/news/"))

    @pytest.mark.parametrize(
        ("level", "kind"),
        [
            ("country", "Country"),
            ("province", "AdministrativeArea"),
            ("prefecture", "City"),
            ("county", "AdministrativeArea"),
            ("zone", "Place"),
        ],
    )
    def test_a_place_is_of_its_level(self, level, kind):
        assert place_node(Place(code="x-a", name="甲", level=level))["@type"] == kind

    def test_a_place_says_its_code_and_what_it_lies_in(self):
        province = Place(code="410000", name="河南省", level="province")
        city = Place(code="410100", name="郑州市", short_name="郑州", level="prefecture")
        assert pruned(place_node(city, parent=province)) == {
            "@type": "City",
            "name": "郑州市",
            "alternateName": "郑州",
            "url": f"{HOME}places/410100/",
            "identifier": {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": "410100"},
            "containedInPlace": {"@type": "AdministrativeArea", "name": "河南省"},
        }

    def test_a_code_of_our_own_is_no_standard_one(self):
        node = pruned(place_node(Place(code="x-hnqu", name="航空港区", level="zone")))
        assert sorted(node) == ["@type", "name", "url"]
