"""The shape of a page's markup: refused where a parser would need minutes or fill the memory."""

from __future__ import annotations

import re

from garrison.errors import ReportError
from garrison.reports.limits import limit

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^<>]*)", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# HTML opens these again in every later paragraph until they are closed, at most three of a kind.
_MARKS = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
_SAME_MARKS = 3
# These hold nothing, or end by themselves where the next begins.
_FLAT = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
    | {"p", "li", "dt", "dd", "tr", "td", "th", "option", "html", "head", "body", "tbody", "thead", "tfoot"}
)


def check_shape(raw: str, name: str) -> None:
    """Refuse a page that is nested too deep, leaves too many marks open, or has a tag with too many attributes.

    One pass over the tags, before any parser sees them.

    Parameters
    ----------
    raw
        The page as decoded.
    name
        What the message calls it.

    Raises
    ------
    ReportError
        If it is any of these.

    Examples
    --------
    >>> check_shape("<div>" * 100_000, "deep.html")
    Traceback (most recent call last):
    garrison.errors.ReportError: deep.html: its elements are nested too deep (3,162 at character 15,810); save ...
    """
    longest, most_work, most_marks = limit("longest_tag"), limit("page_work"), limit("repeated_marks")
    depth = work = n_repeated = 0
    open_marks: dict[str, list[str]] = {}
    n_of_kind: dict[tuple[str, str], int] = {}
    n_open = 0
    for tag in _TAG.finditer(raw):
        closes, kind, rest = tag[1], tag[2].lower(), tag[3]
        if len(rest) > longest and len(_QUOTED.sub("", rest)) > longest:
            raise ReportError(
                f"{name}: the tag at character {tag.start() + 1:,} has too many attributes; save its text as .txt"
            )
        if kind in _MARKS:
            if not closes:
                attributes = rest[:200]
                open_marks.setdefault(kind, []).append(attributes)
                n_same = n_of_kind[kind, attributes] = n_of_kind.get((kind, attributes), 0) + 1
                n_open += n_same <= _SAME_MARKS
            elif open_marks.get(kind):
                attributes = open_marks[kind].pop()
                n_open -= n_of_kind[kind, attributes] <= _SAME_MARKS
                n_of_kind[kind, attributes] -= 1
        else:
            n_repeated += n_open
            if kind not in _FLAT:
                depth = max(0, depth - 1) if closes else depth + 1
        work += depth + n_open
        if work > most_work:
            at = f"{depth:,} at character {tag.end() + 1:,}"
            raise ReportError(f"{name}: its elements are nested too deep ({at}); save its text as .txt")
        if n_repeated > most_marks:
            raise ReportError(
                f"{name}: {n_open:,} marks such as <b> are left open at character {tag.start() + 1:,}; "
                f"save its text as .txt"
            )
