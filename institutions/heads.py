"""What the pages of the register say in their heads: finder, institution, history, notices, check.

The pages that answer about one person's question say nothing of it here: their heads are the form's.
"""

from django.urls import reverse

from institutions.cards import institution_card, notice_card
from institutions.linkeddata import institution_node, notice_node
from institutions.pages.questions import CHECK
from portal.heads import Head, numbered
from portal.heads.linkeddata import collection
from portal.heads.publictags import Column, Content
from portal.models import SiteIdentity

FINDER = ("定点机构", "/institutions/")
NOTICES = ("通知", "/institutions/notices/")
_DATA_KIND, _DOCUMENT_KIND = "数据发布", "文件资料"


def finder_head(page):
    """Return the Head of the finder."""
    name, path = FINDER
    description = (
        "按类别、地区、名称和日期查定点机构名录，每一条都出自已发布的通知，家次和家分别计数。"
    )
    items = [(one.name, one.institution.get_absolute_url()) for one in page.object_list]
    return Head(
        title=name,
        description=description,
        path=numbered(path, page),
        keywords=(name, "名录", "通知"),
        trail=(FINDER,),
        nodes=(
            collection(
                name=name,
                path=path,
                description=description,
                items=items,
                first=page.start_index() if items else 1,
            ),
        ),
        column=Column(name, _DATA_KIND, description),
    )


def institution_head(request, institution, names):
    """Return the Head of an institution; `names` are all that its page shows."""
    path, name = institution.get_absolute_url(), institution.name_on
    description = f"{name}的定点资格：各类别的起止、依据的通知原文、曾用名、地址和变更记录。"
    return Head(
        title=name,
        description=description,
        path=path,
        card=institution_card(institution, SiteIdentity.for_request(request)),
        keywords=(*dict.fromkeys((name, *(row.name for row in names))), "定点机构"),
        trail=(FINDER, (name, path)),
        nodes=(institution_node(institution, names),),
        column=Column(FINDER[0], _DATA_KIND),
    )


def history_head(institution, page):
    """Return the Head of everything stated of an institution."""
    name, own = institution.name, institution.get_absolute_url()
    title, path = "变更记录", f"{own}history/"
    return Head(
        title=f"{title}：{name}",
        description=f"本站记过的关于{name}的每一种说法：哪些日子有效，何时记入，何时被取代。",
        path=numbered(path, page),
        keywords=(name, title),
        trail=(FINDER, (name, own), (title, path)),
        column=Column(FINDER[0], _DATA_KIND),
    )


def notices_head(page):
    """Return the Head of the list of notices."""
    name, path = NOTICES
    description = "名录所依据的通知：发文机关、文号、日期、原文和每一条的效果。"
    items = [(one.shown_title, one.get_absolute_url()) for one in page.object_list]
    return Head(
        title=name,
        description=description,
        path=numbered(path, page),
        keywords=(name, FINDER[0]),
        trail=(FINDER, NOTICES),
        nodes=(
            collection(
                name=name,
                path=path,
                description=description,
                items=items,
                first=page.start_index() if items else 1,
            ),
        ),
        column=Column(name, _DOCUMENT_KIND, description),
    )


def notice_head(request, notice, title, page, successor):
    """Return the Head of a published notice under its masked title."""
    path = notice.get_absolute_url()
    return Head(
        title=title,
        description=f"{notice.issuer.name}《{title}》的名单、原文和每一条的效果。",
        path=numbered(path, page),
        kind="article",
        card=notice_card(notice, title, SiteIdentity.for_request(request)),
        keywords=(notice.scheme.name, notice.area.name, notice.issuer.name),
        trail=(FINDER, NOTICES, (title, path)),
        nodes=(notice_node(notice, title, successor),),
        column=Column(NOTICES[0], _DOCUMENT_KIND),
        content=Content(title=title, published_at=notice.published_at, source=notice.issuer.name),
    )


def check_head():
    """Return the Head of the form that asks about a day; the same whatever was asked."""
    name, path = "按日期查资格", reverse(CHECK)
    description = "输入机构、定点类别和日期，查那一天是不是定点机构：是、否或者无法确定，每个答复都引用通知原文。"
    return Head(
        title=name,
        description=description,
        path=path,
        keywords=(FINDER[0], "资格", "查询"),
        trail=(FINDER, (name, path)),
        column=Column(FINDER[0], _DATA_KIND),
    )
