"""The index finds whatever the rules would call similar, and never reads through a crowd."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from institutions.matching.anatomy import anatomy
from institutions.matching.comparing import may_be_one
from institutions.matching.index import CROWD, NameIndex, Postings
from portal.names import fold
from tests.institutions.matching.naming import CODE, ZHENGZHOU, known

PARTS = st.lists(
    st.sampled_from(
        re.findall(
            r"\S+",
            "郑州 郑州市 金水区 云泽 海川示例康 仁 济 际 第一 三 大学 附属 人民 人名 中医院 医院 诊所 大药房 黄河路店 有限公司 （ ）",
        )
    ),
    min_size=1,
    max_size=7,
).map("".join)


@settings(deadline=None)
@given(PARTS, PARTS, st.integers(0, 12), st.sampled_from(["", "济", "际", "市"]))
def test_every_name_that_may_be_one_is_found(first, second, at, slip):
    for name, printed in ((first, second), (first, first[:at] + slip + first[at + 1 :])):
        asked = anatomy(fold(printed))
        one = known(name)
        if may_be_one(asked, anatomy(fold(name)), ZHENGZHOU):
            assert NameIndex([one]).similar(asked) == [one]


def test_rows_of_a_key_come_in_order_and_a_crowd_does_not_come():
    pairs = [("few", 3), ("few", 1), *(("many", row) for row in range(CROWD + 1))]
    postings = Postings(pairs)
    assert [postings.rows(key) for key in ("few", "many", "none")] == [[1, 3], None, []]


def test_in_a_crowd_of_one_own_name_the_place_leads_to_it():
    cities = ["洛阳市", "开封市", "新乡市", "安阳市"]
    names = [
        known(f"{city}云泽医院{'有限公司' * n}", f"{city}{n:02}")
        for city in cities
        for n in range(20)
    ]
    found = NameIndex(names).similar(anatomy("洛阳云泽医院"))
    assert {name.institution[:3] for name in found} == {"洛阳市"}
    assert len(found) == 20


def test_who_holds_a_code_and_who_bears_a_name():
    names = [
        known("云泽医院", "b", code=CODE),
        known("海川医院", "b", code=CODE),
        known("云泽医院"),
    ]
    index = NameIndex(names)
    assert index.holding(fold(CODE)) == ["b"]
    assert [name.institution for name in index.bearing("云泽医院")] == ["a", "b"]
    assert (index.holding(""), index.bearing("")) == ([], [])
