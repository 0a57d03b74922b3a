"""The search page and its box in a browser: the combobox by keyboard, mouse and finger; no fault for axe."""

from itertools import product
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.factories import PlaceFactory, a_section, a_site, an_article, paragraphs
from tests.htmlcheck import valid_html
from tests.institutions.factories import (
    KindFactory,
    SchemeFactory,
    a_notice,
    an_institution,
    published,
)


@pytest.fixture
def furnished(live_server):
    """A site with stories and an institution called 晨星."""
    a_site()
    section = a_section(title="民生", slug="minsheng")
    city = PlaceFactory(name="晨星市", short_name="晨星")
    kind = KindFactory(scheme=SchemeFactory(name="工伤保险定点"), name="医疗")
    published(a_notice(an_institution("晨星颐和医院", place=city), kind=kind, area=city))
    for n in range(21):
        an_article(section, title=f"晨星第{n}篇", body=paragraphs(f"晨星的第{n}篇稿件。"))


def type_in(page, words):
    """Type into the box of the search page, and wait for what is offered."""
    box = page.get_by_role("combobox", name="搜索全站")
    box.fill(words)
    expect(page.get_by_role("listbox", name="搜索建议")).to_be_visible()
    return box


def test_what_is_offered_is_chosen_by_keyboard(page, furnished):
    page.goto("/search/")
    box = type_in(page, "晨星颐")
    assert box.get_attribute("aria-expanded") == "true"
    options = page.get_by_role("option")
    assert [option.inner_text() for option in options.all()] == ["晨星颐和医院"]
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == ""
    box.press("ArrowUp")
    box.press("Enter")
    page.wait_for_url(f"**/search/?q={quote('晨星颐和医院')}")
    expect(page.get_by_role("heading", name="晨星颐和医院").first).to_be_visible()


def test_escape_closes_and_enter_searches_for_what_was_typed(page, furnished):
    page.goto("/search/")
    box = type_in(page, "晨星")
    box.press("Escape")
    expect(page.get_by_role("listbox", name="搜索建议")).to_be_hidden()
    assert (box.get_attribute("aria-expanded"), box.input_value()) == ("false", "晨星")
    box.press("Enter")
    page.wait_for_url(f"**/search/?q={quote('晨星')}")


def test_a_title_is_chosen_with_the_mouse(page, furnished):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/news/")
    type_in(page, "第7篇")
    page.get_by_role("option", name="晨星第7篇").click()
    expect(page.get_by_role("heading", level=1, name="晨星第7篇")).to_be_visible()


def test_without_a_script_the_form_is_whole(browser, live_server, furnished):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search/")
    page.locator("#q-main").fill("晨星 第7篇")
    page.get_by_role("button", name="搜索").click()
    assert page.locator(".search-rows h3").first.inner_text() == "晨星第7篇"
    context.close()


@pytest.mark.parametrize("mode", ["light", "dark", "large"])
def test_the_page_has_no_violation(page, axe, furnished, mode):
    page.emulate_media(color_scheme="dark" if mode == "dark" else "light")
    if mode == "large":
        page.goto("/display/?size=large&next=/")
    addresses = (
        "/search/",
        "/search/?q=晨星",
        "/search/?q=晨星颐和医院",
        "/search/?q=龘龘&type=article",
    )
    for address, width in product(addresses, (320, 1280)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        valid_html(page.evaluate("fetch(location).then(answer => answer.text())"))
    type_in(page, "晨星")
    assert axe(page) == []
