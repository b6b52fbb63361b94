"""What a rule of dates may know besides its words, and the book in which rules are entered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from garrison.coding.calendar_stretch import Stretch, shift
from garrison.coding.date_words import date_words


@dataclass(frozen=True, slots=True)
class Moment:
    """What a rule may know besides its words.

    Parameters
    ----------
    published
        Day of publication.
    anchor
        The date that the narrative named last, None if it named none or long ago.
    anchor_day
        The last single day that it named.
    anchor_is_near
        Whether the anchor stands in the same or in the previous sentence.
    future, perfect
        Whether the clause is about time to come; whether its verb is in the perfect ("has lasted").
    before, after
        What stands before and behind the words, within the line.
    next_tag
        The tag of the next word: a plural noun may be what a number counts. Empty where grammar is not known.
    """

    published: date
    anchor: Stretch | None
    anchor_day: Stretch | None
    anchor_is_near: bool
    future: bool
    perfect: bool
    before: str
    after: str
    next_tag: str

    @property
    def next_is_plural(self) -> bool:
        """Whether the next word is a plural noun."""
        return self.next_tag in ("NNS", "NNPS")


Resolver = Callable[["re.Match[str]", Moment], Stretch | None]
Rule = tuple[str, Resolver]


def rule_book(book: list[Rule]) -> Callable[..., Callable[[Resolver], Resolver]]:
    """Make the decorator that enters a function into a book of rules, under one or more patterns.

    Parameters
    ----------
    book
        The list to which rules are added, in order.

    Returns
    -------
    callable
        `rule(*templates)`, to decorate a resolver.

    Examples
    --------
    >>> book: list[Rule] = []
    >>> @rule_book(book)("once upon a time")
    ... def never(match, moment):
    ...     return None
    >>> book[0][0]
    'once upon a time'
    """

    def rule(*templates: str) -> Callable[[Resolver], Resolver]:
        def register(resolver: Resolver) -> Resolver:
            book.extend((template, resolver) for template in templates)
            return resolver

        return register

    return rule


def part_of(whole: Stretch, word: str) -> Stretch:
    """Narrow a month, a year or a week to its early, middle or late part.

    Parameters
    ----------
    whole
        A month, a year or a week; any other stretch stays as it is.
    word
        As *early*, *mid*, *end*, *principios*.

    Returns
    -------
    Stretch

    Examples
    --------
    >>> from garrison.coding.calendar_stretch import stretch_of
    >>> part_of(stretch_of(date(2017, 3, 1), "month", "March"), "late").start
    datetime.date(2017, 3, 21)
    """
    rules, word = date_words().conventions, _core(word)
    early, late = rules["early_until"], rules["late_from"]
    start, end = whole.start, whole.end
    is_late = word.startswith(("late", "end", "final", "fine"))
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
    """Take "end" from "the very end of", "early" from "Early"."""
    words = [
        word for word in part.lower().rstrip("-").split() if word not in ("the", "very", "of", "a", "de")
    ]
    return words[-1] if words else ""
