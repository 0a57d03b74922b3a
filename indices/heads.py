"""What the pages of the indices say in their heads: all series, one series, an edition, a release, the comparison."""

from indices.linkeddata import edition_node
from portal.cards import Card, alt_of
from portal.heads import Head, numbered
from portal.heads.linkeddata import collection
from portal.heads.publictags import Column
from portal.models import SiteIdentity

SERIES = ("指数", "/indices/")
_KIND = "数据发布"


def series_head(page):
    """Return the Head of the list of all series."""
    name, path = SERIES
    description = (
        "城市指数和排名：每一版由谁发布、评估了哪些对象、本站收录了多少，逐版查位次和得分。"
    )
    items = [(one.index.name, one.index.get_absolute_url()) for one in page.object_list]
    first = page.start_index() if items else 1
    return Head(
        title=name,
        description=description,
        path=numbered(path, page),
        keywords=(name, "排名", "城市"),
        trail=(SERIES,),
        nodes=(
            collection(name=name, path=path, description=description, items=items, first=first),
        ),
        column=Column(name, _KIND, description),
    )


def index_head(context):
    """Return the Head of one series; `context` is what its page shows."""
    index, latest = context["index"], context["latest"]
    path = index.get_absolute_url()
    description = (
        f"{index.name}：最新一版{latest.label}，{context['extent']}；历版的位次和两版之间是否可比。"
    )
    items = [(str(one), one.get_absolute_url()) for one, _ in context["editions"]]
    return Head(
        title=index.name,
        description=description,
        path=path,
        keywords=(index.name, "排名"),
        trail=(SERIES, (index.name, path)),
        nodes=(collection(name=index.name, path=path, description=description, items=items),),
        column=Column(SERIES[0], _KIND),
    )


def edition_head(request, context):
    """Return the Head of one edition; `context` is what its page shows."""
    edition, index = context["edition"], context["edition"].index
    path = edition.get_absolute_url()
    by = f"{context['publisher_names']}发布。" if context["publisher_names"] else ""
    whose = f"评估对象：{edition.universe}。" if edition.universe else ""
    description = (
        f"{edition}：{by}{context['extent']}。{whose}位次、得分、各维度和更正，"
        "每个数字都有出处，可下载 CSV、XLSX、JSON。"
    )
    return Head(
        title=str(edition),
        description=description,
        path=path,
        card=Card(context["card"], alt_of(context["card_words"] or {"title": str(edition)})),
        keywords=(index.name, edition.label, "排名"),
        trail=(SERIES, (index.name, index.get_absolute_url()), (edition.label, path)),
        nodes=(edition_node(context, SiteIdentity.for_request(request), description),),
        column=Column(index.name, _KIND),
    )


def release_head(edition, release, page):
    """Return the Head of the rows of one release."""
    own = edition.get_absolute_url()
    path = f"{own}releases/{release.pk}/"
    name = release.get_nature_display()
    return Head(
        title=f"{edition}：{name}的各行",
        description=f"{edition}的一次发布（{name}）：每一行原来怎么写，这次写成什么，依据是什么。",
        path=numbered(path, page),
        keywords=(edition.index.name, edition.label, name),
        trail=(
            SERIES,
            (edition.index.name, edition.index.get_absolute_url()),
            (edition.label, own),
            (name, path),
        ),
        column=Column(edition.index.name, _KIND),
    )


def compare_head():
    """Return the Head of the comparison."""
    name, path = "并排比较", "/indices/compare/"
    return Head(
        title=name,
        description="在同一版评估里，把至多五个地方的位次和得分逐个维度并排比较。",
        path=path,
        keywords=("指数", "排名", "比较"),
        trail=(SERIES, (name, path)),
        column=Column(SERIES[0], _KIND),
    )
