"""Which paragraphs of a page are joined, and which rows, verses and captions are left as they stand."""

import pytest

from news.pagetext.reader import read_page

HEAD = "### 云泽市今年新增公园十二处\n\n"


def read(text):
    (story,) = read_page(text).as_dict()["stories"]
    return [entry["text"] for entry in story["body"]], story["joined"]


@pytest.mark.parametrize(
    "sentence",
    [
        "三是盯紧天气变化,|及时发布信息。",
        "风电、光伏、|储能都有了厂房,添了一千个岗位。",
        "在我们村,一季能省下3|925万元农资费。",
        "收入为八亿元,同比增长18|.6%。",
        "全程三十一公里,准确说是31.|6公里,用时四十八分钟。",
        "今年出口86|2.3亿元,增长一成。",
        "去年有人出高价,“我没卖。|”方师傅笑着说,“舍不得。”",
        "他的铺子不大,墙上挂着“诚信钟表|”四个字,是老街坊送的。",
        "桥头的木牌写着四个字:“|慢行、礼让”,油漆是新刷的。",
        "“自去年‘绿色邮路’开通以|来,已有三百个网点换了循环箱”。",
        "教师可以用手机AP|P布置作业,系统自动批改。",
        "新购的设备支持Wi-|Fi,也支持有线网络。",
        "岸线十七公里(最宽处|达二百米),江豚又回来了。",
        "在市民的眼里,这样的日子|一、二线城市才有,现在家门口也有了。",
    ],
)
def test_torn_sentences_are_whole_again(sentence):
    before, after = sentence.split("|")
    assert read(f"{HEAD}云泽的街头变了。\n\n{before}\n\n{after}\n\n人们都说好。") == (
        ["云泽的街头变了。", before + after, "人们都说好。"],
        1,
    )


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["请做到以下几点：", "1.保持通风，人不离灶", "2.定期检查胶管，漏气关阀", "燃气公司昼夜值守。"],
        ["要求如下：", "一是不在厨房睡觉", "二是不用明火查漏，及时报修", "三是拨打热线。"],
        ["须知:", "(1)低洼地区注意防涝", "(2)户外作业暂停,及时撤离", "(3)幼儿园、小学停课", "预计雨在夜间,请勿涉水。"],
        ["考试项目：", "男生一千米跑", "女生八百米跑", "立定跳远", "考生须带准考证，提前到场。"],
        ["排名如下:", "学校 分数线 计划数", "市一中 688 960", "市二中 672 900", "考生可于下周查询,逾期不候。"],
        ["风从南坡上下来", "麦子一片一片弯下腰去", "他说，今年的麦子", "比去年沉"],
        ["床前有一扇小窗，", "窗外有半亩荷塘。", "夜里听见蛙声响，", "梦里回到故乡。"],
        ["摊位收拾得干干净净，菜价也公道", "图为市民在早市买菜。"],
        ["咨询电话：0000-12345678（工作日）", "执法人员将上路巡查，先教育后处罚。"],
        ["记者：疫苗什么时候打最合适，要预约吗", "专家：九月最合适。"],
        ["他以前只能在路边对付一口。", "而现在，推开门就有热饭。"],
    ],
)  # fmt: skip
def test_rows_verses_and_captions_are_not_joined(paragraphs):
    assert read(HEAD + "\n\n".join(paragraphs)) == (paragraphs, 0)


def test_a_row_of_short_prose_is_no_poem():
    torn = [
        "“钟表这东西，你对它好，它就走得",
        "准。”老韩说。",
        "他修过座钟、怀表、",
        "手表，都准。",
    ]
    assert read("## 修钟表的老人\n\n" + "\n\n".join(torn)) == (
        ["“钟表这东西，你对它好，它就走得准。”老韩说。", "他修过座钟、怀表、手表，都准。"],
        2,
    )


@pytest.mark.parametrize("between", ["制图 林一舟", "第05版:都市新闻", "（图/林一舟）"])
def test_furniture_and_pictures_credits_do_not_part_a_sentence(between):
    text = f"{HEAD}巡线员说,过去靠耳朵听,现在靠传\n\n{between}\n\n感器报警,只要四个小时。"
    assert read(text) == (["巡线员说,过去靠耳朵听,现在靠传感器报警,只要四个小时。"], 1)


BEFORE = "合作社的人说，今年的菊花提前打了头，烘干以后每斤可多卖四"
AFTER = "块多钱，一亩地的收入超过一万元。"


@pytest.mark.parametrize(
    ("caption", "kept"),
    [
        ("▲菊花地里的早晨。", "▲菊花地里的早晨。"),
        ("图为采收的农户。 周 平 摄", "图为采收的农户。"),
        ("农户在烘房里翻晒菊花。 何青 摄", "农户在烘房里翻晒菊花。"),
    ],
)
def test_caption_between_two_halves_of_a_word(caption, kept):
    assert read(f"{HEAD}{BEFORE}\n\n{caption}\n\n{AFTER}") == ([BEFORE + AFTER, kept], 1)


def test_caption_after_a_finished_paragraph_joins_nothing():
    first = "合作社的人说，今年的菊花提前打了头，烘干以后可以卖个好价钱。"
    assert read(f"{HEAD}{first}\n\n▲菊花地里的早晨\n\n{AFTER}") == (
        [first, "▲菊花地里的早晨", AFTER],
        0,
    )


def test_photographer_after_the_second_half_is_no_caption():
    assert read(f"{HEAD}{BEFORE}\n\n{AFTER} 何青 摄") == ([BEFORE + AFTER], 1)
