"""The words that name tellers: several joined by *and*, names in apposition, the handle of a post, verbs of naming."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.tables import limits, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: The handle of a post at the head of its line.
HANDLE = re.compile(r"\s*(?:RT\s+)?(@\w{2,30})\s*:")


def together(head: Token) -> tuple[int, int]:
    """Give the token span of a teller and of those joined to it (*the Herald and Radio One*).

    Parameters
    ----------
    head
        The noun of the first teller.

    Returns
    -------
    tuple of int
        First token and the one after the last; a teller joined from another clause is left out.
    """
    start, end = clauses.noun_phrase(head)
    for other in head.conjuncts:
        first, last = clauses.noun_phrase(other)
        between = head.doc[end:first] if first >= end else head.doc[0:0]
        joined = all(token.is_punct or token.dep_ in ("cc", "det", "preconj") for token in between)
        if other.i > head.i and other.pos_ in ("NOUN", "PROPN") and joined and first >= end:
            end = last
    return start, end


def named_in_apposition(head: Token) -> Token:
    """Let *two independent sources, the Herald and Radio One* be those two."""
    if head.lemma_.lower() not in words("attribution", "collective_words"):
        return head
    named = [child for child in head.children if child.dep_ in ("appos", "conj") and child.pos_ == "PROPN"]
    return named[0] if named else head


def names_as(verb: Token, below: Token) -> bool:
    """Tell whether a verb calls something what a word says (*called it a coup*, *decried it as a coup*)."""
    if verb.lemma_.lower() not in words("attribution", "naming_verbs"):
        return False
    return below.dep_ == "oprd" or (below.dep_ == "prep" and below.lower_ == "as")


def line_of(token: Token) -> str:
    """Give the line up to a word, at most as far back as a handle can matter."""
    doc = token.doc
    first = token.i
    while first > 0 and "\n" not in doc[first - 1].text and token.i - first < limits()["handle_reach"]:
        first -= 1
    return str(doc[first : token.i + 1].text)


def announced_by(doc: Doc, start: int) -> Token | None:
    """Find who is named before a colon and a quotation (*The ministry: "No unit has left."*)."""
    if start < 2 or doc[start - 1].text != ":":
        return None
    token = doc[start - 2]
    while token.head.i < start and token.head != token and token.head.pos_ in ("NOUN", "PROPN", "ADP"):
        token = token.head
    return token if token.pos_ in ("NOUN", "PROPN") else None


def speaks_again(pronoun: Token) -> Token | None:
    """Find the teller who goes on to speak of himself (*the lawyer said he could confirm ...*).

    Parameters
    ----------
    pronoun
        The subject of a verb of telling.

    Returns
    -------
    Token or None
        The noun of the teller above, where its number fits the pronoun's.
    """
    verb = pronoun.head
    above = verb.head
    told = verb.dep_ == "ccomp" and above.lemma_.lower() in words("attribution", "report_verbs")
    if pronoun.dep_ != "nsubj" or not told or clauses.is_passive(above):
        return None
    subject = next((child for child in above.children if child.dep_ == "nsubj" and child.i < above.i), None)
    if subject is None or subject.pos_ not in ("NOUN", "PROPN"):
        return None
    asked = ("NNS", "NNPS") if pronoun.lower_ == "they" else ("NN", "NNP")
    return subject if pronoun.lower_ in ("he", "she", "it", "they") and subject.tag_ in asked else None
