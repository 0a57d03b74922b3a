"""Names on lines that no rule of a list has read: a last look, so that an unknown layout costs an editor a glance, not a list.

Knows which lines look like members of a list although their shape is unknown: they begin with a whole name, and several of
them do. It hides nothing: each such entry is marked for review. Outside of an open list nothing is guessed from one line alone.
"""

import re
from collections.abc import Iterator

from institutions.noticetext.folding import Line
from institutions.noticetext.items import LABEL, NUMBERING
from institutions.noticetext.linekinds import is_detail, is_furniture, is_signature
from institutions.noticetext.names import is_name

_FEWEST, _LONGEST = 2, 160
_PIECE = re.compile(r"[^\t|，；。：、 ]+(?: [^\t|，；。：、 ]+)*?(?=[\t|，；。：、 ]|$)")
_CONTACT = re.compile(r"联系|咨询|举报|监督|投诉|预约|办公|记者|获悉|表示|介绍|据|截至|经查|请|^（")


def names_left(lines: list[Line]) -> list[tuple[Line, int, int]]:
    """The lines that hold a list's member, and where its name stands in the text."""
    found = [(line, *span) for line in lines if (span := name_on(line))]
    return found if len(found) >= _FEWEST else []


def name_on(line: Line) -> tuple[int, int] | None:
    """Where the name of a list's member stands on a line of unknown shape; None when it holds none."""
    words = line.text
    contact = is_furniture(words) or is_detail(words) or is_signature(words)
    if len(words) > _LONGEST or contact or _CONTACT.search(words):
        return None
    for begin, end in _pieces(words):
        if is_name(words[begin:end]):
            return line.start + begin, line.start + end
    return None


def _pieces(words: str) -> Iterator[tuple[int, int]]:
    """The first cells of a line, without number and label."""
    for place, match in enumerate(_PIECE.finditer(words)):
        if place > 2:
            return
        begin = match.start()
        for pattern in (NUMBERING, LABEL):
            mark = pattern.match(words, begin, match.end())
            begin = mark.end() if mark else begin
        yield begin, match.end()
