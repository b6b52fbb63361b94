"""Whom a pronoun means: the nearest earlier agent that fits in number and in what the verb asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garrison.coding.actors import Actor
from garrison.coding.frame_table import belongs
from garrison.coding.tables import limits, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_NUMBERS = {
    "they": ("many", "body"),
    "them": ("many", "body"),
    "their": ("many", "body"),
    "it": ("body",),
    "its": ("body",),
    "he": ("one",),
    "him": ("one",),
    "his": ("one",),
    "she": ("one",),
    "her": ("one",),
}


def points_back(token: Token) -> bool:
    """Tell whether a word stands for an agent named before (*they*, *the three*, *some*, *others*)."""
    if token.lower_ in _NUMBERS:
        return True
    followed = any(child.dep_ in ("prep", "relcl") for child in token.children)
    return token.lower_ in words("attribution", "pointing_words") and not followed


def antecedent(
    token: Token, actors: dict[int, Actor], sectors: tuple[str, ...], sentences: list[Span]
) -> Actor | None:
    """Find the agent that a pronoun means.

    Parameters
    ----------
    token
        The pronoun.
    actors
        The agents of the text by token.
    sectors
        Groups that the verb asks for; an agent outside them is passed over.
    sentences
        The sentences of the text.

    Returns
    -------
    Actor or None
        The nearest sentence wins, and in it a subject before another word, then the nearest.
    """
    numbers = _NUMBERS.get(token.lower_, ("many", "body"))
    place = _sentence_index(token, sentences)
    first = max(0, place - limits()["coreference_sentences"])
    for index in range(place, first - 1, -1):
        sentence = sentences[index]
        fitting = [
            actor
            for head, actor in actors.items()
            if sentence.start <= head < min(sentence.end, token.i)
            and actor.number in numbers
            and belongs(actor, sectors)
        ]
        if fitting:
            return max(fitting, key=lambda actor: (_prominence(token.doc, actor.head), actor.head))
    return None


def _prominence(doc: Doc, head: int) -> int:
    """Rank an agent: subject of a main clause, subject of another clause, anything else."""
    word = doc[head]
    if word.dep_ not in ("nsubj", "nsubjpass"):
        return 0
    return 1 if word.head.dep_ in ("relcl", "advcl", "acl") else 2


def _sentence_index(token: Token, sentences: list[Span]) -> int:
    low, high = 0, len(sentences) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if sentences[middle].start <= token.i:
            low = middle
        else:
            high = middle - 1
    return low
