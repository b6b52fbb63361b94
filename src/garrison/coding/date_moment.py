"""What a rule of dates may know besides its words, and the book in which rules are entered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from garrison.coding.calendar_stretch import Stretch
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
    would
        Whether the clause tells what was once to come (*would march*).
    country
        The country that the text is about, None if unknown.
    told_with_anchor
        The words of the sentence in which the anchor stands, in small letters.
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
    would: bool = False
    country: str | None = None
    told_with_anchor: str = ""

    @property
    def month_first(self) -> bool:
        """Whether figures give the month before the day (5/6/2019 is 6 May)."""
        return self.country in date_words().month_first

    @property
    def is_southern(self) -> bool:
        """Whether summer begins in December."""
        return self.country in date_words().southern

    @property
    def next_is_plural(self) -> bool:
        """Whether the next word is a plural noun."""
        return self.next_tag in ("NNS", "NNPS")


Resolver = Callable[["re.Match[str]", Moment], Stretch | None]
Rule = tuple[str, Resolver, str]


def rule_book(book: list[Rule]) -> Callable[..., Callable[[Resolver], Resolver]]:
    """Make the decorator that enters a function into a book of rules, under one or more patterns.

    Parameters
    ----------
    book
        The list to which rules are added, in order.

    Returns
    -------
    callable
        `rule(*templates, near=sign)`, to decorate a resolver: its patterns are only tried near a sign of that kind
        (see `date_signs.py`), which is what keeps seventy patterns quick.

    Examples
    --------
    >>> book: list[Rule] = []
    >>> @rule_book(book)("once upon a time", near="word")
    ... def never(match, moment):
    ...     return None
    >>> book[0][0], book[0][2]
    ('once upon a time', 'word')
    """

    def rule(*templates: str, near: str) -> Callable[[Resolver], Resolver]:
        def register(resolver: Resolver) -> Resolver:
            book.extend((template, resolver, near) for template in templates)
            return resolver

        return register

    return rule
