"""Stories are found by their words and their bylines, not by their markup, however they were written."""

from datetime import date

import pytest
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from news.models import ArticleCredit, ArticlePage, Person, Topic
from portal.search.finding import find
from portal.search.language import parse
from portal.search.vocabulary import current
from tests.factories import (
    PersonFactory,
    PictureFactory,
    PlainPageFactory,
    TopicFactory,
    an_article,
)

pytestmark = pytest.mark.django_db

BODY = [
    ("paragraph", "<p>百城<b>数字</b>治理，<a linktype='page' id='7'>郑州</a>第七。</p>"),
    ("heading", {"text": "颐和医院"}),
    ("quote", {"text": "走在前列", "speaker": "王明", "title": "教授"}),
    (
        "key_figures",
        {
            "title": "一组数",
            "figures": [{"value": "511", "unit": "项", "label": "服务可网办"}],
            "source": "大数据局",
        },
    ),
]


def found(typed, model=ArticlePage):
    hits = find(parse(typed), [model.objects.all()]).strict
    return sorted(str(each) for each in model.objects.filter(pk__in=[hit.key for hit in hits]))


@pytest.fixture
def story(section):
    picture = PictureFactory(title="图书馆")
    shown = {"picture": picture, "alt": "夜色中的塔", "caption": "二七塔", "credit": "李四 摄"}
    return an_article(
        section,
        title="郑州定点医院",
        kicker="政务上网",
        deck="生活服务第四",
        summary="一句摘要",
        body=[*BODY, ("picture", {**shown, "decorative": False})],
    )


SEEN = [
    "定点",
    "郑",
    "上网",
    "服务第四",
    "句摘要",
    "数字治理",
    "郑州第七",
    "颐和",
    "前列",
    "王明",
    "服务可网办",
    "511",
    "大数据局",
    "色中的塔",
    "二七",
    "李四",
]
MARKUP = ("linktype", "paragraph", "page", "True", "decorative", "七颐")


def test_every_word_that_readers_see_is_found_and_no_markup(story):
    assert [typed for typed in (*SEEN, *MARKUP) if found(typed)] == SEEN


def test_a_story_is_found_by_its_byline_as_it_now_stands(section):
    story = an_article(section, title="一稿", credits=[ArticleCredit(name="赵六")])
    assert found("赵六") == ["一稿"]
    story.credits = [ArticleCredit(name="孙七")]
    story.save_revision().publish()
    assert (found("赵六"), found("孙七")) == ([], ["一稿"])


def test_a_story_has_the_day_of_its_first_publication(section):
    story = an_article(section)
    row = IndexEntry.objects.get(object_id=str(story.pk))
    assert date.fromordinal(int(row.title_norm)) == story.first_published_at.date()


def test_a_story_saved_as_a_plain_page_is_found_by_its_new_title(section):
    story = an_article(section, title="旧题")
    page = Page.objects.get(pk=story.pk)
    page.title = "新题"
    page.save()
    assert (found("旧题"), found("新题")) == ([], ["新题"])


def test_a_deleted_story_leaves_nothing(section):
    story = an_article(section, title="旧题", credits=[ArticleCredit(name="赵六")])
    before = IndexEntry.objects.count()
    story.delete()
    assert (found("旧题"), IndexEntry.objects.count()) == ([], before - 1)


def test_sections_and_plain_pages_are_found(home, section):
    section.introduction = "衣食住行"
    section.save_revision().publish()
    PlainPageFactory(parent=home, title="关于", body=[("paragraph", "<p>更正制度</p>")])
    assert (found("食住", type(section)), found("更正", Page)) == (["民生"], ["关于"])


def test_people_and_topics_are_found_by_word_and_sound():
    PersonFactory(name="李小明", affiliation="郑报全媒体", introduction="跑教育")
    TopicFactory(name="工伤保险", introduction="定点与赔付")
    for typed in ("小明", "lxm", "全媒体", "教育"):
        assert found(typed, Person) == ["李小明"]
    for typed in ("伤保", "gsbx", "赔付"):
        assert found(typed, Topic) == ["工伤保险"]


def test_people_and_topics_are_suggested_while_a_public_story_has_them(section):
    person, topic = PersonFactory(name="李小明"), TopicFactory(name="工伤保险")
    assert current().names == []
    story = an_article(section, topics=[topic])
    story.credits = [ArticleCredit(person=person, name="李小明")]
    story.save_revision().publish()
    assert current().names == ["李小明", "工伤保险"]
    Person.objects.update(name="李大明")
    assert current().names == ["李大明", "工伤保险"]
    story.unpublish()
    assert current().names == []
