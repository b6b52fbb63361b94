"""How alike the words of two tellings are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from garrison.events.tellings import Telling
from garrison.records import Claim

_WORD = re.compile(r"[^\W_]{3,}")
_EMPTY = frozenset(
    """
    the and for with that this from have has had was were are been its his her their they them who which
    said says say told tell after before over into than also not but will would could can may
    """.split()  # noqa: SIM905 - a word list reads better as words
)


def words_of(telling: Telling) -> frozenset[str]:
    """Give the content words of what a telling quotes, folded to plain small letters."""
    if telling.claim is not None:
        return words_of_claim(telling.claim)
    assert telling.event is not None
    return _content_words(telling.event.summary)


def words_of_claim(claim: Claim) -> frozenset[str]:
    """Give the content words of a claim's quote."""
    return _content_words(claim.quote)


@lru_cache(maxsize=1 << 16)
def _content_words(text: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFKD", text[:2000]).encode("ascii", "ignore").decode().lower()
    return frozenset(_WORD.findall(folded)) - _EMPTY


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the share of words in common, of all words of both (Jaccard 1901), from 0 to 1.

    Examples
    --------
    >>> likeness(frozenset({"soldiers", "held"}), frozenset({"soldiers", "freed"}))
    0.3333333333333333
    """
    union = len(one | other)
    return len(one & other) / union if union else 0.0
