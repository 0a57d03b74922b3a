"""Values as JSON: numbers with the digits that are stored, instants in UTC, Chinese as it is."""

import datetime
import json
from decimal import Decimal


def instant_text(at):
    """Return an instant as `known_at` takes it back: UTC with its microseconds; None for none."""
    if at is None:
        return None
    return at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def encoded(value) -> str:
    """Return a value of plain parts as one line of JSON.

    Decimals keep their digits, which `json` cannot do. Raises TypeError for what is no plain value, and
    ValueError for a number that is not finite.
    """
    if isinstance(value, dict):
        pairs = (f"{encoded(str(key))}:{encoded(part)}" for key, part in value.items())
        return f"{{{','.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(encoded, value))}]"
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"not a finite number: {value}")
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        return json.dumps(instant_text(value))
    if isinstance(value, datetime.date):
        return json.dumps(value.isoformat())
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
