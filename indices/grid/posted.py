"""What the grid's form brings: the cells as typed, and each as it was when it was shown.

A cell that did not change need not be in the form; of one that is, a field that is missing keeps what was
shown. Hides the names of the fields and how what was shown travels with the form.
"""

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import BadRequest

from indices.grid.cellwords import BOTH, RANK, SCORE, Words, read
from indices.grid.overlay import Held
from indices.grid.saving import CellChange

BROKEN = "表单不完整，请重新打开这张表。"
_FIELDS = {"s": "score", "r": "rank", "n": "name_as_published", "l": "locator", "q": "quote"}
_NAME = re.compile(r"([srnlq]|was)-([0-9]{1,18})-([0-9]{1,18})")


@dataclass
class Typed:
    """One cell of the form: its words, the words and the mark (`Held.mark`) with which it was shown.

    `problem` says what is wrong with the words. Where another was quicker, `overtaken` is what is held now,
    `theirs_by` and `theirs_at` who wrote it and when.
    """

    words: Words
    shown: Words
    mark: int = 0
    problem: str = ""
    overtaken: Held | None = None
    theirs_by: str = ""
    theirs_at: datetime | None = None

    @property
    def touched(self):
        """Whether the editor changed it."""
        return self.words.tidy != self.shown.tidy


def told_as_shown(words, mark):
    """Return the form's text for what a cell was when it was shown; '' for nothing."""
    told = {key: getattr(words, name) for key, name in _FIELDS.items() if getattr(words, name)}
    if mark:
        told["m"] = mark
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else ""


class Posted:
    """A posted form. Raises BadRequest, in Chinese, for one that the grid did not make.

    `cells` are the Typed by (dimension, place), `rows` the places in their order, `printed` the names under
    which the report has them, where those were given.
    """

    def __init__(self, data, dimensions):
        self.boxes = data.get("boxes") if data.get("boxes") in (SCORE, RANK) else BOTH
        self.rows = list(dict.fromkeys(_number(text) for text in data.getlist("row")))
        self.printed = {
            place: data[f"as-{place}"][:100] for place in self.rows if data.get(f"as-{place}")
        }
        self.locator = " ".join(data.get("locator", "").split())
        self.dimensions = {row.pk: row for row in dimensions}
        self.cells = {key: _typed(fields) for key, fields in self._fields(data).items()}
        self.answers = {
            key: data.get(f"choose-{text}")
            for text in data.getlist("conflict")
            for key in _keys(text)
        }

    def _fields(self, data):
        found = {}
        known = set(self.rows)
        for name in data:
            if match := _NAME.fullmatch(name):
                key = int(match[2]), int(match[3])
                if key[0] not in self.dimensions or key[1] not in known:
                    raise BadRequest(BROKEN)
                found.setdefault(key, {})[match[1]] = data[name]
        return found

    def yield_to_others(self):
        """Drop what is typed in cells for which the editor chose the other's version; return those undecided."""
        for key, answer in self.answers.items():
            if answer == "theirs":
                self.cells.pop(key, None)
        return [
            key
            for key, answer in self.answers.items()
            if answer not in ("mine", "theirs") and key in self.cells
        ]

    def changes(self):
        """Return the CellChanges that are typed; cells that cannot be read get their `problem` and are left out."""
        found = []
        for (dimension, place), typed in self.cells.items():
            if not typed.touched:
                continue
            try:
                content, decimals = read(self._with_evidence(place, typed.words))
            except ValueError as error:
                typed.problem = str(error)
                continue
            seen = _seen(typed.shown)
            found.append(
                CellChange(self.dimensions[dimension], place, content, seen, typed.mark, decimals)
            )
        return found

    def _with_evidence(self, place, words):
        """Return the words with what holds for all cells typed, where they do not say it themselves."""
        return replace(
            words,
            name_as_published=words.name_as_published or self.printed.get(place, ""),
            locator=words.locator or self.locator,
        )


def _keys(text):
    match = _NAME.fullmatch(f"s-{text}")
    return [(int(match[2]), int(match[3]))] if match else []


def _typed(fields):
    try:
        told = json.loads(fields.pop("was", "") or "{}")
        mark = int(told.pop("m", 0))
        shown = Words(**{_FIELDS[key]: str(text) for key, text in told.items()})
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise BadRequest(BROKEN) from error
    typed = {_FIELDS[key]: text for key, text in fields.items()}
    return Typed(replace(shown, **typed), shown, mark)


def _seen(shown):
    try:
        return read(shown)[0]
    except ValueError as error:
        raise BadRequest(BROKEN) from error


def _number(text):
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise BadRequest(BROKEN)
    return int(text)
