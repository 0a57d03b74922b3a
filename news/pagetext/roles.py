"""The roles of a Chinese newsroom: how they are written, where they stand, what they say of a person.

Knows 记者, 通讯员, 制图, 责编, 三校 … with their ranks and paddings, before the names or after them (何青 文/图). It hides the
pattern that finds them in a line: `ROLE`.
"""

import re

SEPARATORS = r"\s、，,；;：:|｜/／+＋"

_RANK = r"(?:首席|见习|实习|特约|特派|特邀|资深|高级|文字|摄影|驻[一-鿿]{1,3}?){0,2}"
# Roles that are recognised even when names are glued to both sides.
_STRONG = rf"{_RANK}(?:记[ 　]{{0,3}}者|通讯员|评论员|撰稿人?)|实习生|责任编辑|责任校对|报道组"
# Roles that need an edge of the word on one side: 制图林一舟, 林一舟制图.
_EDGED = "摄影报道 摄影 制图 绘图 责编 校对 供图 供稿 美编 整理 采写 撰文 综合 编译"
# Roles that must be a word of their own, because they are ordinary words too.
_ALONE = (
    "采访 参与采写 作者 撰写 执笔 翻译 报道 文字 图片 图文 文图 图表 漫画 插画 插图 手绘 海报 摄像 "
    "视频 剪辑 后期 配音 主播 航拍 制表 题图 配图 设计 美术设计 视觉设计 版式 版式设计 版面 版面设计 组版 排版 美术 美术编辑 责任美编 "
    "编辑 见习编辑 首席编辑 图片编辑 文字编辑 新媒体编辑 执行编辑 编委 责任编委 值班编辑 值班编委 值班主任 值班总编 值班主编 "
    "值班副总编 编审 主编 副主编 执行主编 总编 总编辑 统筹 策划 总策划 监制 总监制 制作 出品 出品人 审核 监审 审校 审读 审稿 审签 "
    "责校 检校 校检 初审 复审 终审 一审 二审 三审 初校 复校 终校 一校 二校 三校 签发 签清发布 签发人 文 图 摄 绘"
)
# Roles that an organisation may have as well as a person: 市图书馆供图, 综合新华社.
CORPORATE = frozenset({"供图", "供稿", "综合", "编译", "配图"})
# Roles that may stand before a reporter's own line: 文/本报记者 张三.
PREFACING = frozenset({"文", "图", "摄", "图文", "文图"})
_POSTFIXED = "摄影报道 摄影 制图 绘图 供图 供稿 采写 撰文 整理 综合 编译 报道 图文 文图 漫画 手绘 签发 签清发布 文 图 摄 绘"
POSTFIXED = frozenset(_POSTFIXED.split())
# Roles that a picture's caption may end with.
PICTURES = frozenset(["摄", "摄影", "图", "图片", "供图", "绘", "绘图", "制图", "航拍", "漫画"])
SIGNERS = frozenset({"签发", "签清发布"})
REPORTING = re.compile(r"记者|通讯员|报道组|实习生|评论员|作者|撰|采写|采访|执笔|文")
DESK = re.compile(r"编|校|审|签|监制|主任|统筹|策划|版式|排版|组版|版面")


def _padded(words: str) -> str:
    """An alternation, longest first; two-character roles may be padded with spaces (责　编)."""
    ordered = sorted(words.split(), key=len, reverse=True)
    return "|".join("[ 　]{0,3}".join(word) if len(word) == 2 else word for word in ordered)


_START, _END = rf"(?:(?<![^{SEPARATORS}])|(?<=本版)|(?<=本期))", rf"(?=[{SEPARATORS}]|$)"
ROLE = re.compile(
    rf"{_START}(?:文字?|图片?|摄影?)\s?[/／、+＋]\s?(?:文字?|图片?|摄影?|视频){_END}"
    rf"|{_STRONG}"
    rf"|{_START}(?:{_padded(_EDGED + ' ' + _ALONE)}){_END}"
    rf"|{_START}(?:{_padded(_EDGED)})"
    rf"|(?:{_padded(_EDGED)}){_END}"
)
# One of these stands in every credit line: the last character of a role, or a bracket around bare names.
HINT = re.compile(
    "[记员稿生"
    + "".join(sorted({word[-1] for word in (_EDGED + " " + _ALONE).split()}))
    + r"辑对（(〔\[［【〖]"
)
