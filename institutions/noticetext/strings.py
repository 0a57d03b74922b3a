"""Several names on one line of a list: between 、 or wide spaces, or each behind its own number.

Knows when such a line is a string of names and nothing else. It hides the signs between them and the 和 before the last.
"""

import re
from dataclasses import replace

from institutions.noticetext.actions import act_of
from institutions.noticetext.enumerations import split_joined
from institutions.noticetext.folding import Line, split_top, stripped
from institutions.noticetext.items import NUMBERING
from institutions.noticetext.names import could_be_name, is_name
from institutions.noticetext.notice import Entry

_MARK = re.compile(
    r"(?:^|(?<=[ \t；，、。院店房所站部室心司点堂诊）]))(?:（(\d{1,6})）[、.]?|(\d{1,6})(?:[.、）](?!\d)|：)|([①-⑳]))[ \t]*"
)
_AFTER_NAME = re.compile(r"[，。；：\t]| {1,}")
_WIDE, _CELL = re.compile(r"\t| {2}"), re.compile(r"[^\t ]+(?: [^\t ]+)*")
_CAMPUS = re.compile(r"^[一-龥]{0,4}(?:院区|分院|本部|分部|门诊部|中心)$")
_SHORTEST_NAME, _LONGEST_REST = 4, 120
_LONGEST_ITEM, _LONGEST_LINE = 600, 20_000


def numbered_items(line: Line) -> list[Line]:
    """The items of a line with several numbers that follow each other (1、甲医院　2、乙医院); [] for other lines."""
    if columns := _in_columns(line):
        return columns
    marked = _MARK.match(line.text) and len(line.text) < _LONGEST_LINE
    marks = list(_MARK.finditer(line.text)) if marked else []
    if len(marks) < 2:
        return []
    first = _number(marks[0])
    kept = []
    for mark in marks:
        if _number(mark) == first + len(kept):
            kept.append(mark)
    if len(kept) < 2:
        return []
    ends = [mark.start() for mark in kept[1:]] + [len(line.text)]
    if not all(
        is_name(_AFTER_NAME.split(line.text[mark.end() : end], maxsplit=1)[0].strip("、."))
        for mark, end in zip(kept, ends, strict=True)
    ):
        return []
    return [
        Line(line.start + mark.start(), line.start + end, line.text[mark.start() : end])
        for mark, end in zip(kept, ends, strict=True)
    ]


def _in_columns(line: Line) -> list[Line]:
    """The numbered names of a line that wide spaces part, as in a list set in two columns (1 甲医院    9 乙医院)."""
    if not (line.text[0].isdigit() and _WIDE.search(line.text)):
        return []
    spans = [match.span() for match in _CELL.finditer(line.text)]
    marks = [NUMBERING.match(line.text, *span) for span in spans]
    if len(spans) < 2 or not all(
        mark and is_name(line.text[mark.end() : end])
        for mark, (_, end) in zip(marks, spans, strict=True)
    ):
        return []
    return [Line(line.start + a, line.start + b, line.text[a:b]) for a, b in spans]


def opens_with_name(words: str) -> bool:
    """Whether a numbered item says a name first and then whole sentences about it (1.甲药店。查实……解除协议。)."""
    mark = NUMBERING.match(words)
    if not mark or len(words) > _LONGEST_ITEM:
        return False
    return is_name(re.split("[，。；：]", words[mark.end() :], maxsplit=1)[0])


def follows(words: str, item: str) -> bool:
    """Whether a line carries the number after an item's: 2. after 1. goes on with the list, whatever it says."""
    first, second = _MARK.match(item), _MARK.match(words)
    alike = bool(first and second) and _style(first) == _style(second)
    return alike and _number(second) == _number(first) + 1


def names_on(words: str) -> list[tuple[int, int]]:
    """The spans of a line's pieces between signs or spaces, without numbering; a last 甲和乙 is two."""
    separators = "、，；\t/" if re.search(r"[、，；\t/]", words) else " "
    marked = NUMBERING.match(words)
    offset = marked.end() if marked and marked.end() < len(words) else 0
    spans = [(max(a, offset), b) for a, b in split_top(words, separators) if words[a:b].strip()]
    if not spans:
        return []
    begin, end = spans[-1]
    joined = split_joined(words[begin:end], final=False)
    if len(joined) > 1:
        spans[-1:] = [(begin + a, begin + b) for a, b in joined]
    return spans


def each_name(entry: Entry, folded: str) -> list[Entry]:
    """The entries of a table's row: one for each name of its cell (甲医院、乙医院), which share the other cells."""
    name = folded[entry.name_start : entry.name_end]
    spans = names_on(name) if "、" in name else []
    if len(spans) < 2 or not all(is_name(name[a:b]) for a, b in spans):
        return [entry]
    entries = []
    for a, b in spans:
        start, end = stripped(folded, entry.name_start + a, entry.name_start + b)
        begin = entries[-1].end if entries else entry.start
        printed = entry.name_as_printed[start - entry.name_start : end - entry.name_start]
        places = {"start": begin, "end": end, "name_start": start, "name_end": end}
        entries.append(replace(entry, name_as_printed=printed, other=dict(entry.other), **places))
    entries[-1].end = entry.end
    return entries


def is_row_of_names(words: str) -> bool:
    """Whether spaces part the words into whole names (甲县医院 乙县人民医院), not a name into its parts."""
    pieces = words.split()
    return len(pieces) > 1 and all(
        len(piece) >= _SHORTEST_NAME and is_name(piece) and not _CAMPUS.search(piece)
        for piece in pieces
    )


def are_names(pieces: list[str]) -> bool:
    """Whether the pieces of a line are names: more than half for sure, the others possibly."""
    possible = all(is_name(piece) or could_be_name(piece) for piece in pieces)
    return possible and sum(map(is_name, pieces)) * 2 > len(pieces)


def fits(name: str, line: Line, *, in_list: bool, numbered: bool) -> bool:
    """Whether the rest of the line is what stands behind a name in a list, and the line is no string of names."""
    several = len(split_top(name, "、")) > 1 or len(split_joined(name, final=False)) > 1
    if several or is_row_of_names(name):
        return False
    rest = line.text[line.text.find(name) + len(name) :]
    if not rest.strip(" ，；。、"):
        return True
    if any(is_name(piece) for piece in re.split(r"[ \t，]+", rest)):
        return False
    if act_of(rest) and not (in_list and numbered):
        return False
    reason = numbered and not any(map(is_name, re.split("[：、，]", rest)))
    return (len(rest) < _LONGEST_REST or opens_with_name(line.text)) and (
        reason or not rest.strip().startswith("：")
    )


def _style(mark: re.Match) -> str:
    """How a number is set: 1. and 1、 and （1） differ, ① and ② do not."""
    return "" if mark[3] else re.sub(r"[\d\s]", "", mark[0])


def _number(mark: re.Match) -> int:
    return int(mark[1] or mark[2]) if mark[1] or mark[2] else ord(mark[3]) - ord("①") + 1
