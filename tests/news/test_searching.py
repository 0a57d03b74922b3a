"""The search page over everything: what is found, counted, answered and offered, what it costs, what stays hidden.

Here and not under portal, because only this floor knows all kinds.
"""

import json
import re
from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import PageViewRestriction

from indices.models import Edition
from institutions.models import Notice
from news.models import ArticleCredit
from portal.models import Synonym
from portal.search.asking import Asked
from portal.search.kinds import kinds
from portal.search.offering import offers
from portal.search.pages import search_context
from portal.search.views import SuggestThrottle
from tests.factories import (
    PersonFactory,
    PlaceFactory,
    TopicFactory,
    a_draft,
    a_section,
    an_article,
    paragraphs,
)
from tests.indices import factories as indices
from tests.institutions import factories as register

pytestmark = pytest.mark.django_db


def found(**asked):
    """Return what the page shows for these parameters."""
    parameters = QueryDict(mutable=True)
    parameters.update(asked)
    return search_context(Asked.read(parameters))


def titles(rows):
    return sorted(re.sub("</?mark>", "", row.title) for row in rows)


def counts(context, facet):
    """Return {label: count} of one facet of a page."""
    values = {one.name: one.values for one in context["facets"]}.get(facet, ())
    return {value.label: value.count for value in values}


def a_place(name="晨星", **fields):
    return PlaceFactory(name=f"{name}市", short_name=name, **fields)


def a_published_notice(hospital, **fields):
    """Return a published notice that designates one institution for some kind."""
    return register.published(register.a_notice(hospital, kind=register.KindFactory(), **fields))


@pytest.fixture
def filled(section):
    """A function that fills the site with `count` of each kind, every one with 晨星 in its name."""

    def fill(count):
        for n in range(count):
            topic, person = TopicFactory(name=f"晨星专题{n}"), PersonFactory(name=f"晨星人{n}")
            story = an_article(section, title=f"晨星稿{n}", topics=[topic])
            story.credits = [ArticleCredit(person=person)]
            story.save_revision().publish()
            place = a_place(f"晨星{n}")
            hospital = register.an_institution(f"晨星医院{n}", place=place)
            kind = register.KindFactory()
            register.published(
                register.a_notice(hospital, kind=kind, title=f"晨星通知{n}", area=place)
            )
            series = indices.IndexFactory(name=f"晨星指数{n}")
            edition = indices.EditionFactory(index=series, title=f"晨星报告{n}", year=2020)
            overall = indices.a_dimension(edition)
            indices.released(edition, (overall, place, {"rank": n + 1}))

    return fill


# --- What is found ---------------------------------------------------------------------------------


def test_every_kind_is_found_and_counted(filled):
    filled(1)
    context = found(q="晨星")
    assert titles(context["page"].object_list) == [
        "晨星0市",
        "晨星专题0",
        "晨星人0",
        "晨星医院0",
        "晨星报告0",
        "晨星指数0",
        "晨星稿0",
        "晨星通知0",
    ]
    assert counts(context, "type") == {kind.label: 1 for kind in kinds()}


@pytest.mark.parametrize("name", ["type", "section", "year"])
def test_the_counts_of_a_facet_sum_to_what_is_found_under_the_others(filled, name):
    filled(3)
    for chosen in ({}, {"section": "minsheng"}, {"year": "2020"}, {"type": "notice"}):
        others = {facet: value for facet, value in chosen.items() if facet != name}
        context = found(q="晨星", **chosen)
        told = sum(counts(context, name).values())
        assert told in (0, found(q="晨星", **others)["page"].paginator.count)


def test_a_place_counts_what_lies_in_its_districts_too(home):
    city = a_place("晨星")
    district = PlaceFactory(name="东区", parent=city)
    hospital = register.an_institution("暮云医院", place=district)
    a_published_notice(hospital, title="暮云通知", area=city)
    context = found(q="暮云")
    assert counts(context, "place") == {"晨星市": 2, "东区": 1}
    assert titles(found(q="暮云", place=district.code)["page"].object_list) == ["暮云医院"]


def test_a_story_is_at_the_places_that_its_blocks_point_at(section):
    place = a_place("晨星")
    notice = a_published_notice(register.an_institution(), area=place)
    block = {"type": "notice_list", "value": {"title": "", "notice": notice.pk, "kind": None}}
    an_article(section, title="暮云稿", body=[block])
    assert counts(found(q="暮云", place=place.code), "place") == {"晨星市": 1}


def test_filters_narrow_and_are_taken_back(section):
    an_article(section, title="晨星民生")
    an_article(a_section(title="数据", slug="shuju"), title="晨星数据")
    context = found(q="晨星", section="shuju", type="article")
    assert titles(context["page"].object_list) == ["晨星数据"]
    assert [(chip.facet, chip.label, chip.url) for chip in context["chips"]] == [
        ("类型", "稿件", "/search/?q=%E6%99%A8%E6%98%9F&section=shuju"),
        ("栏目", "数据", "/search/?q=%E6%99%A8%E6%98%9F&type=article"),
    ]
    assert counts(context, "section") == {"数据": 1, "民生": 1}


def test_a_section_that_readers_cannot_see_is_named_nowhere(home):
    private = a_section(title="暗访", slug="anfang")
    an_article(private, title="晨星暗访稿")
    type(private).objects.filter(pk=private.pk).update(live=False)
    context = found(q="晨星")
    (row,) = context["page"].object_list
    assert (row.facts, counts(context, "section")) == ((), {})
    assert found(q="晨星", section="anfang")["page"].paginator.count == 0


def test_near_matches_stand_apart_and_are_not_counted(section):
    an_article(section, title="晨星停暖")
    an_article(section, title="晨星停止供暖")
    Synonym.objects.create(words="停暖 停止供暖")
    context = found(q="晨星停暖")
    assert titles(context["page"].object_list) == ["晨星停暖"]
    assert titles(context["near"]) == ["晨星停止供暖"]
    assert (context["page"].paginator.count, counts(context, "type")) == (1, {})


def test_the_newest_come_first_when_asked(section):
    for n in (2, 0, 1):
        story = an_article(section, title=f"晨星{n}")
        story.first_published_at = timezone.now() - timedelta(days=n)
        story.save()
    rows = found(q="晨星", sort="date")["page"].object_list
    assert [re.sub("</?mark>", "", row.title) for row in rows] == ["晨星0", "晨星1", "晨星2"]


def test_the_words_are_marked_in_title_and_passage(section):
    an_article(section, title="百城数字", body=paragraphs("一句。鄭州的ＧＤＰ。"))
    (row,) = found(q="郑州 gdp 数字")["page"].object_list
    assert row.title == "百城<mark>数字</mark>"
    assert "<mark>鄭州</mark>的<mark>ＧＤＰ</mark>" in row.passage


def test_a_private_number_of_a_notice_is_masked(home):
    text = "晨星联系人13812345678。"
    a_published_notice(register.an_institution(), title="晨星通知", text=text)
    (row,) = found(q="晨星", type="notice")["page"].object_list
    assert "13812345678" not in row.passage


def test_nothing_found_leads_on(home):
    a_published_notice(register.an_institution("郑州颐和医院"))
    context = found(q="郑洲颐和")
    assert (context["page"].paginator.count, context["alike"]) == (
        0,
        [("郑州颐和医院", "/search/?q=%E9%83%91%E5%B7%9E%E9%A2%90%E5%92%8C%E5%8C%BB%E9%99%A2")],
    )


# --- What it costs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_is_found(filled, django_assert_num_queries, count):
    filled(count)
    found(q="“晨星”")
    with django_assert_num_queries(PAGE_QUERIES):
        context = found(q="“晨星”")
    assert context["page"].paginator.count == 8 * count


@pytest.mark.parametrize("count", [1, 3])
def test_offers_cost_the_same_however_many(filled, django_assert_num_queries, count):
    filled(count)
    offers("晨星")
    with django_assert_num_queries(OFFER_QUERIES):
        assert len(offers("晨星")) == 8


PAGE_QUERIES, OFFER_QUERIES = 42, 16


# --- What stays hidden -------------------------------------------------------------------------------


# Names of places are in the national list; people and topics have pages as soon as they have names.
NO_SECRETS = {"晨星", "晨星市", "晨星人", "晨星专题"}


def hidden_things(section):
    """Hide one thing of each kind, all called 晨星."""
    a_draft(section, title="晨星草稿")
    an_article(section, title="晨星撤下").unpublish()
    private = an_article(section, title="晨星限阅")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    TopicFactory(name="晨星专题")
    PersonFactory(name="晨星人")
    place = a_place("晨星")
    register.a_notice(register.an_institution("晨星医院", place=place), title="晨星未发布的通知")
    withdrawn = a_published_notice(register.an_institution("别家"), title="晨星撤回的通知")
    withdrawn.withdraw(by=withdrawn.published_by, reason="发错了")
    edition = indices.EditionFactory(index=indices.IndexFactory(name="晨星指数"), title="晨星报告")
    overall = indices.a_dimension(edition)
    indices.a_draft(edition, (overall, place, {"rank": 7}))


@pytest.mark.parametrize(
    "query", ["晨星", "晨星医院", "晨星 晨星指数 排名", "晨星 定点 第1类", "晨星市"]
)
def test_what_is_hidden_is_neither_found_nor_counted_nor_answered(section, query):
    hidden_things(section)
    context = found(q=query)
    assert (context["page"].paginator.count, context["near"], context["answers"]) == (0, [], [])
    named = {name for name, _ in context.get("alike", ())}
    assert (context["facets"], named - NO_SECRETS) == ([], set())


def test_what_is_hidden_is_not_told_to_machines(section, client):
    hidden_things(section)
    answer = client.get("/api/v1/search/", {"q": "晨星"}).json()
    assert answer == {"count": 0, "near": 0, "next": None, "results": []}


@pytest.mark.parametrize("typed", ["晨", "晨星", "chenxing", "cx", "晨星医院", "晨星报告"])
def test_what_is_hidden_is_not_offered(section, typed):
    hidden_things(section)
    assert {one.text for one in offers(typed)} - NO_SECRETS == set()


def test_an_act_of_the_desk_takes_effect_at_once(section):
    story = an_article(section, title="晨星稿")
    hospital = register.an_institution("晨星医院")
    notice = a_published_notice(hospital, title="晨星通知")
    edition, _ = indices.a_ranking(title="晨星报告")
    assert len(found(q="晨星")["page"].object_list) == 4
    story.unpublish()
    Notice.objects.get(pk=notice.pk).withdraw(by=notice.published_by, reason="发错了")
    Edition.objects.filter(pk=edition.pk).update(embargoed_until=timezone.now() + timedelta(days=1))
    # A withdrawn notice still names its institution in public.
    assert titles(found(q="晨星")["page"].object_list) == ["晨星医院"]


# --- Direct answers ---------------------------------------------------------------------------------


@pytest.fixture
def ranked(home):
    """晨星 ranks 7th in 2020 and is not in 2023; 暮云 is in both."""
    series = indices.IndexFactory(name="数字治理指数", code="digital")
    places = [a_place("晨星", code="410100"), a_place("暮云", code="410200")]
    for year, listed in ((2020, places), (2023, places[1:])):
        edition = indices.EditionFactory(
            index=series, year=year, title=f"城市报告（{year}）", released_on=date(year, 8, 18)
        )
        overall = indices.a_dimension(edition)
        life = indices.a_dimension(edition, code="life", label="数字生活服务")
        indices.released(
            edition,
            *(
                (overall, place, {"rank": 7 - n, "quote": "位列其中"})
                for n, place in enumerate(listed)
            ),
            *((life, place, {"rank": 4 - n}) for n, place in enumerate(listed)),
        )
    return places


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("晨星 数字治理 排名", ("第7", "2020", "2023")),
        ("数字治理指数晨星位次", ("第7", "2020", "2023")),
        ("晨星市在数字治理指数的排名是多少", ("第7", "2020", "2023")),
        ("数字生活服务 晨星 第几", ("第4", "2020", "2023")),
        ("数字治理 数字生活服务 晨星 排名", ("第4", "2020", "2023")),
        ("暮云 数字治理 排名", ("第7", "2023", None)),
        ("暮云 数字治理 2020 排名", ("第6", "2020", None)),
        ("2020年暮云数字治理位次", ("第6", "2020", None)),
    ],
)
def test_a_place_is_answered_its_rank_with_its_edition(ranked, query, told):
    (answer,) = found(q=query)["answers"]
    newest = answer.given["newest"] and answer.given["newest"].label
    shown = (answer.given["figure"].text, answer.given["edition"].label, newest)
    assert (answer.template, shown) == ("indices/standing_answer.html", told)


@pytest.mark.parametrize(
    "query",
    [
        "晨星 排名",
        "数字治理 排名",
        "晨星 暮云 数字治理 排名",
        "晨星 数字治理",
        "晨星 数字治理 排名 房价",
        "晨星 数字治理 2021 排名",
        "晨星 数字治理 2020 2023 排名",
        "晨星 数字治理 得分 排名",
        "新晨星 数字治理 排名",
    ],
)
def test_what_leaves_anything_open_gets_no_rank(ranked, query):
    assert found(q=query)["answers"] == []


def test_a_place_alone_gets_its_card(ranked, client):
    (answer,) = found(q="晨星")["answers"]
    assert answer.given == {
        "place": ranked[0],
        "rows": (("数字治理指数", "2020", "第7"),),
    }
    assert 'href="/places/410100/"' in client.get("/search/?q=晨星").content.decode()


def test_of_namesakes_none_gets_a_card(ranked):
    other = a_place("晨星")
    edition = indices.EditionFactory()
    indices.released(edition, (indices.a_dimension(edition), other, {"rank": 1}))
    assert found(q="晨星")["answers"] == []
    (answer,) = found(q="晨星 数字治理 排名")["answers"]
    assert answer.given["place"] == ranked[0]


@pytest.fixture
def designated(home):
    """晨星颐和医院 is designated for 医疗 from 2020, 晨星康复医院 for nothing that is dated; both in 晨星."""
    scheme = register.SchemeFactory(name="工伤保险定点", code="gongshang")
    kind = register.KindFactory(scheme=scheme, name="医疗", code="yiliao")
    city = a_place("晨星", code="410100")
    PlaceFactory(name="暮云市", short_name="暮云")
    listed = [register.an_institution("晨星颐和医院", place=city)]
    register.published(register.a_notice(*listed, kind=kind, area=city))
    return listed[0]


@pytest.mark.parametrize(
    "query",
    [
        "晨星颐和医院",
        "晨星 颐和医院",
        "“晨星颐和医院”",
        "晨星颐和医院是工伤定点医院吗",
        "晨星颐和医院 定点",
        "晨星 晨星颐和医院 护士",
    ],
)
def test_a_known_institution_is_answered_its_status(designated, query):
    (answer,) = found(q=query)["answers"]
    told = [(state.kind.name, str(state.answer.verdict)) for state, _ in answer.given["states"]]
    assert (answer.given["institution"], told) == (designated, [("医疗", "yes")])


@pytest.mark.parametrize(
    "query",
    ["颐和医院", "晨星颐和医院南院", "晨星颐和医院 南院区", "暮云 晨星颐和医院", "晨星颐和"],
)
def test_what_may_be_another_institution_gets_no_status(designated, query):
    assert found(q=query)["answers"] == []


def test_no_status_is_a_no_outside_coverage(designated):
    (answer,) = found(q="晨星颐和医院")["answers"]
    assert {str(state.answer.verdict) for state, _ in answer.given["states"]} & {"no"} == set()


@pytest.mark.parametrize(
    "query",
    ["晨星 工伤定点 医疗", "晨星工伤定点医疗机构有多少家", "晨星 定点 医疗", "晨星 工伤保险定点"],
)
def test_how_many_is_answered_in_both_units(designated, query):
    (answer,) = found(q=query)["answers"]
    in_force = answer.given["counts"].in_force
    assert (in_force.designations, in_force.institutions) == (1, 1)
    assert "district=410100" in answer.given["finder"]


@pytest.mark.parametrize(
    "query",
    ["晨星 定点", "定点 医疗", "暮云 定点 医疗", "晨星 暮云 定点 医疗", "晨星 定点 医疗 电话"],
)
def test_what_leaves_a_count_open_gets_none(designated, query):
    assert found(q=query)["answers"] == []


# --- Whatever is asked -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "q=%00%ff%fe&page=abc",
        "q=晨星&page=0&type=nonsense&sort=up&year=%00&place=%27&section=%f0%9f",
        "q=晨星&page=99999",
        "q=&type=article",
        "q=%22&q=a",
        "q=" + "%E9%83%91" * 3000,
    ],
)
def test_any_address_gets_an_answer(section, client, query):
    an_article(section, title="晨星稿")
    response = client.get(f"/search/?{query}")
    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert client.get(f"/search/suggest/?{query}").status_code == 200


class TestAnyText(TestCase):
    @settings(deadline=None, max_examples=25)
    @given(st.text(max_size=80), st.text(max_size=8))
    def test_any_text_gets_an_answer(self, typed, value):
        page = self.client.get("/search/", {"q": typed, "place": value, "page": value})
        offered = self.client.get("/search/suggest/", {"q": typed})
        assert (page.status_code, offered.status_code) == (200, 200)

    @settings(deadline=None, max_examples=25)
    @given(st.binary(max_size=40))
    def test_any_bytes_get_an_answer(self, raw):
        query = "q=" + "".join(f"%{byte:02x}" for byte in raw)
        assert self.client.get(f"/search/?{query}").status_code == 200


# --- Offers ------------------------------------------------------------------------------------------


def test_too_many_letters_are_told_to_wait(client, db, monkeypatch):
    monkeypatch.setattr(SuggestThrottle, "rate", "1/min")
    assert client.get("/search/suggest/", {"q": "晨"}).status_code == 200
    response = client.get("/search/suggest/", {"q": "晨星"})
    assert (response.status_code, int(response["Retry-After"]) > 0) == (429, True)


def test_names_and_titles_are_offered(section, client):
    an_article(section, title="百城晨星排位")
    a_published_notice(register.an_institution("晨星颐和医院"))
    answer = client.get("/search/suggest/", {"q": "晨星"})
    assert answer["Cache-Control"] == "private, no-store"
    assert json.loads(answer.content) == {
        "suggestions": [
            {
                "text": "晨星颐和医院",
                "label": "",
                "url": "/search/?q=%E6%99%A8%E6%98%9F%E9%A2%90%E5%92%8C%E5%8C%BB%E9%99%A2",
            },
            {
                "text": "百城晨星排位",
                "label": "稿件",
                "url": client.get("/search/?q=百城").context["page"].object_list[0].url,
            },
        ]
    }
    assert [one.text for one in offers("cxyh")] == ["晨星颐和医院"]
    assert offers("") == offers(" \x00") == []
