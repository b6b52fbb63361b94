"""Of which type a match is as a claim: what did not happen, and deaths as an incident or as a running toll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.absence import is_nobody
from garrison.coding.tables import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from garrison.coding.frames import Match
    from garrison.coding.timing import Timing
    from garrison.coding.voice import Voice
    from garrison.records import Quantity


def polarity(match: Match, chain: tuple[Voice, ...]) -> tuple[str | None, bool]:
    """Tell what somebody says did not happen (the type stays, negated) from an absence that the text tells.

    Who says that *nobody* was held answers no allegation: that is an absence too. Who says that *no soldier* has
    deserted does.
    """
    told = [voice for voice in chain if voice.issuer is None]
    attributed = bool(told) and told[0].kind not in ("author", "unnamed")
    trigger = match.trigger
    befallen = clauses.passive_subject_of(trigger) if clauses.is_passive(trigger) else None
    nobody = trigger.pos_ in ("VERB", "AUX") and is_nobody(befallen or clauses.subject_of(trigger))
    if match.negated and match.frame.kind == "act" and (nobody or not attributed):
        return (match.frame.type, True) if _is_called_none(trigger) else ("NON_EVENT", False)
    if match.negated:
        return match.frame.type, True
    return match.frame.type, False


def _is_called_none(noun: Token) -> bool:
    """Tell what is said to be no such thing (*it was no coup*, *not a mutiny*) from one that did not take place."""
    if noun.pos_ in ("VERB", "AUX"):
        return False
    told = noun.dep_ == "attr" and not any(child.dep_ == "expl" for child in noun.head.children)
    quoted = noun.dep_ in ("ccomp", "dobj") and noun.head.lemma_.lower() in words(
        "attribution", "report_verbs"
    )
    alone = (noun.dep_ == "ROOT" or quoted) and any(child.lower_ == "not" for child in noun.children)
    return told or alone


def toll_or_incident(
    kind: str | None, timing: Timing, numbers: tuple[Quantity, ...], match: Match
) -> str | None:
    """Deaths over more than a week, or told as a running total, are a toll; others are an incident."""
    if kind != "REPRESSION_LETHAL":
        return kind
    counted = bool(numbers) or match.frame.counted or _is_asked_how_many(match.trigger)
    stock = any(number.kind == "stock" for number in numbers) or (counted and _so_far(match.trigger))
    long = timing.date_start and timing.date_end and (timing.date_end - timing.date_start).days > 7
    return "FATALITIES_CUMULATIVE" if stock or (long and timing.is_dated and numbers) else kind


def _so_far(trigger: Token) -> bool:
    """Tell whether a clause counts up to a day (*killed since it began*, *by then*, *in three weeks of protest*)."""
    around = {token.lower_ for token in (*trigger.subtree, *trigger.head.children)}
    recorded = trigger.head.lemma_.lower() in words("grammar", "counting_verbs")
    if recorded or not around.isdisjoint(words("grammar", "totals")) or _is_over_a_stretch(trigger):
        return True
    perfect = any(child.dep_ == "aux" and child.lemma_ == "have" for child in trigger.children)
    courses = words("attribution", "courses_of_events")
    course = any(token.lemma_.lower() in courses for token in trigger.subtree)
    subject = clauses.subject_of(trigger)
    of_course = trigger.dep_ == "relcl" and trigger.head.lemma_.lower() in courses
    return perfect and (course or of_course or (subject is not None and subject.lemma_.lower() in courses))


def _is_over_a_stretch(trigger: Token) -> bool:
    """Tell deaths counted over days or more (*in ten months*, *over the past fortnight*, *during the riots of May*)."""
    for token in trigger.subtree:
        if token.lemma_.lower() not in words("grammar", "stretches") or token.head.dep_ != "prep":
            continue
        told = any(child.like_num or child.lower_ in _PAST for child in token.children)
        if token.head.lower_ in words("grammar", "stretch_prepositions") and (told or token.tag_ == "NNS"):
            return True
    return any(
        token.lower_ == "by" and any(child.lower_ in _BY_THEN for child in token.subtree)
        for token in (*trigger.children, *trigger.head.children)
    )


_PAST = ("past", "last", "these", "those", "this")
_BY_THEN = ("then", "end", "now", "evening", "nightfall")


def _is_asked_how_many(trigger: Token) -> bool:
    """Tell a count that the text leaves open (*nobody knows how many have died*)."""
    subject = clauses.subject_of(trigger) or clauses.passive_subject_of(trigger)
    return subject is not None and (
        subject.lower_ == "many" or any(child.lower_ == "many" for child in subject.children)
    )
