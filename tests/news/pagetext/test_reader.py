"""The page reader as a whole: nothing is lost, stories are told apart, broken paragraphs are whole again."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.pagetext.headlines import HeadlineParts
from news.pagetext.notes import dropped_in
from news.pagetext.reader import read_page

LEAD = "昨日,市城乡水务研究会发布《沿江城市节水报告(2021)》,云泽市节水指数位居全省第三。 云泽融媒记者 方晓岚"
PAGE = f"""
{LEAD}

## 老旧管网换新、雨水浇绿地、智能水表进万家 云泽市节水指数全省第三 仅次于青浦、白石

制图 林一舟

### 漏损率五年降了一半 每天省出一个湖

报告显示,五年来云泽市更换老旧管网三百二十公里,供水漏损率从百分之十八降到百分之九。

市水务集团把每一段管线都编上了号。巡线员老周说,过去靠耳朵听,现在靠传

感器报警,一处渗漏从发现到修好平均只要四个小时。

### 雨水不再白流

#### 海绵公园里的“大水缸”

城西的海绵公园地下埋着一座八千立方米的蓄水池,雨季收集的水够周边绿地浇上两个月

。公园旁的三个小区也接上了同一套管线。

### 我市新设6处 流动图书 服务点(站)

本报讯(云泽融媒记者何青)记者昨日从市图书馆获悉,六处流动图书服务点本周起开放。

服务点每周三、周六开放,市民凭身份证即可借书。
"""

CREDIT_KEYS = ("role", "affiliation", "name")


def texts(story):
    return [(entry["type"], entry["text"]) for entry in story["body"]]


def people(story):
    return [tuple(credit[key] for key in CREDIT_KEYS) for credit in story["credits"]]


def inked(text):
    """The multiset of characters that are no white space."""
    return Counter(character for character in text if not character.isspace())


def account(page):
    """What a page's fields and notes hold, and what of it a repeated role or house may have added."""
    held, repeated = Counter(), Counter()
    for story in page.as_dict()["stories"]:
        fields = [story[key] for key in ("kicker", "headline", "deck", "dateline")]
        fields += [entry["text"] for entry in story["body"]]
        fields += [credit[key] for credit in story["credits"] for key in CREDIT_KEYS]
        fields += [dropped_in(note) for note in story["notes"]]
        held += inked("".join(fields))
        repeated += inked("".join(c["role"] + c["affiliation"] for c in story["credits"]))
        repeated += inked(
            "".join(dropped_in(n) for n in story["notes"] if n.startswith("重复的署名"))
        )
    return held, repeated


def assert_nothing_lost(text):
    held, repeated = account(read_page(text))
    assert inked(text) - held == Counter()
    assert (held - inked(text)) - repeated == Counter()


FIRST = {
    "kicker": "",
    "headline": "老旧管网换新、雨水浇绿地、智能水表进万家 云泽市节水指数全省第三 仅次于青浦、白石",
    "deck": "",
    "dateline": "",
    "credits": [
        {"role": "记者", "affiliation": "云泽融媒", "name": "方晓岚"},
        {"role": "制图", "affiliation": "", "name": "林一舟"},
    ],
    "body": [
        {"type": "paragraph", "text": LEAD.split(maxsplit=1)[0]},
        {"type": "heading", "text": "漏损率五年降了一半 每天省出一个湖"},
        {
            "type": "paragraph",
            "text": "报告显示,五年来云泽市更换老旧管网三百二十公里,供水漏损率从百分之十八降到百分之九。",
        },
        {
            "type": "paragraph",
            "text": "市水务集团把每一段管线都编上了号。巡线员老周说,过去靠耳朵听,现在靠传感器报警,"
            "一处渗漏从发现到修好平均只要四个小时。",
        },
        {"type": "heading", "text": "雨水不再白流"},
        {"type": "heading", "text": "海绵公园里的“大水缸”"},
        {
            "type": "paragraph",
            "text": "城西的海绵公园地下埋着一座八千立方米的蓄水池,雨季收集的水够周边绿地浇上两个月。"
            "公园旁的三个小区也接上了同一套管线。",
        },
    ],
    "joined": 2,
    "notes": [
        "已去除标题标记（4处）「## ### ### ####」",
        "已连接版式断开的段落（2处）：“现在靠传|感器报警”；“上两个月|。公园旁”。",
        "标题可能由几行连成，可拆分为：引题“老旧管网换新、雨水浇绿地、智能水表进万家”，"
        "主题“云泽市节水指数全省第三”，副题“仅次于青浦、白石”。",
    ],
}
SECOND = {
    "kicker": "",
    "headline": "我市新设6处 流动图书 服务点(站)",
    "deck": "",
    "dateline": "本报讯",
    "credits": [{"role": "记者", "affiliation": "云泽融媒", "name": "何青"}],
    "body": [
        {"type": "paragraph", "text": "记者昨日从市图书馆获悉,六处流动图书服务点本周起开放。"},
        {"type": "paragraph", "text": "服务点每周三、周六开放,市民凭身份证即可借书。"},
    ],
    "joined": 0,
    "notes": [
        "已去除标题标记（1处）「###」",
        "标题中有空格，可能是版式换行，已照原样保留",
        "已去除署名中的括号、分隔符号和重复角色（1处）「()」",
    ],
}


def test_page_of_two_stories_is_read_in_order():
    assert read_page(PAGE).as_dict()["stories"] == [FIRST, SECOND]


def test_split_of_a_glued_headline_is_offered_and_not_made():
    first, second = read_page(PAGE).stories
    assert first.headline_offer == HeadlineParts(
        "老旧管网换新、雨水浇绿地、智能水表进万家", "云泽市节水指数全省第三", "仅次于青浦、白石"
    )
    assert second.headline_offer is None


def test_marked_text_fills_the_parts():
    text = """【引题】管网换新、雨水浇绿地
【主题】节水指数全省第三
【副题】仅次于青浦、白石
【署名】云泽融媒记者 方晓岚 何青
【制图】林一舟

【导语】昨日，节水报告发布。

【小标题】雨水不再白流|海绵公园里的大水缸

城西的海绵公园下雨也能走。
【主题】图书服务点开放
【电头】本报讯
【署名】云泽融媒记者 何青

本报讯（云泽融媒记者何青）服务点本周起开放。"""
    first, second = read_page(text).as_dict()["stories"]
    assert [first[key] for key in ("kicker", "headline", "deck", "dateline")] == [
        "管网换新、雨水浇绿地",
        "节水指数全省第三",
        "仅次于青浦、白石",
        "",
    ]
    assert people(first) == [
        ("记者", "云泽融媒", "方晓岚"),
        ("记者", "云泽融媒", "何青"),
        ("制图", "", "林一舟"),
    ]
    assert texts(first) == [
        ("paragraph", "昨日，节水报告发布。"),
        ("heading", "雨水不再白流"),
        ("heading", "海绵公园里的大水缸"),
        ("paragraph", "城西的海绵公园下雨也能走。"),
    ]
    assert (second["headline"], second["dateline"]) == ("图书服务点开放", "本报讯")
    assert people(second) == [("记者", "云泽融媒", "何青")]
    assert texts(second) == [("paragraph", "服务点本周起开放。")]
    assert_nothing_lost(text)


THREE = """云泽晚报 2021年5月12日 星期三
第03版:城市新闻
3 上一篇 下一篇 4
菜市场开进了地铁站
本报讯（记者 方晓岚 通讯员 周平）昨日，地铁二号线清河站里多了一家菜市场。摊主说，下班的人顺手就能把菜买回家。
菜价与地面市场持平。（下转A05版）
高考考点周边禁鸣
据新华社云泽5月11日电 高考期间，全市四十二个考点周边五百米内禁止鸣笛。
市民可拨热线举报夜间施工。
云泽再添两处口袋公园
□本报记者 何青 文/图
两处口袋公园昨日开园，面积都不到两千平方米，却装下了步道、花坛和儿童乐园。
市园林局介绍，年内还将建成十处。
责任编辑 王红 校对 李丽
"""


def test_three_stories_without_markup():
    stories = read_page(THREE).as_dict()["stories"]
    assert [(s["headline"], s["deck"], s["dateline"]) for s in stories] == [
        ("菜市场开进了地铁站", "", "本报讯"),
        ("高考考点周边禁鸣", "", "据新华社云泽5月11日电"),
        ("云泽再添两处口袋公园", "", ""),
    ]
    assert [texts(story) for story in stories] == [
        [
            (
                "paragraph",
                "昨日，地铁二号线清河站里多了一家菜市场。摊主说，下班的人顺手就能把菜买回家。",
            ),
            ("paragraph", "菜价与地面市场持平。"),
        ],
        [
            ("paragraph", "高考期间，全市四十二个考点周边五百米内禁止鸣笛。"),
            ("paragraph", "市民可拨热线举报夜间施工。"),
        ],
        [
            (
                "paragraph",
                "两处口袋公园昨日开园，面积都不到两千平方米，却装下了步道、花坛和儿童乐园。",
            ),
            ("paragraph", "市园林局介绍，年内还将建成十处。"),
        ],
    ]
    assert [people(story) for story in stories] == [
        [("记者", "", "方晓岚"), ("通讯员", "", "周平")],
        [],
        [("文/图", "本报", "何青"), ("责任编辑", "", "王红"), ("校对", "", "李丽")],
    ]
    assert_nothing_lost(THREE)


def test_one_plain_story():
    text = """让老人吃上热乎饭

云泽市社区食堂增至六十家

云泽日报记者 方晓岚

清晨六点，兴华社区食堂的灯亮了。

菜价怎么定

社区食堂由街道出场地、企业来经营，六十岁以上的老人打八折。

（责编：王红、李丽）"""
    (story,) = read_page(text).as_dict()["stories"]
    assert (story["kicker"], story["headline"], story["deck"]) == (
        "",
        "让老人吃上热乎饭",
        "云泽市社区食堂增至六十家",
    )
    assert people(story) == [
        ("记者", "云泽日报", "方晓岚"),
        ("责编", "", "王红"),
        ("责编", "", "李丽"),
    ]
    assert texts(story) == [
        ("paragraph", "清晨六点，兴华社区食堂的灯亮了。"),
        ("heading", "菜价怎么定"),
        ("paragraph", "社区食堂由街道出场地、企业来经营，六十岁以上的老人打八折。"),
    ]


def headlines(text):
    return [story["headline"] for story in read_page(text).as_dict()["stories"]]


def test_briefs_of_one_level_end_with_their_bylines():
    briefs = """### 春耕用上导航
农机手坐在拖拉机里，双手离开方向盘。（记者 何青）
### 雨水偏多
全县平均气温偏高，雨水偏多。（周平）
### 天桥启用
天桥昨天启用，两端装有电梯。（记者 李丽）"""
    assert headlines(briefs) == ["春耕用上导航", "雨水偏多", "天桥启用"]


def test_levels_of_markup_tell_headlines_from_headings():
    text = "# 老街改造\n墙刷新了。\n## 水电先行\n换了个遍。\n# 夜市\n昨晚开市。"
    assert headlines(text) == ["老街改造", "夜市"]


def test_headings_after_a_byline_at_the_lead_do_not_start_a_story():
    text = "### 老街改造\n墙刷新了。记者 何青\n### 水电先行\n换了个遍。\n### 邻里议事\n每周三晚。"
    assert headlines(text) == ["老街改造"]


def test_levels_of_a_headline_tell_its_parts():
    (story,) = read_page(
        "## 让老街活起来\n# 老街改造不搬人\n## 六百户老住户留了下来\n墙刷新了。"
    ).stories
    assert (story.kicker, story.headline, story.deck) == (
        "让老街活起来",
        "老街改造不搬人",
        "六百户老住户留了下来",
    )


def test_column_taken_over_line_by_line_is_joined():
    text = """昨晚，全市最大的一座过江隧道贯通，
记者从现场看到，两台盾构机在江底
八十米处会合，误差不到两厘米，比
设计要求还小。
隧道全长六公里，计划明年通车，届
时过江只要五分钟。"""
    (story,) = read_page(text).as_dict()["stories"]
    assert [entry["text"] for entry in story["body"]] == [
        "昨晚，全市最大的一座过江隧道贯通，记者从现场看到，两台盾构机在江底八十米处会合，"
        "误差不到两厘米，比设计要求还小。",
        "隧道全长六公里，计划明年通车，届时过江只要五分钟。",
    ]
    assert story["joined"] == 4


def test_briefs_with_titles_in_brackets():
    text = """简讯

【公交九路延伸至东站】
首末班车时间不变。（记者 何青）
【图书馆周五闭馆】因线路检修，图书馆周五闭馆一天。（周平）"""
    first, second = read_page(text).as_dict()["stories"]
    assert [first["headline"], second["headline"]] == ["公交九路延伸至东站", "图书馆周五闭馆"]
    assert [people(first), people(second)] == [[("记者", "", "何青")], [("", "", "周平")]]
    assert texts(second) == [("paragraph", "因线路检修，图书馆周五闭馆一天。")]
    assert_nothing_lost(text)


def test_story_that_goes_on_from_another_page_has_no_headline():
    text = "（上接A1版）\n\n老城换了模样。\n\n## 岸线回来了\n\n复绿十七公里。\n\n## 产业变轻了\n\n搬走了工厂。"
    (story,) = read_page(text).as_dict()["stories"]
    assert story["headline"] == ""
    assert texts(story) == [
        ("paragraph", "老城换了模样。"),
        ("heading", "岸线回来了"),
        ("paragraph", "复绿十七公里。"),
        ("heading", "产业变轻了"),
        ("paragraph", "搬走了工厂。"),
    ]
    assert_nothing_lost(text)


@pytest.mark.parametrize("jump", ["（下转A3版）", "\n\n下转第二版"])
def test_story_that_goes_on_elsewhere_ends_here(jump):
    text = f"## 书房昼夜开放\n\n门不再锁。{jump}\n\n## 早市搬进大棚\n\n雨天也能买菜。"
    assert headlines(text) == ["书房昼夜开放", "早市搬进大棚"]
    assert_nothing_lost(text)


def test_first_heading_of_the_body_is_no_deck_when_the_lead_stands_before_the_headline():
    text = """昨日，大会召开。 云泽融媒记者 何青

## 办事少跑腿 全市推出新举措六十条

### 审批再压缩

审批时限减半。"""
    (story,) = read_page(text).as_dict()["stories"]
    assert (story["headline"], story["deck"]) == ("办事少跑腿 全市推出新举措六十条", "")
    assert texts(story)[1] == ("heading", "审批再压缩")


def test_agency_dateline_in_brackets_at_the_end():
    (story,) = read_page("## 麦田里的人\n\n麦子黄了。\n\n（新华社云泽6月8日电）").as_dict()[
        "stories"
    ]
    assert (story["dateline"], texts(story)) == (
        "新华社云泽6月8日电",
        [("paragraph", "麦子黄了。")],
    )


def test_lists_are_not_joined():
    text = "开放的服务点有：\n清河站\n兴华社区\n市图书馆\n北门菜市场\n\n各点周一闭馆。"
    (story,) = read_page(text).as_dict()["stories"]
    assert (len(story["body"]), story["joined"]) == (6, 0)


def test_nothing_but_white_space_is_no_story():
    assert read_page(" \n\u3000\n").as_dict() == {"stories": []}


def test_nothing_but_furniture_is_named():
    assert read_page("第05版:都市新闻").as_dict() == {
        "stories": [
            {
                "kicker": "",
                "headline": "",
                "deck": "",
                "dateline": "",
                "credits": [],
                "body": [],
                "joined": 0,
                "notes": ["已去除版面附属文字（1处）「第05版:都市新闻」"],
            }
        ]
    }


def test_the_same_text_is_read_the_same_way():
    assert read_page(PAGE).as_dict() == read_page(PAGE).as_dict()


PIECES = st.sampled_from(
    [
        *(line for line in (PAGE + THREE).splitlines() if line),
        "",
        "【引题】甲乙",
        "【主题】节水",
        "【主题】",
        "【副题】丙丁",
        "【电头】本报讯",
        "【署名】方晓岚、何青",
        "【制图】林一舟",
        "【小标题】甲||乙|",
        "【导语】（记者 何青）昨日。（何青 摄）",
        "【栏目】其他",
        "# 云泽日报",
        "## 本报讯",
        "###标题 ###",
        "**加粗的标题**",
        "----",
        "（上接A01版）接着说，（下转第二版）",
        "下转第二版",
        "本报讯（记者 何青、方晓岚）",
        "本报讯 记者 何青",
        "本报讯(记者何青)(通讯员周平)：昨日",
        "记者 张三 通讯员 李四 王五 文/图",
        "文/本报记者 张三 图/李四",
        "好。记者 张三 记者 张三",
        "”他说。",
        "\u200b\ufeff零宽\x00字符",
        "「引号」",
        "一、二",
        "a\tb",
        "老旧小区装电梯 A03",
        "【公交九路延伸至东站】",
        "【公交九路延伸至东站】首末班车时间不变。（何青）",
        "（新华社云泽6月8日电）",
        "发自云泽、白石",
        "新华社发 春运",
        "责编:何青 电话:0000-123",
        "图为早市 何青 摄",
        "收入增长18",
        ".6%。 记者何青报道",
        "（本报记者何青参与采写）",
        "2021年5月12日 责编：何青 校对：周平",
        "云泽日报 | 版面导航",
        "▲早市 周 平 摄",
        "第一道坎：",
        "记者 周 亚 宁 文/记者 何青 图",
        "云泽晚报讯 记者何青、通讯员云港宣报道：市集",
    ]
)


@given(
    st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=14),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
)
def test_every_character_of_an_assembled_page_is_accounted_for(lines, newline):
    assert_nothing_lost(newline.join(lines))


@given(
    st.text(
        alphabet=st.sampled_from(
            "记者通讯员文图摄本报讯电新华社张三、，。：（）()【】#*|/ \n\u3000「」“”1月日版第ab"
        ),
        max_size=120,
    )
)
def test_every_character_of_dense_text_is_accounted_for(text):
    assert_nothing_lost(text)


@given(st.text())
def test_every_character_of_any_text_is_accounted_for(text):
    assert_nothing_lost(text)


def test_both_stories_have_their_leads_before_the_headline():
    text = """昨日，节水报告发布，云泽列第三。 云泽融媒记者 何青

## 管网换新 节水列全省第三

### 漏损率降了一半

老管网全部换新。

今起，二十所幼儿园开放托管。 云泽融媒记者 周平

## 双职工家庭的娃 假日有人管

家长可以在网上申请。"""
    first, second = read_page(text).as_dict()["stories"]
    assert [first["headline"], second["headline"]] == [
        "管网换新 节水列全省第三",
        "双职工家庭的娃 假日有人管",
    ]
    assert [people(first), people(second)] == [
        [("记者", "云泽融媒", "何青")],
        [("记者", "云泽融媒", "周平")],
    ]
    assert texts(second)[0] == ("paragraph", "今起，二十所幼儿园开放托管。")
    assert_nothing_lost(text)


def test_lead_with_a_dateline_stands_before_the_second_headline():
    text = """### 管网换新 节水列全省第三

本报讯（记者 何青）昨日，节水报告发布。

老管网全部换新。

本报讯（记者 周平）体育考试四月八日开考。

### 体育考试 四月开考

免考申请须提前提出。"""
    first, second = read_page(text).as_dict()["stories"]
    assert (second["headline"], second["dateline"]) == ("体育考试 四月开考", "本报讯")
    assert [people(first), people(second)] == [[("记者", "", "何青")], [("记者", "", "周平")]]
    assert len(second["body"]) == 2
    assert_nothing_lost(text)


def test_editors_in_the_head_of_the_page_belong_to_its_first_story():
    text = "2021年5月12日 星期三 责编：何青 校对：周平\n\n### 书房昼夜开放\n\n门不再锁。"
    (story,) = read_page(text).as_dict()["stories"]
    assert (story["headline"], people(story)) == (
        "书房昼夜开放",
        [("责编", "", "何青"), ("校对", "", "周平")],
    )
    assert_nothing_lost(text)
