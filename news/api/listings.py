"""What stories stand under, for machines: sections, people and topics, each with how many public stories it has.

A person's or a topic's page is public from the day it is made; a section's when it is published.
"""

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Left, Length

from news.api.vocabulary import PAGE_SLUG, public_sections
from news.models import ArticleCredit, ArticlePage, Person, Topic
from portal.api import Resource
from portal.tabular import Column


@dataclass(frozen=True)
class ToldListing:
    """One of them with the count of its public stories."""

    row: object
    article_count: int


def _columns(what, *own, url, slug):
    """Return the columns of one resource: those that all have around its own."""
    return (
        Column(
            "slug",
            "网址标识",
            value="row.slug",
            help="网址中的标识；改动后旧的不再可查，id 不变。",
            always=True,
            example=slug,
        ),
        Column(
            "id", "编号", value="row.pk", kind="integer", help="永不改变。", always=True, example=3
        ),
        *own,
        Column(
            "article_count",
            "稿件数",
            kind="integer",
            help=f"{what}读者现在看得到的稿件有几篇。",
            always=True,
            unit="篇",
            example=5,
        ),
        Column(
            "url", "网页", value=url, help="网页在本站的路径。", always=True, example=f"/{slug}/"
        ),
    )


def _own_address(told):
    return told.row.get_absolute_url()


def _public():
    return ArticlePage.objects.published().order_by()


def _in_sections(rows):
    """Return {section: count}; one query."""
    sections = {row.path: row.pk for row in rows}
    above = Left("path", Length("path") - ArticlePage.steplen)
    stories = _public().annotate(above=above).filter(above__in=sections)
    counted = stories.values("above").annotate(stories=Count("pk"))
    return {sections[path]: count for path, count in counted.values_list("above", "stories")}


def _by_people(rows):
    """Return {person: count}; one query."""
    credits = ArticleCredit.objects.filter(person__in=rows, page__in=_public().values("pk"))
    counted = credits.order_by().values("person").annotate(stories=Count("page", distinct=True))
    return dict(counted.values_list("person", "stories"))


def _on_topics(rows):
    """Return {topic: count}; one query."""
    links = ArticlePage.topics.through.objects.filter(
        topic__in=rows, articlepage__in=_public().values("pk")
    )
    counted = links.order_by().values("topic").annotate(stories=Count("articlepage", distinct=True))
    return dict(counted.values_list("topic", "stories"))


def _told(count):
    """Return how rows are finished: each with its count, asked for all of them at once."""

    def finish(rows, asked):
        counts = count(rows)
        return [ToldListing(row, counts.get(row.pk, 0)) for row in rows]

    return finish


def _everything(given):
    return None


SECTIONS = Resource(
    name="sections",
    title="栏目",
    description="新闻的栏目；每篇稿件属于一个。",
    columns=_columns(
        "这个栏目中",
        Column("title", "名称", value="row.title", always=True, example="民生"),
        Column("introduction", "简介", value="row.introduction"),
        url=lambda told: told.row.url,
        slug="minsheng",
    ),
    read=_everything,
    rows=lambda asked: public_sections(),
    key="slug",
    key_path="slug",
    key_pattern=PAGE_SLUG,
    orderings={"position": "path", "slug": "slug"},
    finish=_told(_in_sections),
)

PEOPLE = Resource(
    name="people",
    title="人物",
    description="署名的人：记者、编辑和有自己页面的作者。一次性的作者只在稿件的署名中。",
    columns=_columns(
        "署有此人名字、",
        Column("name", "姓名", value="row.name", always=True, example="李娜"),
        Column("affiliation", "单位", value="row.affiliation", help="现在的；各篇的见署名。"),
        Column("position", "职务", value="row.position"),
        Column("introduction", "简介", value="row.introduction"),
        url=_own_address,
        slug="li-na",
    ),
    read=_everything,
    rows=lambda asked: Person.objects.public(),
    key="slug",
    key_path="slug",
    orderings={"slug": "slug", "id": "pk"},
    finish=_told(_by_people),
)

TOPICS = Resource(
    name="topics",
    title="专题",
    description="各栏目的稿件共有的题目。",
    columns=_columns(
        "这个专题中",
        Column("name", "名称", value="row.name", always=True, example="数字治理"),
        Column("introduction", "导语", value="row.introduction"),
        url=_own_address,
        slug="shuzi-zhili",
    ),
    read=_everything,
    rows=lambda asked: Topic.objects.public(),
    key="slug",
    key_path="slug",
    orderings={"slug": "slug", "id": "pk"},
    finish=_told(_on_topics),
)

RESOURCES = (SECTIONS, PEOPLE, TOPICS)
