"""The public face under axe, with every kind of content, in light, dark and large text; and the axe fixture itself."""

from datetime import date
from itertools import product

import pytest

from indices.models import Score
from news.models import ArticleCredit, ArticlePage, FrontSlot
from tests.factories import (
    DocumentFactory,
    PersonFactory,
    PictureFactory,
    PlaceFactory,
    TopicFactory,
    a_section,
    a_site,
    an_article,
    paragraphs,
)
from tests.htmlcheck import valid_html
from tests.indices.factories import EditionFactory, IndexFactory, a_ranking, released
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>郑州</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:"></head>
<body><main><h1>郑州</h1>{}</main></body></html>"""
PARTS = ("picture", "gallery", "quote", "figures", "table", "document", "related")
PLACES = {
    "home": (".story-lead", ".front-side .story-short", ".front-clock", ".front-by-section"),
    "section": (".story-row.story-pictured", ".pages"),
    "article": (
        *(".kicker", ".deck", ".byline", ".reprint", ".summary", ".dateline", ".desk-line"),
        *(f".body .{part}" for part in PARTS),
        ".topics",
    ),
}


def test_axe_finds_a_picture_without_words(page, axe):
    page.set_content(PAGE.format('<img src="data:,">'))
    assert axe(page) == ["image-alt: ['img']"]


def test_axe_finds_nothing_in_a_sound_page(page, axe):
    sound = PAGE.format("<p>第七位</p>")
    page.set_content(sound)
    assert axe(page) == []
    valid_html(sound)


def picture_value(alt="一座城市的天际线"):
    words = {"alt": alt, "decorative": not alt, "caption": "图说", "credit": "绘"}
    return {"picture": PictureFactory(size=(60, 40)).pk, **words}


def body_with_everything(related):
    """Return a body with one of each block that needs no other site."""
    figure = {"value": "14", "unit": "家", "label": "涉及的医院"}
    table = {
        "columns": [
            {"type": "text", "heading": "资格"},
            {"type": "number", "heading": "家数"},
        ],
        "rows": [{"values": ["医疗", 11]}, {"values": ["康复", None]}],
        "caption": "名单",
    }
    values = {
        "heading": {"kicker": "小引题", "text": "小标题"},
        "picture": picture_value(),
        "gallery": {"title": "组图", "pictures": [picture_value(), picture_value(alt="")]},
        "quote": {"text": "公布的位次为准。", "speaker": "编辑部", "title": "守则"},
        "key_figures": {"title": "数字", "figures": [figure, figure], "source": "通知"},
        "table": {"caption": "两份名单", "table": table, "source": "通知"},
        "document": {"document": DocumentFactory().pk, "note": "两张名单"},
        "related": {"title": "延伸阅读", "stories": [related.pk]},
    }
    listed = '<p>第一段，<b>粗</b>，<i>斜</i>，<a href="https://example.com/">链接</a>。</p><ul><li>一</li></ul>'
    return [
        {"type": "paragraph", "value": listed},
        *({"type": kind, "value": value} for kind, value in values.items()),
        *paragraphs("末段。"),
    ]


@pytest.fixture
def addresses(live_server):
    """The addresses of a furnished site: its front page, a long section, a story with every block."""
    home = a_site()
    section = a_section(title="数据", slug="shuju", introduction="名单、排名和统计。")
    for _ in range(22):
        an_article(section, cover=PictureFactory(size=(60, 40)), kicker="引题", deck="副题")
    story = an_article(
        section,
        kicker="医疗机构11家 康复机构7家",
        deck="去掉重复是14家医院",
        summary="两张名单相加是18家次。",
        dateline="本报讯",
        cover=PictureFactory(size=(60, 40)),
        topics=[TopicFactory()],
        paper="日报",
        page_number="A05",
        is_reprint=True,
        source_name="日报",
        source_headline="原标题",
        source_author="作者",
        source_url="https://example.com/",
        body=body_with_everything(related=ArticlePage.objects.first()),
    )
    story.credits = [
        ArticleCredit(person=PersonFactory()),
        ArticleCredit(name="王五", role=ArticleCredit.Role.RESPONSIBLE_EDITOR),
    ]
    story.save_revision().publish()
    home.slots = [FrontSlot(article=story)]
    home.save_revision().publish()
    return {"home": "/", "section": "/news/shuju/", "article": story.get_url()}


@pytest.mark.parametrize("mode", ["light", "dark", "large"])
def test_the_public_face_has_no_violation(page, axe, addresses, mode):
    page.emulate_media(color_scheme="dark" if mode == "dark" else "light")
    if mode == "large":
        page.goto("/display/?size=large&next=/")
    for (name, address), width in product(addresses.items(), (320, 1280)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert [part for part in PLACES[name] if page.locator(part).count() == 0] == []
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        valid_html(page.evaluate("fetch(location).then(answer => answer.text())"))
    size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    assert size == ("22.4px" if mode == "large" else "16px")


def test_the_large_text_is_remembered_and_taken_back(page, addresses):
    page.goto("/")
    page.get_by_role("link", name="大字版").click()
    page.goto(addresses["article"])
    measure = "getComputedStyle(document.documentElement).fontSize"
    assert page.evaluate(measure) == "22.4px"
    page.get_by_role("link", name="标准字号").click()
    page.wait_for_function(f"() => {measure} === '16px'")
    page.reload()
    assert page.evaluate(measure) == "16px"


@pytest.fixture
def open_data(live_server):
    """Pages of open data with what must stand on each: a rank put right, a notice of two hospitals, a story."""
    a_site()
    an_article(
        a_section(title="数据", slug="shuju"), title="晨星的位次", body=paragraphs("晨星第一。")
    )
    edition = EditionFactory(index=IndexFactory(code="governance", name="治理指数"), year=2020)
    _, (place, *_) = a_ranking(edition)
    wrong = Score.objects.get(place=place)
    overall = edition.dimensions.get()
    released(edition, (overall, place, {"rank": 3}), explanation="录入有误，报告中是第三。")
    city = PlaceFactory(name="晨星市", short_name="晨星")
    hospitals = [an_institution(f"晨星颐和{n}院", place=city) for n in ("东", "西")]
    kind = KindFactory()
    notice = published(a_notice(*hospitals, kind=kind, area=city, effective_on=date(2020, 9, 1)))
    designation = hospitals[0].designations.get()
    told = f"?dimension=overall&edition={edition.code}&place={place.code}"
    return {
        f"/d/index.rank:governance/{told}": ".statement-closed",
        f"/d/score:{wrong.pk}/": ".datum-closed",
        f"/d/institutions.status:{hospitals[0].code}/?kind={kind.code}&on=2020-10-01": ".statement",
        f"/d/notice.count:{notice.pk}/?unit=institutions": ".datum-value",
        f"/d/designation:{designation.pk}/": ".statement",
        f"/d/notice-line:{notice.pk}-1/": "blockquote",
        "/data/": ".data-name",
        "/data/scores/": ".data-versions",
        "/data/places/": ".data-columns",
        "/corrections/": ".notice-title",
        "/search/?q=晨星": ".search-rows",
        "/search/?q=晨兴颐和": ".search-alike",
    }


@pytest.mark.parametrize("mode", ["light", "dark", "large"])
def test_open_data_has_no_violation(page, axe, open_data, mode):
    page.emulate_media(color_scheme="dark" if mode == "dark" else "light")
    if mode == "large":
        page.goto("/display/?size=large&next=/data/")
    for (address, part), width in product(open_data.items(), (320, 1280)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert page.locator(part).count() > 0
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        valid_html(page.evaluate("fetch(location).then(answer => answer.text())"))


def test_no_text_stands_one_character_to_the_line(page, open_data):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto("/display/?size=large&next=/data/")
    page.goto("/search/?q=晨星颐和东院")
    for part in (".verdict > div", ".name", ".display-standard"):
        box = page.locator(part).first.bounding_box()
        assert box["width"] > 70
