"""The file that an old site's archive comes in: one JSON object a line.

Knows which lines are stories and says in Chinese what is wrong with the others. Reads line by line, so
that a file of any length needs the memory of one line and a few bytes for each id. No database.
"""

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from news.archive.bodies import read_body
from news.bylines import authors_of
from news.pagetext.credits import Credit
from news.pasting import tidy_line

MAX_LINE_BYTES = 5 * 1024 * 1024
EARLIEST_YEAR = 1815  # the first Chinese-language periodical
FIELDS = ("id", "title", "deck", "date", "section", "body", "author", "source")
REQUIRED = ("id", "title", "date", "section", "body")
# As long as the columns that they go into.
LENGTHS = {"id": 100, "title": 255, "deck": 150, "section": 100, "source": 100, "author": 1000}
NAME_LENGTH = 50

_DATE = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?\Z"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class _Unfit(ValueError):
    """Why a line is no story."""


@dataclass(frozen=True)
class BadLine:
    """A line that cannot become a story, and why."""

    number: int
    reason: str


@dataclass(frozen=True)
class OldStory:
    """One story of the archive, its text cleaned; `digest` stands for all that the line said."""

    number: int
    key: str
    digest: str
    title: str
    deck: str
    published_at: datetime
    section: str
    source: str
    credits: list[Credit]
    blocks: list[dict]
    lost: Counter


def read_archive(file):
    """Yield an `OldStory` or a `BadLine` for each line of a binary file that is not empty.

    An id that comes again with the same content is passed over, with other content it is a bad line.
    """
    seen = {}
    for number, line in _lines(file):
        if line is None:
            yield BadLine(number, f"超过 {MAX_LINE_BYTES // 1024 // 1024} MB")
            continue
        try:
            story = read_story(line, number)
        except _Unfit as error:
            yield BadLine(number, str(error))
            continue
        mark, first = seen.setdefault(story.key, (story.digest[:16], number))
        if first == number:
            yield story
        elif mark != story.digest[:16]:
            yield BadLine(number, f"编号“{story.key}”在第 {first} 行已出现，内容不同")


def _lines(file):
    """Yield (number, bytes) for lines that are not blank; None instead of bytes for one too long."""
    number = 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_LINE_BYTES)
            yield number, None
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield number, line


def read_story(line, number):
    """Return the story of one line, or raise with what is wrong with it."""
    values = _values(line)
    title, deck = tidy_line(values["title"]), tidy_line(values["deck"])
    body = read_body(values["body"])
    if not title:
        raise _Unfit("缺少 title")
    if not body.blocks:
        raise _Unfit("body 没有文字")
    return OldStory(
        number=number,
        key=values["id"].strip(),
        digest=_digest(values),
        title=title,
        deck=deck,
        published_at=_instant(values["date"].strip()),
        section=tidy_line(values["section"]),
        source=tidy_line(values["source"]),
        credits=_credits(tidy_line(values["author"])),
        blocks=body.blocks,
        lost=body.lost,
    )


def _values(line):
    """Return the eight fields as text; what is absent or null is empty."""
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise _Unfit("不是 UTF-8 编码") from None
    except (ValueError, RecursionError):
        raise _Unfit("不是有效的 JSON") from None
    if not isinstance(record, dict):
        raise _Unfit("不是一个 JSON 对象")
    values = {}
    for name in FIELDS:
        value = record.get(name)
        if name == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str | None):
            raise _Unfit(f"{name} 不是文字")
        value = value or ""
        if not value.strip() and name in REQUIRED:
            raise _Unfit(f"缺少 {name}")
        if len(value) > LENGTHS.get(name, len(value)):
            raise _Unfit(f"{name} 有 {len(value)} 个字，超过 {LENGTHS[name]} 个")
        if _CONTROL.search(value):
            raise _Unfit(f"{name} 含有控制字符")
        values[name] = value
    return values


def _digest(values):
    """Return the SHA-256 of what a line said, as it stood: how we clean it may change, the line has not."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def _instant(text):
    """Return the instant of a date or of a date with time; without an offset it is Beijing time."""
    try:
        if not _DATE.match(text):
            raise ValueError
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise _Unfit(f"date“{text[:40]}”不是日期，应为 YYYY-MM-DD 或 YYYY-MM-DD HH:MM:SS") from None
    if instant.year < EARLIEST_YEAR:
        raise _Unfit(f"date“{text}”早于 {EARLIEST_YEAR} 年")
    if instant.tzinfo is None:
        instant = timezone.make_aware(instant)
    if instant.year > timezone.now().year or instant > timezone.now():
        raise _Unfit(f"date“{text}”还没有到")
    return instant


def _credits(author):
    credits = authors_of(author) if author else []
    for credit in credits:
        if len(credit.name) > NAME_LENGTH:
            raise _Unfit(f"author 中的“{credit.name[:20]}…”超过 {NAME_LENGTH} 个字")
    return credits
