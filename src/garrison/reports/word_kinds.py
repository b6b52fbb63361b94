"""Which kinds of words a text holds (`comment_words.toml`), looked up word by word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
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
def _stems() -> tuple[tuple[str, str], ...]:
    return tuple(
        (entry[:-1], kind) for kind, entries in _table().items() for entry in entries if entry.endswith("*")
    )


@lru_cache(maxsize=65536)
def _kinds_of_word(word: str) -> frozenset[str]:
    listed = {kind for kind in _table() if word in word_list(kind)}
    return frozenset(listed | {kind for stem, kind in _stems() if word.startswith(stem)})


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
    >>> sorted(kinds_of_words("according to the ministry soldiers were puppets".split()))
    ['attribution', 'chat', 'narrated', 'office']
    """
    different = set(words)
    found: set[str] = set().union(*map(_kinds_of_word, different))
    begun = different & _phrases().keys()
    if begun:
        for at, word in enumerate(words):
            for phrase, kind in _phrases()[word] if word in begun else ():
                if list(words[at : at + len(phrase)]) == phrase:
                    found.add(kind)
    return found
