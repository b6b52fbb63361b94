"""What was observed: a count told, or stories that may be false, in some days of one channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


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
