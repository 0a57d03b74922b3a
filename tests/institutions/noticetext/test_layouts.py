"""Layouts of lists, each read to (name, category, action, district) of every entry, with nothing left over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.noticetext import read_notice

HEAD = "洛阳市医疗保障局\n关于新增医保定点医疗机构的公告\n"
CENTRAL, CHINESE, BONES = "洛阳市示例医院", "洛阳市示例中医院", "洛阳示例正骨医院"
THREE = [(CENTRAL, "西工区"), (CHINESE, "涧西区"), (BONES, "涧西区")]
BARE = [(CENTRAL, None), (CHINESE, None), (BONES, None)]

LAYOUTS = {
    "district in brackets": (
        f"{CENTRAL}（西工区）\n{CHINESE}（涧西区）\n{BONES}（洛阳市涧西区）",
        THREE,
    ),
    "addresses in brackets, some without a number": (
        f"1.{CENTRAL}（中州路28号）\n2.{CHINESE}（唐宫路6号附2号）\n3.{BONES}（启明路）",
        BARE,
    ),
    "phone behind a bracket": (
        f"1.{CENTRAL}（中州路28号）0379-63892222\n2.{CHINESE}（唐宫路6号）0379-63892223\n3.{BONES}",
        BARE,
    ),
    "pictures before districts": (f"▼西工区\n· {CENTRAL}\n📍涧西区\n➢{CHINESE}\n- {BONES}", THREE),
    "labelled districts": (
        f"所属区县：西工区\n{CENTRAL}\n所属区县：涧西区\n{CHINESE}\n{BONES}",
        THREE,
    ),
    "districts in heavy brackets": (f"【西工区】{CENTRAL}；【涧西区】{CHINESE}、{BONES}。", THREE),
    "two halves of a table": (
        f"序号\t医院名称\t序号\t医院名称\n1\t{CENTRAL}\t3\t{BONES}\n2\t{CHINESE}\t\t",
        [(CENTRAL, None), (BONES, None), (CHINESE, None)],
    ),
    "two numbered columns": (
        f"1 {CENTRAL}    3 {BONES}\n2 {CHINESE}",
        [(CENTRAL, None), (BONES, None), (CHINESE, None)],
    ),
    "a stack without numbers": (
        f"机构名称\n所属区县\n{CENTRAL}\n西工区\n{CHINESE}\n涧西区\n{BONES}\n涧西区",
        THREE,
    ),
    "rows without a heading": (
        f"西工区 {CENTRAL} 中州路\n涧西区 {CHINESE} 唐宫路\n涧西区 {BONES} 启明路",
        THREE,
    ),
    "rows without a heading, districts merged": (
        f"西工区\t{CENTRAL}\t中州路\n涧西区\t{CHINESE}\t唐宫路\n\t{BONES}\t启明路",
        THREE,
    ),
    "a district over two rows of a spaced table": (
        f"县区 医院名称\n西工区 {CENTRAL}\n涧西区 {CHINESE}\n{BONES}",
        THREE,
    ),
    "dashes and colons before addresses": (
        f"1.{CENTRAL}——西工区中州路1号\n2.{CHINESE}：涧西区唐宫路2号\n3.{BONES}——涧西区启明路",
        THREE,
    ),
    "glued numbers": (f"①{CENTRAL}②{CHINESE}③{BONES}", BARE),
    "slashes": (f"{CENTRAL}/{CHINESE}/{BONES}", BARE),
    "labels with spaces inside": (
        f"1. {CENTRAL}\n   地  址：西工区中州路\n2. {CHINESE}\n   地  址：涧西区唐宫路\n3. {BONES}\n   电  话：63892222",
        [(CENTRAL, "西工区"), (CHINESE, "涧西区"), (BONES, None)],
    ),
    "chapters by level": (
        f"一、三级医院\n{CENTRAL}\n二、二级医院\n{CHINESE}\n三、专科医院\n{BONES}",
        BARE,
    ),
    "long numbers": (f"10000．{CENTRAL}\n10001．{CHINESE}\n100002、{BONES}", BARE),
    "advice behind the list": (
        f"1.{CENTRAL}\n2.{CHINESE}\n3.{BONES}\n温馨提示：\n1.就诊前电话预约；\n2.出示有效证件。",
        BARE,
    ),
}


def read(text):
    notice = read_notice(text)
    return [(one.name_as_printed, one.category, one.action, one.district) for one in notice.entries]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read_whole(layout):
    text, wanted = LAYOUTS[layout]
    assert read(HEAD + text) == [
        (name, "医保定点医疗机构", "designate", district) for name, district in wanted
    ]
    assert read_notice(HEAD + text).warnings == []


def test_names_glued_to_their_heading_are_read():
    text = f"一、新增医保定点医疗机构（2家）{CENTRAL}、{CHINESE}\n二、取消定点资格（1家）{BONES}"
    assert [entry[::2] for entry in read(HEAD + text)] == [
        (CENTRAL, "designate"),
        (CHINESE, "designate"),
        (BONES, "revoke"),
    ]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (f"我市新增2家医保定点医疗机构，{CENTRAL}、{CHINESE}入选。", [CENTRAL, CHINESE]),
        (f"{CENTRAL}和{CHINESE}近日成为医保定点医疗机构。", [CENTRAL, CHINESE]),
        (
            f"新增医保定点医疗机构公布，{CENTRAL}，{CHINESE}、{BONES}3家上榜。",
            [CENTRAL, CHINESE, BONES],
        ),
    ],
)
def test_the_names_of_a_piece_of_news_are_read(sentence, names):
    assert [(one[0], one[2]) for one in read(sentence)] == [(name, "designate") for name in names]


def test_a_case_is_one_entry_with_the_decision_of_its_story():
    text = (
        "衡阳市医疗保障局曝光定点医药机构典型案例\n"
        "一、示例药店串换药品案\n经查，该店串换药品。市医保局自2020年7月20日起解除与该店的医保服务协议。\n"
        "二、示例诊所虚记费用案\n经查，该所虚记费用。市医保局追回费用。\n"
        "三、王某冒名就医案\n经查，王某持他人社会保障卡就医，追回基金。"
    )
    notice = read_notice(text)
    entries = [(one.name_as_printed, one.action, one.effective_date) for one in notice.entries]
    assert entries == [("示例药店", "revoke", "2020-07-20")]
    assert notice.effective_date is None
    unread = [text[one.start : one.end] for one in notice.warnings if one.code == "no_action"]
    assert unread == ["二、示例诊所虚记费用案\n经查，该所虚记费用。市医保局追回费用。"]


def test_a_row_that_changes_an_address_is_a_warning_and_no_entry():
    text = (
        "关于定点医药机构信息变更的公告\n序号|定点机构名称|定点类别|变更事项|变更前|变更后\n"
        "1|示例口腔门诊部|医疗机构|机构名称|示例口腔门诊部|示例口腔医院\n"
        "2|示例诊所|医疗机构|机构地址|虎山路12号|黑龙江路6号"
    )
    notice = read_notice(text)
    entries = [(one.name_as_printed, one.action, one.new_name) for one in notice.entries]
    assert entries == [("示例口腔门诊部", "rename", "示例口腔医院")]
    others = [text[one.start : one.end] for one in notice.warnings if one.code == "other_action"]
    assert others == ["2|示例诊所|医疗机构|机构地址|虎山路12号|黑龙江路6号"]


def test_a_day_in_a_numbered_item_is_the_day_of_its_names_only():
    text = (
        "关于调整医保定点医疗机构的通知\n"
        f"一、自2021年6月1日起取消以下机构定点资格：{CENTRAL}、{CHINESE}。\n"
        f"二、新增以下机构为定点医疗机构：{BONES}。"
    )
    notice = read_notice(text)
    assert notice.effective_date is None
    assert [one.effective_date for one in notice.entries] == ["2021-06-01", "2021-06-01", None]


def test_the_sentence_that_leads_to_a_list_says_what_is_done():
    text = f"关于公布工伤保险协议机构名单的通知\n市社保局与下列机构续签了协议，现将名单公布。\n一、工伤保险协议医疗机构（1家）\n1.{CENTRAL}"
    assert read(text) == [(CENTRAL, "工伤保险协议医疗机构", "renew", None)]


def test_where_a_heading_names_two_acts_each_line_decides():
    text = (
        "关于调整工伤保险协议医疗机构的通知\n附件：不再续签及暂停的机构\n"
        f"（1）{CENTRAL}，协议到期，不再续签；\n（2）{CHINESE}，暂停协议6个月。"
    )
    assert [one[::2] for one in read(text)] == [(CENTRAL, "revoke"), (CHINESE, "suspend")]


def test_a_place_that_is_no_district_is_none():
    text = "安阳市工伤保险定点医疗机构名单\n安阳地区医院\n安阳市人民医院\n滑县人民医院"
    assert [one[3] for one in read(text)] == [None, None, "滑县"]


def test_names_on_lines_of_an_unknown_shape_are_entries_to_be_reviewed():
    text = f"{HEAD}联系人甲=>{CENTRAL}\n一览 ； {CENTRAL} ； 备用\n一览 ； {CHINESE} ； 备用"
    entries = read_notice(text).entries
    assert [one.name_as_printed for one in entries][-2:] == [CENTRAL, CHINESE]
    assert all(one.needs_review for one in entries[-2:])


@given(st.text(alphabet="序号机构名称1、.\t|\n（）【】区医院药店：，。 A/-▼", max_size=80))
def test_no_text_makes_the_reader_fail(text):
    notice = read_notice(f"定点医院名单\n{text}")
    assert all(0 <= one.start <= one.end for one in notice.entries)
