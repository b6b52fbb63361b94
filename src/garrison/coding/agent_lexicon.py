"""The lexicon of agents: nouns and phrases of `tables/actors.toml`, found in a text, the longest first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.tables import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


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


@lru_cache(maxsize=1)
def lexicon_by_first_word() -> dict[str, list[Entry]]:
    """Index the lexicon by first word, longest entries first."""
    index: dict[str, list[Entry]] = {}
    for row in table("actors")["actor"]:
        for phrase in row["words"]:
            name = bool(row.get("name"))
            pieces = tuple((phrase if name else phrase.lower()).replace("-", " - ").split())
            entry = Entry(
                words=pieces,
                sector=row["sector"],
                rank=row.get("rank"),
                country=row.get("country"),
                number=row["number"],
                ambiguous=bool(row.get("ambiguous")),
                name=name,
            )
            index.setdefault(pieces[0].lower(), []).append(entry)
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return index


def match_at(doc: Doc, index: int, lexicon: dict[str, list[Entry]]) -> tuple[int, Entry | None]:
    """Find the longest lexicon entry that begins at a token."""
    token = doc[index]
    for key in {token.lower_: None, token.lemma_.lower(): None}:
        for entry in lexicon.get(key, ()):
            length = len(entry.words)
            if index + length <= len(doc) and all(
                _same(doc[index + place], word, entry.name) for place, word in enumerate(entry.words)
            ):
                return length, entry
    return 0, None


def _same(token: Token, word: str, exact: bool) -> bool:
    if exact:
        return bool(token.text == word)
    return word in (token.lower_, token.lemma_.lower())
