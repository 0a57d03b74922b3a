"""Paragraphs made whole again where the layout broke them, at a column's foot or at the end of every line.

Knows which blocks may stand between two halves of a paragraph (furniture, a graphic's credit), and where lines are rows of
a list or verses, which end without a full stop by design. Whether two texts are one sentence is asked of `paragraphs`.
"""

import itertools
import re

from news.pagetext.blocks import Block
from news.pagetext.headlines import is_heading_like
from news.pagetext.paragraphs import (
    is_broken,
    is_caption,
    is_finished,
    is_item,
    width,
    wrapped_width,
)
from news.pagetext.roles import PICTURES

# A line of a page without markup that is longer than this is prose rather than a heading when it breaks off.
_SHORT = 25
_LONGEST_ROW, _LONGEST_CAPTION = 30, 80
_LONGEST_VERSE, _FEWEST_VERSES = 18, 4
_MIDDLE_STOP = re.compile(r"[。！？!?](?=.)|^[，。、；：！？”’」』)）]|[“”]")


def joined(blocks: list[Block]) -> list[Block]:
    """The blocks with every broken paragraph in one; the joins are kept in the blocks' `seams`."""
    return _mended(_unwrapped(blocks))


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


def _mended(blocks: list[Block]) -> list[Block]:
    """Join paragraphs broken in mid-sentence; furniture and pictures' credits between the two do not part them."""
    marked = any(block.kind == "heading" for block in blocks)
    verses = _verses(blocks)
    result: list[Block] = []
    last: Block | None = None
    in_list = False
    for block, upcoming in itertools.zip_longest(blocks, blocks[1:]):
        if block.kind == "paragraph":
            if last is not None and _is_between(last, block, upcoming, marked=marked):
                result.append(block)
                continue
            if last is not None and not (verses and last in verses and block in verses):
                if _continues(last, block, marked=marked, in_list=in_list):
                    last.absorb(block)
                    continue
                in_list = _is_row_after(last, block)
            else:
                in_list = last is not None
            last = block
        elif _parts_paragraphs(block):
            last = None
        result.append(block)
    return result


def _parts_paragraphs(block: Block) -> bool:
    if block.kind == "credits":
        return block.line.names_a_reporter or block.line.names_the_desk
    return block.kind != "furniture"


def _is_between(last: Block, block: Block, upcoming: Block | None, *, marked: bool) -> bool:
    """The block is a picture's caption that stands between two halves of a paragraph.

    A caption is known by its head, or by a photographer's name at its end where the next block goes on with the sentence.
    """
    before = last.pieces[-1]
    if len(before) <= _SHORT or is_finished(before) or block.opens_story:
        return False
    if is_caption(block.pieces[0]):
        return True
    if not block.closing or len(block.pieces[0]) > _LONGEST_CAPTION:
        return False
    if any(credit.role not in PICTURES for credit in block.closing.line.credits):
        return False
    prose = upcoming is not None and upcoming.kind == "paragraph"
    return prose and _continues(last, upcoming, marked=marked, in_list=False)


def _is_row_after(last: Block, block: Block) -> bool:
    """The block is a row of a list whose rows end without a full stop, as the one before it does."""
    if is_finished(last.pieces[-1]) and last.pieces[-1][-1] not in "：:":
        return False
    return is_item(block.pieces[0]) or len(block.pieces[0]) <= _LONGEST_ROW


def _continues(last: Block, block: Block, *, marked: bool, in_list: bool) -> bool:
    if last.closing or block.opens_story:
        return False
    first = last.pieces[0]
    if not marked and len(last.pieces) == 1 and len(first) <= _SHORT and is_heading_like(first):
        return False
    return is_broken(
        last.pieces[-1],
        block.pieces[0],
        prose=len(last.pieces) > 1,
        headings_are_marked=marked,
        in_list=in_list,
    )


def _verses(blocks: list[Block]) -> set[Block]:
    """The lines of poems: rows of at least four short lines, half of which end without a full stop.

    A full stop or a quote in the midst of a line speaks for prose that the layout tore.
    """
    verses: set[Block] = set()
    row: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and block.kind == "furniture":
            continue
        if block is not None and _may_be_verse(block):
            row.append(block)
            continue
        if len(row) >= _FEWEST_VERSES:
            open_ends = sum(not is_finished(line.pieces[0]) for line in row)
            if 2 * open_ends >= len(row):
                verses.update(row)
        row = []
    return verses


def _may_be_verse(block: Block) -> bool:
    if block.kind != "paragraph" or len(block.pieces) > 1 or block.closing:
        return False
    line = block.pieces[0]
    return len(line) <= _LONGEST_VERSE and not _MIDDLE_STOP.search(line)
