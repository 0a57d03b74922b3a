"""The indices' pages as readers get them: what they show, cost and refuse, and that nothing hidden shows."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils import timezone

from indices.models import Comparability, Edition, Release
from indices.publishing import reverse
from portal.models import Place
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory
from tests.htmlcheck import valid_html
from tests.indices.factories import (
    EditionFactory,
    IndexFactory,
    a_dimension,
    a_draft,
    a_ranking,
    released,
)

pytestmark = pytest.mark.django_db
SECRET = "不该被看到的"
PAGE = "/indices/governance/2020/"


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def words_of(html):
    """The words of a page without its marks, one space between them."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def table_of(text, name="ranking"):
    """The rows of the page's first table of this class, each a list of its cells' words."""
    table = re.search(rf'<table class="{name}[ "].*?</table>', text, re.S)[0]
    rows = re.findall(r"<tr.*?</tr>", table, re.S)
    cells = [re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.S) for row in rows]
    return [[words_of(cell) for cell in row] for row in cells]


@pytest.fixture
def index():
    return IndexFactory(code="governance", name="数字治理指数", description="量城市的数字治理。")


@pytest.fixture
def report(index):
    """A report of 100 cities of which four are known, as a newspaper told of it."""
    edition = EditionFactory(
        index=index,
        year=2020,
        title="数字治理报告",
        reference_year=2019,
        released_on=date(2020, 8, 18),
        universe="GDP前100位的城市",
        universe_size=100,
        place_level="prefecture",
        method="四个维度。",
        source_words="日报A05版",
    )
    publisher = OrganisationFactory(name="甲研究院")
    edition.publishers.set([edition.publishers.model(organisation=publisher)])
    edition.save()
    overall = a_dimension(edition, label="总体")
    life = a_dimension(edition, "life", "生活服务", weight=Decimal("25"))
    a_dimension(edition, "base", "基础设施", parent=life)
    codes = {"上海": "310000", "北京": "110000", "杭州": "330100", "郑州": "410100"}
    places = {
        name: PlaceFactory(name=f"{name}市", short_name=name, code=codes[name]) for name in codes
    }
    released(
        edition,
        (overall, places["郑州"], {"rank": 7, "name_as_published": "郑洲"}),
        (life, places["郑州"], {"rank": 4}),
        *(
            (life, places[name], {"rank_from": 1, "rank_to": 3})
            for name in ("上海", "北京", "杭州")
        ),
    )
    return edition


def scored(index, year, *values, **fields):
    """An edition of the series whose three places, codes 100001 to 100003, have these scores and ranks."""
    edition = EditionFactory(index=index, year=year, unit="分", **fields)
    overall = a_dimension(edition, label="总体", decimals=2)
    places = [
        Place.objects.filter(name=f"{name}市").first()
        or PlaceFactory(code=f"10000{number}", name=f"{name}市")
        for number, name in enumerate("甲乙丙"[: len(values)], 1)
    ]
    order = sorted(values, reverse=True)
    released(
        edition,
        *(
            (overall, place, {"value": Decimal(value), "rank": order.index(value) + 1})
            for place, value in zip(places, values, strict=True)
        ),
    )
    return edition, places


# --- All series, one series -----------------------------------------------------------------------------


def test_every_series_stands_with_its_latest_edition(home, client, report):
    demo = IndexFactory(code="demo", name="示范指数", is_demonstration=True)
    a_ranking(EditionFactory(index=demo, year=2019))
    a_ranking(EditionFactory(index=demo, year=2021))
    text = text_of(client, "/indices/")
    valid_html(text)
    words = words_of(text)
    assert (
        "数字治理指数 量城市的数字治理。 最新一版 2020 发布机构 甲研究院 评估对象 GDP前100位的城市"
        " 收录 评估 100 个城市，本站收录 4 个" in words
    )
    assert (
        "示范指数 演示数据 最新一版 2021 （共 2 版） 发布机构 没有载明 评估对象 没有载明"
        " 收录 本站收录 3 个地方，评估总数未载明" in words
    )
    assert '<a href="/indices/" aria-current="page">指数</a>' in text


def test_without_a_public_series_the_list_says_so(home, client):
    a_draft(EditionFactory(index=IndexFactory(name=SECRET)))
    text = text_of(client, "/indices/")
    valid_html(text)
    assert "还没有发布指数。" in text
    assert SECRET not in text


def test_a_series_tells_how_far_neighbours_may_be_compared(home, client, index):
    editions = [scored(index, year, "3", "2", "1")[0] for year in (2018, 2019, 2020, 2021)]
    kinds = (("full", "口径未变"), ("none", "换了评估对象"))
    for (earlier, later), (extent, reason) in zip(pairwise(editions), kinds, strict=False):
        Comparability.objects.create(earlier=earlier, later=later, extent=extent, reason=reason)
    text = text_of(client, "/indices/governance/")
    valid_html(text)
    words = words_of(text)
    assert "与2018 得分和位次都可比：口径未变" in words
    assert "与2019 不可比：换了评估对象" in words
    assert "与2020 两版的可比性未经声明，不作升降比较。" in words
    response = client.get("/indices/governance/?format=csv")
    assert b"".join(response.streaming_content).decode("utf-8-sig").split("\r\n") == [
        "版次,甲市,乙市,丙市,与前一版次",
        "2018,第1,第2,第3,",
        "2019,第1,第2,第3,",
        "2020,第1,第2,第3,不可比：换了评估对象",
        "2021,第1,第2,第3,两版的可比性未经声明，不作升降比较",
        "",
    ]


def test_a_series_shows_the_places_that_were_chosen(home, client, index):
    for year in (2019, 2020):
        scored(index, year, "3", "2", "1")
    other = PlaceFactory(code="100009", name="丁市")
    response = client.get("/indices/governance/?place=100002&place=100009&format=csv")
    rows = b"".join(response.streaming_content).decode("utf-8-sig").split("\r\n")
    assert rows[0] == "版次,乙市,丁市,与前一版次"
    assert rows[1] == "2019,第2,未披露,"
    text = text_of(client, f"/indices/governance/?place={other.code}")
    valid_html(text)
    assert "历版都没有披露丁市的总体位次和得分。" in text


# --- One edition ----------------------------------------------------------------------------------------


def test_a_report_of_which_little_is_known(home, client, report):
    text = text_of(client, PAGE)
    valid_html(text)
    assert table_of(text) == [
        ["地方", "总体", "生活服务"],
        ["郑州 来源写作“郑洲”", "第7", "第4"],
        ["北京", "未披露", "第1至3（次序未披露）"],
        ["上海", "未披露", "第1至3（次序未披露）"],
        ["杭州", "未披露", "第1至3（次序未披露）"],
    ]
    words = words_of(text)
    for told in (
        "甲研究院发布。评估 100 个城市，本站收录 4 个。",
        "没有收录的维度：基础设施。",
        "版次 2020（版次年份 2020） 参考年份 2019 年的数据 发布日期 2020年8月18日 评估对象 GDP前100位的城市",
        "方法 四个维度。 来源 日报A05版",
        "总体 没有公布 总体。 生活服务 25% 第 2 级： 基础设施 没有公布 没有收录数据。",
    ):
        assert told in words
    assert "升降" not in words.split("排名")[1].split("维度")[0]


def test_what_a_report_does_not_state_is_said(home, client, index):
    edition = EditionFactory(index=index, year=2020)
    a_ranking(edition, size=1)
    words = words_of(text_of(client, PAGE))
    assert (
        "发布机构 没有载明 版次 2020（版次年份 2020） 参考年份 没有载明 发布日期 没有载明" in words
    )
    assert "评估对象 没有载明 收录 本站收录 1 个地方，评估总数未载明 得分单位 没有载明" in words


def test_scores_stand_beside_ranks_and_neither_is_blank(home, client, index):
    edition = EditionFactory(index=index, year=2020, unit="分")
    overall = a_dimension(edition, label="总体", decimals=2)
    other = a_dimension(edition, "other", "另一维度")
    names = [PlaceFactory(name=f"{name}市") for name in "甲乙丙丁戊"]
    released(
        edition,
        (overall, names[0], {"rank": 1, "value": Decimal("4")}),
        (overall, names[1], {"rank": 2, "tied": True}),
        (overall, names[2], {"value": Decimal("3.5")}),
        (overall, names[3], {"status": "missing"}),
        (overall, names[4], {"status": "zero_by_rule", "value": Decimal("0"), "rank": 9}),
        (other, names[0], {"value": Decimal("1")}),
        (other, names[1], {"tier": "第一梯队"}),
        (other, names[2], {"top_n": 10}),
    )
    assert table_of(text_of(client, PAGE)) == [
        ["地方", "总体", "另一维度"],
        ["甲市", "第1 4.00分", "位次未披露 1分"],
        ["乙市", "并列第2 得分未披露", "第一梯队 得分未披露"],
        ["戊市", "第9 0.00分（按规则计零）", "未披露"],
        ["丙市", "位次未披露 3.50分", "前10名 得分未披露"],
        ["丁市", "缺数据", "未披露"],
    ]


@pytest.mark.parametrize(
    ("sort", "order", "direction"),
    [
        ("life", ["北京", "上海", "杭州", "郑州"], "ascending"),
        ("-life", ["郑州", "杭州", "上海", "北京"], "descending"),
    ],
)
def test_the_table_is_sorted_by_its_address(home, client, report, sort, order, direction):
    text = text_of(client, f"{PAGE}?sort={sort}")
    assert [row[0].split()[0] for row in table_of(text)[1:]] == order
    other = {"life": "-life", "-life": "life"}[sort]
    heading = f'aria-sort="{direction}"><a href="?sort={other}" rel="nofollow">生活服务</a>'
    assert heading in text
    assert '<meta name="robots" content="noindex">' in text


def test_the_dimensions_asked_for_are_the_columns(home, client, report):
    assert table_of(text_of(client, f"{PAGE}?dimension=life"))[0] == ["地方", "生活服务"]


def test_a_place_asked_for_is_marked(home, client, report):
    text = text_of(client, f"{PAGE}?place=410100")
    assert text.count('<tr class="chosen">') == 1
    assert "card.png?v=" in text


@pytest.mark.parametrize(
    ("extent", "told", "column"),
    [
        (
            "full",
            "与上一版（ 2019 ）可比：口径未变",
            [["总体较2019"], ["持平"], ["上升1位"], ["下降1位"], ["2019的位次未披露。"]],
        ),
        ("scores", "不与上一版（ 2019 ）比升降：只有得分可比：口径未变", [[]] * 5),
        ("none", "不与上一版（ 2019 ）比升降：不可比：口径未变", [[]] * 5),
        (None, "不与上一版（ 2019 ）比升降：两版的可比性未经声明，不作升降比较。", [[]] * 5),
    ],
)
def test_movement_is_told_only_where_it_may_be(home, client, index, extent, told, column):
    earlier, _ = scored(index, 2019, "3", "1", "2")
    later, _ = scored(index, 2020, "9", "8", "7")
    overall = later.dimensions.get()
    new = PlaceFactory(code="100004", name="丁市")
    released(later, (overall, new, {"rank": 4}))
    if extent:
        Comparability.objects.create(earlier=earlier, later=later, extent=extent, reason="口径未变")
    text = text_of(client, PAGE)
    assert told in words_of(text)
    assert [row[2:] for row in table_of(text)] == column


def test_the_first_edition_has_nothing_to_move_from(home, client, index):
    scored(index, 2020, "1")
    text = text_of(client, PAGE)
    assert "上一版" not in text
    assert table_of(text) == [["地方", "总体"], ["甲市", "第1 1.00分"]]


def test_a_correction_tells_day_reason_and_rows(home, client, index):
    edition, places = scored(index, 2020, "3", "2", "1")
    before = timezone.now()
    overall = edition.dimensions.get()
    new = PlaceFactory(code="100004", name="丁市")
    correction = released(
        edition,
        (overall, places[0], {"value": Decimal("2.9"), "rank": 1}),
        (overall, places[2], None),
        (overall, new, {"rank": 3}),
        explanation="抄错了行",
    )
    text = text_of(client, PAGE)
    valid_html(text)
    day = timezone.localtime(correction.published_at)
    assert f'<li class="release release-correction" id="release-{correction.pk}">' in text
    words = words_of(text)
    assert f"这一版更正过 1 次，最近一次在 {day:%Y}年{day.month}月{day.day}日" in words
    assert "理由：抄错了行 依据：测试用的报告" in words
    rows = [
        ["甲市", "总体", "第1，得分 3.00分", "第1，得分 2.90分"],
        ["丙市", "总体", "第3，得分 1.00分", "撤去"],
        ["丁市", "总体", "此前未收录", "第3"],
    ]
    assert table_of(text, "changes") == [["地方", "维度", "原来", "现在"], *rows]
    every = text_of(client, f"{PAGE}releases/{correction.pk}/")
    valid_html(every)
    assert table_of(every, "changes")[1:] == rows
    then = text_of(client, f"{PAGE}?known_at={before.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}")
    assert "抄错了行" not in then
    assert [row[1] for row in table_of(then)[1:]] == ["第1 3.00分", "第2 2.00分", "第3 1.00分"]
    assert "按现在的记录" in then


def test_two_corrections_of_one_value_each_tell_their_own_step(home, client, index):
    edition, (place,) = scored(index, 2020, "1")
    overall = edition.dimensions.get()
    for value in ("2", "3"):
        content = {"value": Decimal(value), "rank": 1}
        released(edition, (overall, place, content), explanation="又错了")
    text = text_of(client, PAGE)
    tables = re.findall(r'<table class="changes".*?</table>', text, re.S)
    assert [table_of(table, "changes")[1][2:] for table in tables] == [
        ["第1，得分 2.00分", "第1，得分 3.00分"],
        ["第1，得分 1.00分", "第1，得分 2.00分"],
    ]


def test_an_edition_that_is_taken_back_says_so(home, client, index):
    scored(index, 2020, "1")
    reverse(Release.objects.get(), by=UserFactory(), explanation="整份报告有误")
    text = text_of(client, PAGE)
    valid_html(text)
    assert "这一版现在没有收录任何地方的数据，先前发布的已经撤去" in text
    assert "评估总数未载明" in text_of(client, "/indices/")
    valid_html(text_of(client, "/indices/governance/"))


def test_a_long_correction_shows_its_head_and_leads_to_the_rest(home, client, index):
    edition, places = a_ranking(EditionFactory(index=index, year=2020), size=12)
    overall = edition.dimensions.get()
    lines = [(overall, place, {"rank": rank}) for rank, place in enumerate(places, 2)]
    correction = released(edition, *lines, explanation="都差一位")
    text = text_of(client, PAGE)
    assert len(table_of(text, "changes")) == 11
    assert "只列前 10 行， 看全部 12 行 。" in words_of(text)
    assert len(table_of(text_of(client, f"{PAGE}releases/{correction.pk}/"), "changes")) == 13


@pytest.mark.parametrize(("size", "first", "second"), [(300, 300, None), (301, 100, 100)])
def test_pages_are_bounded(home, client, index, size, first, second):
    a_ranking(EditionFactory(index=index, year=2020), size=size)
    assert len(table_of(text_of(client, PAGE))) == first + 1
    if second is None:
        text_of(client, f"{PAGE}?page=2", status=404)
    else:
        rows = table_of(text_of(client, f"{PAGE}?page=2"))
        assert (len(rows), rows[1][1]) == (second + 1, "第101")


# --- Taking away ----------------------------------------------------------------------------------------


def test_scores_can_be_taken_away(home, client, index):
    _, (first, *_) = scored(index, 2020, "3", "2")
    response = client.get(f"{PAGE}?format=csv")
    assert response["Content-Disposition"] == 'attachment; filename="governance-2020.csv"'
    rows = b"".join(response.streaming_content).decode("utf-8-sig").split("\r\n")
    assert [row.split(",")[2:9] for row in rows[:3]] == [
        ["地方代码", "地方", "来源中的写法", "维度代码", "维度", "得分", "位次"],
        ["100001", "甲市", "", "overall", "总体", "3.00", "1"],
        ["100002", "乙市", "", "overall", "总体", "2.00", "2"],
    ]
    response = client.get(f"{PAGE}?format=json&place={first.code}")
    told = json.loads(b"".join(response.streaming_content))
    assert [(row["place_code"], row["rank_published"]) for row in told] == [("100001", 1)]
    response = client.get(f"{PAGE}?format=xlsx")
    assert b"".join(response.streaming_content)[:2] == b"PK"


def test_a_file_can_be_had_as_it_was_known(home, client, index):
    edition, (place,) = scored(index, 2020, "3")
    before = f"{timezone.now().astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
    content = {"value": Decimal(2), "rank": 1}
    released(edition, (edition.dimensions.get(), place, content), explanation="错了")
    for query, score in ((f"&known_at={before}", "3.00"), ("", "2.00")):
        rows = b"".join(client.get(f"{PAGE}?format=csv{query}").streaming_content)
        assert rows.decode().split("\r\n")[1].split(",")[7] == score


def test_the_citation_is_fixed_to_what_it_cites(home, client, report):
    text = text_of(client, PAGE)
    cited = re.search(r'<p class="scores-citation">(.*?)</p>', text)[1]
    published = Release.objects.get().published_at.astimezone(UTC)
    today = timezone.localdate().isoformat()
    assert cited == (
        f"甲研究院. 数字治理报告[DS/OL]. 有据, {today[:4]}({today})[{today}]. "
        f"http://testserver{PAGE}?known_at={published:%Y%m%dT%H%M%S.%fZ}"
    )
    assert table_of(text_of(client, cited.split(" ")[-1])) == table_of(text)


def test_the_card_is_kept_as_long_as_its_words_stand(home, client, report):
    address = re.search(r'og:image" content="http://127.0.0.1:8000([^"]*)"', text_of(client, PAGE))[
        1
    ]
    response = client.get(address)
    assert (response["Content-Type"], response.content[:4]) == ("image/png", b"\x89PNG")
    assert response["Cache-Control"] == "public, max-age=86400"
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{PAGE}card.png")["Cache-Control"] == "public, max-age=300"
    of_place = client.get(f"{PAGE}card.png?place=410100")
    assert of_place["ETag"] != response["ETag"]
    overall = report.dimensions.get(parent=None)
    released(report, (overall, PlaceFactory(), {"rank": 1}))
    assert client.get(address)["Cache-Control"] == "public, max-age=300"


# --- The comparison -------------------------------------------------------------------------------------


def test_places_stand_side_by_side(home, client, report):
    text = text_of(client, "/indices/compare/?index=governance&place=410100&place=310000")
    valid_html(text)
    assert table_of(text) == [
        ["维度", "郑州", "上海"],
        ["总体", "第7", "未披露"],
        ["生活服务", "第4", "第1至3（次序未披露）"],
        ["基础设施", "未披露", "未披露"],
    ]
    address = "/indices/compare/?index=governance&place=410100&dimension=life"
    assert table_of(text_of(client, address)) == [["维度", "郑州"], ["生活服务", "第4"]]
    rows = b"".join(client.get(f"{address}&format=csv").streaming_content).decode().split("\r\n")
    assert [row.split(",")[3] for row in rows[1:-1]] == ["郑州市"]


def test_the_comparison_asks_step_by_step(home, client, report):
    valid_html(first := text_of(client, "/indices/compare/"))
    assert "先选一个指数，再选版次和地方。" in first
    valid_html(second := text_of(client, "/indices/compare/?index=governance"))
    assert "选一到五个地方，再按“比较”。" in second
    assert second.count('<option value="410100">郑州</option>') == 5


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/indices/compare/?index=none", "参数 index 应为一个指数的代码，收到的是“none”。"),
        (
            "/indices/compare/?index=governance&edition=1",
            "参数 edition 应为“数字治理指数”的一个版次",
        ),
        (
            "/indices/compare/?place=1&place=2&place=3&place=4&place=5&place=6",
            "参数 place 应为至多",
        ),
        ("/indices/compare/?index=governance&place=x", "参数 place 应为一个地方的代码"),
        (
            "/indices/compare/?index=governance&dimension=x",
            "参数 dimension 应为这一版的一个维度的代码",
        ),
        ("/indices/compare/?index=governance&format=csv", "参数 place 应为至少一个地方的代码"),
        ("/indices/compare/?place=410100&format=csv", "参数 index 应为一个指数的代码，没有填写。"),
        ("/indices/compare/?format=json", "参数 format 应为 csv，收到的是“json”。"),
        (f"{PAGE}?sort=none", "参数 sort 应为这一版的一个维度的代码，收到的是“none”。"),
        (f"{PAGE}?format=pdf", "参数 format 应为 csv、xlsx、json，收到的是“pdf”。"),
        (f"{PAGE}?page=0", "参数 page 应为正整数，收到的是“0”。"),
        (f"{PAGE}?known_at=x", "参数 known_at 应为日期"),
        (f"{PAGE}card.png?place=none", "参数 place 应为一个地方的代码"),
        ("/indices/governance/?place=none", "参数 place 应为一个地方的代码"),
        ("/indices/?page=x", "参数 page 应为正整数，收到的是“x”。"),
    ],
)
def test_a_wrong_parameter_is_named(home, client, report, address, message):
    assert message in words_of(text_of(client, address, status=400))


@pytest.mark.parametrize("address", ["none/", "governance/2019/", "governance/2020/releases/0/"])
def test_what_is_not_there_is_not_found(home, client, report, address):
    text_of(client, f"/indices/{address}", status=404)


# --- What must not show ---------------------------------------------------------------------------------

WAYS = (
    "/indices/hidden/",
    "/indices/hidden/2020/",
    "/indices/hidden/2020/?format=csv",
    "/indices/hidden/2020/?format=xlsx",
    "/indices/hidden/2020/?format=json",
    "/indices/hidden/2020/card.png",
    "/indices/hidden/2020/releases/{release}/",
)
LISTS = ("/indices/", "/indices/compare/")


def assert_hidden(client, release):
    found = {way: client.get(way.format(release=release)).status_code for way in WAYS}
    assert found == dict.fromkeys(WAYS, 404)
    text_of(client, "/indices/compare/?index=hidden", status=400)
    for way in LISTS:
        assert SECRET not in text_of(client, way)


def test_a_draft_shows_nowhere(home, client):
    edition = EditionFactory(index=IndexFactory(code="hidden", name=SECRET), year=2020)
    release = a_draft(edition, (a_dimension(edition), PlaceFactory(), {"rank": 1}))
    assert_hidden(client, release.pk)


def test_an_embargo_holds_to_the_second(home, client, monkeypatch):
    edition, _ = a_ranking(
        EditionFactory(index=IndexFactory(code="hidden", name=SECRET), year=2020)
    )
    release = edition.releases.get()
    ends = timezone.now() + timedelta(hours=1)
    Edition.objects.filter(pk=edition.pk).update(embargoed_until=ends)
    monkeypatch.setattr(timezone, "now", lambda: ends - timedelta(microseconds=1))
    assert_hidden(client, release.pk)
    monkeypatch.setattr(timezone, "now", lambda: ends)
    found = [client.get(way.format(release=release.pk)).status_code for way in WAYS]
    assert found[1:] == [200] * 6
    for way in LISTS:
        assert SECRET in text_of(client, way)


def test_before_its_publication_an_edition_was_not_known(home, client):
    edition, _ = a_ranking(
        EditionFactory(index=IndexFactory(code="hidden", name=SECRET), year=2020)
    )
    release = edition.releases.get()
    before = release.published_at - timedelta(microseconds=1)
    for at, status in ((before, 404), (release.published_at, 200)):
        stamp = f"{at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
        for way in WAYS:
            address = way.format(release=release.pk)
            join = "&" if "?" in address else "?"
            got = client.get(f"{address}{join}known_at={stamp}").status_code
            assert (way, got) == (way, status)
        compared = client.get(f"/indices/compare/?index=hidden&known_at={stamp}")
        assert compared.status_code == (400 if status == 404 else 200)


def test_a_draft_into_a_public_edition_shows_nowhere(home, client, report):
    overall = report.dimensions.get(parent=None)
    place = PlaceFactory(name=SECRET, code="410200")
    draft = a_draft(report, (overall, place, {"rank": 8}), explanation=SECRET)
    ways = [way.replace("hidden", "governance") for way in WAYS[:6]]
    for way in [*LISTS, *ways, "/indices/compare/?index=governance&place=410100"]:
        response = client.get(way)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert SECRET.encode() not in body
    text_of(client, f"{PAGE}releases/{draft.pk}/", status=404)
    shown = text_of(client, "/indices/compare/?index=governance&place=410200")
    assert table_of(shown)[1] == ["总体", "未披露"]


def test_a_later_edition_that_is_hidden_changes_nothing(home, client, report):
    hidden = EditionFactory(index=report.index, year=2021, label=SECRET)
    a_draft(hidden, (a_dimension(hidden), PlaceFactory(), {"rank": 1}))
    for way in (*LISTS, "/indices/governance/", PAGE, "/indices/compare/?index=governance"):
        assert SECRET not in text_of(client, way)


# --- What a page costs ----------------------------------------------------------------------------------


def a_full_edition(index, count, year=2020, dimensions=3):
    """An edition of `count` places, with a correction of all of them, comparable with the one before."""
    editions = []
    places = [PlaceFactory() for _ in range(count)]
    for number in (0, 1):
        edition = EditionFactory(index=index, year=year - 1 + number)
        columns = [a_dimension(edition, f"d{n}", f"维度{n}") for n in range(dimensions)]
        lines = [
            (column, place, {"value": Decimal(rank), "rank": rank})
            for column in columns
            for rank, place in enumerate(places, 1)
        ]
        released(edition, *lines)
        editions.append(edition)
    Comparability.objects.create(
        earlier=editions[0], later=editions[1], extent="full", reason="口径未变"
    )
    lines = [(columns[0], place, {"rank": rank + 1}) for rank, place in enumerate(places, 1)]
    released(editions[1], *lines, explanation="都差一位")
    return editions[1], places


@pytest.mark.parametrize("count", [1, 3, 300])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        (PAGE, 11),
        (f"{PAGE}?sort=-d1", 11),
        (f"{PAGE}?place={{code}}", 12),
        (f"{PAGE}card.png", 8),
        ("/indices/compare/?index=governance&place={code}", 14),
    ],
)
def test_an_edition_costs_the_same_for_any_number_of_places(
    home, client, index, count, address, queries, django_assert_num_queries
):
    _, places = a_full_edition(index, count)
    address = address.format(code=places[0].code)
    client.get(address)  # addresses of sections and kinds of content are remembered
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 20])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/indices/", 8),
        ("/indices/governance/", 16),
        ("/indices/governance/{year}/", 10),
        ("/indices/compare/?index=governance", 11),
    ],
)
def test_a_series_costs_the_same_for_any_number_of_editions(
    home, client, index, count, address, queries, django_assert_num_queries
):
    for number in range(count):
        scored(index, 2000 + number, "3", "2", "1")
    address = address.format(year=1999 + count)
    client.get(address)  # addresses of sections and kinds of content are remembered
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_series(
    home, client, count, django_assert_num_queries
):
    for _ in range(count):
        a_ranking()
    client.get("/indices/")
    with django_assert_num_queries(8):
        assert client.get("/indices/").status_code == 200


def test_an_instant_in_an_address_may_have_any_zone(home, client, report):
    at = datetime.now(UTC).isoformat()
    assert table_of(text_of(client, f"{PAGE}?known_at={at}")) == table_of(text_of(client, PAGE))
