"""Making institutions: codes that are free and fit addresses, and first names with their source."""

import re

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from institutions.founding import found_institutions, free_codes
from institutions.models import Institution, InstitutionName
from institutions.models.institutions import RESERVED_CODES
from portal.models import SLUG_RULE
from portal.records import past_instant
from tests.institutions.factories import an_institution
from tests.refusals import words_of_refusal

pytestmark = pytest.mark.django_db


def found(*names):
    return [
        row.code for row in found_institutions([(name, {}) for name in names], source_words="x")
    ]


def test_a_code_is_the_names_sound():
    assert found("重庆医院", "A1门诊", "！！") == ["chongqingyiyuan", "a1menzhen", "jigou"]


def test_of_one_sound_they_are_numbered():
    assert found("新城医院", "新城医院", "心诚医院") == [
        "xinchengyiyuan",
        "xinchengyiyuan-2",
        "xinchengyiyuan-3",
    ]
    assert found("新城医院") == ["xinchengyiyuan-4"]


def test_a_number_that_a_name_bears_is_no_free_number():
    assert found("新城医院-2") == ["xinchengyiyuan-2"]
    assert found("新城医院", "新城医院") == ["xinchengyiyuan", "xinchengyiyuan-3"]


@pytest.mark.parametrize("word", RESERVED_CODES)
def test_no_code_is_a_fixed_word_of_the_addresses(word):
    assert found(word, word) == [f"{word}-2", f"{word}-3"]
    assert found(word) == [f"{word}-4"]


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_names_get_codes_that_fit_and_differ(names):
    codes = free_codes(names)
    assert len(set(codes)) == len(names)
    assert all(re.match(SLUG_RULE, code) and len(code) <= 64 for code in codes)
    assert not set(codes) & set(RESERVED_CODES)


@pytest.mark.parametrize("number", [1, 3])
def test_they_are_made_in_bulk(django_assert_num_queries, number):
    an_institution("新城医院")
    # Codes asked for, institutions and names written, seats compared, in transactions within each other, and
    # what was made read and indexed; PostgreSQL queues as well.
    with django_assert_num_queries({"sqlite": 16, "postgresql": 14}[connection.vendor]):
        found_institutions([("新城医院", {})] * number, source_words="名册")


def test_the_first_name_has_its_source_and_its_instant():
    at = past_instant()
    (row,) = found_institutions(
        [(" 新城（东区）医院 ", {"phone": "0371-1"})], source_words="通知", at=at
    )
    assert (row.name, row.phone, row.name_key) == ("新城（东区）医院", "0371-1", "新城(东区)医院")
    name = InstitutionName.objects.get()
    said = (name.institution, name.name, name.kind, name.source_words, name.known_from, name.line)
    assert said == (row, "新城（东区）医院", "official", "通知", at, None)
    assert (name.valid_from, name.valid_to) == (None, None)
    assert (name.pinyin, name.initials) == ("xincheng(dongqu)yiyuan", "xc(dq)yy")


def test_all_or_nothing():
    rows = [("新城医院", {}), ("东城医院", {"level": "9"})]
    assert "level" in words_of_refusal(found_institutions, rows, source_words="名册")
    assert Institution.objects.count() == 0
