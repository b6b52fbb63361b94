"""Countries in words: *Colombia*, *Colombian*, *U.S.*, so that a foreign official is told from one's own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Write a word small and without accents.

    Examples
    --------
    >>> fold("Chávez")
    'chavez'
    """
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()


@lru_cache(maxsize=1)
def _country_by_word() -> dict[str, str]:
    """Index names and adjectives of every country of the world table, folded."""
    from garrison import world

    found: dict[str, str] = {}
    for entry in world.countries():
        for word in (*entry.names, *entry.demonyms):
            found.setdefault(fold(word), entry.code)
    return found


@lru_cache(maxsize=1)
def _country_by_seat() -> dict[str, str]:
    """Index the seats that stand for a government (*Paris said*), folded."""
    from garrison import world

    found: dict[str, str] = {}
    for entry in world.countries():
        for word in entry.seat_names:
            found.setdefault(fold(word), entry.code)
    return found


@lru_cache(maxsize=1)
def _no_country() -> frozenset[str]:
    """Give the names of regions and others that only look like a country's (*South American*), folded."""
    from garrison.world.country_table import names_of_no_country

    return frozenset(fold(name) for name in names_of_no_country())


def names_a_country(words: str) -> bool:
    """Tell whether words are the name of a country or of its people.

    Examples
    --------
    >>> names_a_country("United States"), names_a_country("Sudanese"), names_a_country("States")
    (True, True, False)
    """
    return fold(words) in _country_by_word()


def country_of_words(
    doc: Doc, tokens: Iterable[Token], home: str | None, *, whole: bool = False
) -> str | None:
    """Find the country that some words name; a foreign one is preferred to the text's own.

    Parameters
    ----------
    doc
        The parsed text.
    tokens
        The words to look at.
    home
        Code of the country that the text is about.
    whole
        Whether the words together must be the country's name (*the United States*), and nothing else.

    Returns
    -------
    str or None
        ISO 3166 alpha-3 code.
    """
    chosen = [token for token in tokens if not token.is_punct]
    known = _country_by_word()
    if whole:
        text = " ".join(token.text for token in chosen if token.lower_ != "the")
        return known.get(fold(text)) or _country_by_seat().get(fold(text))
    found: list[str] = []
    for token in chosen:
        backed = token.i + 1 < len(doc) and doc[token.i + 1].text == "-"
        if backed or not token.text[:1].isupper():
            continue
        pair = doc[max(token.i - 1, 0) : token.i + 1].text
        follower = doc[token.i : min(token.i + 2, len(doc))].text
        if fold(pair) in _no_country() or fold(follower) in _no_country():
            continue
        code = known.get(fold(token.text)) if token.lower_ != "us" or token.text in ("US", "U.S.") else None
        code = known.get(fold(pair)) or code
        if code is not None:
            found.append(code)
    foreign = [code for code in found if code != home]
    return next(iter(foreign or found), None)
