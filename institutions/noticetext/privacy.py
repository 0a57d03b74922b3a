"""Numbers of private persons in a notice: mobile phones and identity cards.

Knows their shapes. A warning names the place and never the number.
"""

import re

from institutions.noticetext.notice import ReadingWarning

_MOBILE = r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"
_IDENTITY = r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
_PRIVATE = re.compile(f"{_MOBILE}|{_IDENTITY}")


def private_numbers(folded: str) -> list[ReadingWarning]:
    """A warning for each mobile or identity number."""
    warnings = []
    for match in _PRIVATE.finditer(folded):
        identity = len(match[0]) == 18
        code = "identity_number" if identity else "mobile_number"
        kind = "身份证号码" if identity else "手机号码"
        message = f"文中有{kind}，属个人信息，不公开。"
        warnings.append(ReadingWarning(code, message, match.start(), match.end()))
    return warnings


def masked(words: str) -> str:
    """The words with private numbers replaced by asterisks."""
    return _PRIVATE.sub("***", words)
