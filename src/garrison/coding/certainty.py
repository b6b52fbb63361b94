"""How sure a telling is: the first rule of `docs/coding.md` that matches, from readers' comments down to fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from garrison.coding.attribution import HEARSAY, Voice
from garrison.coding.frames import Match
from garrison.coding.irrealis import taken_for_granted, unreal, unreal_here
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
# Told by those who did it, these are one interested party's word, no admission by the state.
_OWN_DEEDS = (
    "DEFECT",
    "DEFECT_DECLARED",
    "DEFECT_EXILE",
    "REFUSE_ORDER",
    "FRATERNIZE_JOIN",
    "MUTINY",
    "COUP",
)
_STANDING = ("PATRONAGE", "COUP_PROOFING", "HARDSHIP")


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What the grade depends on besides the words: the part of the report, the date told, whether it is counted."""

    part: str
    published: date
    date_end: date | None
    is_dated: bool
    is_future: bool
    told_as_past: bool
    is_counted: bool = False


def grade(match: Match, chain: tuple[Voice, ...], where: Circumstance, *, denied: bool = False) -> str:
    """Grade one assertion.

    Parameters
    ----------
    match
        The frame that fits.
    chain
        Who tells it, the origin first.
    where
        The part of the report and the date told.
    denied
        Whether somebody denies it: then only who denies, and of what time, decides.

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
    if denied:
        unreal_itself = "forecast" if where.is_future else unreal_here(match.trigger)
        return unreal_itself or ("headline_assertion" if where.part == "title" else by_source(match, chain))
    if (
        match.frame.kind == "state"
        and match.frame.type in _STANDING
        and unreal(match.trigger, where.is_future) is None
    ):
        return "background_state"
    performed = match.frame.kind == "speech" and bool(chain) and _same(chain[0], match)
    not_said_to_have_happened = None if performed else unreal(match.trigger, where.is_future)
    if not_said_to_have_happened is not None:
        return not_said_to_have_happened
    if where.part == "title":
        return "headline_assertion"
    if taken_for_granted(match.trigger) and not where.is_counted:
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
    own_deed = telling[0].kind == "security_force" and match.frame.type in _OWN_DEEDS
    if own_deed and match.frame.kind == "act" and _same(telling[0], match):
        return "claim_single_source"
    return graded_by(telling[0].kind)


def graded_by(kind: str) -> str:
    """Give the grade of a claim that rests on one kind of source."""
    return _BY_KIND.get(kind, "claim_unnamed_source")


def judgement(match: Match, chain: tuple[Voice, ...]) -> str | None:
    """Tell an opinion from a report: an expert's, the author's own assessment, or *appears to have*."""
    if chain and chain[0].kind == "expert" and match.frame.kind != "speech":
        return "expert_opinion"
    if match.frame.kind == "state" or _raised_by(match.trigger, words("attribution", "hedges")):
        return "assessment"
    if chain and chain[0].verb in words("attribution", "judging_verbs") and match.frame.kind != "speech":
        return "assessment"
    return None


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
