"""What the reports say about the things that the model counts, as of a day."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from garrison.events import type_prior
from garrison.inference.channels import channels, refusal_types, setting
from garrison.inference.observed import Observation, StoriesObserved
from garrison.inference.running_totals import increments
from garrison.records import Event


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
    types = refusal_types()
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
            found += increments(name, counted, start, as_of)
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
