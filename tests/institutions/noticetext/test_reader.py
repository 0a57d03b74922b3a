"""The notice reader as a whole: nothing lost, nothing invented, the same answer every time."""

from hypothesis import given
from hypothesis import strategies as st

from institutions.noticetext import read_notice

CITY = "郑州市"
STEMS = st.sampled_from(
    ["云泽", "河东", "康宁", "和平", "仁济", "博爱", "金台", "永和", "第七", "矿业"]
)
ENDS = st.sampled_from(
    [
        "人民医院",
        "骨科医院",
        "大药房",
        "社区卫生服务中心",
        "口腔门诊部",
        "护理院",
        "医学检验所有限公司",
    ]
)
TAILS = st.sampled_from(["", "", "", "（东院区）", "（检验科）", "（原康复医院）", "三分店"])
NAMES = st.builds(
    lambda first, second, end, tail: (
        f"示例{first}{second}{end}{tail if end == '大药房' or tail != '三分店' else ''}"
    ),
    STEMS,
    STEMS,
    ENDS,
    TAILS,
)
LISTS = st.lists(NAMES, min_size=1, max_size=8, unique=True)


def inline(names):
    return f"新增工伤保险定点医疗机构有：{'、'.join(names)}。"


def joined(names):
    head = "、".join(names[:-1])
    both = f"{head}和{names[-1]}" if head else names[-1]
    return f"新增以下工伤保险定点医疗机构：{both}。"


def numbered(names):
    lines = [f"{number}、{name}" for number, name in enumerate(names, 1)]
    return "\n".join(["新增工伤保险定点医疗机构名单", *lines])


def bare(names):
    return "\n".join(["新增工伤保险定点医疗机构名单", "金水区", *names])


def piped(names):
    rows = [f"{number}|{name}|人民路{number}号" for number, name in enumerate(names, 1)]
    return "\n".join(["新增工伤保险定点医疗机构", "序号|机构名称|地址", *rows])


def grouped(names):
    return f"新增工伤保险定点医疗机构名单\n金水区（{len(names)}家）：{'、'.join(names)}"


def paired(names):
    marked = [f"{number}、{name}" for number, name in enumerate(names, 1)]
    pairs = ["　　".join(marked[place : place + 2]) for place in range(0, len(marked), 2)]
    return "\n".join(["新增工伤保险定点医疗机构名单", *pairs])


def explained(names):
    lines = [f"{number}.{name}。材料齐全。评审合格。" for number, name in enumerate(names, 1)]
    return "\n".join(["新增以下工伤保险定点医疗机构：", *lines])


def stacked(names):
    rows = [f"{number}\n{name}\n人民路{number}号" for number, name in enumerate(names, 1)]
    return "\n".join(["新增工伤保险定点医疗机构", "序号\n机构名称\n地址", *rows])


LAYOUTS = st.sampled_from(
    [inline, joined, numbered, bare, piped, grouped, paired, explained, stacked]
)


@given(LISTS, LAYOUTS)
def test_a_list_is_read_name_by_name_in_every_layout(names, layout):
    notice = read_notice(layout(names), city=CITY)
    assert [entry.name_as_printed for entry in notice.entries] == names
    assert {(entry.category, entry.action) for entry in notice.entries} == {
        ("工伤保险定点医疗机构", "designate")
    }


PIECES = st.lists(
    st.one_of(
        NAMES,
        st.sampled_from(
            [
                "、",
                "和",
                "，",
                "。",
                "；",
                "：",
                "|",
                "（",
                "）",
                "1.",
                "一、",
                "（二）",
                "附件1",
                "等23家",
                "取消",
                "暂停",
                "定点医疗机构",
                "金水区",
                "名单",
                "记者",
                "自2021年1月1日起",
                "序号|机构名称",
                "以上3家药店",
            ]
        ),
        st.sampled_from(["\n", "\t", "  "]),
    ),
    max_size=40,
).map("".join)


def covered(notice, size):
    inside = [False] * size
    for one in [*notice.entries, *notice.warnings]:
        for place in range(one.start, one.end):
            inside[place] = True
    return inside


@given(LISTS, LAYOUTS, st.text("卫厅壹贰叁*&%$", max_size=6))
def test_every_character_of_a_list_is_in_an_entry_or_a_warning(names, layout, noise):
    spoilt = [*names, f"示例{noise}甲", *names[:1]]
    text = layout(spoilt)
    inside = covered(read_notice(text, city=CITY), len(text))
    for name in spoilt:
        start = text.index(name)
        assert all(inside[start : start + len(name)])


@given(st.one_of(st.text(max_size=300), PIECES))
def test_any_text_is_read_and_every_span_lies_in_it(text):
    notice = read_notice(text)
    for entry in notice.entries:
        assert 0 <= entry.start <= entry.name_start < entry.name_end <= entry.end <= len(text)
        printed = text[entry.name_start : entry.name_end]
        assert "".join(printed.split()) == "".join(entry.name_as_printed.split()) != ""
    starts = [(entry.start, entry.name_start) for entry in notice.entries]
    assert starts == sorted(starts)
    for warning in notice.warnings:
        assert 0 <= warning.start <= warning.end <= len(text)


@given(PIECES)
def test_the_same_text_gives_the_same_answer(text):
    assert read_notice(text).as_dict() == read_notice(text).as_dict()


def test_half_width_punctuation_reads_like_full_width():
    full = "云泽市新增工伤保险定点医疗机构3家：示例医院、示例（东区）骨科医院和示例中医院。"
    half = full.replace("：", ":").replace("（", "(").replace("）", ")")
    names = [entry.name_as_printed for entry in read_notice(half).entries]
    assert names == ["示例医院", "示例(东区)骨科医院", "示例中医院"]
    assert len(read_notice(full).entries) == 3


def test_a_bare_city_hospital_gets_the_city_that_the_caller_knows():
    notice = read_notice("工伤保险协议医疗机构为：市人民医院、市中医院。", city="许昌")
    assert [entry.resolved_name for entry in notice.entries] == ["许昌市人民医院", "许昌市中医院"]
    assert [entry.name_as_printed for entry in notice.entries] == ["市人民医院", "市中医院"]


def test_stores_named_before_the_above_three_are_marked_when_there_are_more():
    text = (
        "示例一店、示例二店、示例大药房三店违规售卖日用品；示例仁心大药房拒绝检查。"
        "市医保局决定，与以上三家药店解除医保定点零售药店服务协议。"
    )
    notice = read_notice(text)
    assert [(e.name_as_printed, e.action, e.needs_review) for e in notice.entries] == [
        ("示例一店", "revoke", False),
        ("示例二店", "revoke", False),
        ("示例大药房三店", "revoke", False),
        ("示例仁心大药房", "revoke", True),
    ]
    assert "写明3家，名单读到4家，请核对。" in [warning.message for warning in notice.warnings]


def test_others_that_are_not_named_make_the_list_incomplete():
    text = "2家定点药店被暂停医保服务，分别是：示例一药店、示例二药店。另有6家药店被约谈。"
    notice = read_notice(text)
    assert notice.list_complete is False
    assert notice.stated_counts == {"暂停": 2, "约谈(未列名)": 6}


def test_a_text_without_a_list_has_no_entries():
    notice = read_notice("市医保局召开定点医疗机构座谈会，部署下一步工作。")
    assert (notice.entries, notice.list_complete, notice.extent) == ([], None, "unknown")
