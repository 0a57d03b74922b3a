"""The register's pages in a browser: no fault for axe in light, dark and large text, room at every width."""

from datetime import date
from itertools import product

import pytest

from institutions.covering import declare
from institutions.merging import merge
from institutions.models import Notice
from institutions.publishing import withdraw
from tests.factories import PlaceFactory, UserFactory, a_section, a_site, an_article, paragraphs
from tests.htmlcheck import valid_html
from tests.institutions.factories import KindFactory, a_line, a_notice, an_institution, published

LONG = "关于公布本市工伤保险定点医疗机构和定点康复机构以及辅助器具配置机构名单的通知"
SEEN = {
    "finder": (".register-counts", ".register-coverage li", ".entry .map-links", ".pages"),
    "named": (".register-others",),
    "nothing": (".register-nothing",),
    "one": (
        *(".verdict", ".timeline svg", ".bar-suspended", ".bar-doubtful", ".bar-start_unknown"),
        *(".stretch", ".register-names", ".register-lines", ".register-stories"),
    ),
    "merged": (".register-came",),
    "history": (".statement",),
    "notices": (".notices", ".line-void"),
    "notice": (".notice-line", ".notice-line-ignored", ".notice-words"),
}


def a_chequered_history(kind, hospital):
    """Publish an undated list, a suspension and a resumption of what was not suspended."""
    lines = [
        {"institution": hospital, "action": "suspend", "on": date(2021, 1, 1)},
        {"institution": hospital, "action": "resume", "on": date(2021, 3, 1)},
        {"institution": hospital, "action": "resume", "on": date(2022, 3, 1)},
    ]
    published(a_notice(hospital, kind=kind, effective_on=None, title=LONG))
    published(a_notice(*lines, kind=kind, effective_on=None))


@pytest.fixture
def addresses(live_server):
    """Addresses of every kind of page of the register, each with all that it can hold."""
    a_site()
    editor, kind = UserFactory(), KindFactory(code="yiliao", name="医疗")
    KindFactory()
    city = PlaceFactory(name="郑州市")
    place = PlaceFactory(name="郑东新区", level="zone", parent=city)
    facts = {"place": place, "address": "建设路1号", "phone": "0371-12345678", "level": "3a"}
    first, part, *others = [
        an_institution(f"第{number}人民医院", **facts) for number in range(1, 56)
    ]
    a_chequered_history(kind, first)
    notice = a_notice(part, *others, kind=kind, text=f"{LONG}\n联系人 13812345678")
    a_line(notice, name="外地医院", action="", decision="ignored", decision_reason="不在本市")
    notice.keep_file("名单.txt", b"1")
    notice.save()
    published(notice)
    revoked = {"institution": others[0], "action": "revoke", "on": date(2021, 5, 1)}
    published(a_notice(revoked, kind=kind, effective_on=None))
    void = published(a_notice(first, kind=kind))
    withdraw(Notice.objects.get(pk=void.pk), by=editor, reason="文件系误传")
    merge(part, first, on=date(2022, 1, 1), source_words="批复", by=editor)
    declare(kind=kind, area=city, first=date(2020, 1, 1), basis="全部名单", by=editor)
    card = {"type": "institution_card", "value": {"institution": first.pk, "on": None}}
    an_article(a_section(slug="shuju"), title="一篇稿件", body=[*paragraphs("正文。"), card])
    return {
        "finder": "/institutions/",
        "named": "/institutions/?q=第3人民",
        "nothing": "/institutions/?q=没有这家&known_at=2020-01-01",
        "one": first.get_absolute_url(),
        "merged": part.get_absolute_url(),
        "history": f"{first.get_absolute_url()}history/",
        "notices": "/institutions/notices/",
        "notice": notice.get_absolute_url(),
    }


@pytest.mark.parametrize("mode", ["light", "dark", "large"])
def test_no_page_of_the_register_has_a_violation(page, axe, addresses, mode):
    page.emulate_media(color_scheme="dark" if mode == "dark" else "light")
    if mode == "large":
        page.goto("/display/?size=large&next=/")
    for (name, address), width in product(addresses.items(), (320, 1280)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert [part for part in SEEN[name] if page.locator(part).count() == 0] == [], name
        assert (name, axe(page)) == (name, [])
        assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, width)
        if mode == "light":
            valid_html(page.evaluate("fetch(location).then(answer => answer.text())"))


@pytest.fixture
def plain_page(browser, live_server):
    """A tab without scripts."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_a_reader_narrows_the_list_without_a_script(plain_page, addresses):
    page = plain_page
    page.goto("/institutions/")
    page.get_by_role("searchbox", name="名称").fill("第7人民")
    page.get_by_role("combobox", name="类别").select_option("yiliao")
    page.get_by_role("button", name="查看").click()
    page.get_by_role("link", name="第7人民医院", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "第7人民医院"
    page.get_by_role("textbox", name="查另一天").fill("2020-08-31")
    page.get_by_role("button", name="查询").click()
    assert page.get_by_role("heading", level=1).inner_text() == "第7人民医院"
    assert page.get_by_text("2020年8月31日，它是不是").count() == 1
