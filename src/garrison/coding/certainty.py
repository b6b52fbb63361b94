"""How sure a telling is: the first rule of `docs/claims.md` that matches, from readers' comments down to fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.attribution import HEARSAY, Voice
from garrison.coding.frames import Match
from garrison.coding.tables import limits, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_BY_KIND = {
    "official": "claim_official",
    "security_force": "claim_official",
    "foreign_official": "claim_official",
    "media": "claim_media",
    "ngo": "claim_single_source",
    "opposition": "claim_single_source",
    "social_media": "claim_single_source",
    "witness": "claim_single_source",
    "expert": "claim_single_source",
    "unnamed": "claim_unnamed_source",
}
_STANDING = ("PATRONAGE", "COUP_PROOFING", "HARDSHIP")
_FUTURE_MODALS = ("will", "shall", "'ll")
_UNREAL_MODALS = ("would", "could", "might", "may", "should", "can")


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What the grade depends on besides the words: the part of the report, the date told, the day of publication."""

    part: str
    published: date
    date_end: date | None
    is_dated: bool
    is_future: bool
    told_as_past: bool


def grade(match: Match, chain: tuple[Voice, ...], where: Circumstance) -> str:
    """Grade one assertion.

    Parameters
    ----------
    match
        The frame that fits.
    chain
        Who tells it, the origin first.
    where
        The part of the report and the date told.

    Returns
    -------
    str
        One grade of certainty of the vocabulary; the first rule that matches wins.
    """
    if where.part == "comments":
        return "reader_comment"
    if where.told_as_past or (
        where.is_dated
        and where.date_end is not None
        and (where.published - where.date_end).days > limits()["history"]
        and not where.is_future
    ):
        return "historical_background"
    if match.frame.kind == "state" and match.frame.type in _STANDING and unreal(match, where) is None:
        return "background_state"
    performed = match.frame.kind == "speech" and bool(chain) and _same(chain[0], match)
    not_said_to_have_happened = None if performed else unreal(match, where)
    if not_said_to_have_happened is not None:
        return not_said_to_have_happened
    if where.part == "title":
        return "headline_assertion"
    if taken_for_granted(match.trigger):
        return "presupposition"
    judged = judgement(match, chain)
    if judged is not None:
        return judged
    return by_source(match, chain)


def by_source(match: Match, chain: tuple[Voice, ...]) -> str:
    """Grade by who tells it; who says *we demand* thereby demands, and needs no other witness."""
    telling = [voice for voice in chain if voice.kind not in ("author", "reader")]
    if match.frame.kind == "speech" and telling and _same(telling[0], match):
        telling = [voice for voice in telling[1:] if voice.kind == "media" or voice.actor is not None]
    named = [voice for voice in telling if voice.kind != "unnamed" or voice.verb != HEARSAY]
    telling = named or telling
    if not telling:
        return "reported_fact"
    return _BY_KIND.get(telling[0].kind, "claim_unnamed_source")


def judgement(match: Match, chain: tuple[Voice, ...]) -> str | None:
    """Tell an opinion from a report: an expert's, the author's own assessment, or *appears to have*."""
    if chain and chain[0].kind == "expert" and match.frame.kind != "speech":
        return "expert_opinion"
    if match.frame.kind == "state" or _raised_by(match.trigger, words("attribution", "hedges")):
        return "assessment"
    if chain and chain[0].verb in words("attribution", "judging_verbs") and match.frame.kind != "speech":
        return "assessment"
    return None


def taken_for_granted(trigger: Token) -> bool:
    """Tell whether a noun is spoken of as known (*the latest defections threaten ...*)."""
    if trigger.lemma_.lower() == "toll":
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


def unreal(match: Match, where: Circumstance) -> str | None:
    """Tell a forecast, a hypothesis or a speculation from what is said to have happened.

    The climb from the trigger stops where the text asserts anew: at a relative clause, or at a clause of time.
    """
    if where.is_future:
        return "forecast"
    token = match.trigger
    while True:
        own = _unreal_here(token)
        if own == "hypothetical" and _was_forecast(token):
            return "forecast"
        if own is not None:
            return own
        head, relation = token.head, token.dep_
        if head == token or relation == "relcl":
            return None
        if relation == "advcl" and not _conditional(token):
            return None
        if relation in ("nsubj", "nsubjpass", "npadvmod"):
            if _conditional(head):
                return "hypothetical"
            if taken_for_granted(token) or relation == "npadvmod":
                return None
            if head.lower_ in words("attribution", "forecast_words"):
                return "forecast"
        above = _unreal_above(token, head, relation)
        if above is not None:
            return above
        token = head


def _unreal_here(token: Token) -> str | None:
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
    if any(word in _UNREAL_MODALS for word in auxiliaries) and not seen:
        return "hypothetical"
    if _conditional(token):
        return "hypothetical"
    if any(child.lower_ in words("attribution", "speculation_words") for child in token.children):
        return "speculation"
    if token.dep_ == "ROOT" and _is_question(token):
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


def _is_question(token: Token) -> bool:
    sentence = token.sent
    marks = [word.i for word in sentence if word.text == "?"]
    if not marks:
        return False
    between = token.doc[token.i : marks[-1]] if marks[-1] > token.i else token.doc[token.i : token.i]
    return not any(word.is_quote for word in between)


def _defines(token: Token) -> bool:
    """Tell whether a relative clause says what a word means (*a split, in which officers break away*)."""
    if token.dep_ != "relcl" or token.tag_ not in ("VBP", "VBZ"):
        return False
    return any(
        child.dep_ == "prep" and any(item.dep_ == "pobj" and item.tag_ == "WDT" for item in child.children)
        for child in token.children
    )


def _raised_by(token: Token, verbs: frozenset[str]) -> bool:
    while token.dep_ == "xcomp":
        token = token.head
        if token.lemma_.lower() in verbs:
            return True
    return False


def _same(voice: Voice, match: Match) -> bool:
    """Tell whether the teller is the one who acts: saying it is doing it."""
    if voice.actor is None or match.actor is None:
        return False
    return voice.actor.head == match.actor.head or (
        voice.actor.sector == match.actor.sector
        and voice.actor.text.split()[-1] == match.actor.text.split()[-1]
    )


def is_denied(match: Match, chain: tuple[Voice, ...]) -> bool:
    """Tell whether somebody denies it (*denied that*, *no evidence that*), rather than the text telling an absence."""
    for head, relation in clauses.governors(match.trigger):
        base = head.lemma_.lower()
        if relation in ("ccomp", "dobj", "xcomp", "nsubjpass") and base in words("attribution", "deny_verbs"):
            return match.frame.type != "REJECT_TALKS"
        if base in words("attribution", "doubt_nouns") and clauses.is_negated(head):
            return True
        if base in words("attribution", "doubt_nouns") and clauses.is_negated(head.head):
            return True
        if relation in ("relcl", "advcl"):
            break
    return match.negated and bool(chain) and chain[0].kind not in ("author", "unnamed")
