import pytest
from django.urls import reverse

from news.models import ErrorReport, Person, Topic
from news.roles import Role
from tests.factories import (
    ErrorReportFactory,
    PersonFactory,
    TopicFactory,
    UserFactory,
    a_draft,
    a_section,
    an_article,
)

pytestmark = pytest.mark.django_db

State = ErrorReport.State


def found(response):
    return [str(row) for row in response.context["object_list"]]


def test_stories_are_found_by_any_word_of_their_headlines(desk):
    client, section = desk(Role.THIRD_REVIEWER), a_section()
    an_article(section, title="新增一批工伤保险定点机构")
    an_article(section, title="地铁", kicker="关于停暖的工伤问答")
    index = reverse("stories:index")
    assert found(client.get(index, {"q": "定点"})) == ["新增一批工伤保险定点机构"]
    assert sorted(found(client.get(index, {"q": "工伤"}))) == ["地铁", "新增一批工伤保险定点机构"]
    assert found(client.get(index, {"q": "工伤 停暖"})) == ["地铁"]
    assert found(client.get(index, {"q": '"'})) == []


def test_stories_are_sifted_by_state_section_and_topic(desk):
    client = desk(Role.THIRD_REVIEWER)
    one, other, topic = a_section(), a_section(), TopicFactory()
    an_article(one, title="甲")
    changed = an_article(one, title="乙", topics=[topic])
    changed.title = "乙改"
    changed.save_revision()
    a_draft(other, title="丙")
    index = reverse("stories:index")
    sifted = [
        sorted(found(client.get(index, query)))
        for query in (
            {"live": "published"},
            {"live": "changed"},
            {"live": "draft"},
            {"section": other.pk},
            {"topics": topic.pk},
        )
    ]
    assert sifted == [["乙", "甲"], ["乙"], ["丙"], ["丙"], ["乙"]]


def test_the_list_names_section_and_writer(desk):
    client, section = desk(Role.THIRD_REVIEWER), a_section(title="民生")
    an_article(section, owner=UserFactory(last_name="李", first_name="娜"))
    an_article(section, owner=UserFactory(username="bianji"))
    table = client.get(reverse("stories:index")).context["table"]
    named = {
        tuple(str(table.columns[name].get_value(row)) for name in ("section", "owner"))
        for row in table.data
    }
    assert named == {("民生", "李娜"), ("民生", "bianji")}


def test_a_new_story_opens_with_a_paragraph_and_the_writers_name(desk):
    client, section = desk(Role.REPORTER), a_section()
    person = PersonFactory(account=client.user)
    form = client.get(
        reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk])
    ).context["form"]
    credits = form.formsets["credits"].forms
    assert [(c.instance.role, c.instance.person) for c in credits] == [("reporter", person)]
    assert [block.block_type for block in form.instance.body] == ["paragraph"]


def test_a_writer_without_a_person_begins_without_a_credit(desk):
    client, section = desk(Role.REPORTER), a_section()
    form = client.get(
        reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk])
    ).context["form"]
    assert form.formsets["credits"].forms == []


def test_choosing_a_section_offers_those_in_which_one_may_write(desk):
    section = a_section(title="民生")
    url = reverse("stories:choose_parent")
    assert desk(Role.REPORTER).get(url).context["sections"] == [section]
    assert desk(Role.PROOFREADER).get(url).context["sections"] == []


@pytest.mark.parametrize(("query", "names"), [("雅", ["肖雅文"]), ("全媒体", ["李娜"]), ("王", [])])
def test_people_are_found_by_any_character(desk, query, names):
    PersonFactory(name="肖雅文")
    PersonFactory(name="李娜", affiliation="郑报全媒体")
    client = desk(Role.FIRST_REVIEWER)
    assert found(client.get(reverse("person:index"), {"q": query})) == names
    response = client.get(reverse("person_chooser:choose_results"), {"q": query})
    assert [str(row) for row in response.context["results"]] == names


def test_people_and_topics_are_added_without_an_address(desk):
    client = desk(Role.FIRST_REVIEWER)
    client.post(reverse("person:add"), {"name": "重庆"})
    client.post(reverse("topic:add"), {"name": "重庆"})
    assert (Person.objects.get().slug, Topic.objects.get().slug) == ("chongqing", "chongqing")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("stories", 25), ("person", 16), ("error-reports", 16)]
)
def test_the_lists_cost_the_same_at_any_length(
    desk, name, queries, rows, django_assert_num_queries
):
    client, section = desk(Role.THIRD_REVIEWER), a_section()
    for _ in range(rows):
        an_article(section, owner=UserFactory())
        PersonFactory(account=UserFactory())
        ErrorReportFactory(state=State.FIXED, answer="已改正。", answered_by=UserFactory())
    url = reverse(f"{name}:index")
    client.get(url)
    with django_assert_num_queries(queries):
        client.get(url)


def test_a_story_is_chosen_from_the_last_touched_by_any_word(desk):
    client, section = desk(Role.THIRD_REVIEWER), a_section(title="民生")
    an_article(section, title="新增一批工伤保险定点机构")
    a_draft(section, title="地铁延长")
    url = reverse("story_chooser:choose_results")
    response = client.get(url)
    assert [str(row) for row in response.context["results"]] == [
        "地铁延长",
        "新增一批工伤保险定点机构",
    ]
    page = response.content.decode()
    assert [word in page for word in ("民生", "草稿", "已发布")] == [True] * 3
    found_by_word = client.get(url, {"q": "定点"}).context["results"]
    assert [str(row) for row in found_by_word] == ["新增一批工伤保险定点机构"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_chooser_of_stories_costs_the_same_at_any_length(desk, rows, django_assert_num_queries):
    client, section = desk(Role.THIRD_REVIEWER), a_section()
    for _ in range(rows):
        an_article(section)
    url = reverse("story_chooser:choose_results")
    client.get(url)
    with django_assert_num_queries(7):
        client.get(url)


def test_people_of_one_name_are_told_apart_by_where_they_work(desk):
    PersonFactory(name="李娜", affiliation="郑报全媒体", position="首席记者")
    page = desk(Role.REPORTER).get(reverse("person_chooser:choose_results")).content.decode()
    assert [word in page for word in ("姓名", "郑报全媒体", "首席记者")] == [True] * 3
