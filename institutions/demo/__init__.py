"""The demonstration's register: a real notice as far as it is known, and an invented city's notices.

The first has no date, so that every answer from it is 无法确定. The second, marked 示范 throughout, is
dated, corrected, withdrawn and covered, so that 是 and 否 can be seen.
"""
