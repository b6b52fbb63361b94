"""From grammar to types: which frame a verb or noun fits, who acted, on whom, and whether it is denied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.absence import ABSENCE, absences
from garrison.coding.clause_conditions import covered_by, words_of_clause
from garrison.coding.foreign_acts import foreign_acts
from garrison.coding.frame_fit import ANY, Match, Opening, fit
from garrison.coding.frame_table import Frame, frames
from garrison.coding.phrases import PhraseHit, phrases_in
from garrison.coding.roles import Scene
from garrison.coding.verbless_lines import lines_of

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["ANY", "Match", "match_sentence"]

_SPEECH = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective", "PROPN": "noun"}


def match_sentence(sentence: Span, scene: Scene) -> Iterator[Match]:
    """Find every frame that a sentence fits, each trigger with the first row that it fits.

    Parameters
    ----------
    sentence
        A sentence of the scene's text.
    scene
        What is known of the text.

    Yields
    ------
    Match
        In the order of the triggers; a word that completes one frame (*urged them to join*) opens no other.
    """
    found = list(_matches(sentence, scene))
    covered: set[int] = set()
    for match in found:
        if match.frame.covers and match.trigger.i not in covered:
            covered |= covered_by(match.trigger)
    found = [match for match in found if match.trigger.i not in covered]
    told = {match.frame.type for match in found}
    for frame, actor, things in lines_of(sentence, scene):
        if frame.type not in told:
            found.append(Match(frame, things[-1], actor, None, negated=False, things=things))
    for match in found:
        completes = any(
            match.trigger in other.things for other in found if other is not match and not other.negated
        )
        if not completes and not any(_ends_in(match, other) for other in found):
            yield match
    further = list(_beside_the_table(sentence, scene, _taken(found) | covered))
    yield from further
    yield from _remainder(sentence, scene, [*found, *further], covered)


def _beside_the_table(sentence: Span, scene: Scene, taken: set[int]) -> Iterator[Match]:
    """Find what foreign states do, and what did not happen, where no row has taken the clause."""
    for act in foreign_acts(sentence, scene, taken):
        yield Match(act.frame, act.verb, act.actor, act.target, False)
    for trigger, subject in absences(sentence, scene, taken):
        actor = scene.actors.get(subject.i) if subject is not None else None
        yield Match(ABSENCE, trigger, actor, None, False)


def _remainder(sentence: Span, scene: Scene, found: list[Match], covered: set[int]) -> Iterator[Match]:
    """Try the last rows on the clauses of which no other row has taken a word."""
    taken = {match.trigger.i for match in found} | {thing.i for match in found for thing in match.things}
    for match in _matches(sentence, scene, last=True):
        if match.trigger.i not in covered and taken.isdisjoint(words_of_clause(match.trigger)):
            yield match


def _taken(found: list[Match]) -> set[int]:
    """Give the words on which frames fit: their triggers, and the verbs of which a noun of theirs is the object."""
    taken: set[int] = set()
    for match in found:
        taken.add(match.trigger.i)
        if match.trigger.pos_ not in ("VERB", "AUX"):
            verb = next(
                (head for head, _ in clauses.governors(match.trigger) if head.pos_ in ("VERB", "AUX")), None
            )
            taken |= {verb.i} if verb is not None else set()
    return taken


def _ends_in(shots: Match, deaths: Match) -> bool:
    """Tell whether a clause beside shots names their dead (*opened fire, killing two*): the deaths are the claim."""
    if (shots.frame.type, deaths.frame.type) != (
        "REPRESSION",
        "REPRESSION_LETHAL",
    ) or shots.actor != deaths.actor:
        return False
    return shots.frame.plover_mode == "firearms" and deaths.trigger.head.i == shots.trigger.i


def _matches(sentence: Span, scene: Scene, *, last: bool = False) -> Iterator[Match]:
    table, used = frames(), set[int]()
    turns: dict[int, list[PhraseHit]] = {}
    for hit in () if last else phrases_in(sentence, scene):
        turns.setdefault(hit.trigger.i, []).append(hit)
    for token in sentence:
        speech = _speech_of(token)
        hits = turns.get(token.i, [])
        if (speech is None and not hits) or token.i in used:
            continue
        tried: list[tuple[Frame, PhraseHit | None]] = [
            (hit.frame, hit) for hit in hits if used.isdisjoint(word.i for word in hit.words)
        ]
        rows: dict[int, Frame] = {}
        for base in _bases(token):
            for row in table.get((speech or "", base), ()):
                if row.last == last:
                    rows[id(row)] = row
        if speech == "verb" and scene.in_crisis and not last:
            rows.update((id(row), row) for row in table.get(("verb", ANY), ()))
        tried += [(row, None) for row in rows.values()]
        types: set[str] = set()
        spent: set[int] = set()
        opening = Opening(token, speech or "noun")
        for frame, turn in tried:
            if frame.type in types or (types and ANY in frame.verbs):
                continue
            match = fit(frame, opening, scene, turn)
            if match is None:
                continue
            decided = {thing.i for thing in match.things}
            if types and (not decided or not spent or decided & spent):
                continue
            types.add(frame.type)
            spent |= decided
            used |= decided
            yield match


def _speech_of(token: Token) -> str | None:
    """Tell as what a word opens frames: a gerund with an article or a compound is a noun (*the police firing*)."""
    as_noun = token.tag_ == "VBG" and token.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass", "attr", "conj")
    if as_noun and any(
        child.dep_ in ("compound", "det", "poss", "nmod") and child.i < token.i for child in token.children
    ):
        return "noun"
    joined_to_verb = token.dep_ == "conj" and token.head.pos_ == "VERB"
    return "verb" if joined_to_verb else _SPEECH.get(token.pos_)


def _bases(token: Token) -> tuple[str, ...]:
    """Give the base forms that a word may have; the lemmatiser loses or adds a last letter (*staged*, *petered*)."""
    lemma = token.lemma_.lower()
    restored: tuple[str, ...] = ()
    if token.tag_ in ("VBD", "VBN", "VBG"):
        restored = (f"{lemma}e", lemma.removesuffix("e"), f"{lemma}{lemma[-1:]}")
    return tuple(dict.fromkeys((lemma, token.lower_, *restored)))
