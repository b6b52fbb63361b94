"""Which kinds of words a text holds (`comment_words.toml`), looked up word by word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_](?:\.[^\W\d_])+|[^\W_]+(?:'[^\W_]+)*|(?<!\w)/s\b")


@cache
def word_list(kind: str) -> frozenset[str]:
    """Give one list of `comment_words.toml`.

    Parameters
    ----------
    kind
        Its name there.

    Returns
    -------
    frozenset of str
        As written there: stems end in "*".

    Examples
    --------
    >>> "gonna" in word_list("chat")
    True
    """
    return frozenset(_table()[kind])


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("comment_words.toml").read_text(encoding="utf8"))


@cache
def _single_words() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for kind, entries in _table().items():
        for entry in entries:
            if not entry.endswith("*") and len(words_of(entry)) == 1:
                kinds.setdefault(entry, set()).add(kind)
    return {word: frozenset(found) for word, found in kinds.items()}


@cache
def _stems() -> dict[str, list[tuple[str, str]]]:
    stems: dict[str, list[tuple[str, str]]] = {}
    for kind, entries in _table().items():
        for entry in entries:
            if entry.endswith("*"):
                stems.setdefault(entry[0], []).append((entry[:-1], kind))
    return stems


@cache
def _phrases() -> dict[str, list[tuple[list[str], str]]]:
    phrases: dict[str, list[tuple[list[str], str]]] = {}
    for kind, entries in _table().items():
        for entry in entries:
            words = words_of(entry)
            if len(words) > 1:
                phrases.setdefault(words[0], []).append((words, kind))
    return phrases


def words_of(text: str) -> list[str]:
    """Split a text into its words; "U.S." and "don't" are one word each.

    Parameters
    ----------
    text
        With plain apostrophes.

    Returns
    -------
    list of str
        In order, as written.

    Examples
    --------
    >>> words_of("The U.S. doesn't pay 40 men.")
    ['The', 'U.S', "doesn't", 'pay', '40', 'men']
    """
    return _WORD.findall(text)


def kinds_of_words(words: Sequence[str]) -> set[str]:
    """Say of which kinds some words are.

    Parameters
    ----------
    words
        In order, in lower case.

    Returns
    -------
    set of str
        The lists of `comment_words.toml` that hold a word, or a phrase, of these.

    Examples
    --------
    >>> sorted(kinds_of_words("according to the ministry they were puppets".split()))
    ['attribution', 'chat', 'narrated', 'office']
    """
    single, stems, phrases = _single_words(), _stems(), _phrases()
    found: set[str] = set()
    for at, word in enumerate(words):
        if word in single:
            found |= single[word]
        for stem, kind in stems.get(word[0], ()):
            if word.startswith(stem):
                found.add(kind)
        for phrase, kind in phrases.get(word, ()):
            if list(words[at : at + len(phrase)]) == phrase:
                found.add(kind)
    return found
