"""From a newspaper page's text to its stories: pure functions, no database.

`read_page(text)` is the door. Nothing that the page says is lost: what is in no field of a story is
quoted in its notes.
"""

from news.pagetext.credits import Credit, parse_credits
from news.pagetext.reader import Entry, read_page

__all__ = ["Credit", "Entry", "parse_credits", "read_page"]
