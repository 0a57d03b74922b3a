"""The commands that make a series and an edition; twice changes nothing."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from indices.models import Edition, Index
from portal.models import Organisation
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def call(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def index():
    call("create_index", "digital", "数字治理指数", "--compiler", "甲研究院")
    return Index.objects.get()


EDITION = (
    *("create_edition", "digital", "2020年版", "--title", "数字治理报告"),
    *("--reference-year", "2019", "--released-on", "2020年8月18日", "--place-level", "prefecture"),
    *("--publisher", "乙大学", "--publisher", "甲研究院", "--unit", "分"),
    *("--dimension", "overall=总指数", "--dimension", "life=数字生活服务：25%"),
)


def test_a_series_is_made_once_with_its_compilers(index):
    assert [row.name for row in index.compilers.all()] == ["甲研究院"]
    assert (
        call("create_index", "digital", "别名") == "指数“数字治理指数”（digital）已有，没有改动。"
    )
    assert Index.objects.get().name == "数字治理指数"


def test_an_edition_is_made_with_publishers_and_dimensions(index):
    assert call(*EDITION) == "已新建版次“数字治理指数（2020年版）”，维度 2 个。"
    edition = Edition.objects.get()
    assert (edition.code, edition.year, edition.reference_year, edition.released_on) == (
        "2020nianban",
        2020,
        2019,
        datetime.date(2020, 8, 18),
    )
    assert edition.source_words == "乙大学、甲研究院，《数字治理报告》，2020-08-18"
    assert [row.organisation.name for row in edition.publishers.all()] == ["乙大学", "甲研究院"]
    assert [
        (row.dimension.code, row.label, row.weight, row.is_root)
        for row in edition.dimensions.order_by("position")
    ] == [("overall", "总指数", None, True), ("life", "数字生活服务", 25, False)]
    assert Organisation.objects.count() == 2


def test_an_edition_is_made_once(index):
    call(*EDITION)
    assert call(*EDITION) == "版次“数字治理指数（2020年版）”已有，没有改动。"
    assert (Edition.objects.count(), Organisation.objects.count()) == (1, 2)


def test_without_more_the_report_itself_is_the_source(index):
    call("create_edition", "digital", "2021")
    assert Edition.objects.get().source_words == "数字治理指数（2021）"


def test_organisations_that_are_known_are_taken(index):
    known = OrganisationFactory(name="丙城市治理研究中心", short_name="丙中心")
    call("create_edition", "digital", "2021", "--source", "报告", "--publisher", "丙中心")
    assert Edition.objects.get().publishers.get().organisation == known


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing", "2020"], "没有代码为“nothing”的指数。请先用 create_index 新建。"),
        (["digital", "首版"], "版次中没有年份，请用 --year 写明。"),
        (["digital", "1800", "--year", "1800"], "年份须在 1900 到 2100 之间。"),
        (
            ["digital", "2020", "--code", "A"],
            "没有新建：“代码”：代码只能用小写字母、数字和连字符。",
        ),
        (
            ["digital", "2020", "--dimension", "A=总指数"],
            "没有新建：“代码”：代码只能用小写字母、数字和连字符。",
        ),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(index, arguments, words):
    with pytest.raises(CommandError) as refused:
        call("create_edition", *arguments)
    assert (words in str(refused.value), Edition.objects.count()) == (True, 0)


@pytest.mark.parametrize("text", ["总指数", "=总指数", "life=生活:许多"])
def test_a_dimension_that_cannot_be_read_is_refused(index, text):
    with pytest.raises(CommandError):
        call("create_edition", "digital", "2020", "--source", "x", "--dimension", text)


def test_a_series_that_cannot_be_made_is_refused():
    with pytest.raises(CommandError) as refused:
        call("create_index", "compare", "对比")
    assert str(refused.value) == "没有新建：“代码”：这个代码已用作网址，请换一个。"
