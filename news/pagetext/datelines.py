"""How a story opens and closes: 本报讯（记者 …） at the head of a paragraph, a byline stuck to its tail.

Knows the forms of a dateline (本报讯, 据新华社北京8月18日电, 人民网北京4月16日电) and tells them from prose that only mentions a
source (据新华社报道，…). It hides the brackets, half-width or full-width.
"""

import re
from dataclasses import dataclass

from news.pagetext.credits import CreditLine, parse_credits
from news.pagetext.personnames import HAN

_DATE = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:[上下]午)?"
_HOUSE = rf"(?:本[报刊台网社端]|[{HAN}·]{{1,12}}?(?:[社网台]|[日晚早晨商时快都青画]报|都市报|青年报|导报|法治报|新闻|客户端|融媒|全媒体))"
_DATELINE = re.compile(
    rf"(?:本报综合|综合|据)?{_HOUSE}(?:[、和]{_HOUSE})?[ 　]?"
    rf"(?P<place>[{HAN}、]{{2,12}}?)??[ 　]?(?P<date>{_DATE})?[ 　]?(?:综合)?(?:专电|电|讯|消息)"
)
# A dateline is at most this long and holds one of these.
_LONGEST_DATELINE, _HINT = 80, re.compile(r"[电讯]|消息|新华社")
_AGENCY_COPY = re.compile(r"据?新华社(?:发|特稿)(?=\s)")
_FROM = re.compile(rf"(?:本[报刊台网]记者)?发自[ 　]?[{HAN}、]{{2,20}}")
_BYLINE_ENDS = re.compile(r"\s+|[：:]\s*|(?<=报道)")
_REPORT = re.compile(r"报道(?:[：:]\s*|\s+)")
_LONGEST_BYLINE = 60
_CAPTION = re.compile(r"图[为①-⑳：:]|[上下左右]图|[▲△▼]")
# Datelines that are told from prose by their form alone, so that the prose may be glued to them.
_PLAIN = re.compile(
    rf"本[报刊台网社端](?![记通特])[{HAN}]{{0,4}}讯|据?新华社[{HAN}]{{0,6}}电|[{HAN}]{{2,4}}[日晚早晨商时]报讯"
)
_NO_DATELINE = "息号问员报文话视影称说台子力"
_OPENING_BRACKET = re.compile(r"[（(]([^（）()]{1,120})[）)]")
_AFTER_SENTENCE = re.compile(r"[。！？!?…][”’\"』」）)》]?")
_TAIL_BRACKET = re.compile(r"[（(【〔\[]([^（）()【】〔〕\[\]]{2,120})[）)】〕\]]$")
_TAIL, _SHORTEST_CLOSED = 140, 6


@dataclass(frozen=True)
class Opening:
    """The head of a paragraph taken apart: dateline, credits in brackets, the prose that remains."""

    dateline: str
    credits: tuple
    rest: str
    dropped: str


@dataclass(frozen=True)
class Closing:
    """The tail of a paragraph taken apart: the prose, the credit line after it, whether it stood in brackets."""

    prose: str
    line: CreditLine
    bracketed: bool


def find_dateline(text: str) -> str:
    """The dateline at the head of a text, or "" when it opens with prose."""
    if not _HINT.search(text, 0, _LONGEST_DATELINE):
        return ""
    if copy := _AGENCY_COPY.match(text):
        return copy.group()
    match = _DATELINE.match(text)
    if match is None:
        return ""
    following = text[match.end() : match.end() + 1]
    if following and following in "，,、。；;":
        return ""
    if match["date"] or not following or following.isspace() or following in "（(：:【[":
        return match.group()
    if _PLAIN.fullmatch(match.group()) and following not in _NO_DATELINE:
        return match.group()
    return ""


def dateline_in_brackets(text: str) -> str:
    """The dateline of a line that is nothing else, as at the end of an agency's story: （新华社北京6月8日电）; or ""."""
    if text[0] not in "（(" or text[-1] not in "）)":
        return ""
    inner = text[1:-1]
    return inner if inner and find_dateline(inner) == inner else ""


def is_place_line(text: str) -> bool:
    """The whole line says where the story was reported: 发自广州、杭州."""
    return bool(_FROM.fullmatch(text))


def _bare_byline(text: str) -> tuple[CreditLine | None, int]:
    """The longest credit line at the head of a text that follows a dateline without brackets, and where it ends."""
    report = _REPORT.search(text, 0, _LONGEST_BYLINE)
    text = text[: report.end()] if report else text
    report_ends = len(text[: report.end()].rstrip("： :")) if report else 0
    head = text[:_LONGEST_BYLINE]
    ends = [(match.start(), match.end()) for match in _BYLINE_ENDS.finditer(head)]
    if len(text) <= _LONGEST_BYLINE:
        ends.append((len(text), len(text)))
    for stop, end in reversed(ends):
        if line := parse_credits(text[:stop], trusted=bool(report) and stop == report_ends):
            colon = text[stop:end].strip()
            return CreditLine(line.credits, line.dropped + colon), end
    return None, 0


def split_opening(text: str) -> Opening | None:
    """Take dateline and credits from the head of a paragraph; None when it has neither.

    Credits without a dateline count only in brackets at the very head. Brackets that hold no credits stay in the prose.
    """
    dateline = find_dateline(text)
    rest = text[len(dateline) :].lstrip()
    dropped = ""
    people: list = []
    if dateline and not rest.startswith(("（", "(")):
        line, end = _bare_byline(rest)
        if line:
            return Opening(dateline, line.credits, rest[end:], line.dropped)
    while match := _OPENING_BRACKET.match(rest):
        line = parse_credits(match.group(), trusted=bool(dateline))
        if line is None or not (dateline or all(credit.role for credit in line.credits)):
            break
        people += line.credits
        dropped += line.dropped
        rest = rest[match.end() :].lstrip()
    if not dateline and not people:
        return None
    if rest[:1] in {"：", ":"}:
        dropped, rest = dropped + rest[0], rest[1:].lstrip()
    return Opening(dateline, tuple(people), rest, dropped)


def split_closing(text: str) -> Closing | None:
    """Take a credit line from the tail of a paragraph, after the end of its last sentence; None when there is none.

    A tail in brackets needs no full stop before it, unless it gives names without a role.
    """
    if len(text) < _SHORTEST_CLOSED:
        return None
    start = max(0, len(text) - _TAIL)
    tail = text[start:]
    bracket = _TAIL_BRACKET.search(tail)
    if bracket and start + bracket.start() > 0:
        line = parse_credits(bracket.group())
        prose = tail[: bracket.start()].rstrip()
        if line and (
            all(credit.role for credit in line.credits) or prose[-1:] in set("。！？!?…”")
        ):
            return Closing(text[: start + bracket.start()].rstrip(), line, bracketed=True)
        return None
    ends = [match.end() for match in _AFTER_SENTENCE.finditer(tail)]
    if not ends and _CAPTION.match(text):
        ends = [match.start() for match in re.finditer(r"\s", tail)][:1]
    if not ends or ends[-1] == len(tail):
        return None
    line = parse_credits(tail[ends[-1] :])
    if line is None:
        return None
    return Closing(text[: start + ends[-1]], line, bracketed=False)
