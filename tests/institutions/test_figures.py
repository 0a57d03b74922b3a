"""The register's figures: what they count, whose word they rest on, and what they cost."""

from datetime import date

import pytest
from django.utils import timezone

from institutions.covering import declare
from institutions.filters import RegisterFilter
from institutions.merging import merge
from institutions.models import Kind, Notice
from institutions.publishing import draft_correction, withdraw
from portal.figures import (
    BadFigureReference,
    Figure,
    FigureNotFound,
    Source,
    registered,
    resolve,
    resolve_many,
)
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import (
    KindFactory,
    SchemeFactory,
    a_line,
    a_notice,
    an_institution,
    published,
)

pytestmark = pytest.mark.django_db
DAY = date(2021, 1, 1)


@pytest.fixture
def medical():
    return KindFactory(scheme=SchemeFactory(code="injury", name="工伤保险定点"), code="medical")


@pytest.fixture
def care(medical):
    return KindFactory(scheme=medical.scheme, code="care", name="康复")


def two_lists(medical, care, **fields):
    """A draft that lists 甲 and 乙 for medical treatment, 乙 and 丙 for rehabilitation."""
    first, both, last = (an_institution(f"{name}医院") for name in "甲乙丙")
    notice = a_notice(first, both, kind=medical, **fields)
    a_line(notice, both, care)
    a_line(notice, last, care)
    return notice


def said(reference, known_at=None):
    return resolve(reference, known_at).text


def test_the_figures_are_known_to_the_kernel():
    assert {name: label for name, label in registered().items() if "instit" in name} == {
        "institutions.count": "定点机构数",
        "institutions.status": "定点资格",
    }
    assert registered()["notice.count"] == "通知名单中的机构数"


class TestNoticeCount:
    def test_counts_the_list_in_both_units_and_by_kind(self, medical, care):
        notice = published(two_lists(medical, care, title="一份通知"))
        reference = f"notice.count:{notice.pk}?unit="
        figure = resolve(f"{reference}designations")
        url = f"/institutions/notices/{notice.pk}/"
        assert figure == Figure(
            value=4,
            unit="家次",
            text="4家次",
            sources=(Source("一份通知", url, locator="全部条目"),),
            valid_on=None,
            known_at=figure.known_at,
            url=url,
        )
        assert said(f"{reference}institutions") == "3家"
        assert said(f"{reference}institutions&kind=care") == "2家"
        assert said(f"{reference}designations&kind=medical&action=designate") == "2家次"

    def test_a_line_that_no_editor_adopted_is_not_counted_and_one_printed_twice_counts_once(
        self, medical
    ):
        hospital = an_institution()
        notice = a_notice(hospital, hospital, kind=medical)
        a_line(notice, kind=medical, decision="ignored", decision_reason="印重", institution=None)
        notice = published(notice)
        assert said(f"notice.count:{notice.pk}?unit=designations") == "1家次"

    def test_what_nobody_published_or_somebody_withdrew_states_nothing(self, medical):
        draft = a_notice(an_institution(), kind=medical)
        reference = f"notice.count:{draft.pk}?unit=institutions"
        with pytest.raises(FigureNotFound):
            resolve(reference)
        notice = published(draft)
        before = timezone.now()
        assert said(reference) == "1家"
        with pytest.raises(FigureNotFound):
            resolve(reference, notice.published_at - timezone.timedelta(seconds=1))
        withdraw(notice, by=UserFactory(), reason="误传")
        with pytest.raises(FigureNotFound):
            resolve(reference)
        assert said(reference, before) == "1家"

    def test_the_correction_speaks_for_the_notice_that_it_replaced(self, medical):
        notice = published(a_notice(an_institution(), kind=medical, title="原通知"))
        before = timezone.now()
        draft = draft_correction(notice, by=UserFactory())
        a_line(draft, an_institution("补登医院"), medical)
        reference = f"notice.count:{notice.pk}?unit=institutions"
        assert said(reference) == "1家"
        correction = published(draft)
        assert said(reference) == "2家"
        assert resolve(reference).url == f"/institutions/notices/{correction.pk}/"
        assert said(reference, before) == "1家"

    @pytest.mark.parametrize(
        "parameters",
        ["", "?unit=hospitals", "?unit=institutions&kind=none", "?unit=institutions&action=x"],
    )
    def test_a_wrong_reference_is_named(self, parameters):
        with pytest.raises(BadFigureReference):
            resolve(f"notice.count:1{parameters}")

    @pytest.mark.parametrize("code", ["9", "no-number", "9" * 40])
    def test_a_notice_that_is_not_there_is_not_found(self, code):
        with pytest.raises(FigureNotFound):
            resolve(f"notice.count:{code}?unit=institutions")


class TestRegisterCount:
    def test_counts_those_in_force_and_names_the_notices_that_open_them(self, medical, care):
        notice = published(two_lists(medical, care, title="一份通知"))
        published(a_notice({"name": "丁医院"}, kind=medical, effective_on=None))
        count = "institutions.count:injury?on=2021-01-01&unit="
        figure = resolve(f"{count}designations")
        assert (figure.value, figure.unit, figure.valid_on) == (4, "家次", DAY)
        assert figure.sources == (
            Source("一份通知", f"/institutions/notices/{notice.pk}/", locator="其中4家次"),
        )
        assert figure.url == "/institutions/?scheme=injury&as_of=2021-01-01"
        assert said(f"{count}institutions") == "3家"
        assert said(f"{count}institutions&kind=care") == "2家"
        assert said(f"{count}institutions&status=start_unknown") == "1家"
        assert said(f"{count}designations&status=total") == "5家次"
        with pytest.raises(FigureNotFound):
            resolve("institutions.count:injury?on=2020-08-31&unit=institutions")

    def test_a_district_includes_what_lies_in_it(self, medical):
        city = PlaceFactory(code="x-city")
        district = PlaceFactory(code="x-district", parent=city)
        published(
            a_notice(
                an_institution("区医院", place=district), an_institution("外医院"), kind=medical
            )
        )
        count = "institutions.count:injury?on=2021-01-01&unit=institutions&district="
        assert said(f"{count}x-city") == "1家"
        with pytest.raises(BadFigureReference):
            resolve(f"{count}x-nowhere")

    def test_what_was_known_is_still_counted(self, medical):
        notice = published(a_notice(an_institution(), kind=medical))
        before = timezone.now()
        withdraw(notice, by=UserFactory(), reason="误传")
        reference = "institutions.count:injury?on=2021-01-01&unit=institutions"
        with pytest.raises(FigureNotFound):
            resolve(reference)
        assert said(reference, before) == "1家"

    def test_long_lists_of_sources_are_cut_and_say_so(self, medical):
        for number in range(22):
            published(a_notice({"name": f"第{number}医院"}, kind=medical))
        sources = resolve("institutions.count:injury?on=2021-01-01&unit=institutions").sources
        assert len(sources) == 21
        assert (sources[20].title, sources[20].locator) == ("另有2份通知", "其中2家次")

    @pytest.mark.parametrize(
        "parameters",
        [
            "on=2021-01-01",
            "unit=x",
            "unit=institutions&status=x",
            "unit=institutions&kind=other",
            "unit=institutions&on=yesterday",
            "unit=institutions&on=0999-01-01",
        ],
    )
    def test_a_wrong_reference_is_named(self, medical, parameters):
        KindFactory(code="other")
        with pytest.raises(BadFigureReference):
            resolve(f"institutions.count:injury?{parameters}")

    def test_agrees_with_the_finder_where_a_part_is_merged_and_another_suspended(
        self, medical, care
    ):
        published(two_lists(medical, care))
        by_name = {line.name: line.institution for line in Notice.objects.get().lines.all()}
        suspend = {"institution": by_name["丙医院"], "kind": care, "action": "suspend"}
        published(a_notice({**suspend, "on": date(2020, 10, 1)}, kind=care, effective_on=None))
        merge(
            by_name["甲医院"],
            by_name["乙医院"],
            on=date(2020, 12, 1),
            source_words="公告",
            by=UserFactory(),
        )
        kinds = tuple(Kind.objects.select_related("scheme"))
        for day in (date(2020, 9, 1), date(2020, 10, 1), date(2020, 12, 1)):
            counts = RegisterFilter(scheme=medical.scheme, on=day, kinds=kinds).counts()
            stated = [
                resolve(f"institutions.count:injury?on={day}&unit={unit}&status={status}").value
                for status in ("in_force", "total")
                for unit in ("designations", "institutions")
            ]
            assert stated == [
                counts.in_force.designations,
                counts.in_force.institutions,
                counts.total.designations,
                counts.total.institutions,
            ]


class TestStatus:
    def test_answers_with_the_line_that_it_rests_on(self, medical):
        hospital = an_institution("甲医院")
        notice = published(a_notice(hospital, kind=medical, title="一份通知"))
        reference = f"institutions.status:{hospital.code}?kind=medical&on="
        figure = resolve(f"{reference}2021-01-01")
        assert (figure.value, figure.text, figure.valid_on) == ("yes", "是", DAY)
        assert figure.sources == (
            Source("一份通知", f"/institutions/notices/{notice.pk}/", "甲医院", "第1条"),
        )
        assert said(f"{reference}2020-08-31") == "无法确定"

    def test_answers_no_only_inside_coverage_and_then_rests_on_the_register(self, medical, care):
        city = PlaceFactory()
        hospital = an_institution("甲医院", place=city)
        published(a_notice(hospital, kind=medical))
        reference = f"institutions.status:{hospital.code}?kind=care&on=2021-01-01"
        assert said(reference) == "无法确定"
        declare(kind=care, area=city, first=DAY, basis="全部名单", by=UserFactory())
        figure = resolve(reference)
        assert (figure.value, figure.text) == ("no", "否")
        assert figure.sources == (Source("定点机构名录", figure.url, "已收录的名单中没有列出。"),)

    def test_one_that_only_a_draft_names_is_not_found(self, medical):
        hospital = an_institution()
        draft = a_notice(hospital, kind=medical)
        reference = f"institutions.status:{hospital.code}?kind=medical"
        with pytest.raises(FigureNotFound):
            resolve(reference)
        notice = published(draft)
        assert said(reference) == "是"
        with pytest.raises(FigureNotFound):
            resolve(reference, notice.published_at - timezone.timedelta(seconds=1))

    def test_private_numbers_are_not_quoted(self, medical):
        hospital = an_institution()
        line = {"institution": hospital, "quote": "测试市人民医院，联系人13800138000"}
        published(a_notice(line, kind=medical))
        (source,) = resolve(f"institutions.status:{hospital.code}?kind=medical").sources
        assert source.quote == "测试市人民医院，联系人138****8000"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("notice", 4), ("register", 8), ("status", 7)])
def test_many_figures_cost_no_more_than_one(
    medical, count, name, queries, django_assert_num_queries
):
    references = []
    for number in range(count):
        hospital = an_institution(f"第{number}医院", place=PlaceFactory(code=f"x-{number}"))
        notice = published(a_notice(hospital, kind=medical))
        references.append(
            {
                "notice": f"notice.count:{notice.pk}?unit=institutions",
                "register": "institutions.count:injury?unit=institutions&"
                f"district=x-{number}&on=2021-01-0{number + 1}",
                "status": f"institutions.status:{hospital.code}?kind=medical&on=2021-01-0{number + 1}",
            }[name]
        )
    with django_assert_num_queries(queries):
        figures = resolve_many(references)
    assert [figure.value for figure in figures.values()] == [
        "yes" if name == "status" else 1
    ] * count
