"""What the bench measures: an archive, a newspaper page and a story, made up from a few words.

Deterministic: the same number always gives the same text, so that two runs measure the same work.
"""

import json
import random
from datetime import date, timedelta

from django.db.models import Min
from wagtail.documents import get_document_model

from news.models import ArticlePage
from portal.models import Picture

WHO = ("市交通局", "城东街道", "自来水公司", "第三中学", "市图书馆", "老街的摊主们", "河务段")
WHEN = ("昨日上午", "本周三", "上月底", "入秋以来", "连续三年", "去年冬天")
WHAT = (
    "公布了新的开放时间",
    "把路面又补了一遍",
    "算清了全年的账目",
    "请居民来提意见",
    "把名单贴到了门口",
    "换掉了用了二十年的水管",
)
HOW_MANY = ("共38处", "比上年多出12%", "涉及6个社区", "花去240万元", "前后用了9天")
REPORTERS = ("林一苇", "周自横", "方小满", "陈又青")
FIRST_DAY = date(2005, 1, 1)
DAYS = 5000
PARAGRAPHS = 12
PAGE_STORIES_PARAGRAPHS = 6


def _sentence(chance):
    return f"{chance.choice(WHEN)}，{chance.choice(WHO)}{chance.choice(WHAT)}，{chance.choice(HOW_MANY)}。"


def _paragraph(chance):
    return "".join(_sentence(chance) for _ in range(3))


def _headline(chance):
    return f"{chance.choice(WHO)}{chance.choice(WHAT)} {chance.choice(HOW_MANY)}"


def archive_line(number, section):
    """Return one line of an old site's archive: a story of some 900 characters, in HTML."""
    chance = random.Random(number)
    paragraphs = [f"<p>{_paragraph(chance)}</p>" for _ in range(PARAGRAPHS)]
    paragraphs.insert(PARAGRAPHS // 2, f"<h3>{chance.choice(WHO)}怎么说</h3>")
    return json.dumps(
        {
            "id": f"old-{number}",
            "title": f"{_headline(chance)}（{number}）",
            "deck": _sentence(chance),
            "date": (FIRST_DAY + timedelta(days=number % DAYS)).isoformat(),
            "section": section,
            "body": "".join(paragraphs),
            "author": f"记者 {chance.choice(REPORTERS)}",
            "source": "",
        },
        ensure_ascii=False,
    )


def write_archive(path, numbers, section):
    """Write the lines of `numbers` to `path`, all for one section: the longest list there can be."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(archive_line(number, section) + "\n" for number in numbers)


def newspaper_page(size):
    """Return `size` bytes of a newspaper page's text: stories whose paragraphs the columns broke."""
    chance = random.Random(size)
    parts, length = [], 0
    while length < size:
        paragraphs = [_paragraph(chance) for _ in range(PAGE_STORIES_PARAGRAPHS)]
        broken = [f"{text[:40]}\n\n{text[40:]}" for text in paragraphs]
        story = [
            f"### {_headline(chance)}",
            f"本报讯（记者 {chance.choice(REPORTERS)}）{broken[0]}",
            *broken[1:],
        ]
        parts.append("\n\n".join(story) + "\n\n")
        length += len(parts[-1].encode())
    return "".join(parts).encode()[:size].decode(errors="ignore")


def body_of_every_block():
    """Return a story's body with every kind of block; needs the demonstration's pictures and file."""
    chance = random.Random(0)
    pictures = Picture.objects.order_by("pk").values_list("pk", flat=True)[:4]
    document = get_document_model().objects.aggregate(first=Min("pk"))["first"]
    stories = ArticlePage.objects.live().order_by("pk").values_list("pk", flat=True)[:3]
    lead, *gallery = [
        {"picture": key, "alt": "手绘的图", "caption": _sentence(chance), "credit": "有据 绘"}
        for key in pictures
    ]
    text = "".join(f"<p>{_paragraph(chance)}</p>" for _ in range(PARAGRAPHS // 2))
    cells = [[f"第{row}处", f"{row}.5", _sentence(chance)] for row in range(1, 13)]
    table = {
        "columns": [
            {"type": kind, "heading": heading}
            for kind, heading in (("text", "地点"), ("number", "数量"), ("text", "说明"))
        ],
        "rows": [{"values": values} for values in cells],
        "caption": "",
    }
    figures = [{"value": str(n), "unit": "处", "label": f"第{n}类"} for n in range(1, 5)]
    values = [
        ("paragraph", text),
        ("heading", {"kicker": "现场", "text": "一共来了多少人"}),
        ("picture", lead),
        ("gallery", {"title": "组图", "pictures": gallery}),
        ("quote", {"text": _sentence(chance), "speaker": "方小满", "title": "居民"}),
        ("key_figures", {"title": "四个数", "figures": figures, "source": "本报统计"}),
        ("table", {"caption": "十二处地点", "table": table, "source": "本报统计"}),
        ("document", {"document": document, "note": "原始表格"}),
        (
            "video",
            {"video": "https://www.bilibili.com/video/BV1xx411c7mD", "caption": "现场录像"},
        ),
        ("related", {"title": "延伸阅读", "stories": list(stories)}),
        ("paragraph", text),
    ]
    return [{"type": kind, "value": value} for kind, value in values]
