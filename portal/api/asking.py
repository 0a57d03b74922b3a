"""The parameters of an address: what each may be, in words and as JSON Schema, and how strictly it is read.

A parameter is given at most once and never empty; what the schema does not allow is refused before any
filter sees it, so that schema and answers cannot disagree. Whether a code exists is the filter's question.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from portal.parameters import BadParameter, printable

_DAYS = (
    "-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_LEAP_FROM_1972 = "19(?:7[26]|8[048]|9[26])|20(?:[02468][048]|[13579][26])"
# A day of the years 1950 to 2099, and one of 1970 or later: no portal stated anything earlier.
DAY_PATTERN = f"(?:19[5-9][0-9]|20[0-9]{{2}}){_DAYS}|(?:19(?:5[26]|6[048])|{_LEAP_FROM_1972})-02-29"
_RECENT_PATTERN = f"(?:19[7-9][0-9]|20[0-9]{{2}}){_DAYS}|(?:{_LEAP_FROM_1972})-02-29"
_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])"
_TIME = rf"T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{{1,6}})?)?{_ZONE}"
_LOST_PLUS = re.compile(r" (?=\d\d:\d\d\Z)")

CODE_PATTERN = "[a-z0-9]+(?:-[a-z0-9]+)*"
LONGEST_CODE = 64
CODE_SCHEMA = {
    "type": "string",
    "minLength": 1,
    "maxLength": LONGEST_CODE,
    "pattern": f"^(?:{CODE_PATTERN})$",
}


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, its Chinese help, its JSON Schema, and what its value should be in words.

    `of_record`: its value is the code of a record; one that no reader can see is answered with 404.
    Of words, characters that no name and no database can hold are taken for spaces.
    `choices`, when given, is asked for the codes that exist now, for the schema only.
    """

    name: str
    help: str
    schema: dict[str, Any]
    wanted: str
    example: Any = None
    of_record: bool = False
    is_instant: bool = False
    is_words: bool = False
    choices: Callable[[], list[str]] | None = field(default=None, compare=False)

    def read(self, given: str) -> str:
        """Return the value as it is taken on; raises BadParameter for one that the schema does not allow."""
        if self.is_instant:
            given = _LOST_PLUS.sub("+", given)
        if self.is_words:
            given = printable(given)
        if not self._allows(given):
            raise BadParameter(self.name, self.wanted, given)
        return given

    def could_be(self, given):
        """Return whether a value is one that the schema allows: a code well formed, or one of those that exist."""
        return given in self.choices() if self.choices else self.of_record

    def _allows(self, given):
        schema = self.schema
        if schema["type"] == "integer":
            if not re.fullmatch("0|-?[1-9][0-9]{0,18}", given, re.ASCII):
                return False
            return schema["minimum"] <= int(given) <= schema["maximum"]
        if "enum" in schema and given not in schema["enum"]:
            return False
        if not schema.get("minLength", 0) <= len(given) <= schema.get("maxLength", len(given)):
            return False
        return "pattern" not in schema or re.fullmatch(schema["pattern"], given) is not None

    def described(self):
        """Return the parameter as OpenAPI has it."""
        schema = dict(self.schema)
        if self.choices and (existing := self.choices()):
            schema = {"type": "string", "enum": existing}
        # In the schema, where the documentation page shows it and does not ask with it.
        told = self.help
        if self.example is not None and self.example in schema.get("enum", [self.example]):
            schema["examples"] = [self.example]
            told += "" if "enum" in schema else f"例：{self.example}。"
        return {
            "name": self.name,
            "in": "query",
            "description": told,
            "required": False,
            "schema": schema,
        }


def _text(pattern, longest=None):
    schema = {"type": "string", "minLength": 1, "pattern": f"^(?:{pattern})$"}
    return schema | ({"maxLength": longest} if longest else {})


def code(name, help, wanted, *, example=None, pattern=CODE_PATTERN, longest=LONGEST_CODE):
    """Return a parameter whose value is the code of a record that readers can see."""
    schema = _text(pattern, longest)
    return Parameter(name, help, schema, wanted, example, of_record=True)


def key(name, help, wanted, *, example=None):
    """Return a parameter whose value is the number of a record that readers can see."""
    return code(name, help, wanted, example=example, pattern="[1-9][0-9]{0,17}")


def coded_choice(name, help, wanted, choices, *, example=None):
    """Return a parameter whose value is one of the codes that exist, few enough for the schema to name them."""
    return Parameter(name, help, CODE_SCHEMA, wanted, example, choices=choices)


def choice(name, help, choices, *, example=None):
    """Return a parameter that takes one of `choices`, (stored, Chinese) pairs."""
    stored = [value for value, _ in choices]
    words = "；".join(f"{value} {label}" for value, label in choices)
    schema = {"type": "string", "enum": stored}
    wanted = f"以下之一：{'、'.join(stored)}"
    return Parameter(name, f"{help}{words}。", schema, wanted, example or stored[0])


def words(name, help, longest, *, example=None):
    """Return a parameter that takes words as someone types them."""
    schema = {"type": "string", "minLength": 1, "maxLength": longest}
    return Parameter(name, help, schema, f" 1 至 {longest} 个字", example, is_words=True)


def number(name, help, lowest, highest, *, example=None):
    """Return a parameter that takes a whole number within bounds."""
    schema = {"type": "integer", "minimum": lowest, "maximum": highest}
    return Parameter(name, help, schema, f" {lowest} 至 {highest} 之间的整数", example)


def day(name, help):
    """Return a parameter that takes a day."""
    schema = _text(DAY_PATTERN) | {"format": "date"}
    return Parameter(name, help, schema, "日期（如 2020-09-01）", "2020-09-01")


def instant(name, help):
    """Return a parameter that takes a day (its end) or an instant with its zone."""
    schema = _text(f"(?:{_RECENT_PATTERN})(?:{_TIME})?")
    wanted = "日期（如 2020-09-01）或带时区的时刻（如 2020-09-01T08:30:00+08:00）"
    return Parameter(name, help, schema, wanted, "2026-11-01T00:00:00Z", is_instant=True)


AS_OF = day("as_of", "按哪一天的情况回答，含当日；省略为今天（北京时间）。")
HISTORY = choice(
    "history",
    "是否连同已被取代的：",
    (("current", "只要作数的（省略即此）"), ("all", "凡记入过的都要")),
)
KNOWN_AT = instant(
    "known_at",
    "按本站在那一刻所知回答；只写日期指当日结束时，晚于现在的按现在。省略为现在。"
    "后来的更正、撤回不影响过去时刻的答案。",
)
