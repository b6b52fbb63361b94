"""The title of a text: its first line, where that looks like one."""

from __future__ import annotations

import re

from garrison.reports.furniture import is_furniture
from garrison.reports.limits import limit

_ENDS_A_SENTENCE = re.compile(r"""[.;:,…]["'”’)\]]*$""")
_MARKDOWN = re.compile(r"#{1,6}\s+")
_LABELLED = re.compile(r"(?:title|headline)\s*:\s*", re.IGNORECASE)


def find_title(text: str, given: str = "") -> tuple[int, int] | None:
    r"""Find where the title stands.

    The first line behind what the page prints above it (menus, notices of cookies) is a title if it is short, does
    not end as a sentence does, and an empty line or a Markdown heading mark sets it apart. A title that is known
    otherwise (`given`) is looked for in the first lines, since pages print their own name above it.

    Parameters
    ----------
    text
        Cleaned text.
    given
        The title, where metadata state it.

    Returns
    -------
    tuple of int or None
        Start and end of its characters; None if the text has no title of its own.

    Examples
    --------
    >>> text = "Guard units stay in barracks\n\nThe minister said on Friday ..."
    >>> text[slice(*find_title(text))]
    'Guard units stay in barracks'
    >>> find_title("The minister spoke on Friday.\n\nHe said little.") is None
    True
    """
    known = _line_of_given(text, given)
    if known is not None:
        return known
    start = _first_own_line(text)
    line_end = text.find("\n", start)
    if line_end < 0 or not text[line_end:].strip():
        return None
    end = start + len(text[start:line_end].rstrip())
    mark = _MARKDOWN.match(text, start, end) or _LABELLED.match(text, start, end)
    if mark and mark.end() < end:
        return (mark.end(), end)
    line = text[start:end]
    set_apart = not text[line_end:].partition("\n")[2].partition("\n")[0].strip()
    if given or not set_apart or _ENDS_A_SENTENCE.search(line) or len(line.split()) > limit("title_words"):
        return None
    return (start, end)


def _line_of_given(text: str, given: str) -> tuple[int, int] | None:
    """Find the title that is known otherwise among the first lines of a text that goes on behind it."""
    wanted = " ".join(given.split()).casefold()
    at = seen = 0
    while wanted and at < len(text) and seen < limit("lines_above_title"):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        seen += bool(line.strip())
        if " ".join(line.split()).casefold() == wanted and text[end:].strip():
            start = at + len(line) - len(line.lstrip())
            return (start, start + len(line.strip()))
        at = end + 1
    return None


def _first_own_line(text: str) -> int:
    at = first = len(text) - len(text.lstrip())
    while at < len(text):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)]
        if line.strip() and not is_furniture(line):
            return at + len(line) - len(line.lstrip())
        if end < 0:
            break
        at = end + 1
    return first
