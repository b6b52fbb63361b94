"""Which claims a page audits, and which it sets aside and why."""

from __future__ import annotations

from collections.abc import Sequence

from garrison.briefing.content import AuditedClaim, NotCounted, Quote, SetAsideClaim
from garrison.briefing.frequency import percent
from garrison.briefing.material import Material
from garrison.briefing.provenance import NumberLedger
from garrison.briefing.sentences import sentences
from garrison.briefing.words import words
from garrison.events import type_prior
from garrison.records import Claim, Event
from garrison.vocabulary import event_types, is_counted

#: How many of each reason are shown; all are counted.
SHOWN_OF_A_REASON = 12

#: Characters of context on either side of a quotation.
CONTEXT = 60

_REASONS = {
    "historical_background": "history",
    "background_state": "history",
    "forecast": "forecast",
    "hypothetical": "forecast",
    "speculation": "forecast",
    "expert_opinion": "assessment",
    "assessment": "assessment",
    "presupposition": "assessment",
    "headline_assertion": "assessment",
    "reader_comment": "comment",
}
_ORDER_OF_REASONS = ("history", "forecast", "assessment", "duplicate", "denied", "comment")


def reason_not_counted(claim: Claim, counted: Sequence[str]) -> str | None:
    """Say why a claim is set aside, or None where it is audited.

    Parameters
    ----------
    claim
        Of any certainty.
    counted
        Ids of the claims that an event stands on.
    """
    if claim.certainty == "headline_assertion":
        return None
    if claim.duplicate_of is not None and claim.certainty != "reader_comment":
        return "duplicate"
    if is_counted(claim.certainty):
        return None if claim.id in counted else "assessment"
    return _REASONS[claim.certainty]


def event_behind(material: Material, claim: Claim) -> Event | None:
    """Find the event that a claim tells of; a headline's claim tells of what it repeats."""
    by_claim = material.event_of_claim
    return by_claim.get(claim.id) or by_claim.get(claim.duplicate_of or "")


def event_note(ledger: NumberLedger, event: Event) -> int:
    """Write the provenance row of an event's chance."""
    origin = sentences().say(
        "provenance.event",
        ratio=_plain_number(event.evidence_ratio),
        prior=f"{type_prior(event.type):.2g}",
        who="; ".join(event.sources[:3]) or words().say("page.none"),
    )
    return ledger.note(percent(event.p_happened), "events", origin, claim_ids=event.claim_ids)


def _plain_number(value: float) -> str:
    """Print a ratio with two or three digits and no power of ten: 0.9, 1.8, 115, 1,600."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"


def audited_claims(material: Material, notes: dict[str, int]) -> tuple[AuditedClaim, ...]:
    """List the claims of the present crisis, the headline's first, then dissent, then the rest by group.

    Parameters
    ----------
    material
        Of the brief.
    notes
        The provenance row of each event, by event id, and that of claims without one under "".
    """
    groups = list(dict.fromkeys(item.group for item in event_types().values()))
    rows = []
    for claim in material.all_claims:
        if reason_not_counted(claim, tuple(material.event_of_claim)) is not None:
            continue
        event = event_behind(material, claim)
        rank = (
            claim.certainty != "headline_assertion",
            groups.index(event_types()[claim.type].group),
            claim.doc,
            claim.char_start,
        )
        rows.append((rank, _audited(claim, event, notes[event.id] if event else notes[""])))
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))


def _audited(claim: Claim, event: Event | None, note: int) -> AuditedClaim:
    return AuditedClaim(
        claim_id=claim.id,
        type=claim.type,
        certainty=claim.certainty,
        negated=claim.negated,
        is_headline=claim.certainty == "headline_assertion",
        actor=claim.actor_text or "",
        target=claim.target_text or "",
        place=claim.place_text or "",
        date_start=claim.date_start,
        date_end=claim.date_end,
        numbers=claim.numbers,
        sources=claim.sources,
        n_independent_sources=event.n_independent_sources if event else 0,
        p_happened=event.p_happened if event else None,
        note=note,
        duplicate_of=claim.duplicate_of,
        conflict=event.conflict if event else None,
        interested_parties=event.interested_parties if event else (),
    )


def set_aside(material: Material, ledger: NumberLedger) -> tuple[NotCounted, ...]:
    """List what was read and not counted, by reason, each with its number and some examples."""
    counted = tuple(material.event_of_claim)
    by_reason: dict[str, list[Claim]] = {}
    for claim in material.all_claims:
        reason = reason_not_counted(claim, counted)
        if reason is not None:
            by_reason.setdefault(reason, []).append(claim)
    parts = []
    commented = sum(len(report.comments) for report in material.all_reports)
    for reason in _ORDER_OF_REASONS:
        claims = by_reason.get(reason, [])
        if not claims and not (reason == "comment" and commented):
            continue
        shown = tuple(
            SetAsideClaim(claim.id, claim.type, claim.certainty, claim.duplicate_of)
            for claim in claims[:SHOWN_OF_A_REASON]
        )
        note = ledger.note(
            str(len(claims)),
            "claims",
            sentences().say("provenance.comments", characters=f"{commented:,}")
            if reason == "comment"
            else sentences().say("provenance.set_aside"),
            claim_ids=tuple(item.claim_id for item in shown),
        )
        parts.append(NotCounted(reason, len(claims), note, shown))
    return tuple(parts)


def quotes_of(material: Material, wanted: set[str]) -> tuple[Quote, ...]:
    """Cut the characters of the wanted claims out of their documents, with some context on either side."""
    texts = {report.doc: report for report in material.all_reports}
    quotes = []
    for claim in material.all_claims:
        if claim.id not in wanted:
            continue
        before = after = ""
        report = texts.get(claim.doc)
        if report is not None and report.text[claim.char_start : claim.char_end] == claim.quote:
            before = report.text[max(0, claim.char_start - CONTEXT) : claim.char_start]
            after = report.text[claim.char_end : claim.char_end + CONTEXT]
        quotes.append(
            Quote(claim.id, claim.doc, claim.char_start, claim.char_end, before, claim.quote, after)
        )
    return tuple(quotes)
