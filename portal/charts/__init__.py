"""Charts: one data object, four ways to read it (SVG, table, CSV, text), the same words in all four.

Knows what a ranking, a course over editions and a dot plot are; hides the library that draws them. The
charts know no index and no score: whoever makes one gives every number with the words that print it.
"""

from portal.charts.kinds import BarChart, DotChart, LineChart
from portal.charts.points import Bar, Break, Point, Series

__all__ = ["Bar", "BarChart", "Break", "DotChart", "LineChart", "Point", "Series"]
