"""Absences that answer what was told just before: who says that *nobody was shot* denies that somebody was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from garrison.coding import clauses
from garrison.coding.absence import names_nobody
from garrison.coding.denied_before import denied
from garrison.coding.tables import limits

if TYPE_CHECKING:
    from spacy.tokens import Token

    from garrison.coding.frames import Match
    from garrison.coding.voice import Voice
    from garrison.records import Claim

_NO_PARTY = ("author", "unnamed", "media", "expert", "reader")


def allegation_answered(
    match: Match, chain: Sequence[Voice], told: Sequence[tuple[Claim, int]], place: int, text: str
) -> str | None:
    """Find the type of the claim that an absence denies.

    Parameters
    ----------
    match
        The frame of what did not happen.
    chain
        Who says so, the origin first.
    told
        The claims before it, each with its last character in `text`.
    place
        First character of the absence in `text`.
    text
        The text of the part.

    Returns
    -------
    str or None
        None where nobody answers for it, or nothing like it was told by somebody else in the paragraph.
    """
    tellers = [voice for voice in chain if voice.issuer is None]
    if not tellers or tellers[0].kind in _NO_PARTY:
        return None
    near = [
        claim
        for claim, end in told
        if 0 <= place - end <= limits()["answer_reach"]
        and "\n\n" not in text[end:place]
        and (not claim.sources or claim.sources[0].text != tellers[0].text)
    ]
    for claim in reversed(denied(near)):
        alleged = claim.certainty.startswith("claim_")
        if claim.type == match.frame.type or (alleged and _denies_all(match.trigger)):
            return claim.type
    return None


def _denies_all(trigger: Token) -> bool:
    """Tell *nobody was touched* and *nothing of the kind took place* from an absence with a story of its own."""
    subject = (
        clauses.passive_subject_of(trigger) if clauses.is_passive(trigger) else clauses.subject_of(trigger)
    )
    there = next((child for child in trigger.children if child.dep_ == "attr"), None)
    return names_nobody(subject) or names_nobody(there) or names_nobody(trigger)
