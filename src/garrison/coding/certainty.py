"""How sure a telling is: the first rule of `docs/coding.md` that matches, from readers' comments down to fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.conditions import is_behind_if
from garrison.coding.denial import Denial
from garrison.coding.frames import Match
from garrison.coding.irrealis import (
    is_passed_on_as_question,
    taken_for_granted,
    unreal,
    unreal_here,
)
from garrison.coding.standing_states import is_of_old
from garrison.coding.tables import limits, words
from garrison.coding.voice import HEARSAY, Voice

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
_STANDING = ("PATRONAGE", "COUP_PROOFING")
# Who says these does them: a demand, a refusal and a pledge are made by being uttered.
_UTTERED = (
    "REJECT_TALKS",
    "DEMAND_RESIGN",
    "CALL_TO_REBEL",
    "DEFECTION_APPEAL",
    "FRATERNIZATION_APPEAL",
    "DEFECT_DECLARED",
    "LOYALTY_SIGNAL",
)
# These are made so too where the one who acts tells them, and may also only be planned.
_DECLARED = ("FOREIGN_PRESSURE", "FOREIGN_SUPPORT_REGIME", "FOREIGN_SUPPORT_OPPOSITION")


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What the grade depends on besides the words: the part of the report, the dates told, whether it is counted."""

    part: str
    published: date
    date_end: date | None
    is_dated: bool
    is_future: bool
    told_as_past: bool
    is_counted: bool = False
    date_start: date | None = None


def grade(
    match: Match, chain: tuple[Voice, ...], where: Circumstance, *, denied: Denial | None = None
) -> str:
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
        The denial under which it stands: then only who denies, of what time, and whether he does, decides.

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
    if denied is not None:
        return (
            (unreal_here(match.trigger) or unreal(denied.word, where.is_future))
            or ("headline_assertion" if where.part == "title" else None)
            or by_source(match, chain)
        )
    if _stands(match, chain, where) and unreal(match.trigger, where.is_future) is None:
        return "background_state"
    not_said_to_have_happened = _unreal(match, chain, where) or _is_set(match)
    asked = not_said_to_have_happened == "speculation" and _is_post(chain)
    if asked and is_passed_on_as_question(match.trigger):
        return "claim_unnamed_source"
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


def _stands(match: Match, chain: tuple[Voice, ...], where: Circumstance) -> bool:
    """Tell a standing state told as background from news, and from what a source reports as news."""
    begun = where.date_start if where.is_dated else None
    lasting = begun is not None and (where.published - begun).days > limits()["history"]
    own_voice = not chain or chain[0].kind in ("author", "expert")
    if match.frame.type == "HARDSHIP":
        return own_voice and not where.is_counted and (lasting or is_of_old(match.trigger))
    if match.frame.type not in _STANDING:
        return False
    return lasting or (own_voice and not where.is_dated)


def by_source(match: Match, chain: tuple[Voice, ...]) -> str:
    """Grade by who tells it; who says *we demand* thereby demands, and needs no other witness."""
    telling = [voice for voice in chain if voice.kind not in ("author", "reader")]
    if telling and _is_uttered_by(telling[0], match):
        telling = [voice for voice in telling[1:] if voice.kind == "media" or voice.actor is not None]
    named = [voice for voice in telling if voice.kind != "unnamed" or voice.verb != HEARSAY]
    telling = named or telling
    if not telling:
        return "reported_fact"
    if telling[0].issuer is not None:
        return telling[0].issuer.certainty
    if telling[0].kind == "security_force" and _speaks_for_himself(telling[0], match):
        return "claim_single_source"
    return graded_by(telling[0].kind)


def _speaks_for_himself(voice: Voice, match: Match) -> bool:
    """Tell a soldier who tells of himself and his own from one who speaks for the forces."""
    heads = voice.text.lower().split(" of ")[0].split(",")[0].split()
    alone = (
        heads[:1] in (["a"], ["an"], ["one"], ["the"], ["two"], ["three"])
        and len(heads) <= limits()["plain_teller"]
    )
    if alone and heads[-1] in words("attribution", "men_without_command"):
        return True
    if match.frame.type not in _OWN_DEEDS or match.frame.kind != "act":
        return False
    own = match.actor is not None and voice.actor is not None and match.actor.sector == voice.actor.sector
    owned = match.actor is not None and match.actor.text.split()[0].lower() in words("grammar", "owning")
    return _same(voice, match) or (own and owned)


def graded_by(kind: str) -> str:
    """Give the grade of a claim that rests on one kind of source."""
    return _BY_KIND.get(kind, "claim_unnamed_source")


def judgement(match: Match, chain: tuple[Voice, ...]) -> str | None:
    """Tell an opinion from a report: an expert's, the author's own assessment, or *appears to have*."""
    if chain and chain[0].kind == "expert" and match.frame.kind != "speech":
        return "expert_opinion"
    judged = match.frame.kind == "state" and match.frame.type not in ("HARDSHIP", *_STANDING)
    if _concluded(match.trigger) or (judged and not _told_as_course(match)):
        return "assessment"
    if chain and chain[0].verb in words("attribution", "judging_verbs") and match.frame.kind != "speech":
        return "assessment"
    return None


def _unreal(match: Match, chain: tuple[Voice, ...], where: Circumstance) -> str | None:
    """Tell what is not said to have happened; whoever says *we will not obey* has refused, if he has said so."""
    if match.frame.type == "HARDSHIP" and clauses.is_negated(match.trigger) and "can" in _helping(match):
        return "hypothetical" if is_behind_if(match.trigger) else None
    if match.trigger.dep_ == "ROOT" and unreal_here(match.trigger) == "forecast" and not match.things:
        # *The president will speak at seven*: he has not said it yet.
        verb = chain[0].verb if chain else None
        if verb == match.trigger.lemma_.lower():
            return "forecast"
    if match.frame.kind == "act" and (said := _said_of_it(match.trigger)) is not None:
        return unreal(said, where.is_future)
    made = match.frame.type in _UTTERED and (chain or clauses.is_negated(match.trigger))
    if not made and not (chain and _is_uttered_by(chain[0], match)):
        return unreal(match.trigger, where.is_future)
    if is_behind_if(match.trigger):
        return "hypothetical"
    for head, relation in clauses.governors(match.trigger):
        if relation in ("ccomp", "xcomp", "parataxis") and head.lemma_.lower() in words(
            "attribution", "report_verbs"
        ):
            return unreal(head, False)
    return None


def _said_of_it(verb: Token) -> Token | None:
    """Give what a verb of telling tells, where the deed was read on that verb (*neither, he says, will move*)."""
    if verb.lemma_.lower() not in words("attribution", "report_verbs") | {"let"}:
        return None
    told = [child for child in verb.children if child.dep_ == "ccomp" and unreal_here(child) == "forecast"]
    return told[-1] if told else None


def _is_uttered_by(voice: Voice, match: Match) -> bool:
    """Tell whether the teller does by telling what he tells (*the envoy said his country stood by the king*)."""
    kind = match.frame.type
    if match.frame.kind != "speech" and kind not in _UTTERED and kind not in _DECLARED:
        return False
    if _same(voice, match):
        return True
    if voice.kind in ("media", "social_media", "unnamed") or voice.issuer is not None:
        return False
    alike = match.actor is None or voice.actor is None or voice.actor.sector == match.actor.sector
    return alike and kind in _UTTERED


def _helping(match: Match) -> set[str]:
    return {child.lemma_.lower() for child in match.trigger.children if child.dep_ in ("aux", "auxpass")}


def _told_as_course(match: Match) -> bool:
    """Tell a course of events from a judgement on how things are (*the guard stayed with the king throughout*)."""
    verb = match.trigger
    if verb.tag_ != "VBD" or match.negated:
        return False
    return verb.lemma_.lower() in words("attribution", "staying_verbs")


def _is_post(chain: tuple[Voice, ...]) -> bool:
    return bool(chain) and chain[-1].issuer is not None and chain[-1].kind == "social_media"


def _is_set(match: Match) -> str | None:
    """Tell what is announced for later, and has not been held by being announced (*announced early elections*)."""
    verb = match.trigger
    if verb.pos_ == "NOUN" and verb.dep_ == "dobj":
        verb = verb.head
    named = {match.trigger.lemma_.lower(), *(thing.lemma_.lower() for thing in match.things)}
    if verb.lemma_.lower() not in words("attribution", "setting_verbs") or clauses.is_negated(verb):
        return None
    return "forecast" if named & words("attribution", "nouns_to_come") else None


def _concluded(token: Token) -> bool:
    """Tell whether a clause is a conclusion (*appears to have*, *it is clear that*, *evidence that*)."""
    for head, relation in clauses.governors(token):
        base = head.lemma_.lower()
        if relation in ("xcomp", "ccomp") and base in words("attribution", "hedges"):
            return True
        if relation in ("xcomp", "advcl") and base in words("attribution", "appraising_verbs"):
            return clauses.is_passive(head)
        if relation in ("acl", "ccomp") and base in words("attribution", "judging_signs"):
            return True
        if relation == "ccomp" and base == "be":
            said = {child.lower_ for child in head.children if child.dep_ in ("acomp", "attr")}
            if said & words("attribution", "judging_signs"):
                return True
        if relation not in ("xcomp", "ccomp", "conj", "acl"):
            return False
    return False


def _same(voice: Voice, match: Match) -> bool:
    """Tell whether the teller is the one who acts: saying it is doing it."""
    if voice.actor is None or match.actor is None:
        return False
    return voice.actor.head == match.actor.head or (
        voice.actor.sector == match.actor.sector
        and voice.actor.text.split()[-1] == match.actor.text.split()[-1]
    )
