"""The check page and its receipt in a browser: no fault for axe, room at every width, one sheet of paper."""

from datetime import date
from itertools import product

import pytest
from django.utils import timezone
from pypdfium2 import PdfDocument

from institutions.covering import declare
from institutions.models import NoticeLine
from institutions.pages.questions import address
from institutions.publishing import withdraw
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory, a_site
from tests.htmlcheck import valid_html
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

LONG = "关于公布本市工伤保险定点医疗机构和定点康复机构以及辅助器具配置机构名单的通知" * 5
A4 = (595, 842)


@pytest.fixture
def asked(live_server):
    """Addresses of every state of the page."""
    a_site()
    city = PlaceFactory()
    kind = KindFactory(code="yiliao", name="医疗")
    KindFactory(scheme=kind.scheme)
    listed, other = (an_institution(name, place=city) for name in ("甲医院", "乙医院"))
    published(a_notice(listed, other, kind=KindFactory(), effective_on=None))
    for year in range(2010, 2018):
        published(
            a_notice(
                {"institution": listed, "quote": LONG},
                kind=kind,
                title=LONG[:300],
                doc_number="某人社〔2020〕" * 10,
                issuer=OrganisationFactory(name=f"{year}年" + "某市人力资源和社会保障局" * 8),
                effective_on=None,
                stated_on=date(year, 1, 1),
                stated_basis=LONG[:300],
            )
        )
    declare(kind=kind, area=city, first=date(2019, 1, 1), basis="核对", by=UserFactory())
    day = date(2020, 9, 1)
    return {
        "empty": "/institutions/check/",
        "yes": address("institution_check", "甲医院", "yiliao", day),
        "no": address("institution_check", "乙医院", "yiliao", day),
        "unknown": address("institution_check", "甲医院", "yiliao", date(2009, 1, 1)),
        "several": address("institution_check", "医院", "yiliao", day),
        "none": address("institution_check", "丙", "yiliao", day),
        "wrong": "/institutions/check/?on=x",
        "form": "/institutions/check/receipt/",
        "then": address("institution_check", "甲医院", "yiliao", day, timezone.now()),
    }


@pytest.mark.parametrize("mode", ["light", "dark", "large"])
def test_no_state_of_the_page_has_a_violation(page, axe, asked, mode):
    page.emulate_media(color_scheme="dark" if mode == "dark" else "light")
    if mode == "large":
        page.goto("/display/?size=large&next=/")
    page.goto(asked["yes"])
    receipt = page.get_by_role("link", name="可打印的回执").get_attribute("href")
    for (name, address_), width in product({**asked, "receipt": receipt}.items(), (320, 1280)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address_)
        assert (name, axe(page)) == (name, [])
        assert page.evaluate("document.documentElement.scrollWidth") == width
        valid_html(page.content())


def test_a_reader_asks_and_chooses_by_keyboard(page, asked):
    page.goto("/institutions/check/")
    page.get_by_label("机构", exact=True).fill("医院")
    page.get_by_label("定点类别", exact=True).select_option("yiliao")
    page.get_by_label("日期", exact=True).fill("2020年9月1日")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="甲医院").press("Enter")
    page.wait_for_selector(".check-verdict")
    assert page.locator(".check-verdict .verdict-word").inner_text() == "是"
    assert page.get_by_label("日期", exact=True).input_value() == "2020-09-01"


@pytest.mark.parametrize("state", ["yes", "no", "unknown"])
@pytest.mark.parametrize("size", ["standard", "large"])
def test_the_receipt_is_one_sheet(page, asked, state, size):
    page.goto(f"/display/?size={size}&next=/")
    page.goto(asked[state])
    page.goto(page.get_by_role("link", name="可打印的回执").get_attribute("href"))
    for notice in {line.notice for line in NoticeLine.objects.filter(kind__code="yiliao")}:
        withdraw(notice, by=UserFactory(), reason="误传")
    page.reload()
    with PdfDocument(page.pdf(prefer_css_page_size=True)) as paper:
        assert [tuple(map(round, sheet.get_size())) for sheet in paper] == [A4]
        words = "".join(paper[0].get_textpage().get_text_range().split())
    verdict = {"yes": "是", "no": "否", "unknown": "无法确定"}[state]
    for said in ("资格查询回执", verdict, "以经办机构答复为准", "校验码", "known_at="):
        assert said in words
