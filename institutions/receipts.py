"""The check code of a printed answer: that this question was asked of this portal, and is asked again.

The code is an HMAC of institution, kind, day and instant of knowledge; it is stored nowhere. The answer
itself is not in it: whoever follows the receipt's address sees it folded again from the same lines.
"""

import hmac
from datetime import UTC

from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "institutions.receipts"
# 60 bits, in letters that are not mistaken for each other when read aloud (Crockford's base 32).
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12


def check_code(institution, kind, on, known_at, *, secret=None):
    """Return the code, `XXXX-XXXX-XXXX`, for codes of institution and kind, a date and an aware instant."""
    asked = "\n".join([institution, kind, on.isoformat(), stamp(known_at)])
    digest = salted_hmac(_SALT, asked, secret=secret, algorithm="sha256").digest()
    number = int.from_bytes(digest[:8], "big")
    letters = "".join(_LETTERS[number >> 5 * place & 31] for place in range(_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


def is_sound(code, institution, kind, on, known_at):
    """Return whether `code` is the check code of these, under the present key or a former one."""
    given = code.strip().upper().replace("O", "0").replace("I", "1").replace("L", "1")
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(
        hmac.compare_digest(
            check_code(institution, kind, on, known_at, secret=key).encode(), given.encode()
        )
        for key in keys
    )


def stamp(known_at):
    """Return an instant as receipts write it: UTC, with microseconds, `20260822T031500.123456Z`."""
    return known_at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
