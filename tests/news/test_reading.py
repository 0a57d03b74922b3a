"""What a story's page is given: what to read next, its section, where the dateline stands."""

import pytest
from django.test import RequestFactory

from news.models import ArticlePage
from news.reading import article_context, next_stories, opening
from tests.factories import TopicFactory, a_draft, a_section, an_article, paragraphs


@pytest.mark.django_db
def test_next_come_those_of_its_topics_then_those_of_its_section(section):
    topic, other_topic = TopicFactory(), TopicFactory()
    elsewhere = a_section()
    story = an_article(section, topics=[topic, other_topic])
    same_topics = an_article(elsewhere, topics=[topic, other_topic])
    older, newer = an_article(section), an_article(section)
    an_article(elsewhere)
    a_draft(section, topics=[topic])
    an_article(section, topics=[topic]).unpublish()
    assert next_stories(story, [topic, other_topic]) == [same_topics, newer, older]
    assert next_stories(story, []) == [newer, older]


@pytest.mark.django_db
def test_next_are_four_at_most(section):
    stories = [an_article(section) for _ in range(6)]
    assert next_stories(stories[0], []) == stories[:1:-1]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_a_story_asks_the_same_whatever_stands_beside_it(section, count, django_assert_num_queries):
    topics = [TopicFactory() for _ in range(count)]
    story = an_article(section, topics=topics)
    for _ in range(count):
        an_article(section, topics=topics)
    story = ArticlePage.objects.at(story.url_path)
    with django_assert_num_queries(4):  # credits, topics, next stories, sections
        article_context(story, RequestFactory().get("/"))


@pytest.mark.django_db
def test_the_dateline_belongs_to_the_first_paragraph_block(section):
    heading = {"type": "heading", "value": {"kicker": "", "text": "小标题"}}
    story = an_article(section, body=[heading, *paragraphs("一"), *paragraphs("二")])
    request = RequestFactory().get("/")
    context = article_context(story, request)
    assert context["first_paragraph"] == story.body[1].id
    assert context["section"].title == section.title
    bare = an_article(section, body=[heading])
    assert article_context(bare, request)["first_paragraph"] is None


@pytest.mark.django_db
def test_a_story_in_a_closed_section_still_knows_it(section):
    story = an_article(section)
    section.unpublish()
    assert article_context(story, RequestFactory().get("/"))["section"].title == section.title


def test_the_opening_is_plain_text_cut_where_it_is_long():
    body = ArticlePage._meta.get_field("body").to_python(
        [
            {"type": "heading", "value": {"kicker": "", "text": "小标题"}},
            {"type": "paragraph", "value": "<p> <b></b> </p>"},
            {"type": "paragraph", "value": "<p>甲 &amp; <b>乙</b></p><p>下一段</p>"},
        ]
    )
    assert [opening(body, length) for length in (5, 4)] == ["甲 & 乙", "甲 & …"]
