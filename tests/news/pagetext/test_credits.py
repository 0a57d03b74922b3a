"""Credit lines in the forms of Chinese papers, and ordinary lines that only look like them."""

import pytest

from news.pagetext.credits import Credit, parse_credits

# Each line and its credits as (role, affiliation, name), then what the line drops.
LINES = [
    ("记者 方晓岚", [("记者", "", "方晓岚")], ""),
    ("云泽融媒记者方晓岚", [("记者", "云泽融媒", "方晓岚")], ""),
    ("□本报记者 何青", [("记者", "本报", "何青")], "□"),
    ("云泽晚报首席记者 何青", [("首席记者", "云泽晚报", "何青")], ""),
    (
        "云泽新闻·云泽晚报记者 何青 周平",
        [("记者", "云泽新闻·云泽晚报", "何青"), ("记者", "云泽新闻·云泽晚报", "周平")],
        "",
    ),
    ("（实习生：林一舟 记者 何青）", [("实习生", "", "林一舟"), ("记者", "", "何青")], "（）："),
    ("本报记者 何青 大河网记者 周平", [("记者", "本报", "何青"), ("记者", "大河网", "周平")], ""),
    ("记者何青通讯员周平", [("记者", "", "何青"), ("通讯员", "", "周平")], ""),
    ("记者 何青 文/图", [("文/图", "", "何青")], "记者"),
    (
        "记者 何青 通讯员 周平 李丽 文/图",
        [("记者", "", "何青"), ("通讯员", "", "周平"), ("通讯员", "", "李丽")],
        "文/图",
    ),
    ("文/图 本报记者 何青", [("文/图", "本报", "何青")], "记者"),
    ("文/何青 图/周平", [("文", "", "何青"), ("图", "", "周平")], "//"),
    ("记者 何青/文 周平/图", [("文", "", "何青"), ("图", "", "周平")], "/记者/"),
    ("林一舟 摄", [("摄", "", "林一舟")], ""),
    ("制图林一舟", [("制图", "", "林一舟")], ""),
    ("林一舟制图", [("制图", "", "林一舟")], ""),
    ("市图书馆供图", [("供图", "", "市图书馆")], ""),
    ("责　编：杨　昇 校　对：李丽", [("责编", "", "杨昇"), ("校对", "", "李丽")], "：："),
    ("校对 买买提·吐尔逊、李丽", [("校对", "", "买买提·吐尔逊"), ("校对", "", "李丽")], "、"),
    ("本版编辑 王红", [("编辑", "本版", "王红")], ""),
    (
        "初审：王红 复审：李丽 三校：肖蕾 王红 签清发布",
        [
            ("初审", "", "王红"),
            ("复审", "", "李丽"),
            ("三校", "", "肖蕾"),
            ("签清发布", "", "王红"),
        ],
        "：：：",
    ),
    ("（何青 周平）", [("", "", "何青"), ("", "", "周平")], "（）"),
    ("本报记者 何青 北京报道", [("记者", "本报", "何青")], "北京报道"),
    ("本报记者 何青报道", [("记者", "本报", "何青")], "报道"),
    ("（本报记者何青参与采写）", [("记者", "本报", "何青")], "（）参与采写"),
    ("（参与采写：何青、周平）", [("参与采写", "", "何青"), ("参与采写", "", "周平")], "（）：、"),
    ("云泽周末特约撰稿 何青 发自云泽、白石", [("特约撰稿", "云泽周末", "何青")], "发自云泽、白石"),
    ("文/阿依古丽·买买提 图/尼加提", [("文", "", "阿依古丽·买买提"), ("图", "", "尼加提")], "//"),
    (
        "本报记者 何青 通讯员 周平 李丽/文 林一舟/图",
        [
            ("记者", "本报", "何青"),
            ("通讯员", "", "周平"),
            ("通讯员", "", "李丽"),
            ("图", "", "林一舟"),
        ],
        "/文/",
    ),
    ("（综合新华社、央视新闻）", [("综合", "", "新华社"), ("综合", "", "央视新闻")], "（）、"),
    ("（本报热线记者 何青整理）", [("整理", "本报热线", "何青")], "（）记者"),
    ("本报评论员", [("评论员", "本报", "")], ""),
]


@pytest.mark.parametrize(("text", "credits", "dropped"), LINES, ids=[line[0] for line in LINES])
def test_line_is_parsed(text, credits, dropped):
    line = parse_credits(text)
    assert line is not None
    assert list(line.credits) == [Credit(*credit) for credit in credits]
    assert line.dropped == dropped


@pytest.mark.parametrize(
    "text",
    [
        "",
        "记者调查",
        "记者 走进 直播间",
        "摄影 大赛",
        "编辑 部",
        "记者 连线",
        "（以下简称市局）",
        "（江南水乡）",
        "通讯员",
        "何青",
        "伏。 本报记者 何青",
        "图为“海绵公园”。 本报记者 何青 摄",
        "综合治理",
        "记者昨日从市图书馆获悉，服务点开放。",
        "记者 " * 60,
    ],
)
def test_other_lines_are_no_credits(text):
    assert parse_credits(text) is None


def test_rare_surname_is_believed_only_where_credits_must_stand():
    assert parse_credits("记者 嗄小鱼") is None
    assert parse_credits("记者 嗄小鱼", trusted=True).credits == (Credit("记者", "", "嗄小鱼"),)


@pytest.mark.parametrize(
    ("text", "reporter", "desk"),
    [
        ("记者 何青", True, False),
        ("制图 林一舟", False, False),
        ("责编 王红 校对 李丽", False, True),
    ],
)
def test_kind_of_line(text, reporter, desk):
    line = parse_credits(text)
    assert (line.names_a_reporter, line.names_the_desk) == (reporter, desk)


def credits_of(text):
    line = parse_credits(text)
    return line and [(credit.role, credit.affiliation, credit.name) for credit in line.credits]


@pytest.mark.parametrize(
    ("text", "credits"),
    [
        ("记者 周 亚 宁", [("记者", "", "周亚宁")]),
        (
            "记者 杨 昇 何 青 王红",
            [("记者", "", "杨昇"), ("记者", "", "何青"), ("记者", "", "王红")],
        ),
        (
            "记者 何青 县委报道组 周平",
            [("记者", "", "何青"), ("报道组", "县委", "周平")],
        ),
        (
            "记者 何青 文/记者 周平 图",
            [("文", "", "何青"), ("图", "", "周平")],
        ),
        (
            "责编 王红 美编 何青 校对 亚丽",
            [("责编", "", "王红"), ("美编", "", "何青"), ("校对", "", "亚丽")],
        ),
        ("责编 亚丽 校对 妙妙 组版 何青", None),
        ("责编 王红 校对 亚丽", None),
    ],
)
def test_names_and_roles_in_rows(text, credits):
    assert credits_of(text) == credits
