"""The read-only API: what every floor says of its rows, and nothing of how they are served.

An app declares a `Resource` for each kind of rows and registers it when it is ready; list, detail, CSV and
XLSX, cursors, conditional requests, problems, schema and documentation follow. A resource whose rows are
facts in two times is also tracked: the feed of changes then says which of them each change opened and closed.
"""

from portal.api import asking
from portal.api.effects import Tracked, track
from portal.api.encoding import encoded, instant_text
from portal.api.knowledge import KNOWN
from portal.api.problems import Problem
from portal.api.reading import AddressThrottle, Reading
from portal.api.resources import Resource, register

__all__ = [
    "KNOWN",
    "AddressThrottle",
    "Problem",
    "Reading",
    "Resource",
    "Tracked",
    "asking",
    "encoded",
    "instant_text",
    "register",
    "track",
]
