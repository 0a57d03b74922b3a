"""From a Word file to a published notice at the desk, by mouse and by keyboard alone."""

import pytest
from django.conf import settings
from django.test import Client

from institutions.models import Designation, Institution, Notice
from news.roles import Role, install_roles
from tests.factories import UserFactory, a_site
from tests.institutions.factories import an_institution
from tests.institutions.review.papers import CHANGES, Ground, decisions, word_file


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


class Hand:
    """One editor's hand on the mouse: every click is counted, typing is free."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, locator):
        locator.click()
        self.clicks += 1

    def lead(self, locator):
        with self.page.expect_navigation():
            self.click(locator)


def focused(page):
    """The number of the name on which the focus is."""
    return page.evaluate("document.activeElement.dataset.group")


def press(page, key):
    """Press a key and wait until the review stands still."""
    page.keyboard.press(key)
    page.wait_for_function("() => !document.querySelector('#review[aria-busy]')")


def test_a_word_file_takes_no_more_than_twelve_clicks_to_be_published(page, data_editor):
    Ground(office=False)
    hand = Hand(page)
    page.goto("/admin/")
    hand.click(page.get_by_role("button", name="定点机构"))
    hand.lead(page.get_by_role("link", name="通知", exact=True))
    hand.lead(page.get_by_role("link", name="录入通知"))
    with page.expect_file_chooser() as chooser:
        hand.click(page.get_by_label("通知文件"))
    chooser.value.set_files(
        {"name": "通知.docx", "mimeType": "application/octet-stream", "buffer": word_file()}
    )
    hand.click(page.get_by_label("来源说明"))
    page.keyboard.insert_text("安阳市人社局网站，2021年3月15日")
    hand.lead(page.get_by_role("button", name="读取通知"))
    hand.click(page.get_by_role("button", name="就用这个名称"))
    page.locator("#new-issuer").wait_for(state="detached")
    hand.lead(page.get_by_role("link", name="其余全部新建"))
    hand.lead(page.get_by_role("button", name="全部新建"))
    hand.lead(page.get_by_role("link", name="发布…"))
    hand.lead(page.get_by_role("button", name="确认发布"))
    notice = Notice.objects.get()
    assert notice.published_by == data_editor
    assert (Institution.objects.count(), Designation.objects.count()) == (14, 18)
    assert hand.clicks == 11
    link = page.get_by_role("link", name="查看公开页面").get_attribute("href")
    assert link == notice.get_absolute_url()


def test_the_keyboard_alone_decides(page, data_editor):
    ground = Ground()
    an_institution("安阳市第六医院有限公司", place=ground.city)
    an_institution("安阳市灯塔医院", place=ground.city)
    notice = ground.draft(CHANGES)
    page.goto(f"/admin/notices/edit/{notice.pk}/")
    page.wait_for_function("() => document.activeElement.dataset.group === '2'")
    press(page, "1")
    page.wait_for_function("() => document.activeElement.dataset.group === '3'")
    press(page, "u")
    page.wait_for_function("() => document.activeElement.dataset.group === '2'")
    press(page, "1")
    page.wait_for_function("() => document.activeElement.dataset.group === '3'")
    press(page, "n")
    page.get_by_text("都已认定，可以发布。").wait_for()
    assert [row[2] for row in decisions(notice)] == ["matched", "matched", "new"]
    press(page, "u")
    page.wait_for_function("() => document.activeElement.dataset.group === '3'")
    press(page, "x")
    page.keyboard.insert_text("已注销 n u")
    press(page, "Enter")
    page.get_by_text("都已认定，可以发布。").wait_for()
    line = notice.lines.get(number=3)
    assert (line.decision, line.decision_reason) == ("ignored", "已注销 n u")
    for key, number in (("k", "2"), ("ArrowUp", "1"), ("ArrowDown", "2"), ("j", "3")):
        page.keyboard.press(key)
        assert focused(page) == number


def test_keys_outside_the_list_do_nothing(page, data_editor):
    notice = Ground().draft(CHANGES)
    page.goto(f"/admin/notices/edit/{notice.pk}/")
    page.get_by_role("link", name="补充一条").focus()
    for key in ("n", "a", "1"):
        page.keyboard.press(key)
    page.wait_for_load_state("networkidle")
    assert {row[2] for row in decisions(notice)} == {"undecided"}


def test_marked_words_become_a_missed_line(page, data_editor):
    notice = Ground().draft("𠮷" + CHANGES)
    page.goto(f"/admin/notices/edit/{notice.pk}/")
    page.evaluate(
        """() => {
            const walker = document.createTreeWalker(
                document.getElementById("review-text"), NodeFilter.SHOW_TEXT);
            let node;
            while ((node = walker.nextNode()) && !node.data.includes("联系人"));
            const range = document.createRange();
            range.setStart(node, node.data.indexOf("联系人"));
            range.setEnd(node, node.data.indexOf("联系人") + 3);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    with page.expect_navigation():
        page.get_by_role("button", name="补充选中的文字").click()
    with page.expect_navigation():
        page.get_by_role("button", name="保存").click()
    line = notice.lines.get(number=4)
    assert (line.name, notice.text[line.start : line.end]) == ("联系人", "联系人")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_review_can_be_used_by_everyone_at_every_width(page, data_editor, axe, width):
    ground = Ground(office=False)
    an_institution("安阳市第六医院有限公司", place=ground.city)
    notice = ground.draft(CHANGES)
    page.set_viewport_size({"width": width, "height": 900})
    for address in ("", "publish/", "rest-new/", "lines/2/"):
        page.goto(f"/admin/notices/edit/{notice.pk}/{address}")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
