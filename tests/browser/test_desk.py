"""The desk as its people use it: how many clicks a story takes, and what pasting brings in."""

import re

import pytest
from django.conf import settings
from django.test import Client

from news.models import ArticlePage, Person, SectionPage, Topic
from news.roles import Role, install_roles
from tests.factories import UserFactory, a_section, a_site

PARAGRAPHS = [
    "郑州市公布一批新增的工伤保险定点机构。",
    "其中医疗机构十一家，康复机构七家。",
    "有四家机构同时列入两份名单。",
]

WORD = """<html><head><style>p.MsoNormal {mso-style-parent:""; font-family:宋体}</style></head><body>
<!--StartFragment--><p class="MsoNormal" style="text-indent:21.0pt;mso-char-indent-count:2.0"><span
style="font-family:宋体;mso-ascii-font-family:Calibri">&nbsp;&nbsp;　　第一段，</span><b><span
style="font-family:宋体">加粗</span></b><span lang="EN-US">&nbsp;5.52<o:p></o:p></span></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<p class="MsoNormal" style="margin:0cm"><span style="color:red">　　第二段。</span></p>
<!--EndFragment--></body></html>"""
WECHAT = """<section style="margin:0 8px;letter-spacing:1.5px" data-mpa-powered-by="x"><p
style="white-space:normal"><span style="font-size:15px;color:rgb(63,63,63)">　　第一段，<strong
style="color:#000">加粗</strong>\u200b 5.52</span></p><p><br></p><section><p><span
style="font-size:15px">第二段。 </span></p></section></section>"""


class Hand:
    """One editor's hand on the mouse: every click is counted, typing is free."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, locator):
        locator.click()
        self.clicks += 1

    def write(self, locator, *paragraphs):
        self.click(locator)
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.insert_text(paragraph)


@pytest.fixture
def newsroom(live_server):
    """A site with one section, one topic and an account for each role."""
    a_site()
    a_section(title="民生", slug="minsheng")
    Topic.objects.create(name="工伤保险定点机构")
    people = {}
    for role, group in install_roles().items():
        people[role] = UserFactory(username=role.name.lower(), last_name="李", first_name="娜")
        people[role].groups.add(group)
    Person.objects.create(name="李娜", affiliation="郑报全媒体", account=people[Role.REPORTER])
    return people


@pytest.fixture
def sign_in(context, newsroom, live_server):
    """Return a function that makes the browser that of the account of a role."""

    def as_role(role):
        client = Client()
        client.force_login(newsroom[role], backend="django.contrib.auth.backends.ModelBackend")
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.clear_cookies()
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
        )

    yield as_role
    # What the desk still asks for in the background must not meet the emptying of the tables.
    for page in context.pages:
        page.wait_for_load_state("networkidle")
        page.goto("about:blank")


def kept(page, words):
    """Wait until the editor has handed its words to the form, which it does a moment after typing."""
    page.wait_for_function(
        "words => document.querySelector('[name=body-0-value]').value.includes(words)", arg=words
    )


def editor(page):
    """Return the first paragraph block of the story's body."""
    return page.locator("[data-contentpath=body] [role=textbox]").first


def test_a_story_takes_fewer_than_fifteen_clicks_from_nothing_to_published(page, sign_in):
    hand = Hand(page)
    sign_in(Role.REPORTER)
    page.goto("/admin/")
    hand.click(page.get_by_role("link", name="民生", exact=True))
    hand.write(page.get_by_role("textbox", name="主题"), "新增一批工伤保险定点机构")
    hand.write(page.get_by_role("textbox", name="电头"), "本报讯")
    hand.write(editor(page), *PARAGRAPHS)
    kept(page, PARAGRAPHS[2])
    hand.click(page.get_by_role("tab", name="发布信息"))
    hand.click(page.get_by_role("checkbox", name="工伤保险定点机构"))
    # Autosave may have changed the address already; the saved page is a new one.
    with page.expect_navigation():
        hand.click(page.get_by_role("button", name="存草稿"))
    hand.click(page.get_by_role("button", name="展开或收起预览"))
    page.frame_locator("#w-preview-iframe").get_by_text(PARAGRAPHS[2]).wait_for()
    sign_in(Role.THIRD_REVIEWER)
    page.goto("/admin/")
    hand.click(page.get_by_role("link", name="新增一批工伤保险定点机构"))
    hand.click(page.get_by_role("button", name="更多动作"))
    with page.expect_navigation():
        hand.click(page.get_by_role("button", name="发布", exact=True))
    story = ArticlePage.objects.get()
    page.goto(story.url)
    assert page.locator("h1").inner_text() == "新增一批工伤保险定点机构"
    assert story.live
    assert (story.dateline, list(story.topics.values_list("name", flat=True))) == (
        "本报讯",
        ["工伤保险定点机构"],
    )
    credit = story.credits.get()
    assert (credit.role, credit.name, credit.affiliation) == ("reporter", "李娜", "郑报全媒体")
    assert [b.value.source.count("<p") for b in story.body] == [3]
    assert hand.clicks == 11


@pytest.mark.parametrize("html", [WORD, WECHAT], ids=["word", "wechat"])
def test_what_is_pasted_arrives_clean(page, sign_in, html):
    sign_in(Role.REPORTER)
    page.goto(f"/admin/pages/add/news/articlepage/{SectionPage.objects.get().pk}/")
    page.get_by_role("textbox", name="主题").fill("粘贴的稿件")
    editor(page).click()
    editor(page).evaluate(
        """(element, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "第一段 第二段");
            element.dispatchEvent(new ClipboardEvent(
                "paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )
    kept(page, "第二段")
    with page.expect_navigation():
        page.get_by_role("button", name="存草稿").click()
    body = ArticlePage.objects.get().get_latest_revision_as_object().body
    html = re.sub(r' data-block-key="[^"]*"', "", body[0].value.source)
    assert (len(body), html) == (1, "<p>第一段，<b>加粗</b> 5.52</p><p>第二段。</p>")
