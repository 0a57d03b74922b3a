"""Which institution a typed text means: names of all times, sounds, initials, codes; and nobody who is not public."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.finding import LONGEST, MOST, bearers, find, meant
from institutions.founding import found_institutions
from institutions.merging import merge
from institutions.models import Institution, InstitutionName
from institutions.naming import set_names
from institutions.publishing import withdraw
from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
HOSPITAL = "河南（郑州）中汇心血管病医院"


def public(*names):
    """Institutions of these names, which one published notice lists."""
    rows = [an_institution(name) for name in names]
    published(a_notice(*rows, kind=KindFactory()))
    return rows


def named(institution, *names):
    """Let the institution bear these names too, as (kind, name)."""
    own = [(InstitutionName.Kind.OFFICIAL, institution.name), *names]
    rows = [
        InstitutionName.of(institution, name, kind=kind, source_words="测试") for kind, name in own
    ]
    set_names(institution, rows, by=UserFactory())


def names(text, on=None, known_at=None):
    return [found.institution.name for found in find(text, on, known_at)]


@pytest.mark.parametrize(
    "text",
    [
        HOSPITAL,
        "河南(郑州)中汇心血管病医院",
        " 河南 ( 郑州 ) 中汇心血管病医院 ",
        "henanzhengzhouzhonghuixinxueguanbingyiyuan",
    ],
)
def test_a_code_and_a_name_in_any_width_are_exact(text):
    hospital, _ = public(HOSPITAL, "郑州人民医院")
    assert hospital.code == "henanzhengzhouzhonghuixinxueguanbingyiyuan"
    bearer, choices = meant(text, date(2020, 9, 1))
    assert (bearer.institution, bearer.exact, choices) == (hospital.pk, True, [])


@pytest.mark.parametrize("kind", ["former", "alias", "short", "campus"])
def test_a_name_of_any_kind_finds_the_institution(kind):
    hospital, _ = public("郑州大学第五附属医院", "郑州人民医院")
    named(hospital, (kind, "郑大五附院"))
    assert [(row.institution, row.name, row.exact) for row in bearers("郑大五附院")] == [
        (hospital.pk, "郑大五附院", True)
    ]
    assert names("zdwfy") == ["郑州大学第五附属医院"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人民医院", ["郑州人民医院", "郑州市第一人民医院"]),
        ("郑州 医院", ["郑州人民医院", "郑州市第一人民医院"]),
        ("郑州市", ["郑州市第一人民医院"]),
        ("zhengzhou ren", ["郑州人民医院"]),
        ("ZHENGZHOU", ["郑州人民医院", "郑州市第一人民医院"]),
        ("zzs", ["郑州市第一人民医院"]),
        ("医院人民", []),
        ("郑洲人民医院", []),
        ("%", []),
        ("_", []),
        ("", []),
        (" \x00\u200b ", []),
        ("郑州人民\x00", ["郑州人民医院"]),
    ],
)
def test_names_are_offered_that_contain_the_words_or_sound_so(text, expected):
    public("郑州人民医院", "郑州市第一人民医院")
    assert names(text) == expected


def test_a_whole_name_is_decisive_beside_longer_ones():
    public("郑州人民医院", "郑州人民医院东院区分院")
    assert names("郑州人民医院") == ["郑州人民医院"]
    assert names("郑州人民") == ["郑州人民医院", "郑州人民医院东院区分院"]


def test_two_of_one_name_are_both_offered():
    first, second = public("市人民医院", "市人民医院")
    bearer, choices = meant("市人民医院", date(2020, 9, 1))
    assert bearer is None
    assert [found.institution.pk for found in choices] == [first.pk, second.pk]
    assert meant(second.code, date(2020, 9, 1))[0].institution == second.pk


def test_a_renamed_one_is_found_by_both_names_and_shown_under_that_of_the_day():
    (hospital,) = public("河南省省立医院")
    published(
        a_notice(
            {
                "institution": hospital,
                "action": "rename",
                "new_name": "河南省立新医院",
                "on": date(2021, 3, 1),
            },
            kind=KindFactory(),
        )
    )
    for text in ("河南省省立医院", "河南省立新医院"):
        assert [found.institution.name_on for found in find(text, date(2021, 2, 28))] == [
            "河南省省立医院"
        ]
        assert [found.institution.name_on for found in find(text, date(2021, 3, 1))] == [
            "河南省立新医院"
        ]


def test_a_withdrawn_name_is_found_only_as_it_was_known():
    (hospital,) = public("旧名医院")
    notice = published(
        a_notice(
            {"institution": hospital, "action": "rename", "new_name": "误传的医院"},
            kind=KindFactory(),
        )
    )
    before = timezone.now()
    withdraw(notice, by=UserFactory(), reason="误传")
    assert bearers("误传的医院") == []
    assert [row.institution for row in bearers("误传的医院", before)] == [hospital.pk]


def test_the_names_of_a_part_find_the_whole_from_the_day_of_the_merge():
    part, whole = public("郑州东区骨科医院", "郑州骨科医院")
    merge(part, whole, on=date(2023, 1, 1), source_words="批复", by=UserFactory())
    (after,) = find("郑州东区骨科医院", date(2023, 1, 1))
    assert (after.institution, after.bearer, after.is_merged) == (whole, part, True)
    (before,) = find("郑州东区骨科医院", date(2022, 12, 31))
    assert (before.institution, before.is_merged) == (part, False)
    bearer, choices = meant("骨科医院", date(2023, 1, 1))
    assert (bearer.institution, choices) == (whole.pk, [])
    assert len(meant("骨科医院", date(2022, 12, 31))[1]) == 2


def test_only_public_institutions_are_found():
    kind = KindFactory()
    hidden = an_institution("只在草稿里的医院")
    a_notice(hidden, kind=kind)
    an_institution("谁也没有写到的医院")
    public("公开的医院")
    for text in ("只在草稿里的医院", hidden.code, "医院", "zhizai", "zzcgldyy"):
        assert names(text) in ([], ["公开的医院"])
    published(a_notice(hidden, kind=kind))
    assert names(hidden.code) == ["只在草稿里的医院"], "the row must be able to leak"


def test_a_withdrawn_notice_hides_nobody():
    hospital = an_institution("撤回的医院")
    notice = published(a_notice(hospital, kind=KindFactory()))
    withdraw(notice, by=UserFactory(), reason="误传")
    assert names("撤回的医院") == ["撤回的医院"]


@pytest.mark.parametrize("count", [1, 3])
def test_finding_costs_the_same_at_any_number(count, django_assert_num_queries):
    rows = public(*[f"第{n}人民医院" for n in range(count)])
    with django_assert_num_queries(1):
        assert len(bearers("人民医院")) == count
    with django_assert_num_queries(4):
        assert len(find("人民医院")) == count
    with django_assert_num_queries(1):
        assert bearers(rows[0].code)[0].institution == rows[0].pk


def test_no_more_are_offered_than_can_be_chosen_from():
    rows = found_institutions([(f"第{n}医院", {}) for n in range(MOST + 5)], source_words="测试")
    published(a_notice(*rows, kind=KindFactory()))
    assert len(find("医院")) == MOST


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.characters(), max_size=LONGEST + 20))
def test_nothing_that_can_be_typed_fails(text):
    if not Institution.objects.exists():
        public("郑州人民医院")
    assert len(find(text, date(2020, 9, 1), timezone.now() - timedelta(days=1))) <= 1
