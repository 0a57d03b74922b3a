"""From the text of an official notice to its lines: pure functions, no database, no model of language.

`read_notice(text, city=None)` is the door. It invents nothing and loses nothing: each character of a list stands in an
entry or in a warning. Names stay as they are printed; to find the institution that a name means is not done here.
"""

from institutions.noticetext.notice import Entry, Notice, ReadingWarning
from institutions.noticetext.reader import read_notice

__all__ = ["Entry", "Notice", "ReadingWarning", "read_notice"]
