"""Whom a pronoun means: the nearest earlier agent that fits in number and in what the verb asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from garrison.coding import clauses
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
    if token.lemma_.lower() in ("man", "men") and token.tag_ == "NNS":
        return any(child.lower_ in ("the", "these", "those") for child in token.children)
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
    if _means_a_thing(token, actors):
        return None
    numbers = _numbers(token)
    place = _sentence_index(token, sentences)
    if token.dep_ == "poss":
        owner = _owner(token, actors)
        if owner is not None and owner.number in numbers:
            return owner if belongs(owner, sectors) else None
    beside = _beside(token)
    left = limits()["coreference_sentences"]
    for index in range(place, -1, -1):
        sentence = sentences[index]
        if index != place and len(sentence) >= limits()["short_tag"]:
            left -= 1
        if left < 0 or place - index > limits()["farthest_sentence"]:
            return None
        fitting = [
            actor
            for head, actor in actors.items()
            if sentence.start <= head < min(sentence.end, token.i)
            and actor.number in numbers
            and head not in beside
            and belongs(actor, sectors)
        ]
        if fitting:
            return max(fitting, key=lambda actor: (_prominence(token.doc, actor.head), actor.head))
    return None


def taken_up(doc: Doc, actors: dict[int, Actor], sentences: list[Span]) -> dict[int, Actor]:
    """Add the parts of a group that a text takes up again (*three of them*) to its agents.

    Parameters
    ----------
    doc
        A parsed text.
    actors
        Its agents by token.
    sentences
        Its sentences.

    Returns
    -------
    dict
        The agents with those parts, in the order of the text.
    """
    found = dict(actors)
    for token in doc:
        if token.i in actors or not (
            token.like_num or token.lower_ in words("attribution", "pointing_words")
        ):
            continue
        pronouns = [
            item
            for child in token.children
            if child.lower_ == "of"
            for item in child.children
            if item.lower_ in ("them", "these", "those")
        ]
        plain = {head: actor for head, actor in actors.items() if not actor.is_name}
        whole = antecedent(pronouns[0], plain, (), sentences) if pronouns else None
        if whole is not None:
            text = doc[token.i : pronouns[0].i + 1].text
            found[token.i] = replace(whole, head=token.i, text=text, number="many", is_name=False)
    return dict(sorted(found.items()))


def _numbers(token: Token) -> tuple[str, ...]:
    """Tell whether a pronoun means one, many or a body."""
    numbers = _NUMBERS.get(token.lower_, ("many", "body"))
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.like_num:
        # "A corporal earns less. Two of them ...": a kind that was named by one of it.
        return (*numbers, "one")
    return numbers


def _owner(token: Token, actors: dict[int, Actor]) -> Actor | None:
    """Find the subject of the clause in which *his* or *their* stands (*a captain announced his resignation*)."""
    verb = token.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    subject = clauses.subject_of(verb) if verb.pos_ == "VERB" else None
    return actors.get(subject.i) if subject is not None and subject.i < token.i else None


def _beside(token: Token) -> frozenset[int]:
    """Give the words of the subject of an object's verb: *the command dismissed them* is not about the command."""
    if token.dep_ not in ("dobj", "dative", "pobj"):
        return frozenset()
    verb = token.head if token.dep_ != "pobj" else token.head.head
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    return frozenset(word.i for subject in subjects for word in subject.subtree)


def _means_a_thing(token: Token, actors: dict[int, Actor]) -> bool:
    """Tell whether *them* or *it* takes up the object of the clause above (*denied the reports, calling them lies*)."""
    if token.lower_ not in ("them", "it") or token.dep_ not in ("dobj", "nsubj"):
        return False
    verb = token.head if token.head.dep_ == "advcl" else token.head.head
    if verb.dep_ != "advcl" or verb.tag_ != "VBG":
        return False
    tag = "NNS" if token.lower_ == "them" else "NN"
    things = [child for child in verb.head.children if child.dep_ == "dobj" and child.i < token.i]
    return any(thing.tag_ == tag and thing.i not in actors for thing in things)


def _prominence(doc: Doc, head: int) -> int:
    """Rank an agent: subject of a main clause, subject of another clause, object, anything else."""
    word = doc[head]
    if word.dep_ not in ("nsubj", "nsubjpass"):
        return int(word.dep_ == "dobj")
    return 2 if word.head.dep_ in ("relcl", "advcl", "acl") else 3


def _sentence_index(token: Token, sentences: list[Span]) -> int:
    low, high = 0, len(sentences) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if sentences[middle].start <= token.i:
            low = middle
        else:
            high = middle - 1
    return low
