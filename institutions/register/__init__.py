"""The register's arithmetic: lines of notices in, periods and answers out. Pure: no database, no clock.

`fold` tells which designations are known at an instant, `status` answers for one institution, kind and
day with 是, 否 or 无法确定, `count` counts in both units (家次, 家).
"""

from institutions.register.answers import Answer, Coverage, Verdict, status
from institutions.register.counting import count
from institutions.register.folding import Register, fold
from institutions.register.lines import Document, Line

__all__ = [
    "Answer",
    "Coverage",
    "Document",
    "Line",
    "Register",
    "Verdict",
    "count",
    "fold",
    "status",
]
