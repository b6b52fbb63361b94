"""Texts of feeds that hold markup: read as a page's body is."""

from __future__ import annotations

import re

from garrison.errors import ReportError
from garrison.reports.cleaning import clean, one_line
from garrison.reports.hidden_text import remove_hidden_text
from garrison.reports.limits import limit
from garrison.reports.page_shape import check_shape
from garrison.reports.parser_panic import panics_as_errors
from garrison.reports.raw_spans import find_raw_spans

_MARKUP = re.compile(
    r"</(?:p|div|a|span|h[1-6]|ul|ol|li|table|blockquote|article|section|strong|em|b|i|script|html|body)\s*>"
    r"|<(?:p|br|hr|div|img)(?:\s[^<>]{0,2000})?/?>|<!doctype\s+html",
    re.IGNORECASE,
)
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)


def holds_markup(text: str) -> bool:
    """Say whether a text is HTML, or a piece of it.

    Parameters
    ----------
    text
        As a feed gives it.

    Returns
    -------
    bool
        Whether a tag stands in it that opens a block or is closed.

    Examples
    --------
    >>> holds_markup("<p>They left.</p>"), holds_markup("x < y and <b> is a letter")
    (True, False)
    """
    return _MARKUP.search(text) is not None


def text_of_markup(text: str, place: str) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    """Give the words of a piece of HTML, without scripts and hidden text.

    Parameters
    ----------
    text
        As a feed gives it.
    place
        What messages call it.

    Returns
    -------
    tuple
        The text, and where its characters stand in the markup (see `Report.raw_spans`).

    Raises
    ------
    ReportError
        If its markup is larger or deeper than a page's may be.

    Examples
    --------
    >>> text_of_markup("<p>They <b>left</b>.</p><script>run()</script>", "a")[0]
    'They left.'
    """
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    if len(text) > limit("largest_page"):
        size = f"{len(text) / 1e6:.0f} MB, larger than the {limit('largest_page') / 1e6:.0f} MB of a page"
        raise ReportError(f"{place}: its markup is {size}; give its words alone")
    check_shape(text, place)
    whole = _WHOLE_PAGE.search(text[:5000]) is not None
    try:
        with panics_as_errors():
            tree = HTMLTree.parse(text)
            remove_hidden_text(tree)
            shown = extract_plain_text(tree, main_content=whole, comments=True, alt_texts=False)
            if whole and not shown.strip():
                shown = extract_plain_text(tree, main_content=False, alt_texts=False)
    except (ValueError, RuntimeError, OSError) as error:
        raise ReportError(f"{place}: its markup cannot be read ({one_line(error)}); give its words") from None
    words = clean(shown)
    return words, find_raw_spans(words, clean(text))
