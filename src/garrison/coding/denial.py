"""Who denies an assertion, and with which words: *denied that*, *called it fake*, *is untrue*, *no evidence that*."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.tables import table, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONTENT = ("ccomp", "xcomp", "dobj", "nsubjpass", "csubjpass", "pcomp")


@dataclass(frozen=True, slots=True)
class Denial:
    """The word that denies, and the noun of who denies; None where that word's own teller denies."""

    word: Token
    denier: Token | None


def denial_of(trigger: Token) -> Denial | None:
    """Find the denial under which an assertion stands.

    Parameters
    ----------
    trigger
        The word that asserts.

    Returns
    -------
    Denial or None
        The innermost one; an absence that a verb itself tells (*did not fire*) is none.
    """
    below, hearsay = trigger, _is_hearsay(trigger)
    for head, relation in clauses.governors(trigger):
        found = _denies(head, relation, below, trigger, hearsay)
        if found is not None:
            return found
        if relation in ("relcl", "advcl") and not _is_hearsay(head):
            return None
        hearsay = hearsay or _is_hearsay(head)
        below = head
    return None


def _denies(head: Token, relation: str, below: Token, trigger: Token, hearsay: bool) -> Denial | None:
    base = head.lemma_.lower()
    if relation in ("ccomp", "xcomp") and base in words("attribution", "report_verbs") and _errs(head):
        return Denial(head, None)
    if relation in _CONTENT or (relation == "prep" and hearsay):
        strong = base in words("attribution", "deny_verbs") or _is_phrase(head, "strong_deny_phrases")
        of_hearsay = hearsay or relation in ("ccomp", "pcomp", "csubjpass")
        weak = base in words("attribution", "dismiss_verbs") or _is_phrase(head, "deny_phrases")
        if strong or (weak and of_hearsay):
            return Denial(head, _doer(head))
    if base in words("attribution", "naming_verbs") and _names_false(head, trigger):
        return Denial(head, _doer(head))
    if base in ("be", "prove", "remain", "'s", "’s") and relation in ("nsubj", "ccomp", "csubj", "attr"):
        return Denial(head, None) if is_called_false(head) else None
    if base in words("attribution", "doubt_nouns") and (
        clauses.is_negated(head) or clauses.is_negated(head.head)
    ):
        return Denial(head, _doer(head.head) if head.dep_ == "dobj" else None)
    return None


def _errs(verb: Token) -> bool:
    """Tell whether a telling is called false by its adverb (*wrongly stated that*)."""
    return any(child.lower_ in words("attribution", "wrong_adverbs") for child in verb.children)


def _is_hearsay(word: Token) -> bool:
    return word.lemma_.lower() in words("attribution", "hearsay_nouns")


def _is_phrase(verb: Token, key: str) -> bool:
    """Tell a denial of two words (*brushed aside*)."""
    second = _phrases(key).get(verb.lemma_.lower())
    return second is not None and any(child.lower_ in second for child in verb.children)


@cache
def _phrases(key: str) -> dict[str, frozenset[str]]:
    """Index denials of two words: the verb, and the words that may follow it."""
    found: dict[str, set[str]] = {}
    for phrase in table("attribution")[key]:
        verb, following = phrase.split()[:2]
        found.setdefault(verb, set()).add(following)
    return {verb: frozenset(following) for verb, following in found.items()}


def _doer(verb: Token) -> Token | None:
    if clauses.is_passive(verb):
        agents = clauses.after_prepositions(verb, ("by",))
        return agents[0] if agents else None
    return clauses.subject_of(verb)


def _names_false(verb: Token, trigger: Token) -> bool:
    """Tell whether a verb of naming calls what is told untrue (*called reports of a mutiny lies*)."""
    if trigger.i < verb.i and not clauses.is_passive(verb):
        return False
    false = words("attribution", "false_words")
    named = [child for child in verb.children if child.dep_ in ("oprd", "acomp") or child.lower_ == "as"]
    if any(
        {word.lower_, word.lemma_.lower()} & false
        for child in named
        for word in child.subtree
        if trigger.i != word.i
    ):
        return True
    return any(
        word.i > max(trigger.i, verb.i) and {word.lower_, word.lemma_.lower()} & false
        for word in verb.subtree
    )


def is_called_false(verb: Token) -> bool:
    """Tell whether a clause with *to be* calls its subject untrue (*is false*, *is not true*)."""
    false, true = words("attribution", "false_words"), words("attribution", "true_words")
    for child in verb.children:
        if child.dep_ in ("acomp", "attr", "xcomp", "oprd"):
            said = {token.lemma_.lower() for token in child.subtree} | {
                token.lower_ for token in child.subtree
            }
            if said & (true if clauses.is_negated(verb) else false):
                return True
    return False
