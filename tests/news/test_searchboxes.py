"""The desk's own search boxes: a word in mid-sentence, in each list and chooser, and no more than one may see."""

import pytest
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission

from institutions.models import Institution
from news.models import Person, SectionPage
from news.roles import Role
from portal.models import Synonym
from tests.factories import (
    DocumentFactory,
    PersonFactory,
    PictureFactory,
    PlaceFactory,
    TopicFactory,
    UserFactory,
    a_draft,
    a_section,
    an_article,
    paragraphs,
)
from tests.indices.factories import EditionFactory, IndexFactory
from tests.institutions.factories import a_notice, an_institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(desk):
    return desk(Role.ADMINISTRATOR)


@pytest.fixture
def rows(administrator):
    """Two rows of each kind, of which one holds the words that are asked for."""
    section = a_section(title="民生", slug="minsheng")
    body = paragraphs("首批名单里有省立医院。")
    an_article(section, title="郑州数字治理排位", deck="生活服务第四", body=body)
    an_article(section, title="另一篇")
    for factory in (PictureFactory, DocumentFactory):
        factory(title="郑州数字治理图表")
        factory(title="别的")
    an_institution("郑州颐和医院")
    an_institution("开封医院")
    PlaceFactory(name="郑州市")
    PlaceFactory(name="开封市")
    for factory in (PersonFactory, TopicFactory):
        factory(name="郑州数字治理")
        factory(name="别的")
    a_notice(title="郑州数字治理通知", text="各医院所列事项。")
    a_notice(title="别的")
    EditionFactory(index=IndexFactory(name="郑州数字治理指数"), label="2020")
    EditionFactory()
    UserFactory(username="lisi", first_name="数字治理员")
    Synonym.objects.create(words="数字治理 数治")
    Synonym.objects.create(words="停暖 停止供暖")


def listed(client, name, typed, key="object_list", **given):
    response = client.get(reverse(name), {"q": typed, **given})
    assert response.status_code == 200
    return [str(each) for each in response.context[key]]


@pytest.mark.parametrize(
    ("name", "typed", "titles"),
    [
        ("stories:index", "字治理", ["郑州数字治理排位"]),
        ("stories:index", "服务第", ["郑州数字治理排位"]),
        ("stories:index", "立医", ["郑州数字治理排位"]),
        ("wagtailadmin_pages:search", "立医", ["郑州数字治理排位"]),
        ("institution:index", "州颐", ["郑州颐和医院"]),
        ("institution:index", "zzyh", ["郑州颐和医院"]),
        ("place:index", "鄭", ["郑州市"]),
        ("place:index", "zheng", ["郑州市"]),
        ("person:index", "字治", ["郑州数字治理"]),
        ("topic:index", "字治", ["郑州数字治理"]),
        ("notice:index", "字治", ["郑州数字治理通知"]),
        ("notice:index", "院所列", ["郑州数字治理通知"]),
        ("index_series:index", "字治", ["郑州数字治理指数"]),
        ("edition:index", "字治", ["郑州数字治理指数（2020）"]),
        ("synonym:index", "字治", ["数字治理、数治"]),
        ("place:index", '"', []),
    ],
)
def test_lists(rows, administrator, name, typed, titles):
    assert listed(administrator, name, typed) == titles


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("wagtailimages:index", "object_list"),
        ("wagtaildocs:index", "object_list"),
        ("wagtailadmin_pages:search", "object_list"),
    ],
)
def test_wagtails_own_lists(rows, administrator, name, key):
    (title,) = listed(administrator, name, "字治", key)
    assert title.startswith("郑州数字治理")


def test_accounts(rows, administrator):
    users = administrator.get(reverse("wagtailusers_users:index"), {"q": "字治"})
    assert [user.username for user in users.context["object_list"]] == ["lisi"]


@pytest.mark.parametrize(
    ("name", "typed", "titles"),
    [
        ("institution_chooser:choose_results", "颐和", ["郑州颐和医院"]),
        ("place_chooser:choose_results", "州", ["郑州市"]),
        ("person_chooser:choose_results", "字治", ["郑州数字治理"]),
        ("story_chooser:choose_results", "字治", ["郑州数字治理排位"]),
        ("notice_chooser:choose_results", "字治", ["郑州数字治理通知"]),
        ("index_chooser:choose_results", "字治", ["郑州数字治理指数"]),
        ("edition_chooser:choose_results", "字治", ["郑州数字治理指数（2020）"]),
        ("wagtailimages_chooser:choose_results", "字治", ["郑州数字治理图表"]),
        ("wagtaildocs_chooser:choose_results", "字治", ["郑州数字治理图表"]),
    ],
)
def test_choosers(rows, administrator, name, typed, titles):
    assert listed(administrator, name, typed, "results") == titles


def test_filters_and_words_go_together(rows, administrator):
    Institution.objects.filter(name="开封医院").update(level="3a")
    assert listed(administrator, "institution:index", "医院", level="3a") == ["开封医院"]
    Person.objects.filter(name="别的").update(affiliation="甲报")
    assert listed(administrator, "person:index", "字治", affiliation="甲报") == []


def test_a_draft_is_found_by_the_title_that_it_now_has(rows, administrator):
    draft = a_draft(SectionPage.objects.get(), title="旧题")
    draft.title = "改过的题"
    draft.save_revision()
    response = administrator.get(reverse("stories:index"), {"q": "过的"})
    assert [story.draft_title for story in response.context["object_list"]] == ["改过的题"]


def test_nobody_finds_a_folder_that_is_not_theirs(rows, desk):
    client = desk(Role.REPORTER)
    secret = Collection.get_first_root_node().add_child(name="内部")
    PictureFactory(title="数字治理内部图", collection=secret)
    assert "数字治理内部图" not in listed(client, "wagtailimages:index", "内部图")
    GroupCollectionPermission.objects.all().delete()
    assert client.get(reverse("wagtailimages:index"), {"q": "字治"}).status_code == 302


@pytest.mark.parametrize(
    ("role", "status"), [(Role.REPORTER, 302), (Role.DATA_EDITOR, 200), (Role.FIRST_REVIEWER, 200)]
)
def test_who_keeps_the_synonyms(desk, role, status):
    assert desk(role).get(reverse("synonym:index")).status_code == status


def test_an_editor_adds_a_group_of_synonyms(administrator):
    wrong = administrator.post(reverse("synonym:add"), {"words": "停暖", "note": ""})
    assert wrong.context["form"].errors == {"words": ["至少写两个不同的词，用空格分开。"]}
    administrator.post(reverse("synonym:add"), {"words": "停暖　停止供暖", "note": "供暖季"})
    assert [row.group for row in Synonym.objects.all()] == [("停暖", "停止供暖")]
