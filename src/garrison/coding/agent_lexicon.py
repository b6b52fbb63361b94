"""The lexicon of agents: nouns and phrases of `tables/actors*.toml`, found in a text, the longest first.

Every entry names the languages in whose texts it is looked for. Names of corps that texts in another language
quote (*GNB*, *colectivos*) have several; what only one language uses costs the others nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from garrison.coding.country_words import fold
from garrison.coding.tables import table

# The tables that hold the nouns of a language besides those of `actors.toml`.
_TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"en": ("actors",), "es": ("actors", "actors_spanish")}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One noun or phrase of the lexicon, and the agent that it names."""

    words: tuple[str, ...]
    sector: str
    rank: str | None
    country: str | None
    number: str
    ambiguous: bool
    name: bool
    branch: str | None = None
    forms: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found in a text, with the words on which it stands."""

    start: int
    end: int
    entry: Entry


@lru_cache(maxsize=4)
def lexicon_by_first_word(language: str = "en") -> Mapping[str, tuple[Entry, ...]]:
    """Index the lexicon of a language by the forms of each entry's first word, longest entries first.

    Parameters
    ----------
    language
        ISO 639-1 code of the language of a text: ``en`` or ``es``.

    Returns
    -------
    mapping
        First word, written small and without accents, to the entries that begin with it.

    Raises
    ------
    KeyError
        If there is no lexicon of the language.

    Examples
    --------
    >>> [entry.sector for entry in lexicon_by_first_word("es")["tenientes"]]
    ['MIL', 'MIL']
    """
    index: dict[str, list[Entry]] = {}
    for name in _TABLES[language]:
        for row in table(name)["actor"]:
            if language in row["languages"]:
                for phrase in row["words"]:
                    entry = _entry(phrase, row, language)
                    for form in entry.forms[0]:
                        index.setdefault(form, []).append(entry)
    return {
        form: tuple(sorted(entries, key=lambda entry: (-len(entry.words), fold(entry.words[0]) != form)))
        for form, entries in index.items()
    }


def agents_in(
    words: Sequence[str], lemmas: Sequence[str] | None = None, language: str = "en"
) -> Iterator[Hit]:
    """Find the entries of the lexicon in a row of words; they never overlap.

    Parameters
    ----------
    words
        The words of a text, marks apart.
    lemmas
        Their base forms, where a parser told them.
    language
        ISO 639-1 code of the text's language.

    Yields
    ------
    Hit
        In the order of the text.

    Examples
    --------
    >>> found = agents_in("Dos tenientes de la Policía Nacional".split(), language="es")
    >>> [(hit.start, hit.end, hit.entry.sector, hit.entry.branch) for hit in found]
    [(1, 2, 'MIL', None), (4, 6, 'COP', 'police')]
    """
    lexicon = lexicon_by_first_word(language)
    plain = [fold(word) for word in words]
    bases = plain if lemmas is None else [fold(lemma) for lemma in lemmas]
    index, total = 0, len(plain)
    while index < total:
        key, base = plain[index], bases[index]
        candidates = lexicon.get(key, ())
        if base != key:
            candidates = (*candidates, *lexicon.get(base, ()))
        length = 1
        for entry in candidates:
            size = len(entry.forms)
            if index + size <= total and _fits(entry, index, words, plain, bases):
                yield Hit(index, index + size, entry)
                length = size
                break
        index += length


def _entry(phrase: str, row: Mapping[str, Any], language: str) -> Entry:
    name = bool(row.get("name"))
    pieces = tuple(phrase.replace("-", " - ").split())
    forms = tuple(
        frozenset((fold(piece),)) if name else frozenset((fold(piece), *_plurals(fold(piece), language)))
        for piece in pieces
    )
    return Entry(
        words=pieces if name else tuple(piece.lower() for piece in pieces),
        sector=row["sector"],
        rank=row.get("rank"),
        country=row.get("country"),
        number=row["number"],
        ambiguous=bool(row.get("ambiguous")),
        name=name,
        branch=row.get("branch"),
        forms=forms,
    )


def _fits(entry: Entry, index: int, words: Sequence[str], plain: Sequence[str], bases: Sequence[str]) -> bool:
    if entry.name:
        return all(words[index + place] == word for place, word in enumerate(entry.words))
    for place, forms in enumerate(entry.forms):
        if plain[index + place] not in forms and bases[index + place] not in forms:
            return False
    return True


def _plurals(word: str, language: str) -> tuple[str, ...]:
    """Give the regular plurals of a noun, so that a noun that the parser takes for a name is found in them too."""
    if not word.isalpha() or len(word) < 3:
        return ()
    if language == "es":
        if word.endswith("z"):
            return (f"{word[:-1]}ces",)
        return (f"{word}s",) if word[-1] in "aeiou" else (f"{word}es",)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (f"{word[:-1]}ies",)
    if word.endswith("man"):
        return (f"{word[:-3]}men",)
    return (f"{word}es",) if word.endswith(("s", "x", "ch", "sh")) else (f"{word}s",)
