"""Whether a count is a running total (a stock) or of one occasion (a flow)."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.number_words import any_of, quantity_table

if TYPE_CHECKING:
    from garrison.coding.dates import DateMention
    from garrison.coding.parsed_text import ParsedText


@lru_cache(maxsize=1)
def _stock_patterns() -> dict[str, re.Pattern[str]]:
    table = quantity_table()["stock"]
    counted = quantity_table()["casualties"]["words"] + table["counted_over_time"]
    return {
        "cues": re.compile(rf"(?i)\b{any_of(table['cues'])}\b"),
        "leading": re.compile(rf"(?i)\b{any_of(table['leading'])}\b"),
        "added": re.compile(rf"(?i)\s+(?:[^\W\d]+\s+)?{any_of(table['added'])}\b"),
        "since": re.compile(rf"(?i)\bsince\b[^.,;\n]{{0,40}}\b{any_of(table['courses'])}\b"),
        "another": re.compile(r"(?i)\banother\s+$"),
        "counted": re.compile(rf"(?i)\b{any_of(counted)}(?:s|es)?\b"),
        "per_day": re.compile(rf"(?i)\b{any_of(table['per_day'])}\b"),
        "rises": re.compile(rf"(?i)\b{any_of(table['rises'])}\b[^.;\n]{{0,30}}$"),
    }


def is_stock(parsed: ParsedText, start: int, end: int, dates: list[DateMention]) -> bool:
    """Tell a running total: said so, or dead, arrested or deserted over a stretch of time up to now.

    Parameters
    ----------
    parsed
        The text.
    start, end
        Characters of the number with its hedge.
    dates
        The dates of the text.

    Returns
    -------
    bool
        False for what is added to a total (*two more died, bringing the toll to 40*).
    """
    patterns = _stock_patterns()
    left, right = parsed.sentence_bounds(start, end)
    sentence = parsed.text[left:right]
    if patterns["added"].match(parsed.text, end) or patterns["another"].search(
        parsed.text[max(0, start - 9) : start]
    ):
        return False
    if patterns["cues"].search(sentence):
        return True
    leading = patterns["leading"].search(sentence)
    if leading is not None and leading.start() <= start - left:
        return True
    first = bisect_left(dates, left, key=lambda item: item.start)
    last = bisect_left(dates, right, key=lambda item: item.start)
    over_time = bool(patterns["since"].search(sentence)) or any(
        item.unit == "span" and not item.future for item in dates[first:last]
    )
    counted = over_time and patterns["counted"].search(sentence)
    return bool(counted) and not patterns["per_day"].search(sentence)


def rises_to(before: str) -> bool:
    """Tell whether what stands before a number says that a total rose to it.

    Parameters
    ----------
    before
        The text up to the number.

    Returns
    -------
    bool

    Examples
    --------
    >>> rises_to("The toll rose "), rises_to("They marched ")
    (True, False)
    """
    return bool(_stock_patterns()["rises"].search(before))
