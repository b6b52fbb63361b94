"""A telling is a claim or a dated row of a case, seen as one account of a happening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from garrison.events.credibility import count_factor, linking_gap
from garrison.records import Claim, Event

#: How the basis of a claim's date begins where the text names no day.
UNDATED = "no date named"


@dataclass(frozen=True, slots=True)
class Count:
    """Bounds of a number told, and whether it is an incident's own (`flow`) or a running total (`stock`)."""

    low: float
    high: float
    kind: str | None


@dataclass(frozen=True, slots=True)
class Telling:
    """One account of a happening: when, who, where, how many; from a claim or from a case's table."""

    type: str
    country: str
    start: date
    end: date
    actor_sector: str | None
    actor_rank: str | None
    target_sector: str | None
    adm1: str | None
    count: Count | None
    claim: Claim | None = None
    event: Event | None = None

    @property
    def id(self) -> str:
        """The claim's id, or "row" and the id of the case's row."""
        if self.event is not None:
            return f"row {self.event.id}"
        assert self.claim is not None
        return self.claim.id

    @property
    def order(self) -> tuple[bool, date, str, int, str]:
        """Sorts a case's rows before claims, then by publication and place in the text."""
        if self.event is not None:
            return (False, self.event.published, "", 0, self.event.id)
        assert self.claim is not None
        return (True, self.claim.published, self.claim.doc, self.claim.char_start, self.claim.id)


def telling_of_claim(claim: Claim) -> Telling:
    """See a claim as a telling; where it names no day, the day of its report stands in."""
    start = claim.date_start or claim.published
    end = max(start, claim.date_end or claim.published)
    first = claim.numbers[0] if claim.numbers else None
    if first and first.kind == "stock" and (claim.date_basis or "").startswith(UNDATED):
        # A running total whose first day nobody names has only the day on which it is told.
        start = end
    return Telling(
        type=claim.type,
        country=claim.country or "",
        start=start,
        end=end,
        actor_sector=claim.actor_sector,
        actor_rank=claim.actor_rank,
        target_sector=claim.target_sector,
        adm1=claim.adm1,
        count=Count(first.low, first.high, first.kind) if first else None,
        claim=claim,
    )


def telling_of_event(event: Event) -> Telling:
    """See a dated row of a case as a telling."""
    counted = event.n_low is not None and event.n_high is not None
    return Telling(
        type=event.type,
        country=event.country,
        start=event.date_start,
        end=event.date_end,
        actor_sector=event.actor_sector,
        actor_rank=event.actor_rank,
        target_sector=event.target_sector,
        adm1=event.adm1,
        count=Count(event.n_low or 0.0, event.n_high or 0.0, event.count_kind) if counted else None,
        event=event,
    )


def is_stock(telling: Telling) -> bool:
    """Say whether a telling counts a running total."""
    return telling.count is not None and telling.count.kind == "stock"


def counts_agree(one: Count | None, other: Count | None) -> bool:
    """Say whether two counts can be of one thing: one is unknown, or their bounds meet within a factor."""
    if one is None or other is None:
        return True
    return count_factor() * one.high >= other.low and count_factor() * other.high >= one.low


def days_agree(one: Telling, other: Telling) -> bool:
    """Say whether two tellings can be of the same days.

    A running total is of the day on which it ends, which must lie within the type's gap; else the spans, widened
    by the gap, must share at least half of the longer one, so that "for weeks" does not swallow each day of them.
    """
    gap = linking_gap(one.type)
    if is_stock(one) or is_stock(other):
        return abs((one.end - other.end).days) <= gap
    width = timedelta(days=gap)
    shared = (min(one.end, other.end) + width) - (max(one.start, other.start) - width)
    longer = max((one.end - one.start).days, (other.end - other.start).days) + 1 + 2 * gap
    return 2 * (shared.days + 1) >= longer
