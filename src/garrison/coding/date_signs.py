"""Signs of time in a text: the single words near which rules of dates are worth trying."""

from __future__ import annotations

import re
from functools import lru_cache

from garrison.coding.date_words import date_words

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[str, ...]]:
    """Give the kinds of sign that a word is, in small letters."""
    words = date_words()
    kinds: dict[str, set[str]] = {}
    listed_as: list[tuple[str, list[str]]] = [
        ("month", list(words.month_of)),
        ("weekday", list(words.weekday_of)),
        ("unit", list(words.unit_of)),
        ("word", list(words.first_months)),
        *words.signs.items(),
    ]
    for kind, listed in listed_as:
        for word in listed:
            kinds.setdefault(word.lower(), set()).add(kind)
    return {word: tuple(sorted(found)) for word, found in kinds.items()}


def _word_end(text: str, at: int) -> int:
    """Go on to the end of a word: a stretch that ended in *Mayor* would show the month of May."""
    blank = text.find(" ", at, at + 40)
    return blank if blank >= 0 else at


def signs_of_time(text: str) -> dict[str, list[tuple[int, int]]]:
    """Find the stretches of a text that lie near a sign of time.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    dict of str to list of tuple of int
        By the kind of sign (`month`, `weekday`, `unit`, `digits`, `ago`, `turn`, `word`): first character and the one
        after the last of each stretch, without overlaps.

    Examples
    --------
    >>> signs_of_time("They fled in March.")
    {'month': [(0, 19)]}
    """
    kinds, reach = _kinds(), date_words().conventions["sign_reach"]
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        for kind in ("digits",) if word[0].isdigit() else kinds.get(word.lower(), ()):
            start, end = max(match.start() - reach, 0), _word_end(text, min(match.end() + reach, len(text)))
            stretches = found.setdefault(kind, [])
            if stretches and start <= stretches[-1][1]:
                stretches[-1] = (stretches[-1][0], end)
            else:
                stretches.append((start, end))
    return found
