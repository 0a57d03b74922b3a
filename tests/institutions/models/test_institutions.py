"""Institutions: what is refused of them, what never changes, and when they are public, named and found."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from institutions.models import Institution, InstitutionName
from institutions.models.institutions import RESERVED_CODES
from institutions.naming import set_names
from institutions.publishing import withdraw
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, a_line, a_notice, an_institution, published
from tests.institutions.models.rows import saved
from tests.refusals import checks_of, constraint_refusing, execute, words_of_refusal

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SOUND = "91350100M000100Y43"
HERE = {"longitude": Decimal("113.625"), "latitude": Decimal("34.746"), "datum": "gcj02"}
ILLEGAL = {
    "institution_code_fits_addresses": [
        {"code": code} for code in ("", "A", "医院", "a_b", "a--b", "-a", "a-", *RESERVED_CODES)
    ],
    "institution_has_a_name": [{"name": ""}],
    "institution_credit_code_is_well_formed": [
        {"credit_code": SOUND[:17]},
        {"credit_code": SOUND.lower()},
        {"credit_code": SOUND[:17] + "I"},
    ],
    "institution_coordinates_are_whole": [
        {**HERE, "datum": ""},
        {**HERE, "datum": "bd09"},
        {**HERE, "longitude": None},
        {**HERE, "latitude": None},
        {"datum": "wgs84"},
        {**HERE, "longitude": Decimal("180.000001")},
        {**HERE, "latitude": Decimal("-90.000001")},
    ],
    "institution_level_is_known": [{"level": "9"}],
    "institution_ownership_is_known": [{"ownership": "x"}],
}


def an_unsaved(**fields):
    row = Institution(**{"code": "xincheng", **fields})
    row.bear("新城医院")
    for name, value in fields.items():
        setattr(row, name, value)
    return row


@pytest.mark.parametrize(
    ("constraint", "fields"), [(name, row) for name, rows in ILLEGAL.items() for row in rows]
)
def test_no_illegal_institution(constraint, fields):
    assert constraint_refusing(saved, an_unsaved(**fields)) == constraint


def test_every_check_is_tried():
    assert checks_of(Institution) == set(ILLEGAL)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"code": "a-1"},
        {"code": "checks"},
        {"credit_code": SOUND},
        HERE,
        {**HERE, "longitude": Decimal(-180), "latitude": Decimal(90), "datum": "wgs84"},
        {"level": "3a", "ownership": "public"},
    ],
)
def test_legal_institutions(fields):
    saved(an_unsaved(**fields))
    assert Institution.objects.count() == 1


def test_no_two_with_one_code():
    saved(an_unsaved())
    assert "code" in words_of_refusal(saved, an_unsaved())


class TestForms:
    def test_a_credit_code_is_checked_and_brought_to_its_one_spelling(self):
        row = an_unsaved(credit_code="９１350100m000100y43")
        row.full_clean()
        assert row.credit_code == SOUND

    @pytest.mark.parametrize(
        ("fields", "errors"),
        [
            (
                {"credit_code": SOUND[:17] + "4"},
                {"credit_code": ["统一社会信用代码的校验位不对，请核对原件。"]},
            ),
            (
                {"phone": "13812345678"},
                {"phone": ["这里像是个人手机号或身份证号，不能公开，请改用对外公布的电话。"]},
            ),
            (
                {**HERE, "latitude": None},
                {
                    "__all__": [
                        "经度、纬度和坐标系须一起填写；经度在 -180 到 180 之间，纬度在 -90 到 90 之间。"
                    ]
                },
            ),
        ],
    )
    def test_what_is_wrong_is_said_in_chinese(self, fields, errors):
        with pytest.raises(ValidationError) as refused:
            an_unsaved(**fields).full_clean()
        assert refused.value.message_dict == errors


class TestPermanence:
    CODE = "“机构”的机构代码一经确定，不可修改。"

    def test_the_code_never_changes(self):
        row = an_institution()
        assert words_of_refusal(Institution.objects.update, code="other") == self.CODE
        assert words_of_refusal(execute, "UPDATE institutions_institution SET code = 'x'") == (
            self.CODE
        )
        row.code = "other"
        assert words_of_refusal(row.save) == self.CODE

    def test_the_rest_may_change(self):
        row = an_institution()
        row.phone = "0371-66666666"
        row.save()
        execute("UPDATE institutions_institution SET code = code, address = '东风路1号'")
        row = Institution.objects.get()
        assert (row.phone, row.address) == ("0371-66666666", "东风路1号")

    def test_never_deleted(self):
        row = saved(an_unsaved())
        refusal = "“机构”不可删除。"
        assert words_of_refusal(row.delete) == refusal
        assert words_of_refusal(Institution.objects.all().delete) == refusal
        assert words_of_refusal(execute, "DELETE FROM institutions_institution") == refusal

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone has REPLACE")
    def test_nor_replaced(self):
        row = saved(an_unsaved())
        columns = (
            "id, version, code, name, name_key, pinyin, credit_code, level, ownership, address"
        )
        statement = (
            f"REPLACE INTO institutions_institution ({columns}, phone, datum, note)"  # noqa: S608
            f" VALUES ({row.pk}, 1, 'other', 'x', 'x', 'x', '', '', '', '', '', '', '')"
        )
        assert words_of_refusal(execute, statement) == "“机构”不可删除。"

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
    def test_nor_truncated(self):
        statement = "TRUNCATE institutions_institution CASCADE"
        assert words_of_refusal(execute, statement).endswith("受保护，不可整表清空。")


def public(at=None):
    return list(Institution.objects.public(at).values_list("name", flat=True))


class TestPublic:
    def test_when_a_published_notice_names_it(self):
        kind, hospital = KindFactory(), an_institution("新城医院")
        draft = a_notice(hospital, kind=kind)
        assert public() == []
        notice = published(draft)
        assert public() == ["新城医院"]
        before, after = (notice.published_at - DAY, notice.published_at)
        assert (public(before), public(after)) == ([], ["新城医院"])
        withdraw(notice, by=UserFactory(), reason="误传")
        assert public() == ["新城医院"]

    def test_when_one_is_merged_into_it(self):
        kind = KindFactory()
        part, whole = an_institution("甲医院"), an_institution("乙医院")
        merged = {"institution": part, "action": "merge", "into": whole}
        draft = a_notice(merged, kind=kind)
        assert public() == []
        published(draft)
        assert sorted(public()) == ["乙医院", "甲医院"]

    def test_a_line_that_is_not_adopted_makes_nothing_public(self):
        kind, hospital, named = KindFactory(), an_institution("甲医院"), an_institution("乙医院")
        draft = a_notice(hospital, kind=kind)
        ignored = {"decision": "ignored", "decision_reason": "重复", "name": "丙医院"}
        a_line(draft, action="merge", into=named, **ignored)
        published(draft)
        assert public() == ["甲医院"]

    def test_once_however_often_it_is_named(self):
        kind, hospital = KindFactory(), an_institution("新城医院")
        for _ in range(3):
            published(a_notice(hospital, kind=kind))
        assert public() == ["新城医院"]


class TestNamed:
    def names(self, institution, *stated):
        rows = [
            InstitutionName.of(
                institution,
                name,
                kind=kind,
                valid_from=first,
                valid_to=last,
                source_words="登记证书",
            )
            for name, kind, first, last in stated
        ]
        set_names(institution, rows, by=UserFactory())

    def name_on(self, day, known_at=None):
        return Institution.objects.named(day, known_at).get().name_on

    def test_the_name_in_force_that_began_last(self):
        hospital = an_institution("一医院")
        self.names(
            hospital,
            ("一医院", "official", None, None),
            ("二医院", "official", date(2020, 1, 1), None),
            ("三医院", "official", date(2021, 1, 1), date(2021, 12, 31)),
            ("别名", "alias", date(2020, 6, 1), None),
        )
        days = [date(2019, 12, 31), date(2020, 1, 1), date(2021, 1, 1), date(2021, 12, 31)]
        assert [self.name_on(day) for day in [*days, date(2022, 1, 1)]] == [
            "一医院",
            "二医院",
            "三医院",
            "三医院",
            "二医院",
        ]

    def test_where_none_is_known_the_present_one(self):
        hospital = an_institution("一医院")
        self.names(hospital, ("一医院", "official", date(2020, 1, 1), None))
        assert self.name_on(date(2019, 1, 1)) == "一医院"

    def test_as_it_was_known(self):
        hospital = an_institution("一医院")
        before = timezone.now()
        self.names(
            hospital,
            ("一医院", "official", None, None),
            ("二医院", "official", date(2020, 1, 1), None),
        )
        day = date(2021, 1, 1)
        assert (self.name_on(day, before), self.name_on(day)) == ("一医院", "二医院")

    def test_of_names_from_one_day_the_desks(self):
        kind, hospital = KindFactory(), an_institution("一医院")
        renamed = {"institution": hospital, "action": "rename", "new_name": "印错的医院"}
        day = date(2020, 9, 1)

        def desk():
            self.names(
                hospital,
                ("一医院", "official", None, None),
                ("二医院", "official", day, None),
            )

        desk()
        published(a_notice(renamed, kind=kind, effective_on=day))
        assert self.name_on(day) == "二医院"
        hospital.refresh_from_db()
        assert hospital.name == "二医院"


def test_within_a_place_and_the_places_inside_it():
    province = PlaceFactory(level="province")
    city = PlaceFactory(parent=province)
    district = PlaceFactory(parent=city, level="county")
    zone = PlaceFactory(parent=district, level="zone")
    elsewhere = PlaceFactory()
    for name, place in (("甲", province), ("乙", city), ("丙", district), ("丁", zone)):
        an_institution(name, place=place)
    an_institution("外", place=elsewhere)
    an_institution("无")
    found = [
        sorted(Institution.objects.within(place).values_list("name", flat=True))
        for place in (province, city, district, zone, elsewhere)
    ]
    assert found == [sorted("甲乙丙丁"), sorted("乙丙丁"), sorted("丙丁"), ["丁"], ["外"]]
