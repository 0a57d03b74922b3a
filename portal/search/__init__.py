"""Chinese search: any word in mid-sentence, on SQLite and on PostgreSQL, with the same documents on both.

From text to answer: `folding` (one form of writing), `tokens` (what is indexed), `language` (what a reader
typed), `entries` (one document), `backend` (the database's index, as Wagtail's search backend), `finding`
(strict matches, then near ones), `passages` (marked words of the original). Hides tokens and vendors.
"""
