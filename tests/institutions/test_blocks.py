"""The register's blocks in a story: what readers see, what an editor is told, and what they cost."""

from datetime import date

import pytest
from django.test import RequestFactory
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.blocks.struct_block import StructBlockValidationError

from institutions.blocks import InstitutionCardBlock, NoticeListBlock, RegisterListBlock
from institutions.covering import declare
from institutions.merging import merge
from institutions.publishing import draft_correction, withdraw
from news.blocks import StoryBlock
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory
from tests.institutions.factories import (
    KindFactory,
    SchemeFactory,
    a_line,
    a_notice,
    an_institution,
    published,
)

pytestmark = pytest.mark.django_db
DAY = "2021-01-01"


@pytest.fixture
def medical():
    return KindFactory(scheme=SchemeFactory(code="injury", name="工伤保险定点"), name="医疗")


@pytest.fixture
def care(medical):
    return KindFactory(scheme=medical.scheme, name="康复", position=1)


def stream(*blocks):
    """The body of a story with these (type, value) blocks, as it comes from the database."""
    return StoryBlock().to_python([{"type": name, "value": value} for name, value in blocks])


def notice_list(notice, **value):
    return "notice_list", {"title": "", "notice": notice.pk, "kind": None, **value}


def register_list(scheme, **value):
    told = {"title": "名单", "scheme": scheme.pk, "kind": None, "district": None, "on": DAY}
    return "register_list", told | value


def card(institution, on=DAY):
    return "institution_card", {"institution": institution.pk, "on": on}


def html(*blocks, preview=False):
    request = RequestFactory().get("/")
    request.is_preview = preview
    return "".join(block.render({"request": request}) for block in stream(*blocks))


def words(*blocks, preview=False):
    """The rendered blocks without markup and spaces."""
    return "".join(strip_tags(html(*blocks, preview=preview)).split())


def two_lists(medical, care, **fields):
    first, both, last = (an_institution(f"{name}医院") for name in "甲乙丙")
    notice = a_notice(first, both, kind=medical, **fields)
    a_line(notice, both, care)
    a_line(notice, last, care)
    return notice


class TestNoticeList:
    def test_shows_both_counts_each_kind_and_where_they_are_written(self, medical, care):
        issuer = OrganisationFactory(name="市人社局")
        notice = published(
            two_lists(medical, care, title="一份通知", issuer=issuer, effective_on=None)
        )
        assert words(notice_list(notice, title="新增名单")) == (
            "新增名单共列4家次，3家机构医疗2家甲医院乙医院兼康复康复2家乙医院兼医疗丙医院"
            "依据：市人社局《一份通知》，通知没有载明日期"
        )
        assert words(notice_list(notice, kind=care.pk)) == (
            "一份通知共列2家次，2家机构康复2家乙医院丙医院"
            "依据：市人社局《一份通知》，通知没有载明日期"
        )
        shown = html(notice_list(notice))
        assert shown.count('href="/institutions/yiyiyuan/"') == 2
        assert f'href="/institutions/notices/{notice.pk}/"' in shown

    @pytest.mark.parametrize(
        ("dates", "said"),
        [
            ({"issued_on": date(2020, 8, 17)}, "2020年8月17日印发，没有载明生效日期"),
            ({"effective_on": date(2020, 9, 1)}, "2020年9月1日起生效"),
            (
                {"issued_on": date(2020, 8, 17), "effective_on": date(2020, 9, 1)},
                "2020年8月17日印发，2020年9月1日起生效",
            ),
        ],
    )
    def test_the_source_names_the_dates_that_are_known(self, medical, dates, said):
        notice = published(
            a_notice(an_institution(), kind=medical, **{"effective_on": None, **dates})
        )
        assert words(notice_list(notice)).endswith(f"》，{said}")

    def test_a_draft_shows_nothing_to_readers_and_a_word_to_the_editor(self, medical):
        draft = a_notice(an_institution("甲医院"), kind=medical, title="保密的通知")
        assert words(notice_list(draft)) == ""
        assert words(notice_list(draft), preview=True) == (
            "“保密的通知”还没有发布：读者看不到这份名单。通知发布之后，这里自动出现。"
        )
        published(draft)
        assert "甲医院" in words(notice_list(draft))
        gone = ("notice_list", {"title": "", "notice": 987654, "kind": None})
        assert (words(gone), words(gone, preview=True)) == (
            "",
            "这里的通知已不存在，读者什么也看不到。",
        )

    def test_a_withdrawn_notice_says_so(self, medical):
        notice = published(a_notice(an_institution("甲医院"), kind=medical))
        withdraw(notice, by=UserFactory(), reason="文件系误传")
        day = timezone.localtime(notice.withdrawn_at)
        said = words(notice_list(notice))
        assert (
            f"名单曾列1家次，1家机构这份通知已于{day.year}年{day.month}月{day.day}日撤回，"
            "名单不再作数，仅供查阅。理由：文件系误传"
        ) in said

    def test_a_correction_takes_the_place_of_its_notice_and_says_so(self, medical):
        notice = published(a_notice(an_institution("甲医院"), kind=medical))
        draft = draft_correction(notice, by=UserFactory())
        a_line(draft, an_institution("乙医院"), medical)
        assert "乙医院" not in words(notice_list(notice))
        correction = published(draft)
        said = words(notice_list(notice))
        assert "共列2家次，2家机构本文原引的通知已由" in said
        assert f'href="/institutions/notices/{correction.pk}/"' in html(notice_list(notice))
        assert "本文原引的通知" not in words(notice_list(correction))

    def test_other_acts_are_named_and_not_mixed_with_designations(self, medical):
        hospital = an_institution("甲医院")
        lines = [
            {"institution": hospital, "action": "revoke"},
            {"institution": hospital, "action": "rename", "new_name": "乙医院"},
        ]
        said = words(notice_list(published(a_notice(*lines, kind=medical))))
        assert "共列1家次，1家机构取消医疗1家甲医院更名1家甲医院改称乙医院" in said

    def test_private_numbers_do_not_show(self, medical):
        line = {"institution": an_institution(), "name": "甲医院13800138000"}
        notice = published(a_notice(line, kind=medical, title="联系人13800138000"))
        assert "13800138000" not in html(notice_list(notice))


class TestRegisterList:
    def test_shows_who_stands_in_the_register_on_the_day(self, medical, care):
        published(two_lists(medical, care))
        published(a_notice({"name": "丁医院"}, kind=care, effective_on=None))
        assert words(register_list(medical.scheme)) == (
            "名单2021年1月1日有效4家次，3家机构；另有1家次（1家）起始日未载明"
            "医疗2家甲医院乙医院康复3家丙医院丁医院起始日未载明乙医院"
            "依据：有据收录的通知，工伤保险定点，截至2021年1月1日。在机构名录中查看"
        )
        assert "康复" not in words(register_list(medical.scheme, kind=medical.pk)).split("依据")[0]

    def test_a_district_and_an_empty_list(self, medical):
        city = PlaceFactory(name="新城")
        published(a_notice(an_institution("甲医院"), kind=medical))
        assert words(register_list(medical.scheme, district=city.pk)) == (
            "名单已收录的通知中，没有当天有效的定点。没有列出不等于不是。"
            "依据：有据收录的通知，工伤保险定点，新城，截至2021年1月1日。在机构名录中查看"
        )

    def test_without_a_day_it_is_always_todays(self, medical):
        published(a_notice(an_institution("甲医院"), kind=medical))
        today = timezone.localdate()
        said = words(register_list(medical.scheme, on=None))
        assert f"{today.year}年{today.month}月{today.day}日有效1家次" in said
        assert "随名单变化。" in said

    def test_an_institution_is_named_as_on_the_day(self, medical):
        hospital = an_institution("旧名医院")
        published(a_notice(hospital, kind=medical))
        renaming = {"institution": hospital, "action": "rename", "new_name": "新名医院"}
        published(a_notice(renaming, kind=medical, effective_on=date(2022, 1, 1)))
        assert "旧名医院" in words(register_list(medical.scheme))
        assert "新名医院" in words(register_list(medical.scheme, on="2022-01-01"))

    def test_what_only_a_draft_states_does_not_show(self, medical):
        a_notice(an_institution("甲医院"), kind=medical)
        assert "甲医院" not in words(register_list(medical.scheme), preview=True)

    def test_the_kind_must_be_of_the_scheme(self, medical):
        other = KindFactory()
        block = RegisterListBlock()
        value = block.to_python(register_list(medical.scheme, kind=other.pk)[1])
        with pytest.raises(StructBlockValidationError) as caught:
            block.clean(value)
        assert caught.value.block_errors["kind"].messages == ["这个类别不属于“工伤保险定点”。"]

    def test_a_scheme_that_is_gone_shows_nothing(self, medical):
        name, value = register_list(medical.scheme)
        block = (name, {**value, "scheme": 987654})
        assert (words(block), words(block, preview=True)) == (
            "",
            "这里的定点制度已不存在，读者什么也看不到。",
        )


class TestInstitutionCard:
    def test_answers_for_each_kind_that_it_was_listed_for(self, medical, care):
        city = PlaceFactory(name="新城")
        hospital = an_institution("甲医院", place=city, level="3a")
        published(a_notice(hospital, kind=medical))
        published(a_notice(hospital, kind=care, effective_on=None))
        KindFactory(scheme=medical.scheme, name="辅助器具配置")
        assert words(card(hospital)) == (
            "甲医院新城，三级甲等工伤保险定点·医疗是当日在已知的定点期内。查依据"
            "工伤保险定点·康复无法确定通知日期未录入，起始日不明。查依据"
            "问的是2021年1月1日这一天。是不是定点，以参保地工伤保险经办机构的答复为准。"
        )
        address = f"/institutions/check/?institution={hospital.code}&amp;kind={medical.code}"
        assert f'href="{address}&amp;on=2021-01-01"' in html(card(hospital))

    def test_says_no_only_inside_coverage(self, medical):
        city = PlaceFactory()
        hospital = an_institution("甲医院", place=city)
        published(a_notice(hospital, kind=medical))
        assert "无法确定" in words(card(hospital, "2020-08-01"))
        declare(kind=medical, area=city, first=date(2020, 1, 1), basis="全部名单", by=UserFactory())
        assert "医疗否当日在已知的起始日之前。" in words(card(hospital, "2020-08-01"))

    def test_a_merged_part_names_who_answers(self, medical):
        part, whole = an_institution("甲医院"), an_institution("乙医院")
        published(a_notice(part, kind=medical))
        published(a_notice(whole, kind=medical))
        merge(part, whole, on=date(2020, 12, 1), source_words="公告", by=UserFactory())
        assert "这一天已并入乙医院，由它答复。" in words(card(part))
        assert "已并入" not in words(card(part, "2020-11-30"))

    def test_one_that_only_a_draft_names_shows_nothing_to_readers(self, medical):
        hospital = an_institution("甲医院")
        a_notice(hospital, kind=medical)
        assert words(card(hospital)) == ""
        assert words(card(hospital), preview=True) == (
            "还没有已发布的通知列出“甲医院”：读者看不到这张卡片。"
        )
        gone = ("institution_card", {"institution": 987654, "on": None})
        assert words(gone, preview=True) == "这里的机构已不存在，读者什么也看不到。"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("notice_list", 6), ("register_list", 8), ("institution_card", 10)]
)
def test_three_blocks_cost_no_more_than_one(
    medical, care, count, name, queries, django_assert_num_queries
):
    blocks = []
    for number in range(count):
        hospitals = [an_institution(f"第{number}{n}医院") for n in range(count)]
        notice = published(a_notice(*hospitals, kind=medical))
        on = f"2021-01-0{number + 1}"
        blocks.append(
            {
                "notice_list": notice_list(notice, kind=medical.pk),
                "register_list": register_list(medical.scheme, on=on),
                "institution_card": card(hospitals[0], on),
            }[name]
        )
    with django_assert_num_queries(queries):
        shown = words(*blocks)
    assert shown.count("第00医院") == (1 if name != "register_list" else count)


def test_a_block_that_comes_from_the_form_is_shown_too(medical):
    """A preview holds values that no stream read together."""
    notice = published(a_notice(an_institution("甲医院"), kind=medical))
    for block, value in (
        (NoticeListBlock(), notice_list(notice)[1]),
        (RegisterListBlock(), register_list(medical.scheme)[1]),
        (InstitutionCardBlock(), card(notice.lines.get().institution)[1]),
    ):
        assert "甲医院" in block.render(block.clean(block.to_python(value)), {})


def test_a_block_stores_keys_alone(medical):
    notice = published(a_notice(an_institution("甲医院"), kind=medical))
    stored = stream(notice_list(notice, kind=medical.pk)).get_prep_value()
    assert [block["value"] for block in stored] == [
        {"title": "", "notice": notice.pk, "kind": medical.pk}
    ]


def posted(block, **fields):
    """What an editor's form gives for one block, cleaned and stored."""
    data = {f"b-{name}": str(value) for name, value in fields.items()}
    return block.get_prep_value(block.clean(block.value_from_datadict(data, {}, "b")))


def test_what_an_editor_posts_is_stored_as_keys(medical):
    city = PlaceFactory()
    told = {"scheme": medical.scheme.pk, "kind": medical.pk, "district": city.pk}
    stored = posted(RegisterListBlock(), title="名单", on="2021年1月1日", **told)
    assert stored == {"title": "名单", "on": date(2021, 1, 1), **told}
    empty = {"kind": "", "district": "", "on": ""}
    stored = posted(RegisterListBlock(), title="名单", scheme=medical.scheme.pk, **empty)
    assert stored == {
        "title": "名单",
        "scheme": medical.scheme.pk,
        **dict.fromkeys(empty),
    }


def test_a_day_that_is_none_is_refused_in_chinese():
    block = InstitutionCardBlock()
    value = block.value_from_datadict(
        {"b-institution": str(an_institution().pk), "b-on": "昨天"}, {}, "b"
    )
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(value)
    assert caught.value.block_errors["on"].messages == ["请填写日期。"]


def test_the_form_offers_kinds_with_their_schemes(medical, care):
    choices = NoticeListBlock().child_blocks["kind"].field.choices
    assert [label for _, label in choices][1:] == ["工伤保险定点·医疗", "工伤保险定点·康复"]
    value = NoticeListBlock().to_python({"title": "", "notice": None, "kind": care.pk})
    assert NoticeListBlock().get_form_state(value)["kind"] == care.pk
