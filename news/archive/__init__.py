"""From an old site's archive to published stories, thousands at a time.

`lines` says what a line of the archive may be, `bodies` turns old text and HTML into blocks, `archiving`
is the verb, and `bulk` writes many pages as Wagtail would have written each.
"""
