"""A page's text line by line: what each line is by itself.

Knows markup (`###`, 【主题】, **bold**), the marks of a headline's parts, and which invisible characters a layout leaves behind.
It hides them all: each line becomes a block or two, whose notes name what was taken off.
"""

import functools
import re

from news.pagetext.blocks import Block
from news.pagetext.credits import Credit, CreditLine, parse_credits
from news.pagetext.datelines import (
    dateline_in_brackets,
    find_dateline,
    is_place_line,
    split_closing,
)
from news.pagetext.furniture import is_furniture, without_contact, without_jumps, without_masthead
from news.pagetext.headlines import is_heading_like
from news.pagetext.notes import Note

PARTS = {
    "kicker": "引题 眉题 肩题 引标题",
    "headline": "主题 主标题 标题 正题",
    "deck": "副题 副标题",
    "dateline": "电头",
    "credits": "署名 作者",
    "lead": "导语",
    "body": "正文",
    "heading": "小标题 插题 分题",
}
_PART_OF = {word: part for part, words in PARTS.items() for word in words.split()}
_CREDIT_MARK = re.compile(
    r"记者|通讯员|实习生|制图|绘图|摄影|图表|漫画|责编|责任编辑|编辑|校对|审核|文/图|文图|文|图|供图|版式|美编|统筹"
)
_MARK = re.compile(r"【([^【】\s]{1,6})】\s*")
_COLON_MARK = re.compile(r"(引题|眉题|肩题|主标题|副题|副标题|小标题|标题|电头|导语)\s?[：:]\s*")
_COLON_MARK_HEADS = frozenset("引眉肩主副小标电导")
_HASHES = re.compile(r"(#{1,6})(?:\s+|(?<=##))(?=[^#\s])")
_BOLD = re.compile(r"(\*\*|__)([^*_]{2,60})\1")
_BRACKETED = re.compile(r"【([^【】]{5,40})】")
_SHORTEST_BRIEF = 12
# No dateline and no credit line is shorter: 何青 摄.
_SHORTEST_CREDIT, _SHORTEST_MASTHEAD = 4, 8
# Control characters that are no white space, soft hyphens, zero-width characters and marks of direction.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
)
_BOLD_LEVEL = 6
_DESK_HINT = re.compile(r"编|校|版式|组版")


def read_lines(text: str) -> list[Block]:
    """The blocks of a page's text, line by line, furniture kept in place as blocks of its own."""
    invisible = _INVISIBLE.findall(text)
    if not invisible:
        return _classified(text)
    blocks = _classified(_INVISIBLE.sub("", text))
    note = Note("invisible", f"已去除{len(invisible)}个不可见的控制字符", "".join(invisible))
    return [Block("furniture", [], notes=[note]), *blocks]


def _classified(text: str) -> list[Block]:
    blocks: list[Block] = []
    gap = 0
    for raw in text.splitlines():
        line = raw.strip()
        if not line:
            gap += 1
            continue
        for block in _read_line(line):
            block.gap, gap = gap, 0
            blocks.append(block)
    return blocks


def _read_line(line: str) -> list[Block]:
    """The blocks that one line makes: mostly one, two where a heading is marked a|b."""
    if len(line) == 1:
        return [Block("paragraph", [line])]
    blocks: list[Block] = []
    if line[0] == "#":
        blocks = _read_hashes(line)
    elif line[0] in "*_":
        blocks = _read_bold(line)
    elif line[0] == "【":
        blocks = _read_bracketed(line) or _read_marked(_MARK.match(line), line)
    elif line[0] in _COLON_MARK_HEADS:
        blocks = _read_marked(_COLON_MARK.match(line), line)
    else:
        blocks = _read_masthead(line)
    return blocks or [_read_plain(line)]


def _read_masthead(line: str) -> list[Block]:
    """The blocks of a page's head that names its editors: 2012年5月17日 责编：何青 校对：周平."""
    if len(line) < _SHORTEST_MASTHEAD or not _DESK_HINT.search(line):
        return []
    bare, masthead = without_masthead(line)
    editors = parse_credits(bare) if masthead else None
    if editors is None or not editors.names_the_desk:
        return []
    return [_furniture(masthead), Block("credits", [bare], line=editors)]


def _read_hashes(line: str) -> list[Block]:
    hashes = _HASHES.match(line)
    if hashes is None:
        return []
    text = line[hashes.end() :].strip()
    bare = text.rstrip("# ") or text
    mark = Note("markup", "已去除标题标记", hashes.group(1) + text[len(bare) :].replace(" ", ""))
    if is_furniture(bare):
        return [_furniture(bare, mark)]
    return [Block("heading", [bare], level=len(hashes.group(1)), marked=True, notes=[mark])]


def _read_bold(line: str) -> list[Block]:
    bold = _BOLD.fullmatch(line)
    if bold is None or not is_heading_like(bold.group(2).strip()):
        return []
    mark = Note("markup", "已去除加粗标记", bold.group(1) * 2)
    text = bold.group(2).strip()
    return [Block("heading", [text], level=_BOLD_LEVEL, marked=True, notes=[mark])]


def _read_bracketed(line: str) -> list[Block]:
    """The heading of a brief in 【】, alone on its line or run into its text; none for other brackets."""
    match = _BRACKETED.match(line)
    if match is None:
        return []
    title, rest = match.group(1), line[match.end() :].strip()
    run_in = len(rest) >= _SHORTEST_BRIEF and "。" in rest
    if not is_heading_like(title) or parse_credits(title) or (rest and not run_in):
        return []
    note = Note("mark", "已去除标题括号", "【】")
    heading = Block("heading", [title], level=_BOLD_LEVEL, marked=True, notes=[note])
    return [heading, _read_plain(rest)] if rest else [heading]


def _furniture(text: str, *notes: Note) -> Block:
    return Block("furniture", [], notes=[*notes, _dropped_furniture(text)])


@functools.lru_cache(maxsize=1024)
def _dropped_furniture(text: str) -> Note:
    return Note("furniture", "已去除版面附属文字", text)


def _read_plain(line: str) -> Block:
    """The block of a line without marks."""
    if is_furniture(line):
        return _furniture(line)
    if len(line) < _SHORTEST_CREDIT:
        return Block("paragraph", [line])
    if line[-1] != "。" and is_place_line(line):
        return Block("dateline", [line])
    if not find_dateline(line) and (credit_line := parse_credits(line)):
        return Block("credits", [line], line=credit_line)
    if "\t" in line:
        return Block("paragraph", [line])
    if dateline := dateline_in_brackets(line):
        brackets = Note("mark", "已去除电头括号", line[0] + line[-1])
        return Block("dateline", [dateline], notes=[brackets])
    bare, contact = without_contact(line)
    if contact and (credit_line := parse_credits(bare)):
        return Block("credits", [bare], line=credit_line, notes=[_dropped_furniture(contact)])
    prose, jumps = without_jumps(line)
    notes = [Note("jump", "已去除转版提示", jump) for jump in jumps]
    if not prose:
        return Block("furniture", [], notes=notes)
    closing = split_closing(prose)
    if closing is None:
        return Block("paragraph", [prose], notes=notes)
    return Block("paragraph", [closing.prose], closing=closing, notes=notes)


def _read_marked(mark, line: str) -> list[Block]:
    """The blocks of a line that says what it is (【主题】…); none when it has no mark of ours."""
    if mark is None:
        return []
    text = line[mark.end() :].strip()
    word = mark.group(1)
    part = _PART_OF.get(word)
    if part is None and not _CREDIT_MARK.fullmatch(word):
        return []
    signs = mark.group().replace(word, "", 1).strip()
    note = Note("mark", "已去除栏目标记", mark.group().strip())
    if part is None:
        line = parse_credits(f"{word} {text}", trusted=True) or CreditLine(
            (Credit(word, "", text),)
        )
        return [
            Block(
                "credits",
                [text],
                line=line,
                marked=True,
                notes=[Note("mark", "已去除栏目标记", signs)],
            )
        ]
    if not text:
        return [Block("furniture", [], notes=[note])]
    if part == "credits":
        line = parse_credits(text, trusted=True) or CreditLine((Credit("", "", text),))
        return [Block("credits", [text], line=line, marked=True, notes=[note])]
    if part in {"lead", "body"}:
        block = _read_plain(text)
        block.notes = [note, *block.notes]
        return [block]
    if part != "heading":
        return [Block(part, [text], marked=True, notes=[note])]
    return _read_double_heading(text, note)


def _read_double_heading(text: str, note: Note) -> list[Block]:
    """The headings of 【小标题】a|b, of which the first is a small line over the second."""
    bars = Note("mark", "已去除小标题分隔号", "".join(re.findall(r"[|｜]", text)))
    notes = [note, bars] if bars.dropped else [note]
    pieces = [piece.strip() for piece in re.split(r"[|｜]", text)]
    blocks = [Block("heading", [piece], _BOLD_LEVEL, marked=True) for piece in pieces if piece]
    if not blocks:
        return [Block("furniture", [], notes=notes)]
    blocks[0].notes = notes
    return blocks
