"""Stories for machines: those that readers can see at the moment of asking, with their words."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from news.api import vocabulary
from news.api.telling import told
from news.models import ArticlePage, Person, SectionPage, Topic
from news.score_quoting import stories_about
from portal.api import Resource
from portal.models import Place
from portal.parameters import day_of, instant_of
from portal.tabular import Column

COLUMNS = (
    Column("id", "编号", kind="integer", help="永不改变。", always=True, example=12),
    Column(
        "url",
        "网页",
        value=lambda row: row.story.url,
        help="网页在本站的路径。",
        always=True,
        example="/news/minsheng/20200819-1/",
    ),
    Column("kicker", "引题", value="story.kicker"),
    Column(
        "title",
        "主题",
        value="story.title",
        always=True,
        example="郑州工伤保险定点新增18家次，实为14家医院",
    ),
    Column("deck", "副题", value="story.deck"),
    Column(
        "list_title",
        "列表标题",
        value="story.list_title",
        help="列表和订阅用的标题；没有另拟的就是主题。",
        always=True,
        example="郑州工伤保险定点新增18家次，实为14家医院",
    ),
    Column("summary", "摘要", help="没有另写的就是正文开头。"),
    Column(
        "section",
        "栏目",
        value="section.slug",
        help="网址标识。",
        example="minsheng",
    ),
    Column("section_title", "栏目名称", value="section.title", example="民生"),
    Column(
        "topics",
        "专题",
        kind="texts",
        computed=True,
        help="网址标识。",
        example=["shuzi-zhili"],
    ),
    Column(
        "authors",
        "作者",
        kind="texts",
        computed=True,
        help="署在稿件之上的姓名；转载稿为原作者。",
        example=["李娜"],
    ),
    Column(
        "credits",
        "署名",
        kind="records",
        computed=True,
        help="全部署名，含编辑、责编、校对：role 角色代码，role_label 角色，name 姓名，"
        "affiliation 单位，person 人物的网址标识。只在 json 中。",
    ),
    Column("dateline", "电头", value="story.dateline", example="本报讯"),
    Column(
        "published_at",
        "首发时间",
        value="story.first_published_at",
        kind="instant",
        computed=True,
        always=True,
        example="2020-08-19T00:30:00Z",
    ),
    Column(
        "updated_at",
        "更新时间",
        value="story.last_published_at",
        kind="instant",
        computed=True,
        help="最近一次发布；没有更新过的与首发相同。",
        always=True,
        example="2020-08-19T00:30:00Z",
    ),
    Column("printed_on", "见报日期", value="story.printed_on", kind="date", example="2020-08-19"),
    Column("paper", "报纸", value="story.paper", example="郑州晚报"),
    Column("page_number", "版次", value="story.page_number", example="A05"),
    Column("page_name", "版面", value="story.page_name", example="都市新闻"),
    Column("issue_number", "期号", value="story.issue_number"),
    Column(
        "is_reprint",
        "转载",
        value="story.is_reprint",
        kind="boolean",
        computed=True,
        always=True,
        example=False,
    ),
    Column("source_name", "来源媒体", value="story.source_name", help="只有转载稿有。"),
    Column("source_headline", "原标题", value="story.source_headline", help="只有转载稿有。"),
    Column("source_author", "原作者", value="story.source_author", help="只有转载稿有。"),
    Column("source_url", "原文网址", value="story.source_url", help="只有转载稿有。"),
    Column(
        "quotes",
        "引用的记录",
        kind="texts",
        computed=True,
        help="稿件中的名单、卡片和图表取自哪些记录，写作“类型:代码”。",
        example=["notice:7"],
    ),
    Column("text", "正文", help="纯文字，段落之间空一行；取自记录的名单和图表不在其中。"),
)


@dataclass(frozen=True)
class ArticleFilter:
    """One question about stories: where they stand, about what, by whom, published and updated when."""

    section: SectionPage | None = None
    topic: Topic | None = None
    person: Person | None = None
    place: Place | None = None
    first: date | None = None
    last: date | None = None
    updated_since: datetime | None = None

    @classmethod
    def read(cls, given):
        """Return the filter that parameters give; raises BadParameter for what does not exist."""
        since = given.get("updated_since")
        return cls(
            vocabulary.section_of(given),
            vocabulary.topic_of(given),
            vocabulary.person_of(given),
            vocabulary.place_of(given),
            day_of("from", given["from"]) if "from" in given else None,
            day_of("to", given["to"]) if "to" in given else None,
            instant_of("updated_since", since) if since else None,
        )

    def rows(self):
        """Return the public stories asked for, without their bodies.

        One that has no time of publication was never published, whatever its row says.
        """
        rows = ArticlePage.objects.published().order_by()
        rows = rows.filter(first_published_at__isnull=False, last_published_at__isnull=False)
        if self.section is not None:
            rows = rows.in_section(self.section)
        if self.topic is not None:
            rows = rows.about(self.topic)
        if self.person is not None:
            rows = rows.by(self.person)
        if self.place is not None:
            rows = rows.filter(pk__in=stories_about(self.place))
        if self.first is not None:
            rows = rows.filter(first_published_at__gte=_midnight(self.first))
        if self.last is not None:
            rows = rows.filter(first_published_at__lt=_midnight(self.last + timedelta(days=1)))
        if self.updated_since is not None:
            rows = rows.filter(last_published_at__gte=self.updated_since)
        return rows.defer("body")


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))


ARTICLES = Resource(
    name="articles",
    title="稿件",
    description="读者现在看得到的稿件。撤下、过期、未到时间的都不在其中，重新发布后又在。",
    columns=COLUMNS,
    parameters=(
        vocabulary.SECTION,
        vocabulary.TOPIC,
        vocabulary.PERSON,
        vocabulary.PLACE,
        vocabulary.FROM,
        vocabulary.TO,
        vocabulary.UPDATED_SINCE,
    ),
    read=ArticleFilter.read,
    rows=ArticleFilter.rows,
    key="id",
    key_path="pk",
    key_pattern="[1-9][0-9]{0,17}",
    orderings={
        "published_at": "first_published_at",
        "updated_at": "last_published_at",
        "id": "pk",
    },
    finish=lambda rows, asked: told(rows),
)
