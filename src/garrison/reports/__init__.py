"""Reading reports: from files and pages to texts with a title, a date, an article and its readers' comments.

A report reaches us as a file, a web page, a line of a data set or a stream. Whatever its form, this room gives
its characters one for one (what is no character becomes a blank), says when it was published, and tells the
article from the comments that a scraper glued to it. What cannot be read is named and set aside; the rest goes
on. Text is data here: nothing in it is ever run, followed or obeyed.
"""

from garrison.reports.comment_boundary import Boundary, find_comment_boundary
from garrison.reports.document import Document, Reading, Rejected
from garrison.reports.reading import iter_reports, read_reports

__all__ = [
    "Boundary",
    "Document",
    "Reading",
    "Rejected",
    "find_comment_boundary",
    "iter_reports",
    "read_reports",
]
