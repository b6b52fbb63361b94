"""What is not said to have happened: forecasts, hypotheses, questions; and what is only taken for granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_FUTURE_MODALS = ("will", "shall", "'ll")
_UNREAL_MODALS = ("would", "could", "might", "may", "should", "can")


def taken_for_granted(trigger: Token) -> bool:
    """Tell whether a noun is spoken of as known (*the latest defections threaten ...*)."""
    if trigger.lemma_.lower() == "toll":
        return False
    if trigger.dep_ == "amod" and trigger.tag_ == "VBN":
        return trigger.head.tag_ == "NNS" or any(
            child.dep_ in ("det", "poss") for child in trigger.head.children
        )
    if any(child.dep_ == "relcl" and child.lemma_.lower() == "be" for child in trigger.children):
        return False
    if trigger.pos_ not in ("NOUN", "PROPN") or trigger.dep_ not in (
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "conj",
    ):
        return False
    governor = trigger.head if trigger.dep_ != "pobj" else trigger.head.head
    base = governor.lemma_.lower()
    if base in words("attribution", "hearsay_nouns") or base in words("attribution", "report_verbs"):
        return False
    definite = words("attribution", "presupposing_determiners")
    return any(child.lower_ in definite or child.dep_ == "poss" for child in trigger.children)


def unreal(trigger: Token, is_future: bool) -> str | None:
    """Tell a forecast, a hypothesis or a speculation from what is said to have happened.

    The climb from the trigger stops where the text asserts anew: at a relative clause, or at a clause of time.
    """
    if is_future:
        return "forecast"
    if _is_inverted(trigger):
        return "hypothetical"
    if _is_asked(trigger):
        return "forecast" if unreal_here(trigger) == "forecast" else "speculation"
    token = trigger
    while True:
        own = unreal_here(token)
        if own == "hypothetical" and _was_forecast(token):
            return "forecast"
        if own is not None:
            return own
        head, relation = token.head, token.dep_
        if head == token or relation == "relcl":
            return None
        if relation == "advcl" and not _conditional(token):
            return None
        if relation == "pobj" and head.lower_ in ("amid", "amidst", "despite"):
            return None
        if relation in ("nsubj", "nsubjpass", "npadvmod"):
            if _conditional(head):
                return "hypothetical"
            if taken_for_granted(token) or relation == "npadvmod":
                return None
            if head.lower_ in words("attribution", "forecast_words"):
                return "forecast"
        if relation == "conj":
            token = clauses.coordinated_with(token)
            continue
        above = _unreal_above(token, head, relation)
        if above is not None:
            return above
        token = head


def unreal_here(token: Token) -> str | None:
    """Read a clause's own words alone: *may*, *will*, *would*, *if*, *perhaps*; None where it asserts."""
    if token.pos_ not in ("VERB", "AUX"):
        return None
    auxiliaries = [child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")]
    if any(word in ("may", "might") for word in auxiliaries):
        return "speculation"
    if any(word in _FUTURE_MODALS for word in auxiliaries):
        return "forecast"
    seen = (
        token.lemma_.lower() in ("see", "hear", "watch")
        and "could" in auxiliaries
        and clauses.is_passive(token)
    )
    vouched = "could" in auxiliaries and token.lemma_.lower() in words("attribution", "admit_verbs")
    if any(word in _UNREAL_MODALS for word in auxiliaries) and not seen and not vouched:
        return "hypothetical"
    if _conditional(token):
        return "hypothetical"
    if any(child.lower_ in words("attribution", "speculation_words") for child in token.children):
        return "speculation"
    if _defines(token):
        return "hypothetical"
    return None


def _was_forecast(token: Token) -> bool:
    """Tell whether *would* is the future of a forecast (*we predicted that they would*)."""
    for head, relation in clauses.governors(token):
        if relation not in ("ccomp", "xcomp", "conj", "pcomp", "prep", "attr"):
            return False
        if head.lemma_.lower() in words("attribution", "forecast_verbs"):
            return True
    return False


def _unreal_above(token: Token, head: Token, relation: str) -> str | None:
    """Read the governor: *expected to*, *set to*, *threatened to*, *if*."""
    base = head.lemma_.lower()
    if (
        relation in ("xcomp", "acl", "ccomp", "advcl", "dobj", "conj", "pobj", "pcomp", "prep")
        and relation != "conj"
    ):
        if base in words("attribution", "forecast_verbs") and relation in ("ccomp", "xcomp", "dobj"):
            return "forecast"
        if relation == "xcomp" and head.lower_ in words("attribution", "forecast_words"):
            return "forecast"
        if relation in ("xcomp", "pcomp", "prep", "acl") and head.lower_ in words(
            "attribution", "near_words"
        ):
            return "forecast"
        if relation in ("xcomp", "dobj") and base in ("threaten", "vow", "prepare", "promise", "plan"):
            return "forecast" if relation == "xcomp" or base in ("plan", "prepare") else None
        infinitive = relation in ("xcomp", "ccomp") and any(child.lower_ == "to" for child in token.children)
        if infinitive and base in words("attribution", "irrealis_verbs"):
            return "hypothetical"
        if base in words("attribution", "speculation_words"):
            return "speculation"
        if (
            base in ("risk", "danger", "prospect", "possibility", "threat", "fear", "case", "chance")
            and head.pos_ == "NOUN"
        ):
            return "hypothetical"
    return None


def _conditional(token: Token) -> bool:
    return any(
        child.dep_ in ("mark", "advmod", "aux")
        and child.lower_ in words("attribution", "if_words") - {"were", "should"}
        for child in token.children
    )


def _is_asked(token: Token) -> bool:
    """Tell whether a word stands in a question that the text itself asks (*Will the guard turn?*)."""
    sentence = token.sent
    marks = [word.i for word in sentence if word.text == "?"]
    if not marks or marks[-1] < token.i:
        return False
    return not any(word.is_quote for word in token.doc[token.i : marks[-1]])


def _is_inverted(token: Token) -> bool:
    """Tell a condition by its order of words (*Were the army to split, ...*; *Should troops mutiny, ...*)."""
    sentence = token.sent
    if sentence[0].lower_ not in ("were", "should", "had") or _is_asked(token):
        return False
    comma = next((word.i for word in sentence if word.text == ","), sentence.end)
    return token.i < comma


def _defines(token: Token) -> bool:
    """Tell whether a relative clause says what a word means (*a split, in which officers break away*)."""
    if token.dep_ != "relcl" or token.tag_ not in ("VBP", "VBZ"):
        return False
    return any(
        child.dep_ == "prep" and any(item.dep_ == "pobj" and item.tag_ == "WDT" for item in child.children)
        for child in token.children
    )
