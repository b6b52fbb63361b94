"""Parts of a month, a year or a week: its early part, its last week, its second half."""

from __future__ import annotations

import re
from dataclasses import replace

from garrison.coding.calendar_stretch import Stretch, shift, weekday_after
from garrison.coding.date_words import date_words

_NUMBERED = re.compile(r"(?P<which>\w+) (?P<piece>week|weekend|half|quarter|days|months|weeks)\b")


def part_of(whole: Stretch, words: str) -> Stretch:
    """Narrow a month, a year or a week to the part that some words name.

    Parameters
    ----------
    whole
        A month, a year or a week; any other stretch stays as it is.
    words
        As *early*, *mid*, *end*, *the last week of*, *the second half of*, *principios*.

    Returns
    -------
    Stretch
        The whole where it has no such part (*the third week of 2017*).

    Examples
    --------
    >>> from datetime import date
    >>> from garrison.coding.calendar_stretch import stretch_of
    >>> march = stretch_of(date(2017, 3, 1), "month", "March")
    >>> part_of(march, "late").start, part_of(march, "the second week of").end
    (datetime.date(2017, 3, 21), datetime.date(2017, 3, 14))
    """
    said = " ".join(words.lower().replace("-", " ").split())
    numbered = _NUMBERED.search(said)
    if numbered is not None:
        return _numbered_part(whole, numbered["which"], numbered["piece"])
    return _third_of(whole, _core(said))


def _numbered_part(whole: Stretch, which: str, piece: str) -> Stretch:
    """Give the first week of a month, the second half of a year, the last days of either."""
    number = date_words().ordinal(which)
    start, end = whole.start, whole.end
    few = date_words().conventions["edge_days"]
    if piece in ("days", "weeks", "months"):
        size = {"days": few, "weeks": 2 * 7, "months": 0}[piece]
        if not size:
            return _third_of(whole, "early" if number > 0 else "late")
        first, last = (
            (start, shift(start, size - 1, "day")) if number > 0 else (shift(end, 1 - size, "day"), end)
        )
    elif piece in ("week", "weekend"):
        if whole.unit != "month":
            return whole
        first = shift(start, 7 * (number - 1), "day") if number > 0 else shift(end, -6, "day")
        last = min(shift(first, 6, "day"), end)
        if piece == "weekend":
            saturday = weekday_after(shift(first, -1, "day"), 5)
            first, last = saturday, min(shift(saturday, 1, "day"), end)
    else:
        pieces = 2 if piece == "half" else 4
        number = number if number > 0 else pieces
        if whole.unit == "year" and number <= pieces:
            months = 12 // pieces
            first = shift(start, months * (number - 1), "month")
            last = shift(shift(first, months, "month"), -1, "day")
        elif whole.unit == "month" and piece == "half" and number <= pieces:
            first, last = (start, start.replace(day=15)) if number == 1 else (start.replace(day=16), end)
        else:
            return whole
    return (
        replace(whole, start=first, end=last, rule=f"{whole.rule}, its {which} {piece}")
        if first <= end
        else whole
    )


def _third_of(whole: Stretch, word: str) -> Stretch:
    rules = date_words().conventions
    early, late = rules["early_until"], rules["late_from"]
    start, end = whole.start, whole.end
    is_late = word.startswith(("late", "end", "final", "fine", "closing"))
    is_mid = word.startswith(("mid", "medi"))
    if whole.unit == "month":
        if is_mid:
            start, end = start.replace(day=early + 1), start.replace(day=late - 1)
        elif is_late:
            start = start.replace(day=late)
        else:
            end = start.replace(day=early)
    elif whole.unit == "year":
        months = rules["early_months"]
        if is_mid:
            start, end = shift(start, months, "month"), shift(shift(start, 12 - months, "month"), -1, "day")
        elif is_late:
            start = shift(start, 12 - months, "month")
        else:
            end = shift(shift(start, months, "month"), -1, "day")
    elif whole.unit == "week":
        start, end = (shift(start, 3, "day"), end) if is_late else (start, shift(start, 3, "day"))
    return replace(whole, start=start, end=end, rule=f"{whole.rule}, its {word} part")


def _core(part: str) -> str:
    """Take "end" from "the very end of"."""
    words = [word for word in part.split() if word not in ("the", "very", "of", "a", "de")]
    return words[-1] if words else ""
