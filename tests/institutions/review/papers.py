"""Notices in our own words for the tests of the desk, and the rows on which reading them rests."""

import io

import docx

from institutions.models import Notice
from institutions.review.drafting import draft_notice
from portal.models import Place
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, SchemeFactory

MEDICAL = [
    "安阳市灯塔医院",
    "林州市中医院",
    "安阳钢铁职工医院",
    "安阳市第六人民医院",
    "汤阴县人民医院",
    "滑县中心医院",
    "内黄县骨科医院",
    "安阳（文峰）心脑血管病医院",
    "安阳市眼科医院",
    "殷都区人民医院",
    "安阳颐养医院",
]
CARE = [
    "安阳市灯塔医院",
    "安阳市康复医院",
    "林州市中医院",
    "安阳市第三人民医院",
    "汤阴县人民医院",
    "龙安区社区康复医院",
    "安阳市第六人民医院",
]
OFFICE = "安阳市人力资源和社会保障局"
TITLE = "关于确定安阳市工伤保险定点医疗（康复）机构的通知"


def paragraphs():
    """A notice of 18 designations of 14 institutions, a paragraph each."""
    return [
        TITLE,
        "各县（市、区）人力资源和社会保障局，有关医疗机构：",
        "经审核，新增安阳市灯塔医院等11家医院为我市工伤保险定点医疗机构，新增7家医院为工伤保险定点康复机构，现予公布。",
        f"一、新增工伤保险定点医疗机构：{'、'.join(MEDICAL)}。",
        f"二、新增工伤保险定点康复机构：{'、'.join(CARE)}。",
        "各医院应当与所在地经办机构签订服务协议。",
        OFFICE,
        "2021年3月15日",
    ]


def text():
    """The notice as text."""
    return "\n".join(paragraphs())


def word_file():
    """The notice as a Word file."""
    document = docx.Document()
    document.add_heading(TITLE, 0)
    for words in paragraphs()[1:]:
        document.add_paragraph(words)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


CHANGES = """关于调整安阳市工伤保险定点医疗机构的通知
安人社〔2022〕8号

自2022年6月1日起，新增以下机构为工伤保险定点医疗机构：安阳市灯塔医院、安阳市第六医院、市第三人民医院。
联系人手机 13812345678。

安阳市人力资源和社会保障局
2022年5月20日
"""


class Ground:
    """安阳市, its scheme with two kinds that know what notices call them, and the office; an editor."""

    def __init__(self, *, office=True):
        self.city = PlaceFactory(
            code="410500", name="安阳市", short_name="安阳", level=Place.Level.PREFECTURE
        )
        self.scheme = SchemeFactory(name="工伤保险定点")
        self.medical = KindFactory(
            scheme=self.scheme, name="医疗", printed_names="工伤保险定点医疗机构"
        )
        self.care = KindFactory(
            scheme=self.scheme, name="康复", printed_names="工伤保险定点康复机构"
        )
        self.office = OrganisationFactory(name=OFFICE, place=self.city) if office else None
        self.editor = UserFactory()

    def draft(self, words=None, **fields):
        """Take a notice in, as the desk does; return its row as another request would see it."""
        taken = draft_notice(words or text(), source_words="网站", by=self.editor, **fields)
        return again(taken.notice)


def again(notice):
    """The notice as the next request loads it."""
    return Notice.objects.select_related("area__parent", "scheme").get(pk=notice.pk)


def decisions(notice):
    """[(number, name, decision, institution's name)] of the lines."""
    return [
        (line.number, line.name, line.decision, line.institution and line.institution.name)
        for line in notice.lines.select_related("institution").order_by("number")
    ]
