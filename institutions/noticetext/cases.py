"""Cases that a bureau makes known: a numbered heading that names an institution and what it did (一、甲药店串换药品案), and
under it what was found and what was decided.

Knows how such a heading looks and where its case ends. It hides the reading of the decision. A case that decides nothing
about a designation gives no entry: money paid back is none of the seven actions.
"""

import re
from dataclasses import dataclass

from institutions.noticetext import dates
from institutions.noticetext.actions import Act, find_acts
from institutions.noticetext.folding import Line
from institutions.noticetext.items import NUMBERING
from institutions.noticetext.linekinds import is_closing, is_furniture, is_signature
from institutions.noticetext.names import name_end

_NUMBER = re.compile(r"(?:典型)?案例[一二三四五六七八九十\d]+[：、.]?\s*|" + NUMBERING.pattern)
_CASE = ("案", "案件", "案例", "问题", "行为")
_LONGEST_HEADING, _LONGEST_CASE = 90, 6


@dataclass(frozen=True)
class Case:
    """One case: where the name stands, the lines of its story, what it does (None for nothing) and from which day."""

    name: tuple[int, int]
    story: list[Line]
    act: Act | None
    day: str | None
    doubtful: bool


def case_at(lines: list[Line], place: int) -> Case | None:
    """The case whose heading is the line at this place; None for other lines."""
    heading = lines[place]
    number = _opens(heading.text) if heading.text.rstrip("。").endswith(_CASE) else 0
    length = name_end(heading.text[number:]) if number else 0
    if not length:
        return None
    story = _story(lines, place + 1)
    words = "".join(line.text for line in story)
    acts = find_acts(words)
    begin = heading.start + number
    return Case(
        (begin, begin + length),
        story,
        acts[-1] if acts else None,
        dates.effective(words),
        len({act.action for act in acts}) > 1,
    )


def _opens(words: str) -> int:
    """The length of the number that opens a case's heading; 0 for other lines."""
    number = _NUMBER.match(words) if len(words) <= _LONGEST_HEADING else None
    return number.end() if number else 0


def _story(lines: list[Line], place: int) -> list[Line]:
    story = []
    for line in lines[place : place + _LONGEST_CASE]:
        words = line.text
        ends = dates.alone(words) or is_furniture(words) or is_signature(words)
        if (
            ends
            or (words.rstrip("。").endswith(_CASE) and _opens(words))
            or (is_closing(words) and story)
        ):
            break
        story.append(line)
    return story
