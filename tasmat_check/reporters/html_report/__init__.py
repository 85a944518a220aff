"""HTML: one page that holds everything, for the person who has to answer for the posts.

page.py       puts the page together: gravest posts first, what could not be checked at the top
posts.py      one report as its part of the page shows it
shots.py      small copies of the pictures in which something was found
counts.py     what the summary, the charts and the filters need, counted while posts stream past
charts.py     the lengths and places of the charts' bars
keeping.py    finished parts, kept compressed in memory until the summary above them is known
rendering.py  templates, with every word of a post made safe to show
templates/    the page's HTML, its style and its script, all of which end up inside the page
"""

from tasmat_check.reporters.html_report.page import write

__all__ = ["write"]
