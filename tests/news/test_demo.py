"""The demonstration: its facts, its idempotence, and that its draft stays inside."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from institutions.models import Institution, Notice
from news.demo import accounts
from news.demo.loading import Loaded, load_demonstration
from news.demo.stories import HERE, ORDER
from news.manuscripts import read_manuscripts
from news.models import ArticlePage, FrontSlot, HomePage, Person, SectionPage, Topic
from portal.figures import quoted_by
from portal.models import Change, Organisation, Picture, Place, User
from portal.references import Target
from tests.tables import contents

pytestmark = pytest.mark.django_db

MEDICAL = [
    "河南省省立医院",
    "河南电力医院",
    "郑州大学第五附属医院",
    "郑州公交医院",
    "郑州西区中医院",
    "郑州颐和医院",
    "郑州天坛普华医院",
    "郑州新华医院",
    "河南（郑州）中汇心血管病医院",
    "新郑市公立人民医院",
    "荥阳市人民医院",
]
REHABILITATION = [
    "郑州大学第五附属医院",
    "郑州市第十六人民医院",
    "郑州市第一人民医院",
    "河南省省立医院",
    "新郑市公立人民医院",
    "新密市骨科医院",
    "荥阳市人民医院",
]
RANKING = "百城数字治理排位：郑州第七，数字生活服务第四"
INSURANCE = "郑州工伤保险定点新增18家次，实为14家医院"
DRAFT = "写第一篇稿：从电头到署名"


def load():
    return load_demonstration(public_url="http://testserver")


@pytest.fixture
def demonstration():
    return load()


def story(list_title):
    return ArticlePage.objects.get(display_title=list_title)


def tables(article):
    """Return {caption: rows of plain values} of a story's tables."""
    return {
        block.value["caption"]: [[cell.value for cell in row] for row in block.value["table"].rows]
        for block in article.body
        if block.block_type == "table"
    }


def figures(article):
    return [
        (figure["value"] + figure["unit"], figure["label"])
        for block in article.body
        if block.block_type == "key_figures"
        for figure in block.value["figures"]
    ]


def test_everything_is_made_once(demonstration):
    assert demonstration == Loaded(
        places=384,
        organisations=4,
        accounts=7,
        institutions=22,
        notices=6,
        draft_notices=1,
        indices=3,
        editions=9,
        published=8,
        drafts=1,
    )
    before = contents()
    assert load() == Loaded(*[0] * 10)
    assert contents() == before


def test_what_editors_changed_or_removed_stays_so(demonstration):
    ranking = story(RANKING)
    ranking.title = "编辑改过的标题"
    ranking.save_revision().publish()
    story(INSURANCE).delete()
    Place.objects.filter(code="410100").update(short_name="商都")
    User.objects.get(username="jiaodui").delete()
    HomePage.objects.get().slots.all().delete()
    before = contents()
    load()
    assert contents() == before


def test_the_lists_are_filled(demonstration):
    live = ArticlePage.objects.published()
    assert live.first() == story(RANKING)
    counts = {s.slug: live.in_section(s).count() for s in SectionPage.objects.order_by("path")}
    assert counts == {"yaowen": 1, "minsheng": 2, "shuju": 3, "shuoming": 2}
    topics = {topic.name: live.about(topic).count() for topic in Topic.objects.all()}
    assert topics == {"城市数字治理": 2, "工伤保险定点机构": 3, "数字怎么读": 6}
    people = list(Person.objects.order_by("slug").values_list("slug", "name", "affiliation"))
    assert people == [
        ("lina", "李娜", "郑报全媒体"),
        ("shifanjizhe", "示范记者", "有据"),
        ("wangxiaoyu", "王小羽", ""),
        ("xiaoyawen", "肖雅文", "郑报全媒体"),
    ]
    assert (Picture.objects.count(), Organisation.objects.count()) == (9, 6)
    stories = Change.objects.filter(reference__startswith="article:")
    assert list(stories.values_list("act", flat=True)) == ["publish"] * 8


def test_the_front_page_is_curated_and_one_slot_ends(demonstration):
    slots = list(FrontSlot.objects.select_related("article"))
    assert [slot.article.list_title for slot in slots] == [
        RANKING,
        INSURANCE,
        "“家”和“家次”差在哪里",
    ]
    assert [slot.expires_at is not None for slot in slots] == [False, False, True]
    assert not slots[2].expired(timezone.now())


def test_the_facts_of_the_ranking(demonstration):
    article = story(RANKING)
    assert figures(article) == [
        ("第7位", "数字治理指数，100座城市中"),
        ("第4位", "数字生活服务，四个维度之一"),
        ("第15位", "2019年度GDP，全国"),
        ("5000万元", "首期发放总额"),
        ("3925万元", "实际核销金额"),
        ("5.52亿元", "带动消费"),
        ("1∶14.1", "杠杆比例，核销金额比带动消费"),
    ]
    assert tables(article) == {
        "已知的位次": [
            ["数字治理指数（总体）", "郑州", "第7位"],
            ["数字生活服务", "上海、北京、杭州", "第1至3位，先后未知"],
            ["数字生活服务", "郑州", "第4位"],
            ["数字基础设施", "郑州", "未知"],
            ["数字政务服务", "郑州", "未知"],
            ["数字公共服务", "郑州", "未知"],
            ["2019年度GDP（全国）", "郑州", "第15位"],
        ]
    }
    (ranking,) = [block for block in article.body if block.block_type == "ranking"]
    assert str(ranking.value["edition"]) == "数字治理指数（2020）"
    assert [place.code for place in ranking.value["highlighted"]] == ["410100"]
    credits = [(c.role, c.affiliation, c.name) for c in article.credits.all()]
    assert credits == [("reporter", "郑报全媒体", "肖雅文"), ("graphics", "", "王小羽")]


def test_the_explained_ratio_is_that_of_the_report(demonstration):
    [rows] = tables(ArticlePage.objects.get(title="1∶14.1是怎样除出来的")).values()
    assert [[str(cell) for cell in row] for row in rows] == [
        ["实际核销金额", "3925", "55200", "14.1"],
        ["首期发放总额", "5000", "55200", "11.0"],
    ]
    assert [round(whole / part, 1) for _, part, whole, _ in rows] == [row[3] for row in rows]


def test_the_front_page_shows_its_sections(demonstration, client):
    context = client.get("/").context
    assert [story.list_title for story in [context["lead"], *context["beside_lead"]]] == [
        RANKING,
        INSURANCE,
        "“家”和“家次”差在哪里",
    ]
    assert len(context["newest"]) == 5
    shown = {entry["section"].slug: len(entry["stories"]) for entry in context["by_section"]}
    assert shown == {"minsheng": 1, "shuju": 2, "shuoming": 2}


def test_the_facts_of_the_two_lists(demonstration, client):
    article = story(INSURANCE)
    (listing,) = [block for block in article.body if block.block_type == "notice_list"]
    assert listing.value["notice"].title == "关于确定郑州市工伤保险定点医疗（康复）机构的通知"
    page = client.get(article.get_url()).content.decode()
    lists = re.findall(r'<ol class="roll-names">(.*?)</ol>', page)
    shown = [re.findall(r">([^<]+)</a>(?: <span>([^<]+)</span>)?", names) for names in lists]
    both = set(MEDICAL) & set(REHABILITATION)
    assert shown == [
        [(name, "兼康复" if name in both else "") for name in MEDICAL],
        [(name, "兼医疗" if name in both else "") for name in REHABILITATION],
    ]
    assert (len(both), len(set(MEDICAL) | set(REHABILITATION))) == (4, 14)
    (told,) = re.findall(r'<p class="roll-both">(.*?)</p>', page)
    assert re.sub(r"<[^>]+>", "", told) == "共列 18 家次，14 家机构"
    assert [value for value, _ in figures(article)] == ["18家次", "14家", "11家", "7家"]
    assert article.dateline == "本报讯"


def test_the_cards_answer_with_all_three_words(demonstration, client):
    article = ArticlePage.objects.get(title="查工伤定点，先想好要问哪一天")
    page = client.get(article.get_url()).content.decode()
    answers = re.findall(r'<b class="standing-word standing-(\w+)">', page)
    assert answers == ["unknown", "unknown", "yes", "no"]
    names = [
        block.value["institution"].name for block in article.body if "card" in block.block_type
    ]
    assert names == ["河南省省立医院", "示例第一医院", "示例第二医院"]
    assert quoted_by(f"institution:{Institution.objects.get(name='示例第二医院').code}") == [
        Target(article.list_title, article.url)
    ]


def test_what_the_page_does_not_tell_stays_empty(demonstration):
    fields = ("printed_on", "paper", "page_number", "page_name", "issue_number", "is_reprint")
    for title in (RANKING, INSURANCE):
        assert [getattr(story(title), field) for field in fields] == [None, "", "", "", "", False]


def test_the_texts_are_set_as_a_chinese_paper_sets_them():
    manuscripts = read_manuscripts(HERE / "stories")
    assert sorted(manuscripts) == sorted(ORDER)
    for name in ORDER:
        text = (HERE / "stories" / f"{name}.toml").read_text(encoding="utf-8")
        assert re.findall(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]|昨日", text) == []


def test_the_pictures_are_small():
    sizes = {file.name: file.stat().st_size for file in (HERE / "pictures").iterdir()}
    assert [name for name, size in sizes.items() if size > 80 * 1024] == []


def test_the_draft_shows_nowhere(demonstration, client):
    draft = ArticlePage.objects.get(title=DRAFT)
    assert (draft.live, draft.first_published_at, draft.owner.username) == (False, None, "jizhe")
    assert client.get(draft.get_url()).status_code == 404
    hidden = Notice.objects.get(published_at=None).title
    for address in ("/", "/news/", "/news/shuoming/"):
        response = client.get(address)
        assert response.status_code == 200
        assert DRAFT not in response.content.decode()
        assert hidden not in response.content.decode()


def test_every_public_page_can_be_read(demonstration, client):
    for article in ArticlePage.objects.published():
        page = client.get(article.get_url()).content.decode()
        assert article.title in page


def test_every_role_can_sign_in(demonstration, client):
    roles = {
        user.username: [group.name for group in user.groups.all()]
        for user in User.objects.order_by("pk")
    }
    assert roles == {
        "jizhe": ["记者"],
        "jiaodui": ["校对"],
        "shenhe1": ["审核一级"],
        "shenhe2": ["审核二级"],
        "shenhe3": ["审核三级"],
        "shuju": ["数据编辑"],
        "guanli": ["管理员"],
    }
    for user in User.objects.all():
        assert user.check_password(accounts.PASSWORD)
        client.force_login(user)
        assert client.get("/admin/").status_code == 200


def run(**options):
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


PRINTED = """
网站　　http://127.0.0.1:8000/
编辑部　http://127.0.0.1:8000/admin/

示范账号（密码都是 youju-demo-2020，只供示范）
  jizhe    记者
  jiaodui  校对
  shenhe1  审核一级
  shenhe2  审核二级
  shenhe3  审核三级
  shuju    数据编辑
  guanli   管理员
"""


def test_the_command_prints_what_it_did_and_always_the_logins(settings):
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    made = (
        "384 个地方、4 个组织机构、7 个示范账号、22 家机构、6 份已发布的通知、1 份待审的通知、"
        "3 个指数、9 版指数报告、8 篇已发布的稿件、1 篇草稿"
    )
    assert run() == f"示范内容已载入：{made}。\n{PRINTED}"
    assert run() == f"示范内容已经在了，没有改动。\n{PRINTED}"


def test_known_passwords_do_not_reach_a_production_site(settings):
    settings.DEVELOPMENT = False
    with pytest.raises(CommandError, match="这里不是开发模式"):
        run()
    assert User.objects.count() == 0
    run(yes_on_production_like=True)
    assert User.objects.count() == 7
