"""Extent, source and citation in words."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from indices.pages.wordings import citation, extent_words, source_of
from tests.factories import OrganisationFactory
from tests.indices.factories import EditionFactory

pytestmark = pytest.mark.django_db


def published_by(edition, *names):
    rows = [edition.publishers.model(organisation=OrganisationFactory(name=name)) for name in names]
    edition.publishers.set(rows)
    edition.save()
    return list(edition.publishers.all())


@pytest.mark.parametrize(
    ("size", "level", "held", "words"),
    [
        (100, "prefecture", 4, "评估 100 个城市，本站收录 4 个"),
        (4, "prefecture", 4, "评估 4 个城市，本站全部收录"),
        (None, "country", 4, "本站收录 4 个国家和地区，评估总数未载明"),
        (10, "", 0, "评估 10 个地方，本站收录 0 个"),
    ],
)
def test_what_is_measured_and_what_is_held(size, level, held, words):
    edition = EditionFactory(universe_size=size, place_level=level)
    assert extent_words(edition, held) == words


def test_a_source_is_the_publishers_and_the_title():
    edition = EditionFactory(title="数字治理报告", source_words="报纸")
    assert source_of(edition, []) == "报纸"
    assert source_of(edition, published_by(edition, "甲院", "乙社")) == "甲院、乙社《数字治理报告》"


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ([], ""),
        (["甲院"], "甲院. "),
        (["甲院", "乙社", "丙校"], "甲院, 乙社, 丙校. "),
        (["甲院", "乙社", "丙校", "丁所"], "甲院, 乙社, 丙校, 等. "),
    ],
)
def test_a_citation_names_three_publishers_at_most(names, authors):
    edition = EditionFactory(title="数字治理报告")
    words = citation(
        edition,
        published_by(edition, *names),
        site="有据",
        address="https://youju.example/indices/a/2020/",
        updated_at=datetime(2020, 8, 31, 17, tzinfo=UTC),
    )
    today = timezone.localdate().isoformat()
    assert words == (
        f"{authors}数字治理报告[DS/OL]. 有据, 2020(2020-09-01)[{today}]. "
        "https://youju.example/indices/a/2020/"
    )
