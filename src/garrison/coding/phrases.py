"""Turns of phrase that open frames: words in their order, with gaps, agents and alternatives between them.

*Put an end to the rule of*, *tanks ring the palace*, *walked free*: what a single verb and its objects do not tell,
or what the parser loses in headlines and lines without a verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.coreference import points_back
from garrison.coding.frame_table import Frame, all_frames
from garrison.coding.tables import limits, table

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from garrison.coding.roles import Scene

_GAP = "..."
_ARTICLES = ("DT", "PRP$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One place of a phrase: its words, or the group of an agent, or a gap; and whether it may be left out."""

    words: frozenset[str] = frozenset()
    groups: tuple[str, ...] = ()
    is_target: bool = False
    is_gap: bool = False
    is_trigger: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of the frame table with one of its turns of phrase."""

    frame: Frame
    pieces: tuple[Piece, ...]
    required: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """Where a phrase stands: its trigger, its other words, and the words that must be its agents."""

    frame: Frame
    trigger: Token
    words: tuple[Token, ...]
    actor: tuple[Token, tuple[str, ...]] | None
    target: tuple[Token, tuple[str, ...]] | None


def phrases_in(sentence: Span, scene: Scene) -> list[PhraseHit]:
    """Find the turns of phrase of the frame table in a sentence.

    Parameters
    ----------
    sentence
        A sentence of the scene's text.
    scene
        What is known of the text.

    Returns
    -------
    list of PhraseHit
        In the order of the rows, of a row in the order of the text; whether the agents fit is not yet asked.
    """
    by_word, by_rarest = _index()
    here = {form for token in sentence for form in (token.lower_, token.lemma_.lower())}
    # Most phrases miss a word of theirs in most sentences: that is cheaper to see than where the rest stands.
    possible = {number: phrase for form in here for number, phrase in by_rarest.get(form, ())}
    by_agent = [item for item in sorted(possible.items()) if _has_its_words(item[1], here)]
    found: list[tuple[int, PhraseHit]] = []
    for token in sentence:
        candidates = [*by_word.get(token.lower_, ()), *by_word.get(token.lemma_.lower(), ())]
        if token.i in scene.actors or points_back(token):
            candidates += by_agent
        tried: set[int] = set()
        for number, phrase in candidates:
            if number in tried or not _has_its_words(phrase, here):
                continue
            tried.add(number)
            for taken in _matches(phrase.pieces, 0, token.i, sentence, scene):
                found.append((number, _hit(phrase, taken, sentence)))
                break
    return [hit for _, hit in sorted(found, key=lambda item: item[0])]


def _has_its_words(phrase: Phrase, here: set[str]) -> bool:
    return all(not asked.isdisjoint(here) for asked in phrase.required)


def _hit(phrase: Phrase, taken: list[tuple[Piece, int]], sentence: Span) -> PhraseHit:
    doc = sentence.doc
    actor = target = None
    trigger = next((doc[place] for piece, place in taken if piece.is_trigger), None)
    for piece, place in taken:
        if piece.groups and piece.is_target:
            target = (doc[place], piece.groups)
        elif piece.groups:
            actor = (doc[place], piece.groups)
        elif trigger is None:
            trigger = doc[place]
    trigger = trigger if trigger is not None else doc[taken[0][1]]
    rest = tuple(doc[place] for piece, place in taken if place != trigger.i and not piece.groups)
    return PhraseHit(phrase.frame, trigger, rest, actor, target)


def _matches(
    pieces: tuple[Piece, ...], at: int, place: int, sentence: Span, scene: Scene
) -> Iterator[list[tuple[Piece, int]]]:
    """Yield the ways in which the pieces from one on stand from a place on."""
    if at == len(pieces):
        yield []
        return
    piece = pieces[at]
    if piece.is_gap:
        for skipped in range(limits()["phrase_gap"] + 1):
            if skipped and not _may_stand_between(place + skipped - 1, sentence):
                return
            yield from _matches(pieces, at + 1, place + skipped, sentence, scene)
        return
    for end in _ends_of(piece, place, sentence, scene):
        for rest in _matches(pieces, at + 1, end + 1, sentence, scene):
            yield [(piece, end), *rest]
    if piece.optional:
        yield from _matches(pieces, at + 1, place, sentence, scene)
    if at and not piece.groups and place < sentence.end and sentence.doc[place].tag_ in _ARTICLES:
        # "keep its army weak", "keep the army weak": an article or a possessive is no word of the phrase.
        yield from _matches(pieces, at, place + 1, sentence, scene)


def _may_stand_between(place: int, sentence: Span) -> bool:
    """Tell a word that a gap may hold: no sign that ends a clause."""
    return place < sentence.end and sentence.doc[place].text not in (",", ";", ":", "(", ")", "–", "—")


def _ends_of(piece: Piece, place: int, sentence: Span, scene: Scene) -> Iterator[int]:
    """Yield where a piece that begins at a place has its word; an agent may have words of its own before it."""
    doc = sentence.doc
    if not piece.groups:
        token = doc[place] if place < sentence.end else None
        if token is not None and (token.lower_ in piece.words or token.lemma_.lower() in piece.words):
            yield place
        return
    for head in range(place, min(place + limits()["phrase_gap"], sentence.end)):
        if doc[head].left_edge.i <= place and (head in scene.actors or points_back(doc[head])):
            yield head


@lru_cache(maxsize=1)
def _index() -> tuple[dict[str, list[tuple[int, Phrase]]], dict[str, list[tuple[int, Phrase]]]]:
    """Index the phrases by the words that they begin with; those that begin with an agent by their narrowest word."""
    by_word: dict[str, list[tuple[int, Phrase]]] = {}
    by_rarest: dict[str, list[tuple[int, Phrase]]] = {}
    number = 0
    for frame in all_frames():
        for written in frame.phrases:
            pieces = tuple(_piece(part) for part in written.split())
            required = tuple(piece.words for piece in pieces if piece.words and not piece.optional)
            phrase = Phrase(frame, pieces, required)
            number += 1
            first = phrase.pieces[0]
            if first.groups:
                for word in min(required, key=len):
                    by_rarest.setdefault(word, []).append((number, phrase))
            for word in first.words:
                by_word.setdefault(word, []).append((number, phrase))
    return by_word, by_rarest


def _piece(written: str) -> Piece:
    """Read one place of a phrase (*a|b*, *@LIST*, *<GROUP>*, *{GROUP}*, *...*, *^trigger*, *left-out?*)."""
    if written == _GAP:
        return Piece(is_gap=True)
    trigger, optional = written.startswith("^"), written.endswith("?")
    core = written.removeprefix("^").removesuffix("?")
    if core[0] in "<{":
        return Piece(groups=tuple(core[1:-1].split("|")), is_target=core[0] == "{", optional=optional)
    lists = table("groups")["list"]
    found: set[str] = set()
    for word in core.split("|"):
        for plain in lists[word[1:]] if word.startswith("@") else (word,):
            found.update(_forms(plain))
    return Piece(words=frozenset(found), is_trigger=trigger, optional=optional)


def _forms(word: str) -> set[str]:
    """Give a word with the endings that it can take: the lemmatiser errs on the rarer verbs (*petere*, *instal*)."""
    if len(word) < 3 or not word.isalpha():
        return {word}
    stem = word.removesuffix("e")
    found = {word, f"{word}s", f"{stem}ed", f"{stem}ing"}
    if word.endswith(("s", "sh", "ch", "x")):
        found.add(f"{word}es")
    if word.endswith("y"):
        found |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    return found
