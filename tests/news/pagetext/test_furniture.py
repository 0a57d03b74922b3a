"""What belongs to the page, and headlines that only begin like it."""

import pytest

from news.pagetext.furniture import (
    is_furniture,
    without_contact,
    without_jumps,
    without_masthead,
)


@pytest.mark.parametrize(
    "line",
    [
        "第05版:都市新闻", "A02版 要闻", "A02 要闻", "05版", "第一版", "3 上一篇 下一篇 4", "返回目录",
        "2021年5月12日 星期三", "云泽日报 2021年5月12日 星期三 农历辛丑年四月初一", "2021-05-12",
        "国内统一刊号：CN00-0000 邮发代号：0-0 今日8版", "云泽晚报", "（下转A02版）", "下转第二版", "=====",
        "导读", "今日导读", "老旧小区装电梯 A03", "夜市怎么管>>>详见05版", "（详见A03版）", "简讯", "【简讯】",
        "新闻热线：0000-12345678", "扫码看更多内容", "云泽晚报 2019年4月16日 A6", "版权声明：本报内容未经授权不得转载", "www.example.com",
    ],
)  # fmt: skip
def test_furniture(line):
    assert is_furniture(line) is True


@pytest.mark.parametrize(
    "line",
    [
        "2021年5月12日起实行新规",
        "T1 航站楼启用",
        "G107 改线通车",
        "星期天 图书馆开放",
        "版图",
        "第3版主编 王五",
        "举报电话：12345",
        "扫码点餐成了唯一选择",
        "新型客机 A320",
        "A6 新车上市",
        "简讯背后的故事",
        "",
        "2021年" * 16 + "起",
    ],
)
def test_no_furniture(line):
    assert is_furniture(line) is False


def test_jump_lines_leave_the_paragraph():
    assert without_jumps("（上接A01版）服务点开放。（下转第2版）") == (
        "服务点开放。",
        ["（上接A01版）", "（下转第2版）"],
    )
    assert without_jumps("服务点开放。") == ("服务点开放。", [])


def test_telephone_leaves_the_line_of_editors():
    assert without_contact("责编:何青 校对:周平 电话:0000-123") == (
        "责编:何青 校对:周平",
        "电话:0000-123",
    )
    assert without_contact("责编:何青") == ("责编:何青", "")


@pytest.mark.parametrize(
    ("line", "rest", "masthead"),
    [
        (
            "2021年5月12日 星期三 责编：何青 校对：周平",
            "责编：何青 校对：周平",
            "2021年5月12日 星期三",
        ),
        ("责编：何青 校对：周平", "责编：何青 校对：周平", ""),
        ("2021年5月12日起实行 新规", "2021年5月12日起实行 新规", ""),
    ],
)
def test_masthead_before_the_editors(line, rest, masthead):
    assert without_masthead(line) == (rest, masthead)


def test_links_behind_the_paper_s_name():
    assert is_furniture("云泽日报 | 版面导航 | 标题导航") is True
