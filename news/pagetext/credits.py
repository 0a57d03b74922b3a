"""The grammar of credit lines: who did what, for which house.

Knows the roles of a Chinese newsroom (记者, 通讯员, 制图, 责编, 三校 …), where they stand (before the names, or
after them as in 何青 文/图) and how an affiliation is written in front. It hides the scanning.
Nothing is guessed: a line that does not fit the grammar from end to end is no credit line.
"""

import re
from dataclasses import dataclass, field

from news.pagetext.personnames import is_name, unpadded
from news.pagetext.roles import (
    CORPORATE,
    DESK,
    HINT,
    POSTFIXED,
    PREFACING,
    REPORTING,
    ROLE,
    SIGNERS,
)

MAX_LENGTH = 160
_DESK_ROW = 3
BULLETS = "□■◎●○◆◇▲△▶►▼▽☆★※▪•◼◻—–-*＊"
BRACKETS = {"（": "）", "(": ")", "〔": "〕", "[": "]", "［": "］", "【": "】", "〖": "〗"}

_HOUSE = re.compile(
    r"本[报刊台网社版端]|.*(?:[报社网台媒刊局委办厅院校]|新闻|客户端|全媒体|融媒体?|视觉|频道|杂志|大学|中学|小学|公司|集团|中心|协会|"
    r"学会|支队|大队|总队|街道|社区|政府|宣传部|法院|馆|银行|工会|团委|妇联|电视|广播|联盟|工作室)"
)
# After the names: 记者 何青 北京报道 (where the report was made), 记者何青报道, 记者何青参与采写.
_TAILS = (
    re.compile(r"\s发自[一-鿿、]{2,12}$|\s(?:发自)?[一-鿿、]{2,12}(?<!摄影)报道$"),
    re.compile(r"\s?(?:参与采写|参与报道|(?<!摄影)报道)$"),
)
# No credit line holds the end of a sentence or speech.
_SENTENCE = re.compile(r"[。！？!?…“”《》]")
# A mark after a role says that names come next, so that they need no known surname.
_ASSIGNING = frozenset("：:/／")
_STROKE_AND_ROLE = re.compile(rf"[/／]\s?(?:{ROLE.pattern})")
_PAIR = re.compile(r"[/／、+＋]")
_SPACES = re.compile(r"\s+")
_HARD_SEPARATOR = re.compile(r"[、，,；;：:|｜/／+＋]")


@dataclass(frozen=True)
class Credit:
    """One person's part in a story: the role as printed, the house the person works for, the name."""

    role: str
    affiliation: str
    name: str


@dataclass(frozen=True)
class CreditLine:
    """A parsed credit line: its credits, and the characters (brackets, separators) that are in none of them."""

    credits: tuple[Credit, ...]
    dropped: str = ""

    @property
    def names_a_reporter(self) -> bool:
        """Somebody who wrote the story is named, not only its pictures or its editors."""
        return any(not credit.role or REPORTING.search(credit.role) for credit in self.credits)

    @property
    def names_the_desk(self) -> bool:
        """Only editors, proofreaders and reviewers are named: such a line closes a story."""
        return all(DESK.search(credit.role) for credit in self.credits)


@dataclass
class _Group:
    role: str
    affiliation: str
    names: list[str] = field(default_factory=list)
    trusted: bool = False


def parse_credits(text: str, *, trusted: bool = False) -> CreditLine | None:
    """The credits of a line, or None when the line is not wholly a credit line.

    `trusted` says that only credits can stand here (brackets after a dateline, 【署名】), so names need
    no known surname; names in brackets need no role. A role after the names takes the place of the
    role before them (记者 何青 文/图 is 文/图); over several groups it is dropped and named instead.
    签发 and 签清发布 take the one name before them.
    """
    if len(text) > MAX_LENGTH or not HINT.search(text):
        return None
    inner, dropped = _unwrapped(text)
    if _SENTENCE.search(inner):
        return None
    for tail in _TAILS:
        if match := tail.search(inner):
            line = _parse(inner[: match.start()], dropped + match.group(), trusted=trusted)
            if line and all(credit.name for credit in line.credits):
                return line
    return _parse(inner, dropped, trusted=trusted)


def _parse(inner: str, dropped: str, *, trusted: bool) -> CreditLine | None:
    matches = list(ROLE.finditer(inner))
    if not matches:
        bracketed = any(bracket in dropped for bracket in BRACKETS)
        return _bare_names(inner, dropped) if bracketed else None
    trusted = trusted or bool(set(dropped) & set("□■◎●"))
    groups = _Scan(inner, matches, trusted=trusted)
    if not groups.read():
        return None
    dropped += "".join(groups.dropped)
    people = [
        Credit(group.role, group.affiliation, name)
        for group in groups.done
        for name in group.names or [""]
    ]
    return CreditLine(tuple(people), _SPACES.sub("", dropped))


def _unwrapped(text: str) -> tuple[str, str]:
    """Take off leading bullets and one pair of brackets around the whole; give back what was taken."""
    inner = text.strip()
    bare = inner.lstrip(BULLETS + " \u3000")
    dropped, inner = inner[: len(inner) - len(bare)], bare
    closing = BRACKETS.get(inner[:1])
    if closing and inner.endswith(closing) and inner.count(closing) == 1:
        dropped, inner = dropped + inner[0] + closing, inner[1:-1].strip()
        bare = inner.lstrip(BULLETS + " \u3000")
        dropped, inner = dropped + inner[: len(inner) - len(bare)], bare
    return inner, dropped


def _bare_names(inner: str, dropped: str) -> CreditLine | None:
    """Names that stand in brackets without a role, as at the end of a brief: （何青 周平）."""
    names = [
        name
        for run in _HARD_SEPARATOR.split(inner)
        for name in unpadded(_SPACES.sub(" ", run).split())
    ]
    short = all(len(name) <= 3 or "·" in name for name in names)
    if not names or not short or not all(is_name(name, trusted=False) for name in names):
        return None
    people = tuple(Credit("", "", name) for name in names)
    return CreditLine(people, dropped + "".join(_HARD_SEPARATOR.findall(inner)))


def is_house(word: str) -> bool:
    """The word is an organisation's name rather than a person's (大河网, 市人社局, 云泽融媒)."""
    if len(word) <= 3 and word[-1] not in "报网局院台媒社" and is_name(word, trusted=False):
        return False
    return len(word) >= 2 and bool(_HOUSE.fullmatch(word))


class _Scan:
    """One left-to-right reading of a line whose roles have been found."""

    def __init__(self, text, matches, *, trusted):
        self.text, self.matches, self.trusted = text, matches, trusted
        self.done: list[_Group] = []
        self.dropped: list[str] = []
        self.open: _Group | None = None
        self.unclosed: list[_Group] = []
        self.loose: list[str] = []

    def read(self) -> bool:
        """Read the whole line; False when something in it does not fit the grammar."""
        last = self.matches[-1]
        roles_follow = (
            not self.text[last.end() :].strip() and self._role(last) in self._postfix_roles()
        )
        position = 0
        for match in self.matches:
            before = self.text[position : match.start()]
            role = self._role(match)
            colon = self.text[match.end() :].lstrip()[:1] in _ASSIGNING
            named = bool(self.open and before.strip())
            colon = colon and not (named and roles_follow and self._is_parted(match))
            follows = roles_follow and not colon and role in self._postfix_roles()
            affiliation = self._take_segment(before, wants_names=follows)
            if affiliation is None or not self._take_role(
                role, affiliation, colon, follows=follows
            ):
                return False
            position = match.end()
        return self._take_segment(self.text[position:], wants_names=True) == "" and self._is_sound()

    def _role(self, match) -> str:
        return _SPACES.sub("", match.group())

    def _is_parted(self, match) -> bool:
        """A stroke parts two groups whose roles stand last: 记者 何青 文/记者 周平 图."""
        return bool(_STROKE_AND_ROLE.match(self.text, match.end()))

    def _postfix_roles(self):
        return POSTFIXED | {
            self._role(match) for match in self.matches if _PAIR.search(match.group())
        }

    def _take_segment(self, segment, *, wants_names) -> str | None:
        """Give the names of a segment to the open group; return the affiliation of the role after it.

        None when the segment is neither. The house stands last, right before its role.
        """
        self.dropped += _HARD_SEPARATOR.findall(segment)
        words = [
            word
            for run in _HARD_SEPARATOR.split(segment)
            for word in unpadded(_SPACES.sub(" ", run).split())
        ]
        houses = []
        while words and not wants_names and (is_house(words[-1]) or self._leads(words)):
            houses.insert(0, words.pop())
        names = self.open.names if self.open else self.loose
        names += words
        affiliation = " ".join(houses)
        return affiliation if len(affiliation) <= 40 else None

    def _leads(self, words) -> bool:
        """The first word of a line, alone before its first role, is an affiliation whatever its form."""
        return len(words) == 1 and not self.done and not self.loose

    def _take_role(self, role, affiliation, colon, *, follows) -> bool:
        if self._is_prefaced():
            self.open.affiliation = affiliation
            self.dropped.append(role)
            return True
        if follows and (self.loose or (self.open and self.open.names)):
            return self._close(role)
        if self.loose:
            return False
        self.open = _Group(role, affiliation, trusted=self.trusted or colon)
        self.done.append(self.open)
        self.unclosed.append(self.open)
        return True

    def _is_prefaced(self) -> bool:
        """A role such as 文 or 文/图 stands open without a name: the reporter's line that follows belongs to it."""
        if self.open is None or self.open.names or self.open.affiliation:
            return False
        return self.open.role in PREFACING or bool(_PAIR.search(self.open.role))

    def _close(self, role) -> bool:
        """A role after its names: it renames the group, or is dropped when it speaks of several."""
        if self.loose:
            self.done.append(_Group(role, "", self.loose, self.trusted))
        elif role in SIGNERS and len(self.open.names) > 1:
            self.done.append(_Group(role, "", [self.open.names.pop()], self.open.trusted))
        elif len(self.unclosed) == 1:
            self.dropped.append(self.open.role)
            self.open.role = role
        else:
            self.dropped.append(role)
        self.open, self.unclosed, self.loose = None, [], []
        return True

    def _is_sound(self) -> bool:
        if self.loose:
            return False
        return self._is_desk_row() or all(self._is_sound_group(group) for group in self.done)

    def _is_desk_row(self) -> bool:
        """Editors in a row, one short name for each role: most surnames known, the others may be pen names."""
        names = [name for group in self.done for name in group.names]
        if len(self.done) < _DESK_ROW or len(names) != len(self.done):
            return False
        desk = all(DESK.search(group.role) and group.names for group in self.done)
        known = sum(is_name(name, trusted=False) for name in names)
        short = all(len(name) <= 3 and is_name(name, trusted=True) for name in names)
        return desk and short and 2 * known > len(names)

    def _is_sound_group(self, group) -> bool:
        if not group.names:
            nameless = len(self.done) == 1 and group.affiliation.startswith("本")
            return nameless and group.role.endswith(("评论员", "记者"))
        if group.role in CORPORATE and all(is_house(name) for name in group.names):
            return True
        return all(is_name(name, trusted=group.trusted) for name in group.names)
