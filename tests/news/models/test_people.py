"""People and topics: their addresses."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from news.models import Person, Topic
from tests.factories import PersonFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "name", "url"),
    [
        (Person, "单于", "/people/chanyu/"),
        (Topic, "重庆火锅", "/topics/chongqinghuoguo/"),
        (Topic, "5G 城市", "/topics/5g-chengshi/"),
        (Topic, "★", "/topics/topic/"),
    ],
)
def test_an_address_is_made_from_the_name(model, name, url):
    row = model(name=name)
    row.full_clean()
    row.save()
    assert row.get_absolute_url() == url


def test_equal_names_get_different_addresses():
    assert [Person.objects.create(name="张三").slug for _ in range(3)] == [
        "zhangsan",
        "zhangsan-2",
        "zhangsan-3",
    ]


def test_a_changed_address_leads_on_and_one_that_returns_stays(client):
    topic = TopicFactory(slug="old")
    topic.slug = "new"
    topic.save()
    response = client.get("/topics/old/")
    assert (response.status_code, response["Location"]) == (301, "/topics/new/")
    topic.slug = "old"
    topic.save()
    response = client.get("/topics/new/")
    assert (response.status_code, response["Location"]) == (301, "/topics/old/")


@pytest.mark.parametrize("slug", ["Zhang", "a_b", "-a", "张三", "a\n"])
def test_an_address_of_other_characters_is_refused(slug):
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(slug=slug)
    with pytest.raises(ValidationError) as caught:
        Person(name="张三", slug=slug).full_clean()
    assert caught.value.message_dict["slug"] == ["只能用小写字母、数字和连字符。"]


def test_a_topic_without_a_name_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicFactory(name="")
