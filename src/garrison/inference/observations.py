"""What the reports say about the things that the model counts, as of a day."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from garrison.events import type_prior
from garrison.records import Event


@dataclass(frozen=True, slots=True)
class CountObserved:
    """A number told: between `low` and `high` of a channel's things happened in these days.

    `credence` is the chance that the report of it is right; with the rest it says nothing.
    """

    channel: str
    first_day: date
    last_day: date
    low: float
    high: float
    credence: float
    event_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoriesObserved:
    """Stories of happenings in one span of days: for each its evidence ratio (1 says nothing)."""

    channel: str
    first_day: date
    last_day: date
    evidence_ratios: tuple[float, ...]
    event_ids: tuple[str, ...]


Observation = CountObserved | StoriesObserved


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("channels.toml").read_text(encoding="utf8"))


@cache
def channels() -> dict[str, Any]:
    """Give the observation channels of `channels.toml`."""
    return {name: row for name, row in _table().items() if "form" in row}


@cache
def setting(name: str) -> float:
    """Give one setting of `channels.toml` by name."""
    return float(_table()["settings"][name]["value"])


def p_refusal_known(events: Iterable[Event], *, start: date, as_of: date) -> float:
    """Give the chance that some story of collective refusal, told by a day, is true.

    Parameters
    ----------
    events
        Those published after `as_of`, or over before `start`, are left out.
    start
        First day of the crisis.
    as_of
        The day of the forecast.

    Returns
    -------
    float
        1 - prod (1 - q), in [0, 1), with q the part of each story's chance that its sources add to the prior of
        its type; 0 where nobody tells one, or where those who do are outweighed by who denies it.
    """
    types = _table()["known_refusal"]["types"]
    told = [event for event in known_by(events, as_of) if event.type in types and event.date_end >= start]
    priors = {kind: type_prior(kind) for kind in types}
    added = [(event.p_happened - priors[event.type]) / (1.0 - priors[event.type]) for event in told]
    return 1.0 - math.prod(1.0 - max(0.0, part) for part in added)


def known_by(events: Iterable[Event], as_of: date) -> list[Event]:
    """Keep the events of which anybody could read by a day: the guard against hindsight.

    Parameters
    ----------
    events
        With the day each was published.
    as_of
        The day of the forecast.

    Returns
    -------
    list of Event
        Published on or before that day.
    """
    return [event for event in events if event.published <= as_of]


def observe(events: Iterable[Event], *, start: date, as_of: date) -> tuple[Observation, ...]:
    """Turn what was published by a day into observations of the model's counts.

    Every report enters once: incidents and running tolls of the same things are made one running total, never
    added, and stories told by several sources are one event already.

    Parameters
    ----------
    events
        Of one country; those published after `as_of` are left out.
    start
        First day of the simulated crisis; earlier happenings are history.
    as_of
        The day of the forecast.

    Returns
    -------
    tuple of Observation
        In a fixed order.
    """
    known = [event for event in known_by(events, as_of) if event.date_end >= start]
    found: list[Observation] = []
    for name, channel in channels().items():
        mine = [event for event in known if event.type in channel["types"]]
        if channel["form"] == "count":
            counted = [event for event in mine if event.count_of == channel["count_of"]]
            found += _count_observations(name, counted, start, as_of)
        else:
            found += _story_observations(name, mine, start)
    return tuple(found)


def _story_observations(channel: str, events: Sequence[Event], start: date) -> list[StoriesObserved]:
    """Gather the stories of each week: those that one span of days could hold are judged together."""
    width = timedelta(days=int(setting("occurrence_days")) - 1)
    weeks: dict[int, list[Event]] = {}
    for event in sorted(events, key=lambda one: (one.date_end, one.id)):
        weeks.setdefault((event.date_end - start).days // int(setting("occurrence_days")), []).append(event)
    observations = []
    for told in weeks.values():
        members = _one_story_a_source(told)
        last = max(event.date_end for event in members)
        first = max(start, min(min(event.date_start for event in members), last - width))
        ratios = tuple(event.evidence_ratio for event in members)
        ids = tuple(event.id for event in members)
        observations.append(StoriesObserved(channel, first, last, ratios, ids))
    return observations


def _one_story_a_source(events: Sequence[Event]) -> list[Event]:
    """Keep of the stories that rest on one interested source only the strongest: one message is one story.

    Who desks, governments and armies are is known; they may well tell of several happenings in a week.
    """
    desks = {"media", "official", "security_force"}
    kept: list[Event] = []
    for event in sorted(events, key=lambda one: (-one.evidence_ratio, one.id)):
        alone = event.n_independent_sources == 1 and not desks & set(event.source_kinds)
        heard = {name for other in kept for name in other.sources}
        if not (alone and set(event.sources) <= heard):
            kept.append(event)
    return sorted(kept, key=lambda one: (one.date_end, one.id))


@dataclass(frozen=True, slots=True)
class _Total:
    day: date
    low: float
    high: float
    credence: float
    event_ids: tuple[str, ...]


def _count_observations(
    channel: str, events: Sequence[Event], start: date, as_of: date
) -> list[CountObserved]:
    """Turn incidents and running tolls into the increments of one running total."""
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


def describe(observation: Observation, labels: Mapping[str, str]) -> str:
    """Say an observation in a line.

    Parameters
    ----------
    observation
        What was observed.
    labels
        Words for each channel.
    """
    name = labels.get(observation.channel, observation.channel.replace("_", " "))
    days = f"{observation.first_day.isoformat()} to {observation.last_day.isoformat()}"
    if isinstance(observation, CountObserved):
        if observation.high == float("inf"):
            return f"{name}: at least {observation.low:g}, {days}"
        if observation.low == observation.high:
            return f"{name}: {observation.low:g}, {days}"
        return f"{name}: {observation.low:g} to {observation.high:g}, {days}"
    ratios = ", ".join(
        f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.2g}" for ratio in observation.evidence_ratios
    )
    return f"{name}: {len(observation.evidence_ratios)} told, evidence ratio {ratios}, {days}"
