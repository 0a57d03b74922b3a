"""Headings that a page does not mark: short lines over prose, and the lines around a marked headline.

Knows when a short line is a heading, a 引题 over a marked headline or a 副题 under it, and when it is a row of a list. It hides
how the rows are followed through the page; only the `kind` and `level` of blocks are changed.
"""

from news.pagetext.blocks import Block
from news.pagetext.headlines import is_heading_like
from news.pagetext.paragraphs import is_finished

# Below every level of markup: such a line is never the main line of a headline that has a marked one.
BESIDE_MARKED = 7
_MOST_LINES, _FEWEST_LABELS, _LONGEST_LABEL, _SHORTEST_PROSE = 3, 2, 10, 30


def find_unmarked_headings(blocks: list[Block]):
    """Make short lines headings where the page has no markup, or where a story opens right after them.

    Up to three short lines in a row, followed by prose, are headings; a longer row is a list, and so are
    the lines after a colon or after another item. On a page with markup a row also belongs to the marked headline
    that follows it at the head of the page, or before a story that opens.
    """
    contents = [block for block in blocks if block.kind != "furniture"]
    marked = any(block.kind == "heading" for block in contents)
    labels = set() if marked else _labels(contents)
    row: list[Block] = []
    in_list = False
    for index, block in enumerate(contents):
        if block in labels or (_may_be_heading(block) and not in_list):
            row.append(block)
            in_list = False
            continue
        in_list = block.kind == "paragraph" and not block.closing and _announces_more(block)
        if not row:
            continue
        if block.kind == "heading":
            _place_before_marked(row, contents, index)
        elif _opens(block):
            _make_headings(row if len(row) <= _MOST_LINES else row[-1:], contents, index)
        elif not marked and block.kind in {"paragraph", "credits"} and len(row) <= _MOST_LINES:
            _make_headings(row, contents, index)
        row = []


def _opens(block: Block) -> bool:
    return block.opens_story or (block.kind == "credits" and block.line.names_a_reporter)


def _make_headings(row: list[Block], contents: list[Block], index: int):
    above = index - len(row) - 1
    beside = above >= 0 and contents[above].kind == "heading"
    for line in row:
        line.kind = "heading"
        line.level = BESIDE_MARKED if beside and contents[above].marked else 0


def _place_before_marked(row: list[Block], contents: list[Block], index: int):
    """Make one line over a marked headline its 引题: at the head of the page, or where a story opens after it."""
    if len(row) != 1 or not contents[index].marked:
        return
    after = next((block for block in contents[index:] if block.kind != "heading"), None)
    if index == 1 or (after is not None and _opens(after)):
        row[0].kind, row[0].level = "heading", BESIDE_MARKED


def _labels(contents: list[Block]) -> set[Block]:
    """The first lines of two-line headings (第一道坎： / 钱从哪里来), where a page has several over its prose."""
    found = {
        label
        for label, line, prose in zip(contents, contents[1:], contents[2:], strict=False)
        if _may_be_label(label)
        and _may_be_heading(line)
        and prose.kind == "paragraph"
        and len(prose.text) >= _SHORTEST_PROSE
    }
    return found if len(found) >= _FEWEST_LABELS else set()


def _may_be_label(block: Block) -> bool:
    if block.kind != "paragraph" or len(block.pieces) > 1 or block.closing:
        return False
    text = block.pieces[0]
    short = len(text) <= _LONGEST_LABEL and text[-1] in "：:"
    return short and is_heading_like(text[:-1])


def _announces_more(block: Block) -> bool:
    """The paragraph ends with a colon, or is an item without a full stop: what follows belongs to it."""
    return block.pieces[-1][-1] in "：:；;、" or not is_finished(block.pieces[-1])


def _may_be_heading(block: Block) -> bool:
    if block.kind != "paragraph" or len(block.pieces) > 1 or block.closing or block.opens_story:
        return False
    return is_heading_like(block.pieces[0])
