"""What stands on a newspaper page beside its stories: page names, mastheads, dates, links, jump lines,
the index of a front page, and ways to reach the paper.

Knows the forms of this furniture on printed pages and in digital editions. It hides nothing: the page reader
names each dropped piece in a note.
"""

import functools
import re

_WEEKDAY = r"(?:星期|周|礼拜)[一二三四五六日天]"
_DATE = r"(?:\d{4}\s?[年.\-/]\s?\d{1,2}\s?[月.\-/]\s?\d{1,2}\s?日?|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
_PAPER = r"[一-鿿·]{2,10}(?:报|时报|新闻)"
_TITLE = r"[一-鿿·/]{2,6}"
_PAGE = r"(?:第\s?[A-Za-zＡ-Ｚ]?\d{1,3}\s?版|第[一二三四五六七八九十]{1,3}版|[A-Za-zＡ-Ｚ]?\d{1,3}\s?版|[A-FＡ-Ｆ]\d(?:\d|$))"
_LUNAR = r"(?:农历)?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?\S{0,12}|农历\S{1,14}"
_ISSUE = r"(?:总?第\s?\d{1,6}\s?(?:期|号)|(?:国内统一)?(?:连续出版物)?刊号\S{0,30}|CN\s?\d\d-\d{4}|邮发代号\S{0,14}|今日\S{0,8}版)"

_MASTHEAD = re.compile(
    rf"(?=.*(?:{_DATE}|{_ISSUE}|{_WEEKDAY}|{_PAGE}))"
    rf"(?:(?:{_DATE}|{_WEEKDAY}|{_LUNAR}|{_ISSUE}|{_PAGE}(?:[\s|｜:：·]*{_TITLE}(?!\S))?|{_PAPER}(?!\S))[\s|｜:：·,，/]*)+"
)
_PAPER_ALONE = re.compile(r"[一-鿿]{2,6}(?:日报|晚报|早报|晨报|商报|时报|都市报|青年报|快报)")
_LINK = (
    r"(?:上一篇|下一篇|上一版|下一版|上一期|下一期|返回目录|返回首页|返回版面|返回|版面导航|版面概览|版面目录|标题导航|标题列表|往期回顾|数字报首页|"
    r"首页|目录|放大|缩小|默认|朗读|打印|收藏|分享到?|复制链接|PDF下载|PDF版|下载PDF|版面PDF|查看原版|关闭窗口|本版新闻)"
)
_LINKS = re.compile(
    rf"(?:{_PAPER}[\s|｜>]+)?[\s\d|｜<>《》«»←→↑↓+＋\-—【】\[\]]*(?:{_LINK}[\s\d|｜<>《》«»←→↑↓+＋\-—【】\[\]:：]*)+"
)
_RULE = re.compile(r"[-—–_=*＊~～·•.。●◆■□☆★─━…]{2,}")
_JUMP = r"(?:紧接|下转|上接|接|转|详见|相关报道(?:详?见)?)\s?(?:第?[A-Za-zＡ-Ｚ]?\d{1,3}版?|第?[一二三四五六七八九十]{1,3}版|头版)[^（）()。，]{0,8}"
_JUMP_LINE = re.compile(
    rf"[▲▶►△*]?(?:[（(【\[]\s?{_JUMP}\s?[）)】\]]|(?:紧接|下转|上接)第?[A-Z]?[\d一二三四五六七八九十头]{{1,3}}版\S{{0,4}})"
)
_JUMP_HEAD = re.compile(rf"[（(【\[]\s?{_JUMP}\s?[）)】\]]\s*")
_JUMP_TAIL = re.compile(rf"\s*[▲▶►△]?[（(【\[]\s?{_JUMP}\s?[）)】\]]$")
_CONTACT = re.compile(
    r"(?:扫码|扫描|扫一扫|长按)\S{0,12}(?:视频|内容|报道|详情|全文|更多|客户端|公众号|视频号|小程序|电子版|二维码)|"
    r"(?:版权声明|版权所有|未经授权|零售价|社址|本报地址|印刷)[^。]{0,60}|"
    r"(?:本报|新闻|读者|报料|爆料|广告|发行|订阅|投递|投稿|编辑部|总编室|值班)(?:服务)?(?:热线|电话|邮箱|信箱)[:：\s]?[\w@.()（）:：、/\s\-—]{3,60}|"
    r"(?:网址|官网|电子邮箱|邮箱|[Ee]-?mail)[:：]\s?[\w@.:/\s\-]{3,60}|(?:https?://|www\.)[\w./?&=%#\-]+",
)
_CONTACT_TAIL = re.compile(
    r"\s(?:联系)?(?:电话|热线|邮箱|信箱|[Ee]-?mail|QQ|微信)[:：]\s?[\w@.()\-—、/ ]{3,60}$"
)
# The index of a front page: its title, and its lines that end with a page (老旧小区装电梯 A03).
_INDEX = re.compile(
    r"[【\[]?(?:今日|本版|本期|要闻|内容)?(?:导读|看点|提要|导航)[】\]]?|"
    r"[^。]{4,40}?(?:\s|[>》→…·.]+)\s?(?:详?见)?[（(]?第?(?:[A-DＡ-Ｄ]\d\d版?|\d{1,2}版)[)）]?"
)
_COLUMN = re.compile(
    r"[【\[]?(?:简讯|短讯|快讯|短波|要闻简报|新闻简报|简明新闻|一句话新闻|新闻速递|新闻集装箱|要闻速览)[】\]]?"
)
_FURNITURE = re.compile(
    "|".join(
        f"(?:{form.pattern})"
        for form in (_RULE, _PAPER_ALONE, _JUMP_LINE, _LINKS, _MASTHEAD, _CONTACT, _INDEX, _COLUMN)
    )
)
MAX_LENGTH = 80
_TAIL = 60
_DIGIT = re.compile(r"\d")
_JUMP_HINT = re.compile(r"[接转见]")


def is_furniture(line: str) -> bool:
    """The whole line belongs to the page and to none of its stories."""
    return 2 <= len(line) <= MAX_LENGTH and _fits(line)


@functools.lru_cache(maxsize=4096)
def _fits(line: str) -> bool:
    return bool(_FURNITURE.fullmatch(line))


def without_masthead(line: str) -> tuple[str, str]:
    """Take the date and page name off the head of a line of editors; give back what was taken, or ""."""
    if len(line) > MAX_LENGTH or not _DIGIT.search(line):
        return line, ""
    words = line.split()
    for count in range(len(words) - 1, 0, -1):
        head = " ".join(words[:count])
        if is_furniture(head):
            return " ".join(words[count:]), head
    return line, ""


def without_contact(line: str) -> tuple[str, str]:
    """Take 电话：… off the tail of a line of editors; give back what was taken, or ""."""
    tail = _CONTACT_TAIL.search(line) if len(line) <= MAX_LENGTH else None
    return (line[: tail.start()], tail.group().strip()) if tail else (line, "")


def without_jumps(line: str) -> tuple[str, list[str]]:
    """Take （上接A01版） off the head and （下转A02版） off the tail of a paragraph; give back what was taken."""
    if not _JUMP_HINT.search(line):
        return line, []
    dropped = []
    if head := _JUMP_HEAD.match(line):
        dropped.append(head.group().strip())
        line = line[head.end() :]
    start = max(0, len(line) - _TAIL)
    if tail := _JUMP_TAIL.search(line[start:]):
        dropped.append(tail.group().strip())
        line = line[: start + tail.start()]
    return line, dropped
