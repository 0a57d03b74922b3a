"""An edition's table at the desk, in a browser: typed by keyboard, pasted from Excel, undone, saved; and without script."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client

from indices.models import Release
from news.roles import Role, install_roles
from tests.factories import PlaceFactory, UserFactory, a_site
from tests.indices.factories import EditionFactory, a_dimension, released

CITIES = ["杭州", "宁波", "温州", "嘉兴", "湖州", "绍兴", "金华", "衢州", "舟山", "台州"]


@pytest.fixture
def data_editor(context, live_server):
    """The browser is signed in as a data editor."""
    a_site()
    user = UserFactory(username="shuju", last_name="周", first_name="敏")
    user.groups.add(install_roles()[Role.DATA_EDITOR])
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
    )
    yield user
    for page in context.pages:
        page.wait_for_load_state("networkidle")
        page.goto("about:blank")


@pytest.fixture
def edition(data_editor):
    """An edition with two dimensions and ten cities that can be named, of which nothing is stated yet."""
    edition = EditionFactory(index__name="数字治理指数", year=2020)
    a_dimension(edition)
    a_dimension(edition, "life", "数字生活服务", decimals=2)
    for number, name in enumerate(CITIES, 1):
        PlaceFactory(name=f"{name}市", short_name=name, code=f"33{number:02}00")
    return edition


def address(edition, **asked):
    words = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"/admin/indices/editions/{edition.pk}/grid/?{words}"


def paste(page, text):
    """Paste into the field that has the focus."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def typed(page, box):
    """What stands in the boxes of one column, downwards; `box` is the column's number, counted from 0."""
    return page.evaluate(
        """box => [...document.querySelectorAll(".grid__table tbody tr")].map(
            row => row.querySelectorAll("td input:not([type=hidden])")[box].value)""",
        box,
    )


def filled(page, rows):
    page.wait_for_function(
        "rows => document.querySelectorAll('.grid__table tbody tr').length === rows", arg=rows
    )


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="存入草稿").last.click()


def stated(edition):
    lines = Release.objects.get(edition=edition, published_at=None).lines.order_by("pk")
    return [(line.place.label, line.value, line.rank) for line in lines.select_related("place")]


def test_ten_ranks_take_three_clicks_and_one_key_a_row(page, edition):
    page.goto(address(edition, boxes="rank"))
    page.get_by_label("地名，或从 Excel 复制的一块").click()
    page.keyboard.insert_text("、".join(CITIES))
    page.get_by_role("button", name="填入表格").click()
    filled(page, 10)
    for rank in range(1, 11):
        page.keyboard.type(str(rank))
        page.keyboard.press("Enter")
    assert page.locator("#grid-state").inner_text() == "10 格改动未保存"
    save(page)
    assert stated(edition) == [(name, None, rank) for rank, name in enumerate(CITIES, 1)]
    assert typed(page, 0) == [str(rank) for rank in range(1, 11)]
    preview = page.get_by_role("link", name="预览与发布…").get_attribute("href")
    assert preview == f"/admin/indices/releases/edit/{Release.objects.get().pk}/"


def test_a_block_pasted_from_excel_is_laid_and_undone(page, edition):
    page.goto(address(edition))
    page.get_by_label("地名，或从 Excel 复制的一块").fill("杭州\n宁波\n温州")
    page.get_by_role("button", name="填入表格").click()
    filled(page, 3)
    paste(page, "城市\t排名\t数字生活服务\n宁波\t2\t80.5\n嘉兴\t4\t1,070.25\n")
    filled(page, 4)
    assert (typed(page, 1), typed(page, 2)) == (["", "2", "", "4"], ["", "80.5", "", "1,070.25"])
    page.locator(".grid__cell input:not([type=hidden])").first.focus()
    page.keyboard.press("Control+z")
    filled(page, 3)
    assert typed(page, 1) == ["", "", ""]
    page.locator(".grid__cell input:not([type=hidden])").first.focus()
    paste(page, "90\t1\n80\t2\n70\t3")
    page.wait_for_function("() => document.querySelector('#grid-state').innerText.startsWith('3 ')")
    save(page)
    assert stated(edition) == [("杭州", 90, 1), ("宁波", 80, 2), ("温州", 70, 3)]


def test_keys_move_undo_and_reach_the_details(page, edition):
    overall = edition.dimensions.get(parent=None)
    places = [PlaceFactory(name=f"甲{number}") for number in range(2)]
    released(
        edition,
        *(
            (overall, place, {"value": Decimal(90 - number), "rank": number + 1})
            for number, place in enumerate(places)
        ),
    )
    page.goto(address(edition))
    focused = "document.activeElement.name"
    names = [f"{box}-{overall.pk}-{place.pk}" for place in places for box in "sr"]
    page.locator(f"[name='{names[0]}']").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == names[2]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == names[3]
    page.keyboard.type("5")
    page.keyboard.press("Shift+Enter")
    assert page.evaluate(focused) == names[1]
    page.keyboard.press("Control+z")
    assert (typed(page, 1), page.evaluate(focused)) == (["1", "2"], names[3])
    page.keyboard.press("F2")
    page.keyboard.insert_text("第3页表1")
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == names[3]
    page.get_by_role("button", name="并列").click()
    assert typed(page, 1) == ["1", "并列2"]
    page.get_by_label("更正理由").fill("补出处")
    save(page)
    line = Release.objects.get(published_at=None).lines.get()
    assert (line.place, line.value, line.rank, line.tied, line.locator) == (
        places[1],
        89,
        2,
        True,
        "第3页表1",
    )


def test_without_script_the_same_form_is_filled_and_saved(browser, live_server, context, edition):
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(address(edition))
    page.get_by_label("地名，或从 Excel 复制的一块").fill("杭州 1\n宁波 2")
    page.get_by_label("没有列名时，从哪一列填起").select_option(label="总指数·位次")
    page.get_by_role("button", name="填入表格").click()
    page.get_by_label("宁波·总指数，位次").fill("第3")
    page.get_by_role("button", name="存入草稿").last.click()
    page.wait_for_url("**draft=*")
    assert stated(edition) == [("杭州", None, 1), ("宁波", None, 3)]
    plain.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_grid_can_be_used_by_everyone_at_every_width(page, edition, axe, width, theme):
    overall = edition.dimensions.get(parent=None)
    places = [PlaceFactory(name=f"甲{number}") for number in range(3)]
    released(edition, *((overall, place, {"rank": 1}) for place in places))
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address(edition))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("甲0·总指数，位次").fill("五五")
    page.keyboard.press("Enter")
    assert axe(page) == []
    save(page)
    page.get_by_text("读不懂“五五”。").wait_for()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("甲0·总指数，位次").fill("5")
    page.get_by_label("更正理由").fill("印错")
    save(page)
    page.get_by_text("已把 1 格改动存入草稿，尚未发布。").wait_for()
    page.goto(address(edition))
    assert axe(page) == []
    page.goto(address(edition, place=places[0].pk))
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
