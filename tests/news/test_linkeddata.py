"""Stories and people in schema.org's words: names with their roles, what was reprinted, what is cited."""

import pytest

from news.heads import article_head
from news.linkeddata import person_node
from news.models import ArticleCredit, ArticlePage, Person
from news.reading import article_context
from portal.heads.linkeddata import pruned
from tests.factories import PersonFactory, PictureFactory, TopicFactory, an_article, paragraphs
from tests.indices.factories import a_ranking
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
HOME = "http://127.0.0.1:8000"


def node_of(story, rf):
    """What the page of a story says of it."""
    story = ArticlePage.objects.get(pk=story.pk)
    request = rf.get(story.get_url())
    head = article_head(story, request, article_context(story, request))
    return pruned(head.nodes[0])


def credited(story, *credits):
    story.credits = [ArticleCredit(role=role, **who) for role, who in credits]
    story.save_revision().publish()
    return story


def role(word, name, property_, **more):
    person = {"@type": "Person", "name": name, **more}
    return {"@type": "Role", "roleName": word, property_: person}


def test_names_stand_with_their_roles(section, rf):
    lina = PersonFactory(name="李娜", slug="lina", affiliation="某报")
    story = credited(
        an_article(section),
        ("reporter", {"person": lina}),
        ("correspondent", {"name": "王五"}),
        ("photographer", {"name": "赵六"}),
        ("translator", {"name": "钱七"}),
        ("responsible_editor", {"name": "孙八"}),
        ("proofreader", {"name": "周九"}),
    )
    node = node_of(story, rf)
    of_paper = {"@type": "Organization", "name": "某报"}
    assert {name: node[name] for name in ("author", "translator", "editor", "contributor")} == {
        "author": [
            role("记者", "李娜", "author", url=f"{HOME}/people/lina/", affiliation=of_paper),
            role("通讯员", "王五", "author"),
        ],
        "translator": [role("翻译", "钱七", "translator")],
        "editor": [role("责编", "孙八", "editor")],
        "contributor": [role("摄影", "赵六", "contributor"), role("校对", "周九", "contributor")],
    }


def test_a_story_without_names_has_no_author(section, rf):
    assert "author" not in node_of(an_article(section), rf)


def test_a_story_says_what_its_page_shows(section, rf):
    topic = TopicFactory(name="工伤保险")
    story = an_article(
        section,
        title="主题",
        kicker="引题",
        deck="副题",
        summary="摘要",
        dateline="本报讯",
        paper="某报",
        page_number="A05",
        topics=[topic],
    )
    node = node_of(story, rf)
    told = ("headline", "alternativeHeadline", "description", "dateline", "printEdition")
    assert [node[name] for name in told] == ["主题", "副题", "摘要", "本报讯", "某报"]
    assert [node[name] for name in ("printPage", "articleSection", "keywords")] == [
        "A05",
        "民生",
        ["工伤保险"],
    ]
    assert node["datePublished"] == node["dateModified"]
    assert node["datePublished"].endswith("+08:00")
    assert {"isBasedOn", "citation"} & set(node) == set()


def test_pictures_come_with_their_sizes(section, rf):
    story = an_article(section, cover=PictureFactory(size=(1300, 900)))
    assert [(one["width"], one["height"]) for one in node_of(story, rf)["image"]] == [
        (1200, 630),
        (1200, 630),
    ]
    small = an_article(section, cover=PictureFactory(size=(600, 400)))
    assert [one["width"] for one in node_of(small, rf)["image"]] == [600, 1200]
    assert len(node_of(an_article(section), rf)["image"]) == 1


def test_a_reprint_names_its_original(section, rf):
    story = an_article(
        section,
        is_reprint=True,
        source_name="新华社",
        source_headline="原题",
        source_author="张三",
        source_url="https://news.example/1",
    )
    assert node_of(story, rf)["isBasedOn"] == {
        "@type": "CreativeWork",
        "headline": "原题",
        "url": "https://news.example/1",
        "creditText": "张三",
        "publisher": {"@type": "Organization", "name": "新华社"},
    }


def list_of(notice):
    return {"type": "notice_list", "value": {"title": "", "notice": notice.pk, "kind": None}}


def ranking_of(edition):
    return {"type": "ranking", "value": {"edition": edition.pk, "size": 3, "highlighted": []}}


def test_records_that_blocks_show_are_cited_once(section, rf):
    notice = published(a_notice(an_institution(), kind=KindFactory(), title="一份通知"))
    draft = a_notice(an_institution(name="另一家医院"), kind=KindFactory(), title="草稿")
    edition, _ = a_ranking()
    body = [
        *paragraphs("正文。"),
        list_of(notice),
        list_of(notice),
        list_of(draft),
        ranking_of(edition),
    ]
    story = an_article(section, body=body)
    assert node_of(story, rf)["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "一份通知",
            "url": f"{HOME}{notice.get_absolute_url()}",
        },
        {
            "@type": "CreativeWork",
            "name": str(edition),
            "url": f"{HOME}{edition.get_absolute_url()}",
        },
    ]


def test_a_person_says_what_the_page_shows():
    person = Person(name="李娜", affiliation="某报", position="首席记者", introduction="跑民生。")
    assert pruned(person_node(person, "/people/lina/")) == {
        "@type": "Person",
        "@id": f"{HOME}/people/lina/#person",
        "name": "李娜",
        "url": f"{HOME}/people/lina/",
        "jobTitle": "首席记者",
        "affiliation": {"@type": "Organization", "name": "某报"},
        "description": "跑民生。",
    }
