"""The register's pages as readers get them: what they show, cost and refuse, and that nothing hidden shows."""

import json
from datetime import date

import pytest
from django.utils import timezone

from institutions.covering import declare
from institutions.merging import merge, undo
from institutions.models import Designation, Institution, Notice, NoticeLine
from institutions.publishing import draft_correction, withdraw
from news.models import ErrorReport
from portal.names import fold
from tests.factories import PlaceFactory, UserFactory
from tests.htmlcheck import valid_html
from tests.institutions.factories import (
    KindFactory,
    NoticeFactory,
    SchemeFactory,
    a_line,
    a_notice,
    an_institution,
    published,
)

pytestmark = pytest.mark.django_db
SECRET = "不该被看到的医院"


@pytest.fixture
def kind():
    return KindFactory(
        code="medical", name="医疗", scheme=SchemeFactory(name="工伤保险定点", code="injury")
    )


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


# --- The finder ---------------------------------------------------------------------------------------


def test_the_finder_counts_in_both_units_and_lists(home, client, kind):
    care = KindFactory(name="康复", scheme=kind.scheme)
    first = an_institution("第一医院", address="建设路1号", phone="0371-12345678", level="3a")
    published(a_notice(first, kind=kind))
    published(a_notice(first, kind=care, effective_on=None))
    text = text_of(client, "/institutions/?as_of=2021-01-01")
    valid_html(text)
    shown = " ".join(text.split())
    for row in (
        "<dt>有效</dt><dd><b>1</b>家次 <i>/</i> <b>1</b>家</dd>",
        "<dt>起始日未载明</dt><dd><b>1</b>家次 <i>/</i> <b>1</b>家</dd>",
        "<dt>合计</dt><dd><b>2</b>家次 <i>/</i> <b>1</b>家</dd>",
        '<span class="state-kind">工伤保险定点·医疗</span> <b>有效</b> <span class="state-detail">2020年9月1日起</span>',
        '<span class="state-kind">工伤保险定点·康复</span> <b>已列入</b> <span class="state-detail">起始日未载明</span>',
        "<span>三级甲等</span><span>建设路1号</span><span>电话 0371-12345678</span>",
        "这一天没有任何范围声明收录完整：<b>没有列出不等于不是</b>。",
    ):
        assert row in shown
    assert "中止（" not in shown


def test_an_empty_list_is_no_no(home, client, kind):
    text = text_of(client, "/institutions/?q=没有这家")
    assert "<b>没有列出不等于不是</b>：可以少选一项条件" in text


def test_declared_coverage_is_named(home, client, kind):
    area = PlaceFactory(name="郑州市")
    declare(kind=kind, area=area, first=date(2020, 1, 1), basis="全部名单", by=UserFactory())
    row = '<li>工伤保险定点·医疗，郑州市：<time datetime="2020-01-01">2020年1月1日</time>起</li>'
    assert row in text_of(client, "/institutions/?as_of=2020-06-01")
    assert row not in text_of(client, "/institutions/?as_of=2019-12-31")
    other = KindFactory(code="other")
    assert row not in text_of(client, f"/institutions/?kind={other.code}")


def test_a_name_that_is_not_listed_that_day_is_still_told(home, client, kind):
    first = an_institution("第一医院")
    published(a_notice(first, kind=kind))
    revoked = {"institution": first, "action": "revoke", "on": date(2021, 5, 1)}
    published(a_notice(revoked, kind=kind, effective_on=None))
    text = text_of(client, "/institutions/?q=第一&as_of=2021-06-01")
    assert "名称相符，当日不在名录中 <span>1 家</span>" in text
    assert '<b>已取消</b> <span class="state-detail">至2021年4月30日止</span>' in text


def test_a_part_stands_under_its_whole(home, client, kind):
    part, whole = an_institution("并入医院"), an_institution("总医院")
    published(a_notice(part, whole, kind=kind))
    merge(part, whole, on=date(2022, 1, 1), source_words="批复", by=UserFactory())
    before = text_of(client, "/institutions/?as_of=2021-12-31")
    after = text_of(client, "/institutions/?as_of=2022-01-01")
    assert [before.count('class="entry"'), after.count('class="entry"')] == [2, 1]
    assert (
        '<a href="/institutions/bingruyiyuan/?as_of=2021-12-31">并入医院</a>（<time datetime="2022-01-01">'
        in after
    )


def test_a_merge_without_a_day_takes_the_no_from_both(home, client, kind):
    area = PlaceFactory()
    part, whole = (an_institution(name, place=area) for name in ("并入医院", "总医院"))
    for hospital in (part, whole):
        line = {"institution": hospital, "term_to": date(2020, 12, 31)}
        published(a_notice(line, kind=kind))
    merging = {"institution": part, "action": "merge", "into": whole}
    published(a_notice(merging, kind=kind, effective_on=None))
    declare(kind=kind, area=area, first=date(2020, 1, 1), basis="全部名单", by=UserFactory())
    text = text_of(client, "/institutions/?q=医院&as_of=2021-06-01")
    assert text.count("合并没有载明日期，未采用") == 2


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_list_can_be_taken_away(home, client, kind, form):
    published(a_notice(an_institution("第一医院"), an_institution("第二医院"), kind=kind))
    response = client.get(f"/institutions/?as_of=2021-01-01&q=第一&format={form}")
    data = b"".join(response.streaming_content).decode("utf-8-sig")
    expected = f'attachment; filename="institutions-2021-01-01.{form}"'
    assert response["Content-Disposition"] == expected
    if form == "json":
        assert [(row["name"], row["status"]) for row in json.loads(data)] == [("第一医院", "有效")]
    else:
        assert len(data.strip().split("\r\n")) == 2


def test_the_list_can_be_taken_away_as_a_workbook(home, client, kind):
    published(a_notice(an_institution("第一医院"), kind=kind))
    response = client.get("/institutions/?format=xlsx")
    assert b"".join(response.streaming_content)[:2] == b"PK"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/institutions/?kind=none", "参数 kind 应为一种定点类别的代码，收到的是“none”。"),
        ("/institutions/?page=0", "参数 page 应为正整数，收到的是“0”。"),
        ("/institutions/?format=pdf", "参数 format 应为 csv、xlsx、json，收到的是“pdf”。"),
        (
            "/institutions/diyiyiyuan/?as_of=x",
            "参数 as_of 应为日期（如 2020-09-01），收到的是“x”。",
        ),
        ("/institutions/diyiyiyuan/history/?format=xls", "参数 format 应为 csv，收到的是“xls”。"),
        ("/institutions/notices/?page=x", "参数 page 应为正整数，收到的是“x”。"),
    ],
)
def test_a_wrong_parameter_is_named_in_chinese(home, client, kind, address, message):
    published(a_notice(an_institution("第一医院"), kind=kind))
    assert message in text_of(client, address, 400)


# --- One institution -----------------------------------------------------------------------------------


def test_an_institution_shows_its_answers_timeline_and_lines(home, client, kind):
    first = an_institution("第一医院", place=PlaceFactory(name="金水区"))
    notice = published(a_notice(first, kind=kind, title="首批名单"))
    gap = {"institution": first, "action": "suspend", "on": date(2021, 1, 1)}
    gap |= {"term_to": date(2021, 3, 31), "quote": "联系人 13812345678"}
    published(a_notice(gap, kind=kind, effective_on=None))
    text = text_of(client, "/institutions/diyiyiyuan/?as_of=2021-02-01")
    valid_html(text)
    shown = " ".join(text.split())
    for row in (
        '<b class="verdict-word">无法确定</b>',
        "<p>中止：2021年1月1日至2021年3月31日。没有声明收录完整，之后是否又列为定点或者恢复不明。</p>",
        '<rect class="bar bar-in_force"',
        '<rect class="bar bar-open"',
        '<rect class="bar bar-suspended"',
        "<span>中止：2021年1月1日至2021年3月31日</span>",
        f'<a href="/institutions/notices/{notice.pk}/">首批名单</a>第 1 条',
        "联系人 138****5678",
        "/institutions/check/?institution=diyiyiyuan&amp;kind=medical&amp;on=2021-02-01",
        "/report/?ref=institution%3Adiyiyiyuan",
        "https://uri.amap.com/search?keyword=%E7%AC%AC%E4%B8%80%E5%8C%BB%E9%99%A2",
    ):
        assert row in shown
    assert "13812345678" not in text


def test_an_old_name_is_shown_on_its_days(home, client, kind):
    first = an_institution("旧名医院")
    published(a_notice(first, kind=kind))
    line = {
        "institution": first,
        "action": "rename",
        "new_name": "新名医院",
        "on": date(2021, 7, 1),
    }
    published(a_notice(line, kind=kind))
    old = text_of(client, f"/institutions/{first.code}/?as_of=2021-06-30")
    new = text_of(client, f"/institutions/{first.code}/?as_of=2021-07-01")
    assert ["旧名医院</h1>" in old, "现名新名医院" in old, "新名医院</h1>" in new] == [True] * 3


def test_from_the_day_of_a_merge_the_old_address_leads_to_the_whole(home, client, kind):
    part, whole, editor = an_institution("并入医院"), an_institution("总医院"), UserFactory()
    published(a_notice(part, kind=kind))
    row = merge(part, whole, on=date(2022, 1, 1), source_words="批复", by=editor)
    before = timezone.now()
    assert client.get("/institutions/bingruyiyuan/?as_of=2021-12-31").status_code == 200
    led = client.get("/institutions/bingruyiyuan/?as_of=2022-01-01")
    expected = "/institutions/zongyiyuan/?as_of=2022-01-01&from=bingruyiyuan"
    assert (led.status_code, led["Location"]) == (302, expected)
    assert "并入医院自" in text_of(client, expected)
    undo(row, source_words="批复作废", by=editor)
    assert client.get("/institutions/bingruyiyuan/").status_code == 200
    known = client.get("/institutions/bingruyiyuan/", {"known_at": before.isoformat()})
    assert known.status_code == 302


def test_a_strange_origin_is_not_repeated(home, client, kind):
    published(a_notice(an_institution("第一医院"), kind=kind))
    assert "register-came" not in text_of(client, "/institutions/diyiyiyuan/?from=elsewhere")


# --- Everything stated of it --------------------------------------------------------------------------


def test_the_history_keeps_what_was_replaced(home, client, kind):
    first = an_institution("第一医院")
    notice = published(a_notice(first, kind=kind, effective_on=None, title="=名单"))
    draft = draft_correction(notice, by=UserFactory())
    draft.effective_on = date(2020, 9, 1)
    draft.save()
    published(draft)
    text = text_of(client, "/institutions/diyiyiyuan/history/")
    valid_html(text)
    assert text.count('class="statement"') == 2
    assert text.count('class="statement statement-closed"') == 1
    response = client.get("/institutions/diyiyiyuan/history/?format=csv")
    data = b"".join(response.streaming_content)
    lines = data.decode("utf-8-sig").split("\r\n")
    assert (data[:3], lines[0]) == (
        b"\xef\xbb\xbf",
        "事项,内容,起始日,截止日,记入时间,取代时间,依据,通知编号",
    )
    stated = [line.split(",")[:4] + line.split(",")[6:] for line in lines[1:-1]]
    assert sorted(stated) == [
        ["名称", "正式名称：第一医院", "", "", "测试", ""],
        ["定点", "工伤保险定点·医疗", "", "", "'=名单", str(notice.pk)],
        ["定点", "工伤保险定点·医疗", "2020-09-01", "", "'=名单", str(draft.pk)],
    ]


# --- Notices -------------------------------------------------------------------------------------------


def test_a_notice_says_what_each_line_did(home, client, kind):
    first, second = an_institution("第一医院"), an_institution("第二医院")
    listed = published(a_notice(first, kind=kind))
    notice = a_notice(
        {"institution": first, "action": "revoke", "on": date(2021, 5, 1)},
        {"institution": second, "action": "resume", "on": date(2021, 5, 1)},
        {"institution": first, "action": "rename", "new_name": "新名医院", "on": date(2021, 6, 1)},
        kind=kind,
        effective_on=None,
        text="联系人 13812345678",
    )
    reason = {"decision": "ignored", "decision_reason": "不在本市"}
    a_line(notice, name="外地医院", kind=kind, action="", **reason)
    published(notice)
    text = text_of(client, f"/institutions/notices/{notice.pk}/")
    valid_html(text)
    effects = [
        line.split(">", 1)[1].split("<")[0]
        for line in text.splitlines()
        if "notice-line-effect" in line
    ]
    assert effects == [
        "定点至2021年4月30日止（取消）",
        "恢复之前，没有收录正在进行的中止",
        "2021年6月1日起名称为新名医院",
        "没有采用：不在本市",
    ]
    assert "<dt>印发日期</dt><dd>没有载明</dd>" in text
    assert ("13812345678" in text, "138****5678" in text) == (False, True)
    first_text = text_of(client, f"/institutions/notices/{listed.pk}/")
    assert "定点：2020年9月1日至2021年4月30日" in first_text


def test_a_replaced_notice_leads_to_its_correction_and_does_nothing(home, client, kind):
    old = published(a_notice(an_institution("第一医院"), kind=kind))
    draft = draft_correction(old, by=UserFactory())
    assert f"/institutions/notices/{draft.pk}/" not in text_of(
        client, f"/institutions/notices/{old.pk}/"
    )
    published(draft)
    text = text_of(client, f"/institutions/notices/{old.pk}/")
    assert f'<a href="/institutions/notices/{draft.pk}/">' in text
    assert "文件已不作数，这一条现在不产生效果" in text
    new = text_of(client, f"/institutions/notices/{draft.pk}/")
    assert f'它取代了<a href="/institutions/notices/{old.pk}/">' in new


def test_a_withdrawn_notice_says_why(home, client, kind):
    notice = published(a_notice(an_institution("第一医院"), kind=kind))
    withdraw(notice, by=UserFactory(), reason="文件系误传")
    text = text_of(client, f"/institutions/notices/{notice.pk}/")
    assert "撤回，不再作数。理由：文件系误传" in text
    assert "已撤回（" in text_of(client, "/institutions/notices/")


def test_a_long_list_has_numbered_pages(home, client, kind):
    notice = NoticeFactory(scheme=kind.scheme)
    NoticeLine.objects.bulk_create(
        NoticeLine(
            notice=notice,
            number=number,
            name=f"第{number}医院",
            key=fold(f"第{number}医院"),
            quote=f"第{number}医院",
            action="designate",
            kind=kind,
            decision="new",
        )
        for number in range(1, 102)
    )
    published(notice)
    first, second = (
        text_of(client, f"/institutions/notices/{notice.pk}/?page={n}") for n in (1, 2)
    )
    assert [page.count("notice-line-effect") for page in (first, second)] == [100, 1]


def test_the_file_is_handed_out_byte_for_byte(home, client, kind):
    notice = a_notice(an_institution("第一医院"), kind=kind)
    notice.keep_file("名单 <b>.html", "<b>名单</b>".encode())
    notice.save()
    address = f"/institutions/notices/{notice.pk}/file/"
    assert client.get(address).status_code == 404
    published(notice)
    response = client.get(address)
    assert b"".join(response.streaming_content) == "<b>名单</b>".encode()
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert notice.file_sha256 in text_of(client, f"/institutions/notices/{notice.pk}/")


def test_a_private_file_is_not_there_and_its_digest_is(home, client, kind):
    notice = a_notice(an_institution("第一医院"), kind=kind, file_is_private=True)
    notice.keep_file("名单.txt", b"13812345678")
    notice.save()
    published(notice)
    assert client.get(f"/institutions/notices/{notice.pk}/file/").status_code == 404
    text = text_of(client, f"/institutions/notices/{notice.pk}/")
    assert (notice.file_sha256 in text, "/file/" in text) == (True, False)


def test_the_whole_text_has_no_private_number(home, client, kind):
    notice = published(a_notice(an_institution("第一医院"), kind=kind, text="电话13812345678。"))
    response = client.get(f"/institutions/notices/{notice.pk}/text/")
    assert response.content.decode() == "电话138****5678。"
    assert response["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("number", ["0", "999", "9" * 40])
def test_a_notice_that_is_not_there(home, client, number):
    assert client.get(f"/institutions/notices/{number}/").status_code == 404


@pytest.mark.parametrize("record", ["institution", "notice"])
def test_an_error_in_a_record_can_be_reported(home, client, kind, record):
    first = an_institution("第一医院")
    notice = published(a_notice(first, kind=kind))
    reference = f"institution:{first.code}" if record == "institution" else f"notice:{notice.pk}"
    sent = client.post(f"/report/?ref={reference}", {"text": "地址有误。", "contact": ""})
    assert sent.status_code == 302
    assert list(ErrorReport.objects.values_list("reference", flat=True)) == [reference]
    assert client.get("/report/?ref=institution").status_code == 404


# --- What readers must not see -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/institutions/",
        "/institutions/?q=不该",
        "/institutions/?format=json",
        "/institutions/notices/",
        "/institutions/{code}/",
        "/institutions/{code}/history/",
        "/institutions/notices/{pk}/",
        "/institutions/notices/{pk}/text/",
        "/report/?ref=institution:{code}",
        "/report/?ref=notice:{pk}",
    ],
)
def test_a_draft_and_whoever_only_it_names_show_nowhere(home, client, kind, address):
    hidden = an_institution(SECRET)
    draft = a_notice(hidden, kind=kind, title=SECRET, text=SECRET)
    address = address.format(code=hidden.code, pk=draft.pk)

    def shown():
        response = client.get(address)
        parts = response.streaming_content if response.streaming else [response.content]
        return SECRET in b"".join(parts).decode()

    assert not shown()
    published(draft)
    assert shown(), "the row must be able to leak"


def test_a_draft_line_about_a_public_institution_shows_nowhere(home, client, kind):
    first = an_institution("第一医院")
    notice = published(a_notice(first, kind=kind))
    draft = draft_correction(notice, by=UserFactory())
    Notice.objects.filter(pk=draft.pk).update(title=SECRET)
    a_line(draft, first, KindFactory(scheme=kind.scheme, name=SECRET))
    for address in ("/institutions/diyiyiyuan/", f"/institutions/notices/{notice.pk}/"):
        assert SECRET not in text_of(client, address)


# --- What a page costs -------------------------------------------------------------------------------


def many(kind, count):
    """Publish `count` institutions in one notice and withdraw, suspend and merge one of each."""
    place = PlaceFactory(parent=PlaceFactory())
    hospitals = [an_institution(f"第{n}医院", place=place) for n in range(count + 2)]
    care = KindFactory(scheme=kind.scheme)
    lines = [{"institution": row, "kind": one} for row in hospitals for one in (kind, care)]
    notice = published(a_notice(*lines, kind=kind))
    gaps = [{"institution": hospitals[0], "action": "suspend"} for _ in range(count)]
    published(a_notice(*gaps, kind=kind))
    for part in hospitals[1 : count + 1]:
        merge(part, hospitals[0], on=date(2022, 1, 1), source_words="批复", by=UserFactory())
    return hospitals, notice


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/institutions/", 20),
        ("/institutions/?q=第&district={place}&kind=medical", 24),
        ("/institutions/{code}/", 25),
        ("/institutions/{code}/history/", 12),
        ("/institutions/notices/", 9),
        ("/institutions/notices/{pk}/", 14),
    ],
)
def test_a_page_costs_the_same_at_any_length(
    home, client, kind, count, address, queries, django_assert_num_queries
):
    hospitals, notice = many(kind, count)
    whole = hospitals[0]
    address = address.format(code=whole.code, pk=notice.pk, place=whole.place.code)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_twenty_thousand_institutions_cost_the_finder_no_query_more(
    home, client, kind, django_assert_num_queries
):
    _, notice = many(kind, 3)
    line = notice.lines.first()
    rows = [
        Institution(code=f"many-{n}", name=f"第{n}医院", pinyin=f"di {n}") for n in range(20_000)
    ]
    Institution.objects.bulk_create(rows, batch_size=500)
    Designation.objects.bulk_create(
        (
            Designation(
                institution=row,
                kind=kind,
                valid_from=date(2020, 9, 1),
                basis="notice",
                state="open",
                opened_by=line,
                known_from=notice.published_at,
            )
            for row in rows
        ),
        batch_size=500,
    )
    with django_assert_num_queries(20):
        text = text_of(client, "/institutions/")
    assert "名录 <span>20002 家，按名称的拼音排列</span>" in text
