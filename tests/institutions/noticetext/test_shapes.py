"""Shapes in which notices are written, each read to (name, category, action, district) of every entry."""

import pytest

from institutions.noticetext import read_notice

MEDICAL, DRUGS = "医保定点医疗机构", "医保定点零售药店"
INJURY = "工伤保险协议医疗机构"
NUCLEIC, FEVER = "新冠病毒核酸检测机构", "发热门诊"

SHAPES = {
    "a count and a comma before the names": (
        "新增的工伤保险协议医疗机构有2家，为示例和平医院和示例康复与托养中心。",
        [
            ("示例和平医院", INJURY, "designate", None),
            ("示例康复与托养中心", INJURY, "designate", None),
        ],
    ),
    "names in brackets": (
        "全市新增2家新冠病毒核酸检测机构（示例医学检验所、金水区示例医院），已可检测。",
        [
            ("示例医学检验所", NUCLEIC, "designate", None),
            ("金水区示例医院", NUCLEIC, "designate", "金水区"),
        ],
    ),
    "two acts in one sentence": (
        "市医保局将示例海滨医院、示例矿区医院两家医院纳入医保定点医疗机构，取消示例向阳医院的定点资格。",
        [
            ("示例海滨医院", MEDICAL, "designate", None),
            ("示例矿区医院", MEDICAL, "designate", None),
            ("示例向阳医院", MEDICAL, "revoke", None),
        ],
    ),
    "each offender with its own sanction": (
        "市医保局通报医保定点医药机构：\n示例济民门诊部虚构诊疗服务，解除服务协议；\n"
        "示例安康大药房摆放日用百货，暂停医保结算3个月；\n示例康乐诊所超范围执业，责令整改。",
        [
            ("示例济民门诊部", "医保定点医药机构", "revoke", None),
            ("示例安康大药房", "医保定点医药机构", "suspend", None),
        ],
    ),
    "what was done before and what is done now": (
        "去年被暂停联网结算的示例瑞康医院已完成整改，自3月20日起恢复医保定点医疗机构结算。",
        [("示例瑞康医院", MEDICAL, "resume", None)],
    ),
    "a reason that names another act": (
        "一、续签协议的医保定点医疗机构1家：示例医院。\n"
        "二、因未申请续签而退出的医保定点医疗机构2家，分别是金水区示例门诊部与示例诊所。",
        [
            ("示例医院", MEDICAL, "renew", None),
            ("金水区示例门诊部", MEDICAL, "revoke", "金水区"),
            ("示例诊所", MEDICAL, "revoke", None),
        ],
    ),
    "cells merged over several rows of a sheet": (
        "发热门诊名单\n区域\t序号\t医院名称\t地址\n金水区\t1\t示例第一医院\t人民路1号\n\t2\t示例第二医院\t人民路2号\n"
        "二七区\t3\t示例第三医院\t大学路3号",
        [
            ("示例第一医院", FEVER, "designate", "金水区"),
            ("示例第二医院", FEVER, "designate", "金水区"),
            ("示例第三医院", FEVER, "designate", "二七区"),
        ],
    ),
    "two names in one cell": (
        "工伤保险协议医疗机构名单\n区县|机构名称\n金水区|示例第一医院、示例第二医院",
        [
            ("示例第一医院", INJURY, "designate", "金水区"),
            ("示例第二医院", INJURY, "designate", "金水区"),
        ],
    ),
    "names parted by spaces": (
        "工伤保险协议医疗机构名单\n示例第一医院 示例第二医院 金水区示例医院",
        [
            ("示例第一医院", INJURY, "designate", None),
            ("示例第二医院", INJURY, "designate", None),
            ("金水区示例医院", INJURY, "designate", "金水区"),
        ],
    ),
    "the sort of agreement in a column": (
        "工伤保险协议机构情况表\n序号\t机构名称\t协议类别\n1\t示例医院\t医疗\n2\t示例假肢有限公司\t辅助器具配置",
        [
            ("示例医院", INJURY, "designate", None),
            ("示例假肢有限公司", "工伤保险协议辅助器具配置机构", "designate", None),
        ],
    ),
    "an annex that repeats what the letter names": (
        "确定示例第一医院、示例第二医院2家医院为工伤保险协议医疗机构。\n附件1\n工伤保险协议医疗机构名单\n"
        "示例第一医院\n示例第二医院",
        [
            ("示例第一医院", INJURY, "designate", None),
            ("示例第二医院", INJURY, "designate", None),
        ],
    ),
    "pharmacies whose category is only said by the issuer": (
        "关于解除示例药店等2家零售药店服务协议的公告\n决定自即日起与示例药店、示例大药房解除服务协议。\n示例市医疗保障局",
        [("示例药店", DRUGS, "revoke", None), ("示例大药房", DRUGS, "revoke", None)],
    ),
    "an outer group after a district": (
        "发热门诊名单\n金水区：示例第一医院。\n省级：示例第二医院。",
        [
            ("示例第一医院", FEVER, "designate", "金水区"),
            ("示例第二医院", FEVER, "designate", None),
        ],
    ),
    "numbered groups in one line each": (
        "全市共有3家工伤保险协议医疗机构，名单如下：\n①金水区（2家）：示例第一医院、示例中医药与康复医院。\n"
        "②二七区（1家）：示例第三医院。",
        [
            ("示例第一医院", INJURY, "designate", "金水区"),
            ("示例中医药与康复医院", INJURY, "designate", "金水区"),
            ("示例第三医院", INJURY, "designate", "二七区"),
        ],
    ),
    "a table of mergers and the line under it": (
        "医保定点医疗机构合并情况\n被合并机构\t合并后机构\t合并日期\n示例卫生院\t示例市第五医院\t2024-04-01\n"
        "填报单位：示例中心　　填报日期：2024年4月2日",
        [("示例卫生院", MEDICAL, "merge", None)],
    ),
    "a headline whose act is told aside": (
        "本市公布发热门诊名单，一家暂停开放\n市卫健委更新发热门诊名单，电话如下：\n1.示例第一医院\n电话：0371-65000001\n"
        "2.示例第二医院\n电话：0371-65000002\n因场地改造，示例第三医院暂停开放发热门诊。",
        [
            ("示例第一医院", FEVER, "designate", None),
            ("示例第二医院", FEVER, "designate", None),
            ("示例第三医院", FEVER, "suspend", None),
        ],
    ),
    "institutions that were found before": (
        "新增医保定点医疗机构1家，为示例第一医院、示例第二医院。此前认定的示例第三医院等12家定点机构协议尚未到期，继续有效。",
        [
            ("示例第一医院", MEDICAL, "designate", None),
            ("示例第二医院", MEDICAL, "designate", None),
        ],
    ),
    "a decision about one institution": (
        "关于撤销示例医院工伤保险协议医疗机构资格的决定\n示例医院：\n经查，你单位存在违规行为。",
        [("示例医院", INJURY, "revoke", None)],
    ),
    "a name that begins with a number": (
        "发热门诊名单\n1.三家店街道社区卫生服务中心\n2.示例镇卫生院骨伤科，夜间开放",
        [
            ("三家店街道社区卫生服务中心", FEVER, "designate", None),
            ("示例镇卫生院骨伤科", FEVER, "designate", None),
        ],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_read(shape):
    text, wanted = SHAPES[shape]
    entries = read_notice(text, city="郑州市").entries
    found = [(one.name_as_printed, one.category, one.action, one.district) for one in entries]
    assert found == wanted


def test_what_is_only_intended_is_marked():
    notice = read_notice("经评审，拟新增下列医院为工伤保险协议医疗机构：\n1.示例医院\n2.示例中医院")
    found = [(entry.action_as_printed, entry.needs_review) for entry in notice.entries]
    assert found == [("拟新增", True), ("拟新增", True)]
    assert [one.code for one in notice.warnings] == ["proposal", "needs_review", "needs_review"]


def test_a_day_behind_a_name_is_its_own_when_a_notice_does_several_things():
    notice = read_notice(
        "医保定点医疗机构变动如下：示例第一医院自2021年4月1日起更名为示例骨科医院。示例第二医院自2021年5月1日起恢复医保结算。"
    )
    found = [(entry.new_name, entry.effective_date) for entry in notice.entries]
    assert found == [("示例骨科医院", "2021-04-01"), (None, "2021-05-01")]
    assert notice.effective_date is None


def test_a_term_belongs_to_the_names_of_its_paragraph():
    notice = read_notice(
        "一、续签定点医疗机构：示例第一医院，协议期自2022年1月1日至2022年12月31日。\n二、新增定点医疗机构：示例第二医院。"
    )
    found = [(entry.action, entry.valid_from, entry.valid_to) for entry in notice.entries]
    assert found == [("renew", "2022-01-01", "2022-12-31"), ("designate", None, None)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("示医保〔2021〕3号\n关于公布名单的通知", "示医保〔2021〕3号"),
        ("根据冀人社规〔2017〕8号文件要求，现予公示。", None),
        ("《关于确定机构的通知》（示人社通〔2017〕42号）同时废止。", None),
    ],
)
def test_a_cited_number_is_not_the_notices_own(text, number):
    assert read_notice(text).doc_number == number
