"""Institutions and notices in schema.org's words: a hospital or another organisation, and nothing that is not known."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from institutions.linkeddata import institution_node, notice_node
from institutions.models import Institution, InstitutionName, Notice, Scheme
from portal.heads.linkeddata import pruned
from portal.models import Organisation, Place

HOME = "http://127.0.0.1:8000"
PROVINCE = Place(name="河南省", level="province")
CITY = Place(name="郑州市", level="prefecture", parent=PROVINCE)


def node_of(names=(), **fields):
    shown = Institution(**{"code": "a", "name": "甲医院"} | fields)
    shown.name_on = shown.name
    return pruned(institution_node(shown, [InstitutionName(name=name) for name in names]))


def test_of_an_institution_nothing_is_invented():
    assert node_of() == {
        "@type": "Hospital",
        "@id": f"{HOME}/institutions/a/#institution",
        "name": "甲医院",
        "url": f"{HOME}/institutions/a/",
    }


def test_all_that_is_known_is_said():
    node = node_of(
        ["甲医院", "甲院", "甲院"],
        credit_code="124101004160001234",
        place=CITY,
        address="人民路1号",
        phone="0371-60000000",
        longitude=Decimal("113.650000"),
        latitude=Decimal("34.760000"),
        datum="wgs84",
    )
    assert {name: node[name] for name in sorted(node) if not name.startswith("@")} == {
        "name": "甲医院",
        "alternateName": ["甲院"],
        "url": f"{HOME}/institutions/a/",
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "统一社会信用代码",
            "value": "124101004160001234",
        },
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "人民路1号",
            "addressLocality": "郑州市",
            "addressRegion": "河南省",
        },
        "telephone": "0371-60000000",
        "geo": {"@type": "GeoCoordinates", "latitude": 34.76, "longitude": 113.65},
    }


@pytest.mark.parametrize(
    ("name", "level", "kind"),
    [
        ("甲医院", "", "Hospital"),
        ("甲妇幼保健院", "3a", "Hospital"),
        ("甲社区卫生服务中心", "", "MedicalOrganization"),
        ("甲社区卫生服务中心", "0", "MedicalOrganization"),
        ("甲假肢矫形器有限公司", "", "MedicalOrganization"),
    ],
)
def test_a_hospital_is_graded_or_calls_itself_one(name, level, kind):
    assert node_of(name=name, level=level)["@type"] == kind


@pytest.mark.parametrize(
    ("name", "datum", "found"),
    [
        ("甲医院", "wgs84", {"geo"}),
        ("甲医院", "gcj02", set()),
        ("甲中心", "wgs84", {"location"}),
        ("甲中心", "gcj02", set()),
    ],
)
def test_coordinates_of_another_system_stay_unsaid(name, datum, found):
    node = node_of(name=name, longitude=Decimal(113), latitude=Decimal(34), datum=datum)
    assert {"geo", "location"} & set(node) == found


def a_notice(**fields):
    return Notice(
        pk=7,
        issuer=Organisation(name="某局"),
        scheme=Scheme(name="工伤保险定点"),
        area=CITY,
        **fields,
    )


def test_a_notice_without_a_number_or_date_has_none():
    assert pruned(notice_node(a_notice(), "一份通知")) == {
        "@type": "CreativeWork",
        "@id": f"{HOME}/institutions/notices/7/#notice",
        "name": "一份通知",
        "url": f"{HOME}/institutions/notices/7/",
        "inLanguage": "zh-Hans",
        "author": {"@type": "GovernmentOrganization", "name": "某局"},
        "spatialCoverage": {"@type": "AdministrativeArea", "name": "郑州市"},
        "about": "工伤保险定点",
    }


def test_a_notice_names_the_correction_that_took_its_place():
    successor = Notice(pk=8, published_at=datetime(2020, 9, 1, 0, 30, tzinfo=UTC))
    told = a_notice(doc_number="某字〔2020〕1号", issued_on=date(2020, 8, 18), nature="news")
    node = pruned(notice_node(told, "一份通知", successor))
    assert [node[name] for name in ("identifier", "datePublished")] == [
        "某字〔2020〕1号",
        "2020-08-18",
    ]
    assert node["author"]["@type"] == "Organization"
    assert node["correction"] == {
        "@type": "CorrectionComment",
        "text": "这份通知已由更正取代。",
        "datePublished": "2020-09-01T08:30:00+08:00",
        "url": f"{HOME}/institutions/notices/8/",
    }
