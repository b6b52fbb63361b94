"""Denials of what was told just before: *the ministry denied it*, *the army called the reports a fabrication*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.denial import Denial, is_called_false
from garrison.coding.tables import words
from garrison.records import Claim

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_CALLING = ("be", "prove", "turn", "remain", "'s", "’s")
_ALSO_DENIED = ("PURGE_ARREST_MIL", "LEADER_EXIT", "ARM_MILITIA", "PROTEST_PROPERTY")
_MADE_OF_DENIALS = ("REGIME_RESPONSE", "FOREIGN_PRESSURE", "NON_EVENT")
_POINTING = ("it", "this", "that", "them", "these", "so")
_DEFINITE = ("the", "this", "these", "those", "such", "that", "any", "all")


def denial_of_what_was_told(sentence: Span) -> Denial | None:
    """Find a verb that denies what stands before it, naming it only by *it* or *the report*.

    Parameters
    ----------
    sentence
        A sentence of a parsed text.

    Returns
    -------
    Denial or None
        None where the sentence itself says what is denied.
    """
    retracting, naming = words("attribution", "retracting_verbs"), words("attribution", "naming_verbs")
    denying = words("attribution", "deny_verbs") | words("attribution", "dismiss_verbs") | retracting
    for verb in sentence:
        base = verb.lemma_.lower()
        if base in _CALLING:
            subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
            if subject is not None and points_back(subject) and is_called_false(verb):
                return Denial(verb, None)
            continue
        if (base not in denying and base not in naming) or verb.pos_ != "VERB" or clauses.is_negated(verb):
            continue
        taken_back = base in retracting
        if not any(points_back(word, own=taken_back) for word in clauses.objects_of(verb)):
            continue
        if base in denying or _is_named_false(verb):
            subject = _denier(verb)
            return Denial(verb, subject) if subject is not None else None
    return None


def denied(told: Sequence[Claim]) -> list[Claim]:
    """Choose what a denial takes up: of the claims told last, those that count and are not denied themselves.

    Parameters
    ----------
    told
        The claims of the nearest sentence before that made any.

    Returns
    -------
    list of Claim
        Claims of dissent, of repression and of the treatment of soldiers; declarations of support are not denied.
    """
    from garrison.vocabulary import event_types, is_counted

    types = event_types()
    return [
        claim
        for claim in told
        if not claim.negated
        and is_counted(claim.certainty)
        and (types[claim.type].group in ("dissent", "repression") or claim.type in _ALSO_DENIED)
    ]


def denied_instead(here: Sequence[Claim], denials: Sequence[Claim]) -> list[Claim]:
    """Leave out what a frame made of the words of a denial itself: to call a report absurd is no other act.

    Parameters
    ----------
    here
        The claims of the sentence that denies.
    denials
        What it denies.

    Returns
    -------
    list of Claim
        The claims of the sentence without responses and absences that share characters with a denial.
    """
    return [
        claim
        for claim in here
        if claim.type not in _MADE_OF_DENIALS
        or all(
            denial.char_end <= claim.char_start or claim.char_end <= denial.char_start for denial in denials
        )
    ]


def corrected(told: Sequence[Claim]) -> list[Claim]:
    """Negate what a text wrote itself before it took it back (*At noon we wrote that ... That was wrong*).

    Parameters
    ----------
    told
        The claims of the sentence that is taken back.

    Returns
    -------
    list of Claim
        What the text told as its own word is negated; what others said stays as it was.
    """
    return [
        replace(claim, negated=True)
        if claim.sources and all(source.kind == "author" for source in claim.sources)
        else claim
        for claim in told
    ]


def points_back(word: Token, *, own: bool = False) -> bool:
    """Tell whether a word means what was told before (*it*, *the report*).

    Parameters
    ----------
    word
        A noun or a pronoun.
    own
        Whether *its report* means that too, as where somebody takes back what he told himself.

    Returns
    -------
    bool
    """
    if word.lower_ in _POINTING:
        return True
    relations = {child.dep_ for child in word.children}
    definite = any(child.lower_ in _DEFINITE for child in word.children) or (own and "poss" in relations)
    says_what = relations & {"acl", "relcl", "ccomp", "prep", "compound", *(() if own else ("poss",))}
    telling = words("attribution", "hearsay_nouns") | words("attribution", "disputed_nouns")
    telling |= words("attribution", "issued_words") if own else frozenset()
    return word.lemma_.lower() in telling and definite and not says_what


def _is_named_false(verb: Token) -> bool:
    false = words("attribution", "false_words")
    return any(word.i > verb.i and {word.lower_, word.lemma_.lower()} & false for word in verb.subtree)


def _denier(verb: Token) -> Token | None:
    if clauses.is_passive(verb):
        agents = clauses.after_prepositions(verb, ("by",))
        return agents[0] if agents else None
    return clauses.subject_of(verb)
