"""Sections by name, and those in which an account may write."""

import pytest

from news.roles import Role
from news.sections import sections_by_name, sections_open_to
from tests.factories import a_section

pytestmark = pytest.mark.django_db


def test_a_section_answers_to_its_address_and_to_a_title_that_no_other_bears(home):
    one, two = a_section(title="民生", slug="minsheng"), a_section(title="教育", slug="jiaoyu")
    assert sections_by_name() == {"民生": one, "minsheng": one, "教育": two, "jiaoyu": two}
    two.title = "民生"
    two.save_revision().publish()
    assert sections_by_name() == {"minsheng": one, "jiaoyu": two}


def test_an_address_goes_before_a_title_of_the_same_letters(home):
    named, addressed = a_section(title="it", slug="one"), a_section(title="数码", slug="it")
    assert sections_by_name() == {"one": named, "数码": addressed, "it": addressed}


@pytest.mark.parametrize(
    ("role", "count"), [(Role.REPORTER, 2), (Role.THIRD_REVIEWER, 2), (Role.DATA_EDITOR, 0)]
)
def test_the_sections_open_to_a_role_stand_in_the_order_of_the_tree(desk, role, count):
    user = desk(role).user
    sections = [a_section(), a_section()]
    assert sections_open_to(user) == sections[:count]


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_open_costs_the_same_for_any_number_of_sections(
    desk, count, django_assert_num_queries
):
    user = desk(Role.REPORTER).user
    sections = [a_section() for _ in range(count)]
    with django_assert_num_queries(4):
        assert sections_open_to(user) == sections
