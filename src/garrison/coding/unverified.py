"""What the text itself says nobody could verify: it stays a claim, never a fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.denied_before import points_back
from garrison.coding.tables import words
from garrison.records import Claim, Source

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


def unverified_telling(sentence: Span) -> Token | None:
    """Find the word for what was told that a sentence calls unverified.

    Parameters
    ----------
    sentence
        A sentence of a parsed text.

    Returns
    -------
    Token or None
        Such as *reports* in *The reports could not be verified* or *it* in *There was no way to verify it*.
    """
    verifying, unverified = words("attribution", "verifying_verbs"), words("attribution", "unverified_words")
    for word in sentence:
        if word.lemma_.lower() in verifying and word.pos_ == "VERB" and _fails(word):
            told = [item for item in clauses.objects_of(word) if _is_telling(item)]
            if told:
                return told[0]
        elif word.lower_ in unverified and word.dep_ in ("acomp", "oprd"):
            subject = clauses.subject_of(word.head)
            if subject is not None and _is_telling(subject):
                return subject
        elif word.lower_ in ("confirmation", "verification") and clauses.is_negated(word):
            of_what = clauses.after_prepositions(word, ("of", "for"))
            if not of_what or _is_telling(of_what[0]):
                return word
    return None


def left_unverified(claims: Sequence[Claim], telling: str) -> list[Claim]:
    """Grade facts that the text says nobody could verify as somebody's claim.

    Parameters
    ----------
    claims
        What was told before.
    telling
        The words by which the text takes it up (*The reports*).

    Returns
    -------
    list of Claim
        A fact becomes the claim of an unnamed source; what has a source, or is no fact, stays as it was.
    """
    return [
        replace(claim, certainty="claim_unnamed_source", sources=(*claim.sources, Source(telling, "unnamed")))
        if claim.certainty == "reported_fact" and not claim.negated
        else claim
        for claim in claims
    ]


def _is_telling(word: Token) -> bool:
    """Tell whether a word means what was told, or the pictures that show it."""
    if points_back(word, own=True) or word.lemma_.lower() in words("attribution", "channel_words"):
        return True
    if word.lemma_.lower() in ("authenticity", "veracity", "truth", "information"):
        return True
    if word.dep_ == "appos" and word.lemma_.lower() in words("attribution", "hearsay_nouns"):
        return True
    return any(points_back(item) for item in clauses.after_prepositions(word, ("of",)))


def _fails(verb: Token) -> bool:
    """Tell whether verifying is said to fail (*could not be verified*, *was unable to verify*)."""
    unable = words("attribution", "unable_words")
    if clauses.is_negated(verb) or verb.head.lower_ in unable:
        return True
    if verb.head.lower_ == "able" and clauses.is_negated(verb.head.head):
        return True
    around = [verb.head, *verb.head.children] if verb.dep_ in ("xcomp", "acl", "ccomp", "advcl") else []
    return any(word.lower_ in unable for word in around) or (bool(around) and clauses.is_negated(verb.head))
