"""按日期查资格 and its receipt as readers get them: the answer, the choice, the refusals, the costs, the leaks."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import timezone

from institutions.covering import declare
from institutions.founding import found_institutions
from institutions.merging import merge
from institutions.models import Institution, InstitutionName, NoticeLine
from institutions.pages.questions import address, receipt_address
from institutions.publishing import draft_correction, withdraw
from institutions.receipts import check_code, stamp
from portal.databases import learn_sizes
from tests.factories import PlaceFactory, UserFactory, a_section
from tests.htmlcheck import valid_html
from tests.institutions.factories import (
    KindFactory,
    SchemeFactory,
    a_line,
    a_notice,
    an_institution,
    published,
)

pytestmark = pytest.mark.django_db
PATH, RECEIPT = "/institutions/check/", "/institutions/check/receipt/"
DAY = "2020-09-01"


@pytest.fixture
def medical():
    return KindFactory(
        scheme=SchemeFactory(code="gongshang", name="工伤保险定点"), code="yiliao", name="医疗"
    )


@pytest.fixture
def hospital(medical):
    """甲医院, which a notice with a number and a file's digest lists from 2020-09-01 on."""
    row = an_institution("甲医院", place=PlaceFactory())
    published(
        a_notice(
            {"institution": row, "quote": "1.甲医院，电话13812345678"},
            kind=medical,
            title="公布名单的通知",
            doc_number="人社〔2020〕1号",
            issued_on=date(2020, 8, 17),
        )
    )
    return row


def ask(client, path=PATH, **parameters):
    """Return (status, the page's words in one line, its raw text)."""
    response = client.get(path, parameters)
    raw = response.content.decode()
    valid_html(raw)
    body = raw.partition("<main")[2].partition("</main>")[0]
    words = unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))
    return response.status_code, words, raw


def verdict(words_or_raw):
    return re.findall(r'class="verdict-word">([^<]+)<', words_or_raw)


def links(raw, to):
    return [unescape(href) for href in re.findall(r'href="([^"]+)"', raw) if to in href]


# --- The question --------------------------------------------------------------------------------


def test_the_empty_page_explains_the_three_answers_and_asks(client, medical):
    status, words, raw = ask(client)
    assert status == 200
    assert re.findall(r'<dt class="verdict-word">([^<]+)<', raw) == ["是", "否", "无法确定"]
    assert f'value="{timezone.localdate().isoformat()}"' in raw
    assert re.findall(r'<optgroup label="([^"]+)">', raw) == ["工伤保险定点"]
    assert re.findall(r'<option value="([^"]*)"', raw) == ["", "yiliao"]
    assert "本页不记录谁查了什么" in words


@pytest.mark.parametrize(
    ("parameters", "said"),
    [({"kind": "yiliao"}, "请填写机构。"), ({"institution": "甲医院"}, "请选择定点类别。")],
)
def test_a_question_that_lacks_something_is_asked_again(client, hospital, parameters, said):
    status, _, raw = ask(client, **parameters)
    assert (status, re.findall(r'role="alert">([^<]+)<', raw)) == (200, [said])
    assert all(f'value="{value}"' in raw for value in parameters.values())


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"kind": "kangfu"}, "参数 kind 应为已有定点类别的代码，收到的是“kangfu”。"),
        ({"on": "2020-02-30"}, "参数 on 应为日期（如 2020-09-01），收到的是“2020-02-30”。"),
        (
            {"on": "1900-01-01"},
            "参数 on 应为 1949-10-01 至 2100-12-31 之间的日期，收到的是“1900-01-01”。",
        ),
        (
            {"known_at": "昨天"},
            "参数 known_at 应为日期（如 2020-09-01）或带时区的时刻（如 2020-09-01T08:30:00+08:00），收到的是“昨天”。",
        ),
        (
            {"known_at": "0001-01-01T00:00:00+08:00"},
            "参数 known_at 应为 1970 年以来的时刻，收到的是“0001-01-01T00:00:00+”。",
        ),
        (
            {"institution": "甲" * 201},
            f"参数 institution 应为不超过 200 个字的名称或代码，收到的是“{'甲' * 20}”。",
        ),
        ({"kind": ["yiliao", "x"]}, "参数 kind 应为一个值，不能重复，收到的是“yiliao”“x”。"),
    ],
)
def test_a_wrong_parameter_is_named_in_chinese(client, hospital, parameters, said):
    asked = {"institution": "甲医院", "kind": "yiliao", **parameters}
    status, _, raw = ask(client, **asked)
    assert (status, re.findall(r'role="alert">([^<]+)<', raw)) == (400, [said])


@pytest.mark.parametrize("day", ["2020-09-01", "2020/9/1", "2020年9月1日"])
def test_a_day_may_be_typed_in_the_usual_ways(client, hospital, day):
    _, _, raw = ask(client, institution="甲医院", kind="yiliao", on=day)
    assert verdict(raw) == ["是"]
    assert 'name="on" type="text"' in raw
    assert 'value="2020-09-01"' in raw


def test_without_a_day_today_is_asked(client, hospital):
    _, words, _ = ask(client, institution="甲医院", kind="yiliao", on="")
    today = timezone.localdate()
    assert (
        f"{today.year}年{today.month}月{today.day}日 ，它是不是“工伤保险定点·医疗”定点机构？"
        in words
    )


# --- The answer ----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["甲医院", "jiayiyuan", "jyy", "甲"])
def test_the_answer_quotes_its_line_with_the_notice(client, hospital, typed):
    status, words, raw = ask(client, institution=typed, kind="yiliao", on=DAY)
    assert (status, verdict(raw)) == (200, ["是"])
    line = NoticeLine.objects.get()
    for said in (
        "当日在已知的定点期内。",
        "1.甲医院，电话138****5678",
        "公布名单的通知",
        "发文机关 " + line.notice.issuer.name,
        "文号 人社〔2020〕1号",
        "印发日期 2020年8月17日",
        "起算日 2020年9月1日 （依据：文件载明的生效日期）",
        "没有留存，引文出自本站录入的全文",
        "以经办机构答复为准 ：参保地工伤保险经办机构。",
        "本页不记录谁查了什么",
    ):
        assert said in words
    assert links(raw, "/notices/") == [f"/institutions/notices/{line.notice_id}/"]
    assert ("按您的输入，对得上的只有这一家" in words) is (typed in ("jyy", "甲"))


def test_the_digest_of_the_file_is_shown(client, medical, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = an_institution("甲医院")
    notice = a_notice(row, kind=medical)
    notice.keep_file("名单.txt", b"1. list")
    notice.save()
    published(notice)
    _, words, _ = ask(client, institution="甲医院", kind="yiliao", on=DAY)
    assert f"SHA-256 {notice.file_sha256}" in words


def test_what_is_not_known_is_said(client, hospital):
    _, words, raw = ask(client, institution="甲医院", kind="yiliao", on="2020-08-31")
    assert verdict(raw) == ["无法确定"]
    assert "更早的名单没有收录，当日之前是否已是定点不明。" in words
    assert "“无法确定”不是“否”" in words


def test_no_is_said_only_inside_coverage(client, hospital, medical):
    other = an_institution("乙医院", place=hospital.place)
    published(a_notice(other, kind=KindFactory()))
    asked = {"institution": "乙医院", "kind": "yiliao", "on": DAY}
    assert verdict(ask(client, **asked)[2]) == ["无法确定"]
    declare(
        kind=medical,
        area=hospital.place,
        first=date(2020, 1, 1),
        basis="逐条核对",
        by=UserFactory(),
    )
    _, words, raw = ask(client, **asked)
    assert verdict(raw) == ["否"]
    assert "本站声明名单收录完整" in words
    assert "没有一条写到它与这一类别" in words


def test_the_other_kinds_stand_in_one_line_each_and_imply_nothing(client, hospital, medical):
    care = KindFactory(scheme=medical.scheme, code="kangfu", name="康复")
    KindFactory(code="elsewhere")
    listed = KindFactory(code="listed")
    published(a_notice(hospital, kind=listed))
    _, words, raw = ask(client, institution="甲医院", kind="yiliao", on=DAY)
    assert re.findall(r'class="check-other check-other-\w+">([^<]+)<', raw) == ["无法确定", "是"]
    assert links(raw, "kind=kangfu") == [
        address("institution_check", hospital.code, care.code, date(2020, 9, 1))
    ]
    assert "列入其中一类，不等于列入另一类" in words


def test_the_answer_as_it_was_known_leads_to_the_present_one(client, hospital):
    before = timezone.now()
    withdraw(NoticeLine.objects.get().notice, by=UserFactory(), reason="误传")
    asked = {"institution": hospital.code, "kind": "yiliao", "on": DAY}
    _, words, raw = ask(client, **asked, known_at=stamp(before))
    assert verdict(raw) == ["是"]
    assert "撤回，理由：误传" in words
    (present,) = links(raw.partition("按现在所知")[0].rpartition("<dd>")[2], PATH)
    assert verdict(ask(client, present)[2]) == ["无法确定"]
    assert "按现在所知" not in ask(client, **asked)[1]


def test_a_merged_one_is_answered_for_by_the_other(client, hospital, medical):
    part = an_institution("乙医院")
    published(a_notice(part, kind=KindFactory()))
    merge(part, hospital, on=date(2021, 1, 1), source_words="批复", by=UserFactory())
    _, words, raw = ask(client, institution="乙医院", kind="yiliao", on="2021-01-01")
    assert verdict(raw) == ["是"]
    assert "当日已并入 甲医院 ，以上是它的答复。" in words
    _, words, raw = ask(client, institution="乙医院", kind="yiliao", on="2020-12-31")
    assert (verdict(raw), "已并入" in words) == (["无法确定"], False)


def test_the_name_of_the_day_is_shown(client, hospital, medical):
    published(
        a_notice(
            {
                "institution": hospital,
                "action": "rename",
                "new_name": "新甲医院",
                "on": date(2021, 1, 1),
            },
            kind=medical,
        )
    )
    _, words, raw = ask(client, institution="新甲医院", kind="yiliao", on=DAY)
    assert "<h1>甲医院</h1>" in raw
    assert "（当日名称；现名新甲医院）" in words


def test_no_cache_keeps_an_answer_and_no_site_is_told(client, hospital):
    for path in (PATH, f"{PATH}?institution=甲医院&kind=yiliao", RECEIPT):
        response = client.get(path)
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["Cache-Control"] == (
            "max-age=0, no-cache, no-store, must-revalidate, private"
        )
        assert response.cookies == {}


@pytest.mark.parametrize("path", [PATH, RECEIPT])
def test_nothing_can_be_sent(client, db, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


# --- Several, or none ----------------------------------------------------------------------------


def test_where_several_fit_the_reader_chooses_and_the_question_stays(client, medical):
    rows = [an_institution(name) for name in ("郑州人民医院", "新乡人民医院")]
    published(a_notice(*rows, kind=medical))
    known = timezone.now() - timedelta(days=1)
    asked = {"institution": "人民医院", "kind": "yiliao", "on": "2021-03-04"}
    status, words, raw = ask(client, **asked, known_at=stamp(known))
    assert (status, verdict(raw)) == (200, [])
    assert links(raw.partition("<main")[2], "yiliao") == [
        address("institution_check", row.code, "yiliao", date(2021, 3, 4), known)
        for row in reversed(rows)
    ]
    assert "对得上下面 2 家机构" in words


def test_what_is_not_found_is_no_no(client, hospital):
    status, words, raw = ask(client, institution="丙医院", kind="yiliao")
    assert (status, verdict(raw)) == (200, [])
    assert "没有找到“丙医院”" in words
    assert "没有找到不等于“否”" in words


def test_what_was_typed_is_never_markup(client, hospital):
    _, _, raw = ask(client, institution='<b>"x', kind="yiliao")
    assert raw.count("&lt;b&gt;&quot;x") == 2


# --- Costs and leaks -----------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_answer_costs_ten_queries_at_any_length(
    home, client, medical, count, django_assert_num_queries
):
    for _ in range(count):
        a_section()
    row = an_institution("甲医院", place=PlaceFactory(parent=PlaceFactory()))
    for n in range(count):
        KindFactory(scheme=medical.scheme)
        published(a_notice(row, kind=medical, effective_on=date(2018 + n, 1, 1)))
    for typed in (row.code, "甲医院", "jyy"):
        client.get(PATH)
        with django_assert_num_queries(10):
            _, _, raw = ask(client, institution=typed, kind="yiliao", on=DAY)
        assert raw.count('<figure class="quotation">') == count


def test_the_answer_costs_the_same_among_twenty_thousand(
    home, client, medical, django_assert_num_queries
):
    rows = found_institutions([(f"第{n}医院", {}) for n in range(20_000)], source_words="测试")
    notice = a_notice(kind=medical)
    NoticeLine.objects.bulk_create(
        NoticeLine(
            notice=notice,
            number=number,
            name=row.name,
            key=row.name_key,
            quote=row.name,
            action="designate",
            kind=medical,
            institution=row,
            decision=NoticeLine.Decision.MATCHED,
        )
        for number, row in enumerate(rows, 1)
    )
    notice.mark_published(by=UserFactory())
    learn_sizes(Institution, InstitutionName, NoticeLine)
    client.get(PATH)
    for typed in ("第19999医院", "di19999yi"):
        with django_assert_num_queries(10):
            assert verdict(ask(client, institution=typed, kind="yiliao", on=DAY)[2]) == ["是"]
    with django_assert_num_queries(8):
        assert "最多列出 20 家" in ask(client, institution="医院", kind="yiliao")[1]


@pytest.mark.parametrize("count", [2, 4])
def test_the_choice_costs_the_same_at_any_length(
    home, client, medical, count, django_assert_num_queries
):
    published(a_notice(*[an_institution(f"第{n}医院") for n in range(count)], kind=medical))
    client.get(PATH)
    with django_assert_num_queries(8):
        assert f"下面 {count} 家机构" in ask(client, institution="医院", kind="yiliao")[1]


SECRET = "不该被看到的医院"


def hidden_rows(medical, hospital):
    """Rows that could leak: a draft's own institution, a draft's line, a correction still in draft."""
    secret = an_institution(SECRET)
    a_notice(
        {"institution": secret},
        {"institution": hospital, "quote": SECRET},
        kind=medical,
        title=SECRET,
    )
    draft = draft_correction(
        NoticeLine.objects.get(institution=hospital, notice__published_at__isnull=False).notice,
        by=UserFactory(),
    )
    draft.title = SECRET
    draft.save()
    a_line(draft, secret, medical)
    return secret


def test_what_only_drafts_say_shows_nowhere(client, hospital, medical):
    secret = hidden_rows(medical, hospital)
    moment = timezone.now()
    sound = check_code(secret.code, "yiliao", date(2020, 9, 1), moment)
    asked = {"kind": "yiliao", "on": DAY}
    for typed in (SECRET, secret.code, "不该", "bgbkddyy", "医院", "甲医院"):
        for known_at in ("", stamp(moment)):
            _, words, _ = ask(client, institution=typed, **asked, known_at=known_at)
            assert SECRET not in words.replace(f"“{typed}”", "")
    receipt = {"institution": secret.code, **asked, "known_at": stamp(moment), "code": sound}
    assert client.get(RECEIPT, receipt).status_code == 404
    _, words, _ = ask(client, receipt_of(client, institution="甲医院", **asked))
    assert SECRET not in words
    published(a_notice(secret, kind=medical))
    assert SECRET in ask(client, institution="不该", **asked)[1], "the row must be able to leak"


# --- The receipt ---------------------------------------------------------------------------------


def receipt_of(client, **asked):
    """Return the address of the receipt that the answer page offers."""
    (found,) = links(ask(client, **asked)[2], RECEIPT)
    return found


def test_the_receipt_says_what_the_page_said(client, hospital):
    asked = {"institution": "甲医院", "kind": "yiliao", "on": DAY}
    status, words, raw = ask(client, receipt_of(client, **asked))
    assert (status, verdict(raw)) == (200, ["是"])
    code = re.search(r"校验码 (\S{14})", words)[1]
    for said in (
        "校验相符",
        "甲医院（代码 jiayiyuan）",
        "工伤保险定点·医疗（代码 yiliao）",
        "2020年9月1日",
        "当日在已知的定点期内。",
        "“1.甲医院，电话138****5678”",
        "《公布名单的通知》",
        "http://testserver/institutions/check/receipt/?institution=jiayiyuan&kind=yiliao&on=2020-09-01&known_at=",
        f"&code={code}",
        "以经办机构答复为准 ：参保地工伤保险经办机构。",
    ):
        assert said in words
    assert "此后记录有变化" not in words


def test_the_receipt_keeps_its_answer_when_the_register_changes(client, hospital):
    kept = receipt_of(client, institution="甲医院", kind="yiliao", on=DAY)
    before = ask(client, kept)[1]
    withdraw(NoticeLine.objects.get().notice, by=UserFactory(), reason="误传")
    _, after, raw = ask(client, kept)
    changed, said = re.match(r"(.*不会改动。)?(.*)", after.partition(">")[2]).groups()
    assert (
        changed.strip() == "此后记录有变化， 见现在的答复 ：无法确定。下面是当时的答复，不会改动。"
    )
    assert said.strip() == before.partition(">")[2].strip()
    (present,) = links(raw.partition("见现在的答复")[0].rpartition("<p")[2], PATH)
    assert verdict(ask(client, present)[2]) == ["无法确定"]


def test_a_day_that_has_come_meanwhile_is_no_change(client, hospital, medical):
    tomorrow = timezone.localdate() + timedelta(days=1)
    kept = receipt_of(client, institution="甲医院", kind="yiliao", on=tomorrow.isoformat())
    assert "此后记录有变化" not in ask(client, kept)[1]
    assert "所问日期尚未到来" in ask(client, kept)[1]


def test_many_lines_are_counted(client, hospital, medical):
    for year in range(2010, 2014):
        published(a_notice(hospital, kind=medical, effective_on=date(year, 1, 1)))
    _, words, raw = ask(client, receipt_of(client, institution="甲医院", kind="yiliao", on=DAY))
    assert (raw.count('class="receipt-quote"'), "另有 2 条" in words) == (3, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "0000-0000-0000"},
        {"on": "2020-09-02"},
        {"kind": "kangfu"},
        {"institution": "yiyiyuan"},
        {"known_at": "20200901T000000.000000Z"},
    ],
)
def test_a_receipt_that_was_altered_is_refused(client, hospital, wrong):
    known = timezone.now()
    asked = ("jiayiyuan", "yiliao", date(2020, 9, 1), known)
    right = {
        "institution": "jiayiyuan",
        "kind": "yiliao",
        "on": DAY,
        "known_at": stamp(known),
        "code": check_code(*asked),
    }
    assert ask(client, RECEIPT, **right)[0] == 200
    assert ask(client, RECEIPT, **{**right, "code": right["code"].lower()})[0] == 200
    status, _, raw = ask(client, RECEIPT, **{**right, **wrong})
    assert (status, verdict(raw)) == (400, [])
    assert re.findall(r"<h1>([^<]+)<", raw) == ["校验码不符"]


@pytest.mark.parametrize("missing", ["institution", "kind", "on", "known_at", "code"])
def test_what_a_receipt_lacks_is_named(client, db, missing):
    given = {
        "institution": "jiayiyuan",
        "kind": "yiliao",
        "on": DAY,
        "known_at": "20200901T000000.000000Z",
        "code": "0000-0000-0000",
    }
    status, _, raw = ask(client, RECEIPT, **{**given, missing: ""})
    (said,) = re.findall(r'role="alert">([^<]+)<', raw)
    assert (status, said.split(" 应为")[0], said.split("，")[1]) == (
        400,
        f"参数 {missing}",
        "没有填写。",
    )


def test_a_printed_receipt_can_be_typed_in(client, db):
    status, _, raw = ask(client, RECEIPT)
    assert (status, re.findall(r'name="([^"]+)" type', raw.partition("<main")[2])) == (
        200,
        ["institution", "kind", "on", "known_at", "code"],
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_receipt_costs_the_same_at_any_length(
    home, client, hospital, medical, count, django_assert_num_queries
):
    for n in range(count):
        published(a_notice(hospital, kind=medical, effective_on=date(2015 + n, 1, 1)))
    address = receipt_of(client, institution="甲医院", kind="yiliao", on=DAY)
    with django_assert_num_queries(15):
        client.get(address)


def test_the_address_of_a_receipt_holds_the_question(hospital, medical):
    from institutions.checking import check

    checked = check(hospital, medical, date(2020, 9, 1))
    assert receipt_address(checked) == (
        f"{RECEIPT}?institution=jiayiyuan&kind=yiliao&on=2020-09-01"
        f"&known_at={stamp(checked.known_at)}"
        f"&code={check_code('jiayiyuan', 'yiliao', checked.on, checked.known_at)}"
    )
