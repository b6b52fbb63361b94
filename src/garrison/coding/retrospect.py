"""Texts that look back: a chapter or an anniversary piece whose story ended long before it was published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from garrison.coding.clause_dates import simple_past
from garrison.coding.irrealis import unreal_here
from garrison.coding.tables import limits, words

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Token

    from garrison.coding.dates import DateMention

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def looks_back(mentions: Sequence[DateMention], text: str, published: date) -> bool:
    """Tell whether a text tells a story of long ago.

    Parameters
    ----------
    mentions
        The dates of the article, in its order.
    text
        The article.
    published
        Day of publication.

    Returns
    -------
    bool
        True where the first date that it names by its year ended long ago, as all dates with a year did, and
        hardly a word like *yesterday* ties it to the days of publication.

    Examples
    --------
    >>> looks_back([], "They marched.", __import__("datetime").date(2019, 4, 7))
    False
    """
    told = [mention for mention in mentions if not mention.future and mention.unit != "recent"]
    if len(told) > 1 and not told[0].past_background:
        told = told[1:]  # the day of a dateline
    if not told or not told[0].past_background or not _YEAR.search(text[told[0].start : told[0].end]):
        return False
    if told[0].start > limits()["retrospect_opening"]:
        return False
    near = sum(_is_near(text[mention.start : mention.end].lower().split()) for mention in told)
    if near * limits()["retrospect_near"] > len(told):
        return False
    in_years = [mention for mention in told if _YEAR.search(text[mention.start : mention.end])]
    past = sum(mention.past_background for mention in in_years)
    return past >= limits()["retrospect_years"] and past == len(in_years)


def _is_near(mention: Sequence[str]) -> bool:
    """Tell words of time that start from the day of publication (*today*, *last week*) from a story's *that week*."""
    return mention[:1] in (["last"], ["this"]) or not words("attribution", "near_days").isdisjoint(mention)


def is_told_of_then(trigger: Token, day: date | None, published: date) -> bool:
    """Tell whether a clause of a text that looks back belongs to its story, rather than to the present of its author.

    Parameters
    ----------
    trigger
        The word that asserts.
    day
        The last day that the clause covers, None where nothing is known.
    published
        Day of publication.

    Returns
    -------
    bool
    """
    if unreal_here(trigger) is not None and not simple_past(trigger):
        return False
    return simple_past(trigger) or (day is not None and day.year < published.year)
