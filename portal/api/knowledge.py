"""The columns of a fact in two times that say from when to when the portal states it.

`closed_at` is the row's attribute for the second: what was known at an instant asked for is not what is known now.
"""

from portal.tabular import Column

KNOWN = (
    Column(
        "known_from",
        "记入时间",
        kind="instant",
        computed=True,
        help="本站从这一刻起这样说。",
        always=True,
        example="2026-08-22T04:00:00.123456Z",
    ),
    Column(
        "known_to",
        "取代时间",
        value="closed_at",
        kind="instant",
        computed=True,
        help="本站从这一刻起不再这样说；作数的记录没有。",
    ),
)
