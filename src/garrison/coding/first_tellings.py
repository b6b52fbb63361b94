"""The first tellings of a document, found again by what they must share with a claim that repeats them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from math import ceil, inf, log2

from garrison.coding.tables import limits
from garrison.records import Claim, Quantity

_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8192)
def stems(quote: str) -> frozenset[str]:
    """Give the beginnings of the longer words of a quote, by which *deserted* and *the desertions* are one word.

    Parameters
    ----------
    quote
        Words of a report.

    Returns
    -------
    frozenset of str
        The first letters of each word that has so many; how many, `stem` of `tables/limits.toml` says.

    Examples
    --------
    >>> sorted(stems("They deserted. The desertions go on."))
    ['deser']
    """
    length = limits()["stem"]
    return frozenset(word[:length].lower() for word in _WORD.findall(quote) if len(word) >= length)


def days_of(claim: Claim) -> tuple[date, date] | None:
    """Give the first and the last day of a claim, or None where one is missing or they are in no order."""
    start, end = claim.date_start, claim.date_end
    return (start, end) if start is not None and end is not None and start <= end else None


class FirstTellings:
    """The first tellings of one kind (type, country, agent), in the order of the text.

    A claim is compared only with those that are near it in time, or share a number or a word with it: time grows with
    the number of claims, not with its square.

    Parameters
    ----------
    tolerance
        How far numbers may lie apart (counts); None where days and words decide beside numbers that overlap.
    """

    def __init__(self, tolerance: int | None) -> None:
        self._tolerance = tolerance
        self._claims: list[Claim] = []
        self._without_days: list[int] = []
        self._long: list[int] = []
        self._on_day: dict[date, list[int]] = {}
        self._uncounted: list[int] = []
        self._without_words: list[int] = []
        self._with_word: dict[tuple[bool, str], list[int]] = {}
        self._by_width: dict[float, list[tuple[float, int]]] = {}

    def add(self, claim: Claim) -> None:
        """Add a claim that repeats none of those that are here."""
        place = len(self._claims)
        self._claims.append(claim)
        days = days_of(claim)
        if days is None:
            self._without_days.append(place)
        elif (days[1] - days[0]).days > limits()["episode"]:
            self._long.append(place)
        else:
            for day in _each_day(*days, limits()["same_day"]):
                self._on_day.setdefault(day, []).append(place)
        for number in claim.numbers:
            insort(self._by_width.setdefault(_width(number), []), (number.low, place))
        if not claim.numbers:
            self._uncounted.append(place)
        words = stems(claim.quote)
        if not words:
            self._without_words.append(place)
        for word in words:
            self._with_word.setdefault((bool(claim.numbers), word), []).append(place)

    def near(self, claim: Claim) -> list[Claim]:
        """Give those that a claim may repeat, in the order of the text: all that it repeats are among them."""
        found = self._by_content(claim)
        if self._tolerance is None:
            by_day = self._by_day(claim)
            if by_day is not None and (found is None or _size(by_day) < _size(found)):
                found = by_day
        if found is None:
            return self._claims
        return [self._claims[place] for place in sorted(set(chain.from_iterable(found)))]

    def _by_day(self, claim: Claim) -> list[list[int]] | None:
        days = days_of(claim)
        if days is None:
            return None
        if (days[1] - days[0]).days > limits()["episode"]:
            return [self._without_days, self._long]
        return [self._without_days, *(self._on_day.get(day, []) for day in _each_day(*days, 0))]

    def _by_content(self, claim: Claim) -> list[list[int]] | None:
        """Give those that share a number with a counted claim, a word with another; None where all may."""
        if self._tolerance is not None:
            return [self._uncounted, *self._overlapping(claim.numbers)] if claim.numbers else None
        words = stems(claim.quote)
        if claim.numbers:
            shared = (
                [self._with_word.get((False, word), []) for word in words] if words else [self._uncounted]
            )
            return [*self._overlapping(claim.numbers), *shared, self._without_words]
        if not words:
            return None
        counted = (False, True)
        return [
            self._without_words,
            *(self._with_word.get((has, word), []) for word in words for has in counted),
        ]

    def _overlapping(self, numbers: Iterable[Quantity]) -> list[list[int]]:
        reach = self._tolerance or 0
        found = []
        for number in numbers:
            for width, known in self._by_width.items():
                first = bisect_left(known, (number.low - reach - width, -1))
                last = bisect_right(known, (number.high + reach, len(self._claims)))
                found.append([place for _, place in known[first:last]])
        return found


def _each_day(start: date, end: date, beyond: int) -> list[date]:
    """Give the days from one to another, and so many before and after."""
    return [start + timedelta(days) for days in range(-beyond, (end - start).days + beyond + 1)]


def _width(number: Quantity) -> float:
    """Give how wide a number is at most: nothing, a power of two, or without end."""
    width = number.high - number.low
    return 0.0 if width <= 0 else inf if width == inf else 2.0 ** ceil(log2(width))


def _size(places: list[list[int]]) -> int:
    return sum(map(len, places))
