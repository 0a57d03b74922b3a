"""A page's text as a row of blocks: headings, parts of headlines, credit lines, paragraphs, furniture.

Knows what each line is by itself and joins the paragraphs that the layout broke. It hides markup (`###`, 【主题】, **bold**),
invisible characters and wrapped columns. Which blocks make one story is not its business (see `pagetext`).
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from news.pagetext.credits import Credit, CreditLine, parse_credits
from news.pagetext.datelines import Closing, find_dateline, split_closing, split_opening
from news.pagetext.furniture import is_furniture, without_jumps
from news.pagetext.headlines import is_heading_like
from news.pagetext.notes import Note
from news.pagetext.paragraphs import glue, is_broken, is_finished, seam, width, wrapped_width

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
_HASHES = re.compile(r"(#{1,6})(?:\s+|(?<=##))(?=[^#\s])")
_BOLD = re.compile(r"(\*\*|__)([^*_]{2,60})\1")
_INVISIBLE = frozenset(
    "\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_BOLD_LEVEL = 6
# A line of a page without markup that is longer than this is prose rather than a heading when it breaks off.
_SHORT = 25


@dataclass(eq=False)
class Block:
    """One block of the page. `kind`: heading, kicker, headline, deck, dateline, credits, paragraph or furniture.

    `level` is a heading's level in the markup, 0 without markup; `gap` the blank lines before it; `pieces` what
    was joined into it; `line` its credits; `closing` the byline that was stuck to its end.
    """

    kind: str
    pieces: list[str]
    level: int = 0
    gap: int = 0
    marked: bool = False
    line: CreditLine | None = None
    closing: Closing | None = None
    notes: list[Note] = field(default_factory=list)
    seams: list[str] = field(default_factory=list)

    @property
    def text(self):
        return "".join(self.pieces)

    @cached_property
    def opens_story(self) -> bool:
        """A paragraph with a dateline or bracketed credits at its head, as only the first of a story has."""
        return self.kind == "paragraph" and split_opening(self.pieces[0]) is not None

    @cached_property
    def has_dateline(self) -> bool:
        return self.kind == "paragraph" and bool(find_dateline(self.pieces[0]))

    def absorb(self, other: "Block"):
        """Join the paragraph that the layout tore off this one's end."""
        before, after = self.pieces[-1], other.pieces[0]
        self.seams += [seam(before, after), *other.seams]
        self.pieces += [glue(before, after), *other.pieces] if glue(before, after) else other.pieces
        self.closing = other.closing
        self.notes += other.notes


def read_blocks(text: str) -> list[Block]:
    """The blocks of a page's text, paragraphs joined, furniture kept in place as blocks of its own."""
    invisible = [
        c for c in text if c in _INVISIBLE or (unicodedata.category(c) == "Cc" and not c.isspace())
    ]
    if invisible:
        gone = set(invisible)
        text = "".join(c for c in text if c not in gone)
    blocks = _joined(_unwrapped(_classified(text)))
    _find_unmarked_headings(blocks)
    if invisible:
        note = Note("invisible", f"已去除{len(invisible)}个不可见的控制字符", "".join(invisible))
        blocks.insert(0, Block("furniture", [], notes=[note]))
    return blocks


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
    if hashes := _HASHES.match(line):
        text = line[hashes.end() :].strip()
        bare = text.rstrip("# ") or text
        mark = Note(
            "markup", "已去除标题标记", hashes.group(1) + text[len(bare) :].replace(" ", "")
        )
        if is_furniture(bare):
            return [_furniture(bare, mark)]
        return [Block("heading", [bare], level=len(hashes.group(1)), marked=True, notes=[mark])]
    if bold := _BOLD.fullmatch(line):
        mark = Note("markup", "已去除加粗标记", bold.group(1) * 2)
        if is_heading_like(bold.group(2).strip()):
            text = bold.group(2).strip()
            return [Block("heading", [text], level=_BOLD_LEVEL, marked=True, notes=[mark])]
    if mark := _MARK.match(line) or _COLON_MARK.match(line):
        blocks = _read_marked(mark, line[mark.end() :].strip())
        if blocks:
            return blocks
    return [_read_plain(line)]


def _furniture(text: str, *notes: Note) -> Block:
    return Block("furniture", [], notes=[*notes, Note("furniture", "已去除版面附属文字", text)])


def _read_plain(line: str) -> Block:
    if is_furniture(line):
        return _furniture(line)
    if credit_line := parse_credits(line):
        return Block("credits", [line], line=credit_line)
    prose, jumps = without_jumps(line)
    notes = [Note("jump", "已去除转版提示", jump) for jump in jumps]
    if not prose:
        return Block("furniture", [], notes=notes)
    closing = split_closing(prose)
    if closing is None:
        return Block("paragraph", [prose], notes=notes)
    return Block("paragraph", [closing.prose], closing=closing, notes=notes)


def _read_marked(mark, text: str) -> list[Block]:
    """The blocks of a line that says what it is (【主题】…); none when the mark is not one of ours."""
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
        block.notes.insert(0, note)
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


def _unwrapped(blocks: list[Block]) -> list[Block]:
    """Join the lines of columns that were taken over line by line: runs of paragraphs without a blank line."""
    result: list[Block] = []
    run: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and block.kind == "paragraph" and (not run or block.gap == 0):
            run.append(block)
            continue
        result += _unwrapped_run(run)
        run = []
        if block is not None and block.kind == "paragraph":
            run.append(block)
        elif block is not None:
            result.append(block)
    return result


def _unwrapped_run(run: list[Block]) -> list[Block]:
    column = wrapped_width([block.pieces[0] for block in run])
    if not column:
        return run
    result = [run[0]]
    previous = run[0].pieces[0]
    for block in run[1:]:
        ended = is_finished(previous) and width(previous) < column - 2
        previous = block.pieces[0]
        if ended or block.opens_story or result[-1].closing:
            result.append(block)
        else:
            result[-1].absorb(block)
    return result


def _joined(blocks: list[Block]) -> list[Block]:
    """Join paragraphs broken in mid-sentence; furniture between the two does not part them."""
    marked = any(block.kind == "heading" for block in blocks)
    result: list[Block] = []
    last: Block | None = None
    for block in blocks:
        if block.kind == "paragraph" and last is not None and _continues(last, block, marked):
            last.absorb(block)
            continue
        result.append(block)
        if block.kind != "furniture":
            last = block if block.kind == "paragraph" else None
    return result


def _continues(last: Block, block: Block, marked: bool) -> bool:
    if last.closing or block.opens_story:
        return False
    first = last.pieces[0]
    if not marked and len(last.pieces) == 1 and len(first) <= _SHORT and is_heading_like(first):
        return False
    return is_broken(
        last.pieces[-1], block.pieces[0], prose=len(last.pieces) > 1, headings_are_marked=marked
    )


def _find_unmarked_headings(blocks: list[Block]):
    """Make short lines headings where the page has no markup, or where a story opens right after them.

    Up to three short lines in a row, followed by prose, are headings; a longer row is a list, and so are
    the lines after a colon or after another item.
    """
    marked = any(block.kind == "heading" for block in blocks)
    row: list[Block] = []
    in_list = False
    for block in blocks:
        if block.kind == "furniture":
            continue
        if _may_be_heading(block) and not in_list:
            row.append(block)
            continue
        in_list = block.kind == "paragraph" and not block.closing and _announces_more(block)
        opens = block.opens_story or (block.kind == "credits" and block.line.names_a_reporter)
        wanted = opens if marked else block.kind in {"paragraph", "credits"}
        if wanted and not (marked and len(row) > 1):
            for line in row if len(row) <= 3 else row[-1:] if opens else []:
                line.kind = "heading"
        row = []


def _announces_more(block: Block) -> bool:
    """The paragraph ends with a colon, or is an item without a full stop: what follows belongs to it."""
    return block.pieces[-1][-1] in "：:；;、" or not is_finished(block.pieces[-1])


def _may_be_heading(block: Block) -> bool:
    if block.kind != "paragraph" or len(block.pieces) > 1 or block.closing or block.opens_story:
        return False
    return is_heading_like(block.pieces[0])
