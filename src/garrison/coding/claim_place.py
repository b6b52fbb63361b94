"""Where a clause says that it happened: of the places that stand near it, the one that is the scene of the deed."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.clause_dates import is_told_later, tells_of_before
from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from garrison.coding.frames import Match
    from garrison.coding.places import PlaceMention

_FIRST_HEADS = ("conj", "appos", "compound", "nmod", "case")


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    listed = tomllib.loads((resources.files(__package__) / "places.toml").read_text(encoding="utf-8"))[
        "scene"
    ]
    return {name: frozenset(found) for name, found in listed.items()}


def scene_of(
    match: Match, span: Span, places: list[PlaceMention], base: PlaceMention | None = None
) -> PlaceMention | None:
    """Give the place of a clause: in its own words, a clause above, its dateline, its paragraph.

    Parameters
    ----------
    match
        The frame that fits.
    span
        Its clause.
    places
        The places of the text, in its order.
    base
        The place where the report stands, if that may serve the clause.

    Returns
    -------
    PlaceMention or None
        None where every place near it is somebody's home, office, goal or way, and where the clause itself names
        places in two divisions side by side.
    """
    trigger = match.trigger
    sentence = trigger.sent
    doc = trigger.doc
    here = [item for item in places if sentence.start_char <= item.start < sentence.end_char]
    scenes = [(item, token) for item in here if _is_scene(token := _token_at(doc, sentence, item), match)]
    within = [item for item, token in scenes if span.start <= token.i < span.end]
    if not within:
        within = _where(trigger, places)
    if not within:
        above = {word.i for word in clauses.clause_heads(trigger)}
        within = [
            item
            for item, token in scenes
            if clauses.clause_heads(token)[0].i in above and not is_told_later(trigger, token)
        ]
    if _in_two_divisions(doc, within):
        return None
    if not within and is_of_whole_country(span.text):
        return None
    within = within or _pointed_at(match, span, places) or _of_dateline(sentence, places)
    within = within or _of_story(match, places)
    return min(within, key=lambda item: abs(item.start - trigger.idx), default=base)


def is_of_whole_country(text: str) -> bool:
    """Tell a deed that is told of the country as a whole.

    Parameters
    ----------
    text
        Clause or sentence.

    Examples
    --------
    >>> is_of_whole_country("Shops were closed across the country.")
    True
    """
    return _whole_country().search(text) is not None


@lru_cache(maxsize=1)
def _whole_country() -> re.Pattern[str]:
    """Give the words by which a deed is told of the country as a whole (*across the country*)."""
    return re.compile("|".join(sorted(_table()["whole_country"])), re.IGNORECASE)


def _in_two_divisions(doc: Doc, within: list[PlaceMention]) -> bool:
    """Tell places of two divisions that a clause joins (*in Ouagadougou and in Bobo-Dioulasso*)."""
    joining = _table()["joining"]
    for left, right in pairwise(within):
        between = doc.text[left.end : right.start].replace(",", " ").split()
        if left.adm1 != right.adm1 and set(between) <= joining:
            return True
    return False


def _where(trigger: Token, places: list[PlaceMention]) -> list[PlaceMention]:
    """Give the place right before the *where* of a relative clause."""
    verbs = [trigger, *clauses.clause_heads(trigger)[:1]]
    found = [child for verb in verbs for child in verb.children if child.lower_ == "where"]
    before = [item for item in places if found and trigger.sent.start_char <= item.start < found[0].idx]
    return before[-1:]


def _pointed_at(match: Match, span: Span, places: list[PlaceMention]) -> list[PlaceMention]:
    """Give the place that *there* or *the town* means: the last one named before it, at most one paragraph back."""
    table = _table()
    for token in span:
        means_a_place = token.lower_ in table["pointing"] and token.dep_ != "expl"
        is_a_town = token.lower_ in table["towns"] and any(
            child.lower_ in ("the", "that", "this", "their") for child in token.children
        )
        if not (means_a_place or (is_a_town and not any(child.dep_ == "prep" for child in token.children))):
            continue
        before = [item for item in places if item.end <= token.idx]
        if before and span.doc.text.count("\n", before[-1].end, token.idx) <= 2:
            return before[-1:]
    return []


def _token_at(doc: Doc, sentence: Span, item: PlaceMention) -> Token:
    """Give the head of a place's name."""
    found = doc.char_span(item.start, item.end, alignment_mode="expand")
    return found.root if found is not None else sentence[0]


def _is_scene(place: Token, match: Match) -> bool:
    """Tell the scene of a deed from an office, a home, a way, a government that bears a capital's name."""
    table = _table()
    token = place
    while token.dep_ in _FIRST_HEADS and token.head.pos_ == "PROPN":
        token = token.head
    governor = token.head
    if token.dep_ in ("compound", "poss", "nmod", "amod") and governor.pos_ in ("NOUN", "PROPN"):
        return governor.lemma_.lower() not in table["offices"]
    if token.dep_ in ("nsubj", "nsubjpass") and governor.lemma_.lower() in words(
        "attribution", "report_verbs"
    ):
        return False
    if token.dep_ != "pobj":
        return True
    named = governor.head
    preposition = governor.lower_
    if preposition == "of":
        return named.lemma_.lower() not in table["offices"]
    if preposition in ("to", "for", "towards", "toward"):
        reached = {named.lemma_.lower(), match.trigger.lemma_.lower()}
        return match.frame.type not in table["exits"] and not reached.isdisjoint(table["sending"])
    if preposition == "from":
        left = match.frame.type in table["departures"] and named.pos_ in ("VERB", "AUX")
        return left or named.lemma_.lower() in table["stations"]
    return preposition not in table["ways"]


def _of_dateline(sentence: Span, places: list[PlaceMention]) -> list[PlaceMention]:
    """Give the places of the dateline right before a sentence (*LOME, 3 May - ...*)."""
    doc = sentence.doc
    begun = doc.user_data.get("after_datelines", frozenset())
    if sentence.start == 0 or sentence.start_char not in begun:
        return []
    line = doc[sentence.start - 1].sent
    return [item for item in places if line.start_char <= item.start < line.end_char]


def _of_story(match: Match, places: list[PlaceMention]) -> list[PlaceMention]:
    """Give the place that the paragraph has come to, for deeds that it goes on to tell."""
    trigger = match.trigger
    table = _table()
    if match.frame.kind != "act" or match.frame.type in table["nationwide"]:
        return []
    if _is_modal(trigger) or tells_of_before(trigger):
        return []
    if match.actor is not None and match.actor.sector in table["of_the_whole_country"]:
        return []
    doc, sentence = trigger.doc, trigger.sent
    while not _opens_a_paragraph(sentence) and places and places[0].start < sentence.start_char:
        sentence = doc[sentence.start - 1].sent
        here = [item for item in places if sentence.start_char <= item.start < sentence.end_char]
        found = [item for item in here if _is_scene(_token_at(doc, sentence, item), match)]
        if found:
            return [] if _in_two_divisions(doc, found) else found[-1:]
    return []


def _is_modal(trigger: Token) -> bool:
    """Tell what would or will be done: it is no step of the tale."""
    return any(child.tag_ == "MD" for child in trigger.children)


def _opens_a_paragraph(sentence: Span) -> bool:
    doc, start = sentence.doc, sentence.start
    return start == 0 or any(
        token.is_space and "\n" in token.text for token in doc[max(start - 1, 0) : start + 1]
    )
