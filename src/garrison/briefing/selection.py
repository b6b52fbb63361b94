"""What of a long brief one page shows; what is left out is counted, never dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from garrison.briefing.content import BriefContent
from garrison.briefing.evidence import AuditedClaim, NotCounted, ProvenanceRow, Quote, TimelineEvent
from garrison.briefing.limits import Limits


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quotation with the number and the anchor under which the page shows it."""

    number: int
    anchor: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Card:
    """A claim told at length; one of the report's headline together with the claim in the body that it repeats."""

    claim: AuditedClaim
    original: AuditedClaim | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a brief is shown under given limits, and how much is left out."""

    cards: tuple[Card, ...]
    claims: tuple[AuditedClaim, ...]
    n_claims_left: int
    set_aside: tuple[tuple[NotCounted, int], ...]
    timeline: tuple[TimelineEvent, ...]
    n_timeline_left: int
    n_timeline_earlier: int
    quotes: dict[str, ShownQuote]
    n_quotes_left: int
    notes: tuple[ProvenanceRow, ...]
    note_numbers: frozenset[int]


def select(content: BriefContent, limit: Limits) -> Shown:
    """Choose what a page of given limits shows; the claims of the report's headline always come first.

    Parameters
    ----------
    content
        Everything that the page says.
    limit
        How many of each part.

    Returns
    -------
    Shown
        The parts, and how many of each are left out.
    """
    ordered = _cards(content.claims)
    cards = tuple(ordered[: limit.cards])
    claims = tuple(card.claim for card in ordered[limit.cards : limit.cards + limit.claims])
    timeline = sorted(content.timeline, key=lambda event: (event.date_start, event.published), reverse=True)
    earlier = [
        event
        for event in content.timeline
        if (content.header.as_of - event.date_end).days > limit.timeline_days
    ]
    set_aside = tuple((group, min(limit.set_aside, len(group.claims))) for group in content.not_counted)
    told = [claim for card in cards for claim in (card.claim, card.original) if claim]
    quotes = _number_quotes(content, (*told, *claims), limit)
    shown_timeline = tuple(timeline[: limit.timeline])
    notes = _choose_notes(content, [claim.note for claim in (*told, *claims)], shown_timeline, limit)
    return Shown(
        cards=cards,
        claims=claims,
        n_claims_left=len(ordered) - len(cards) - len(claims),
        set_aside=set_aside,
        timeline=shown_timeline,
        n_timeline_left=max(0, len(timeline) - limit.timeline),
        n_timeline_earlier=len(earlier),
        quotes=quotes,
        n_quotes_left=len(content.quotes) - len(quotes),
        notes=notes,
        note_numbers=frozenset(row.number for row in notes),
    )


def _cards(claims: Iterable[AuditedClaim]) -> list[Card]:
    """Put the headline's claims first, each with its original, which then needs no card of its own."""
    by_id = {claim.claim_id: claim for claim in claims}
    headline = [
        Card(claim, by_id.get(claim.duplicate_of or "")) for claim in by_id.values() if claim.is_headline
    ]
    told = {card.original.claim_id for card in headline if card.original}
    return headline + [
        Card(claim, None) for claim in by_id.values() if not claim.is_headline and claim.claim_id not in told
    ]


def _choose_notes(
    content: BriefContent, of_claims: list[int], timeline: Iterable[TimelineEvent], limit: Limits
) -> tuple[ProvenanceRow, ...]:
    """Choose the provenance rows to show: those that the page names, then others while there is room."""
    row_of = {row.number: row for row in content.provenance}
    events = {event.note for event in content.timeline}
    named = [number for number in row_of if number not in events]
    wanted = dict.fromkeys([*named, *of_claims, *(event.note for event in timeline)])
    wanted.update(dict.fromkeys(row_of))
    kept = set(list(wanted)[: max(limit.notes, len(named))])
    return tuple(row for row in content.provenance if row.number in kept)


def _number_quotes(
    content: BriefContent, claims: Iterable[AuditedClaim], limit: Limits
) -> dict[str, ShownQuote]:
    """Number the quotations in the order in which the page first leads to them."""
    by_claim = {quote.claim_id: quote for quote in content.quotes}

    def order() -> Iterator[str]:
        yield from (claim.claim_id for claim in claims)
        for sentence in content.verdict:
            yield from sentence.claim_ids
        for group in content.not_counted:
            yield from (claim.claim_id for claim in group.claims[: limit.set_aside])
        yield from by_claim

    numbered: dict[str, ShownQuote] = {}
    for claim_id in order():
        if claim_id not in numbered and len(numbered) < limit.quotes:
            number = len(numbered) + 1
            numbered[claim_id] = ShownQuote(number, f"quote-{number}", by_claim[claim_id])
    return numbered
