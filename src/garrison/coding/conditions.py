"""Conditions: what stands behind *if*, *unless*, *as long as*, or an inverted *had the army* and *should it*."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.tables import table, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def is_behind_if(token: Token) -> bool:
    """Tell whether a word stands between *if* or *unless* and the comma that ends its clause, whatever the tree says.

    Parameters
    ----------
    token
        A word.

    Returns
    -------
    bool
        False behind *as if* and behind *asked if*, which open no condition.

    Examples
    --------
    >>> from garrison.coding.parsing import parse
    >>> doc = parse("If the guards desert, the palace falls.")
    >>> is_behind_if(doc[3]), is_behind_if(doc[7])
    (True, False)
    """
    doc, first = token.doc, token.sent.start
    openings = _openings(doc)
    for place in reversed(openings[bisect_left(openings, first) : bisect_left(openings, token.i)]):
        if any(word.text in (",", ";", ":") or word.is_quote for word in doc[place : token.i]):
            break
        if _opens_condition(doc, place, first) and not _goes_on_beside(doc[place].head, token):
            return True
    start = doc[first]
    opens = start.lower_ in words("attribution", "supposing_words")
    if not opens or start.head.dep_ != "advcl":
        return False
    # A comma within the clause (*If soldiers, who are hungry, desert, ...*): the tree says where it ends.
    governor = start.head.head
    follows = min(
        (child.i for child in governor.lefts if child.dep_ in ("nsubj", "nsubjpass", "expl")), default=first
    )
    return token.i < follows or start.head.i == token.i or start.head.is_ancestor(token)


def is_before_what_follows(token: Token) -> bool:
    """Tell whether a word stands before the last comma of a sentence that opens with *if* or *unless*.

    Conditions of several clauses are often misread by the parser; to take a fact for a condition costs less than
    the other way round.
    """
    doc, first = token.doc, token.sent.start
    openings = _openings(doc)
    place = bisect_left(openings, first)
    opens = place < len(openings) and openings[place] <= first + 1 and openings[place] < token.i
    if not opens or not _opens_condition(doc, openings[place], first):
        return False
    end = token.sent.end
    last = next((word.i for word in doc[first:end] if word.text in (";", ":")), end)
    return any(word.text == "," for word in doc[token.i : last])


def is_inverted(token: Token) -> bool:
    """Tell a condition by its order of words (*Were the army to split, ...*; *Should troops mutiny, ...*)."""
    sentence = token.sent
    if sentence[0].lower_ not in ("were", "should", "had"):
        return False
    comma = next((word.i for word in sentence if word.text == ","), sentence.end)
    return token.i < comma


def is_conditional(verb: Token) -> bool:
    """Tell whether a clause is a condition by its conjunction (*if the army splits*)."""
    return any(
        child.dep_ in ("mark", "advmod") and child.lower_ in words("attribution", "supposing_words")
        for child in verb.children
    )


def _openings(doc: Doc) -> list[int]:
    """Give the places of the words that may open a condition, gathered once for a text."""
    known: list[int] | None = doc.user_data.get("openings_of_conditions")
    if known is None:
        opening = words("attribution", "supposing_words") | frozenset(_supposing_phrases())
        known = [word.i for word in doc if word.lower_ in opening]
        doc.user_data["openings_of_conditions"] = known
    return known


def _opens_condition(doc: Doc, place: int, first: int) -> bool:
    """Tell a condition from *asked if*, *as if*, *few if any* and from phrases that only begin like one."""
    word = doc[place]
    for phrase in _supposing_phrases().get(word.lower_, ()):
        if doc[place : place + len(phrase)].text.lower().split() == phrase:
            return True
    if word.lower_ not in words("attribution", "supposing_words"):
        return False
    if place + 1 < len(doc) and doc[place + 1].lower_ in words("attribution", "if_fillers"):
        return False
    before = doc[place - 1] if place > first else None
    asked = before is not None and before.lemma_.lower() in words("attribution", "asking_verbs")
    return not asked and (before is None or before.lower_ != "as")


def _goes_on_beside(condition: Token, token: Token) -> bool:
    """Tell whether *and* joins a word to the clause above a condition (*asked if they had arms and arrested them*)."""
    if condition.i >= token.i or condition.is_ancestor(token):
        return False
    joined = any(word.dep_ == "cc" for word in token.doc[condition.i : token.i])
    return joined and any(
        head.dep_ == "conj" for head in (token, *(head for head, _ in clauses.governors(token)))
    )


@lru_cache(maxsize=1)
def _supposing_phrases() -> dict[str, list[list[str]]]:
    """Index the phrases that suppose something by their first words."""
    found: dict[str, list[list[str]]] = {}
    for phrase in table("attribution")["supposing_phrases"]:
        found.setdefault(phrase.split()[0], []).append(phrase.split())
    return found
