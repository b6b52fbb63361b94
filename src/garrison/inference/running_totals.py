"""Incidents and running tolls of the same things become one running total; nothing is counted twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from garrison.inference.channels import setting
from garrison.inference.observed import CountObserved
from garrison.records import Event


@dataclass(frozen=True, slots=True)
class _Total:
    day: date
    low: float
    high: float
    credence: float
    event_ids: tuple[str, ...]


def increments(channel: str, events: Sequence[Event], start: date, as_of: date) -> list[CountObserved]:
    """Turn incidents and running tolls into the increments of one running total, never into their sum.

    Parameters
    ----------
    channel
        Of the counted things.
    events
        That tell a number of them.
    start
        First day of the crisis.
    as_of
        The day of the forecast.

    Returns
    -------
    list of CountObserved
        One for each stretch of days between two totals, in order.
    """
    totals = _running_totals(events, start, as_of)
    observations = []
    before = _Total(_eve_of(events, start), 0.0, 0.0, 1.0, ())
    for total in totals:
        observations.append(
            CountObserved(
                channel,
                before.day + timedelta(days=1),
                total.day,
                max(0.0, total.low - before.high),
                max(0.0, total.high - before.low),
                total.credence,
                total.event_ids,
            )
        )
        before = total
    return observations


def _eve_of(events: Sequence[Event], start: date) -> date:
    """Give the day before counting begins: the crisis's, or later where every toll names a later first day."""
    begins = [event.date_start for event in events if event.date_start < event.date_end]
    named = min(begins) if begins and len(begins) == len(events) else start
    return max(start, named) - timedelta(days=1)


def _running_totals(events: Sequence[Event], start: date, as_of: date) -> list[_Total]:
    """Find the running total at one or more days, from tolls and from dated incidents, never from their sum."""
    tolls = sorted(
        (event for event in events if event.count_kind == "stock" and event.n_low is not None),
        key=lambda event: (event.date_end, event.id),
    )
    incidents = sorted(
        (event for event in events if event.count_kind != "stock" and event.n_low is not None),
        key=lambda event: (event.date_end, event.id),
    )
    incidents = [event for event in incidents if not _is_a_toll_told_again(event, tolls)]
    if incidents and _incidents_are_complete(incidents, tolls):
        return _weekly_totals(incidents, start, as_of)
    if tolls:
        return _tolls_apart(tolls)
    if incidents:
        # Incidents that nobody claims to be all of them: at least so many happened.
        low = sum(event.n_low or 0.0 for event in incidents)
        credence = min(event.p_happened for event in incidents)
        ids = tuple(event.id for event in incidents)
        return [_Total(incidents[-1].date_end, low, float("inf"), credence, ids)]
    return []


def _is_a_toll_told_again(incident: Event, tolls: Sequence[Event]) -> bool:
    """Say whether an incident is as large as most of the toll by then: then it is that toll, told as an incident."""
    share = setting("complete_share")
    return any(
        (incident.n_low or 0.0) >= share * (toll.n_low or 0.0)
        for toll in tolls
        if toll.date_end >= incident.date_end and (toll.n_low or 0.0) > 1
    )


def _incidents_are_complete(incidents: Sequence[Event], tolls: Sequence[Event]) -> bool:
    """Say whether dated incidents add up to the running toll, so that they are the whole count."""
    if not tolls:
        return False
    last = tolls[-1]
    added = sum(event.n_low or 0.0 for event in incidents if event.date_end <= last.date_end)
    return added >= setting("complete_share") * (last.n_low or 0.0)


def _weekly_totals(incidents: Sequence[Event], start: date, as_of: date) -> list[_Total]:
    step = int(setting("checkpoint_days"))
    last_told = min(as_of, max(event.date_end for event in incidents))
    totals = []
    day = start - timedelta(days=1)
    while day < last_told:
        # The last week may be a part of one: what is told of it counts too.
        day = min(day + timedelta(days=step), last_told)
        within = [event for event in incidents if event.date_end <= day]
        this_week = [event for event in within if event.date_end > day - timedelta(days=step)]
        totals.append(
            _Total(
                day,
                sum(event.n_low or 0.0 for event in within),
                sum(event.n_high or event.n_low or 0.0 for event in within),
                min((event.p_happened for event in this_week), default=incidents[0].p_happened),
                tuple(event.id for event in this_week),
            )
        )
    return totals


def _tolls_apart(tolls: Sequence[Event]) -> list[_Total]:
    """Join tolls of one week into one with the bounds of all, so that their difference is conflict, not news."""
    step = timedelta(days=int(setting("checkpoint_days")))
    groups: list[list[Event]] = []
    for toll in tolls:
        if groups and toll.date_end - groups[-1][0].date_end < step:
            groups[-1].append(toll)
        else:
            groups.append([toll])
    totals: list[_Total] = []
    for group in groups:
        low = min(event.n_low or 0.0 for event in group)
        high = max(event.n_high or event.n_low or 0.0 for event in group)
        # A later, lower toll is a narrower count, not the dead rising again.
        low = max(low, totals[-1].low if totals else 0.0)
        credence = max(event.p_happened for event in group)
        totals.append(
            _Total(group[-1].date_end, low, max(low, high), credence, tuple(event.id for event in group))
        )
    return totals
