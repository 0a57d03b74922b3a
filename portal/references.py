"""One vocabulary for pointing at any public object: a reference is the string `kind:code`.

Knows the shape of a reference and who can look its kind up. Hides which app an object lives in, so
that change rows, error reports and the change feed can point at objects of floors above their own.
An app registers its kinds when it is ready; a lookup answers with public objects only.
"""

import re
from dataclasses import dataclass

MAX_LENGTH = 200

_KIND = re.compile(r"[a-z][a-z0-9-]*")
_CODE = re.compile(r"[a-z0-9-]+")

_lookups = {}


class BadReference(ValueError):
    """A string that is no reference."""


@dataclass(frozen=True)
class Target:
    """What a reference points at: the words of a link and its address."""

    title: str
    url: str


def format_reference(kind, code):
    """Return the reference of the object of this kind with this code; BadReference when malformed.

    A code may be given as a number (a primary key).
    """
    reference = f"{kind}:{code}"
    parse(reference)
    return reference


def parse(reference):
    """Return (kind, code) of a reference; raise BadReference when it is none."""
    kind, colon, code = reference.partition(":")
    if not (colon and _KIND.fullmatch(kind) and _CODE.fullmatch(code)):
        raise BadReference(f"“{reference}”不是有效的引用，应为“类型:代码”。")
    if len(reference) > MAX_LENGTH:
        raise BadReference(f"引用不能超过 {MAX_LENGTH} 个字符。")
    return kind, code


def register(kind, lookup):
    """Let `lookup` answer for this kind: it takes a list of codes, and returns {code: Target}.

    It is asked once for many codes, must not make one query for each, and leaves out what does not
    exist or is not public. A later registration for the same kind takes the earlier one's place.
    """
    if not _KIND.fullmatch(kind):
        raise BadReference(f"“{kind}”不是有效的类型。")
    _lookups[kind] = lookup


def describe(reference):
    """Return the Target of a reference; None when it is unknown, malformed or not public."""
    return describe_many([reference]).get(reference)


def describe_many(references):
    """Return {reference: Target} for those references that point at public objects.

    One lookup for each kind, however many references. Unknown kinds, malformed strings and objects
    that are not public are left out, all alike: the answer does not tell that a hidden one exists.
    """
    codes = {}
    for reference in dict.fromkeys(references):
        try:
            kind, code = parse(reference)
        except BadReference:
            continue
        codes.setdefault(kind, []).append(code)
    return {
        f"{kind}:{code}": found[code]
        for kind, asked in codes.items()
        if kind in _lookups
        for found in [_lookups[kind](asked)]
        for code in asked
        if code in found
    }
