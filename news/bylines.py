"""From names as they were printed to the rows of a byline.

Knows which printed role is which of the desk's roles, how several authors stand in one field, and when
a printed name is a person of ours: when exactly one bears it. Hides the table of roles.
"""

import re
from collections import Counter

from news.models import ArticleCredit, Person
from news.pagetext.credits import Credit, parse_credits
from news.pagetext.personnames import unpadded

Role = ArticleCredit.Role

_WORDS = {
    Role.TEXT_AND_PICTURES: "图文 文图",
    Role.TEXT: "文 文字",
    Role.PICTURES: "图 图片 供图",
    Role.PHOTOGRAPHER: "摄影 摄 摄影报道 摄像 视频 摄影记者",
    Role.GRAPHICS: "制图 绘图 绘 图表 漫画 插画 插图 手绘 海报 设计 美编 美术 美术编辑 版式 组版 排版",
    Role.TRANSLATOR: "翻译 编译",
    Role.PLANNER: "策划 总策划 统筹 监制 总监制 制作 出品 出品人",
    Role.EDITOR: "编辑 执行编辑 值班编辑 值班编委 值班主任 值班总编 值班主编 值班副总编 编审 主编 副主编 执行主编 总编 总编辑",
    Role.RESPONSIBLE_EDITOR: "责编 责任编辑",
    Role.PROOFREADER: "校对 责校 责任校对 初校 复校 终校 一校 二校 三校",
    Role.REVIEWER: "审核 审校 审读 审稿 审签 初审 复审 终审 一审 二审 三审 签发 签发人 签清发布",
    Role.CORRESPONDENT: "通讯员",
    Role.INTERN: "实习生",
    Role.REPORTER: "记者",
}
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split()}
_ENDINGS = (("记者", Role.REPORTER), ("通讯员", Role.CORRESPONDENT))
_BETWEEN_NAMES = re.compile(r"[、，,;；/／]")


def role_of(printed):
    """Return the desk's role for a role as printed; whoever did something else is an author."""
    word = "".join(printed.split())
    if word in _ROLES:
        return _ROLES[word]
    if re.search(r"[/／+＋、]", word):
        return Role.TEXT_AND_PICTURES
    return next((role for ending, role in _ENDINGS if word.endswith(ending)), Role.AUTHOR)


def authors_of(field):
    """Return the credits of an old site's author field: a credit line, or names with no role at all.

    张三、李四 are two authors; two Chinese names may be divided by a space, the parts of a Latin name not.
    """
    line = parse_credits(field, trusted=True)
    if line:
        return list(line.credits)
    names = []
    for piece in _BETWEEN_NAMES.split(field):
        words = piece.split()
        names += [" ".join(words)] if piece.isascii() else unpadded(words)
    return [Credit("作者", "", name) for name in names if name]


def people_named(names):
    """Return {name: Person} for those of `names` that exactly one person bears; one query."""
    found = list(Person.objects.filter(name__in=set(names)).order_by("pk"))
    bearers = Counter(person.name for person in found)
    return {person.name: person for person in found if bearers[person.name] == 1}


def credit_rows(credits, people):
    """Return unsaved rows for printed credits, in their order; `people` is what `people_named` gave.

    A credit without a name (本报评论员) stands under its own words. The affiliation stays as printed:
    where somebody works today says nothing about the day of the story.
    """
    rows = []
    for position, credit in enumerate(credits):
        name, affiliation = credit.name, credit.affiliation
        if not name:
            name, affiliation = f"{credit.affiliation}{credit.role}", ""
        rows.append(
            ArticleCredit(
                role=role_of(credit.role),
                person=people.get(name),
                name=name,
                affiliation=affiliation,
                sort_order=position,
            )
        )
    return rows
