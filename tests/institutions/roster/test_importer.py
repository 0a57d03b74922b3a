"""Importing a roster: what is seen beforehand, what is written, what is refused, and that it comes back unchanged."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from institutions.models import Designation, Institution, InstitutionName, Notice, NoticeLine
from institutions.roster import RosterImporter
from institutions.tables import COLUMNS, register_rows
from news.roles import Role
from portal.importing import Upload, carry_out
from portal.models import ImportDraft
from portal.tabular import write_csv, write_xlsx
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, SchemeFactory, an_institution

pytestmark = pytest.mark.django_db

IMPORTER = RosterImporter()


@pytest.fixture
def head():
    """The head of a roster of 医保定点 in 郑州市, which has 金水区 and two places called 新区."""
    city = PlaceFactory(code="410100", name="郑州市", short_name="郑州")
    PlaceFactory(code="410105", name="金水区", parent=city, level="county")
    for number in (1, 2):
        PlaceFactory(code=f"x-new-{number}", name="新区", parent=city, level="zone")
    scheme = SchemeFactory(code="yibao", name="医保定点")
    KindFactory(scheme=scheme, code="yibao-yiyuan", name="医院", printed_names="医保定点医疗机构")
    KindFactory(scheme=scheme, code="yibao-yaodian", name="药店")
    return {
        "title": "医保定点机构名册",
        "source_words": "经办机构提供",
        "issuer": OrganisationFactory(),
        "scheme": scheme,
        "area": city,
        "extent": "full",
        "doc_number": "",
        "issued_on": None,
        "effective_on": None,
        "stated_on": None,
        "stated_basis": "",
    }


def sheet(*rows, encoding="utf-8"):
    """A CSV file of rows given as {heading: cell}."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, headings)
    writer.writeheader()
    writer.writerows(rows)
    return Upload("名册.csv", text.getvalue().encode(encoding))


def plan_of(upload, head):
    return IMPORTER.plan(IMPORTER.read(upload, options=head), options=head, by=None)


def take(upload, head):
    plan = plan_of(upload, head)
    return carry_out(IMPORTER, plan, options=head, by=UserFactory())


def problems(upload, head):
    return [str(problem) for problem in plan_of(upload, head).problems]


FULL = {
    "名称": "郑州颐和医院",
    "别名": "颐和医院；颐和",
    "统一社会信用代码": "91110000600037341L",
    "等级": "三级",
    "办医主体": "民营",
    "所在地": "金水区",
    "地址": "农业东路69号",
    "电话": "0371-66112233",
    "经度": "113.752",
    "纬度": "34.79",
    "坐标系": "WGS-84",
    "定点类别": "医保定点医疗机构",
    "起始日": "2021年1月1日",
    "截止日": "2022/12/31",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_row_becomes_an_institution_a_line_and_a_period(head, encoding):
    notice = take(sheet(FULL, encoding=encoding), head)
    made = Institution.objects.get()
    assert (made.name, made.credit_code, made.level, made.ownership, made.place.code) == (
        "郑州颐和医院",
        "91110000600037341L",
        "3",
        "private",
        "410105",
    )
    assert (made.address, made.phone, float(made.longitude), made.datum) == (
        "农业东路69号",
        "0371-66112233",
        113.752,
        "wgs84",
    )
    assert list(made.names.order_by("pk").values_list("name", "kind", "source_words")) == [
        ("郑州颐和医院", "official", "医保定点机构名册（名册）"),
        ("颐和医院", "alias", "医保定点机构名册（名册）"),
        ("颐和", "alias", "医保定点机构名册（名册）"),
    ]
    line = NoticeLine.objects.get()
    assert (line.locator, line.decision, line.on, line.term_to) == (
        "第 2 行",
        "new",
        date(2021, 1, 1),
        date(2022, 12, 31),
    )
    assert (notice.nature, notice.file_name, notice.published_at is not None) == (
        "roster",
        "名册.csv",
        True,
    )
    period = Designation.objects.get()
    assert (period.valid_from, period.valid_to, period.state) == (
        date(2021, 1, 1),
        date(2022, 12, 31),
        "expires",
    )


def test_the_same_roster_again_changes_nothing(head):
    take(sheet(FULL), head)
    again = plan_of(sheet(FULL), head)
    assert again.counts == {"new": 0, "changed": 0, "removed": 0, "unchanged": 1}
    assert again.does_something is False


def as_csv(columns, rows):
    return b"".join(write_csv(columns, rows))


def as_xlsx(columns, rows):
    with write_xlsx(columns, rows) as file:
        return file.read()


@pytest.mark.parametrize(("name", "writer"), [("名册.csv", as_csv), ("名册.xlsx", as_xlsx)])
def test_what_was_exported_imports_again_without_a_difference(head, name, writer):
    second = {"名称": "仁和大药房", "定点类别": "药店", "所在地代码": "x-new-1"}
    undated = {"名称": "郑州颐和医院", "定点类别": "药店"}
    take(sheet(FULL, second, undated), head)
    rows = register_rows(Institution.objects.order_by("pk"), on=date(2026, 1, 1))
    plan = plan_of(Upload(name, writer(COLUMNS, rows)), head)
    assert [str(problem) for problem in plan.problems] == []
    assert plan.counts == {"new": 0, "changed": 0, "removed": 0, "unchanged": 3}


def test_facts_are_brought_up_to_date_without_a_new_notice(head):
    take(sheet(FULL), head)
    moved = {**FULL, "地址": "商务外环1号", "别名": "颐和总院"}
    plan = plan_of(sheet(moved), head)
    assert [(change.act, change.row, change.differences) for change in plan.changes] == [
        ("changed", 2, (("地址", "农业东路69号", "商务外环1号"), ("别名", "", "颐和总院")))
    ]
    assert carry_out(IMPORTER, plan, options=head, by=UserFactory()) is None
    made = Institution.objects.get()
    assert (made.address, made.version) == ("商务外环1号", 2)
    assert InstitutionName.objects.filter(name="颐和总院", kind="alias").exists()
    assert Notice.objects.count() == 1


def test_a_blank_cell_takes_nothing_away(head):
    take(sheet(FULL), head)
    plan = plan_of(sheet({"名称": "郑州颐和医院", "地址": ""}), head)
    assert plan.counts["unchanged"] == 1


def test_wrong_rows_are_named_by_row_and_column(head):
    wrong = [
        {"名称": "", "地址": "一号"},
        {"名称": "甲医院", "统一社会信用代码": "91110000600037342L"},
        {"名称": "乙医院", "所在地": "天河区"},
        {"名称": "丙医院", "所在地": "新区"},
        {"名称": "丁医院", "电话": "13800138000"},
        {"名称": "戊医院", "定点类别": "诊所"},
        {"名称": "己医院", "起始日": "2021-13-01"},
        {"名称": "庚医院", "起始日": "2021-01-01"},
        {"名称": "辛医院", "定点类别": "医院", "起始日": "2021-01-02", "截止日": "2021-01-01"},
        {"名称": "壬医院", "定点类别": "医院", "起始日": "0201-01-02"},
        {"名称": "癸医院", "机构代码": "mei-you"},
        {"名称": "子医院", "经度": "113"},
    ]
    assert problems(sheet(*wrong), head) == [
        "第 2 行“名称”：不能为空。",
        "第 8 行“起始日”：没有“2021-13-01”这一天。",
        "第 3 行“统一社会信用代码”：统一社会信用代码的校验位不对，请核对原件。",
        "第 4 行“所在地”：在郑州市之内没有“天河区”。",
        "第 5 行“所在地”：“新区”不止一个，请填所在地代码：x-new-1、x-new-2。",
        "第 6 行“电话”：像是个人手机号或身份证号，不能公开，请改用对外公布的电话。",
        "第 7 行“定点类别”：所选的制度中没有“诊所”这一类别。",
        "第 9 行“定点类别”：有起止日而没有类别。",
        "第 10 行“截止日”：截止日不能早于起始日。",
        "第 11 行“起始日”：须在 1949 年 10 月 1 日到 2100 年底之间，请检查年份。",
        "第 12 行“机构代码”：没有代码为“mei-you”的机构；新机构请留空。",
        "第 13 行“坐标系”：经度、纬度和坐标系须一起填写。",
    ]


def test_rows_that_disagree_or_repeat_are_named(head):
    rows = [
        {"名称": "甲医院", "定点类别": "医院", "地址": "一号"},
        {"名称": "甲医院", "定点类别": "药店", "地址": "二号"},
        {"名称": "甲医院", "定点类别": "医院", "地址": "一号"},
    ]
    assert problems(sheet(*rows), head) == [
        "第 3 行“地址”：与第 2 行同一机构的地址不一致。",
        "第 4 行“名称”：与第 2 行重复：同一机构、类别和起止日。",
    ]


def test_a_similar_name_is_never_linked_by_the_import(head):
    an_institution("郑州颐和医院", place=head["area"])
    near = {"名称": "郑州市颐和医院", "定点类别": "医院"}
    found = problems(sheet(near), head)
    assert len(found) == 1
    assert found[0].startswith(
        "第 2 行“名称”：与已有机构“郑州颐和医院”（zhengzhouyiheyiyuan）相近："
    )
    take(sheet({**near, "机构代码": "新"}), head)
    assert sorted(Institution.objects.values_list("name", flat=True)) == [
        "郑州市颐和医院",
        "郑州颐和医院",
    ]


def test_a_code_with_another_name_is_refused(head):
    hospital = an_institution("郑州颐和医院", place=head["area"])
    row = {"名称": "别的医院", "机构代码": hospital.code, "定点类别": "医院"}
    assert problems(sheet(row), head) == [
        "第 2 行“名称”：zhengzhouyiheyiyuan 登记的名称是“郑州颐和医院”。更名请发布更名通知。"
    ]


def test_the_head_dates_rows_without_a_day(head):
    head["effective_on"] = date(2021, 1, 1)
    row = {"名称": "甲医院", "定点类别": "医院"}
    take(sheet(row), head)
    assert Designation.objects.get().valid_from == date(2021, 1, 1)
    assert plan_of(sheet(row), head).does_something is False


def test_the_queries_do_not_grow_with_the_rows(head):
    spent = []
    # SQLite takes a thousand values in a statement: more rows than these are written by several.
    for size in (2, 3, 30):
        rows = [{"名称": f"{size}街第{number}诊所", "定点类别": "医院"} for number in range(size)]
        with CaptureQueriesContext(connection) as queries:
            take(sheet(*rows), head)
        spent.append(len(queries))
    # The first of a process also fills Django's own small caches.
    assert spent[1] == spent[2]
    assert Designation.objects.count() == 35


def test_the_desk_previews_and_confirms(desk, head):
    client = desk(Role.DATA_EDITOR)
    upload = io.BytesIO(sheet(FULL).data)
    upload.name = "名册.csv"
    told = {
        **{name: value for name, value in head.items() if value is not None},
        **{name: head[name].pk for name in ("issuer", "scheme", "area")},
    }
    address = reverse("institutions_roster")
    shown = client.post(address, {**told, "file": upload})
    assert shown.status_code == 200
    assert not Institution.objects.exists()
    assert not Notice.objects.exists()
    draft = ImportDraft.objects.get()
    done = client.post(reverse("institutions_roster_confirm"), {"draft": draft.pk})
    assert done.url == reverse("notice:edit", args=[Notice.objects.get().pk])
    assert Designation.objects.count() == 1
    assert not ImportDraft.objects.exists()


def test_a_reporter_imports_nothing(desk):
    assert desk(Role.REPORTER).get(reverse("institutions_roster")).status_code == 302
