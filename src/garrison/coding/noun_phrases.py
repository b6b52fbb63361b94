"""The words of a noun phrase, and how they are written as a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Verbs of doing something to somebody "of" something: that is no part of whom it is done to.
_OF_SOMETHING = ("accuse", "suspect", "convict", "acquit", "strip", "relieve", "inform", "assure")


def noun_phrase(head: Token) -> tuple[int, int]:
    """Give the token span of a noun and what belongs to it, without relative clauses and appositions."""
    left = right = head.i
    stack = [head]
    while stack:
        for child in stack.pop().children:
            tail_of = child.dep_ == "prep" and child.lower_ == "of" and child.i > head.i
            if head.dep_ == "dobj" and head.head.lemma_.lower() in _OF_SOMETHING:
                tail_of = False
            before = child.i < head.i and child.dep_ not in (
                "punct",
                "cc",
                "prep",
                "conj",
                "relcl",
                "acl",
                "nsubj",
            )
            if before and (child.lower_ in words("attribution", "day_names") or child.tag_ in ("VBG", "WDT")):
                before = False
            if before and ((child.dep_ == "nummod" and is_year(child)) or _opens_the_sentence(child)):
                before = False
            if before or tail_of or child.dep_ in ("pobj", "case"):
                left, right = min(left, child.i), max(right, child.i)
                stack.append(child)
    return left, right + 1


def phrase_text(doc: Doc, start: int, end: int) -> str:
    """Write a noun phrase as a name: without marks at its edges, a lone quotation mark, a final *'s*."""
    while start < end - 1 and (doc[start].is_punct or doc[start].is_space):
        start += 1
    dashes = [
        index
        for index in range(start, end - 1)
        if doc[index].text in ("-", "–", "—") and doc[index - 1].whitespace_
    ]
    start = dashes[-1] + 1 if dashes and start > 0 else start
    while start < end - 1 and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].tag_ == "POS"):
        end -= 1
    text = str(doc[start:end].text)
    return text.replace('"', "") if text.count('"') % 2 else text


def is_year(number: Token) -> bool:
    """Tell a year that the parser takes for a count (*in 2002 generals ...*)."""
    after_preposition = number.i > 0 and number.nbor(-1).lower_ in ("in", "since", "of", "until", "during")
    return after_preposition and number.text.isdigit() and 1900 < int(number.text) < 2100


def _opens_the_sentence(word: Token) -> bool:
    """Tell an adverb that the parser hangs on the noun behind it (*Earlier a campaigner ...*)."""
    measured = word.lower_ in words("attribution", "measuring_adverbs")
    first = word.tag_ in ("RB", "RBR") and bool(word.is_sent_start)
    return first and not measured and word.nbor(1).tag_ in ("DT", "CD", "PRP$", ",")
