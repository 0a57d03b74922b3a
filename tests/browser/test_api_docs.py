"""The API's documentation page in a browser: the policy holds, its words are Chinese, and reading works."""

import re

import pytest

from tests.factories import PlaceFactory, a_site

ENGLISH = re.compile(r"(?m)^\s*[A-Z][a-z]+(?: [a-z]+)*:?\s*$")


@pytest.fixture
def docs(page, live_server):
    a_site()
    PlaceFactory(code="410100", name="郑州市")
    page.goto("/api/v1/docs/")
    page.locator("#api .opblock").last.wait_for()
    return page


def test_a_list_can_be_read_at_once(docs):
    block = docs.locator("#api .opblock", has_text="/api/v1/places/").first
    block.locator(".opblock-summary-control").click()
    block.get_by_role("button", name="试一试").click()
    block.get_by_role("button", name="读取").click()
    block.locator(".live-responses-table").wait_for()
    assert '"name": "郑州市"' in block.locator(".live-responses-table").inner_text()
    assert ENGLISH.findall(docs.locator("#api").inner_text()) == []


def test_there_is_room_at_every_width(docs):
    for width in (320, 768, 1280):
        docs.set_viewport_size({"width": width, "height": 900})
        assert docs.evaluate("document.documentElement.scrollWidth") == width
