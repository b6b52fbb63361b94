"""Levers: what somebody could do from a date on, with size and ramp."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from garrison.errors import DateError, ParameterError, nearest
from garrison.regime.cohorts import Floats
from garrison.regime.priors import read_table

MOVED = ("pay", "hardship", "street_push", "attendance", "belief", "fatigue")
"""What a lever can move: two conditions, pushes a day on the street, attendance, belief, fatigue a day."""

SHAPES_IN_TIME = ("level", "while", "pulse")


@dataclass(frozen=True, slots=True)
class KnownLever:
    """A lever as `levers.toml` has it: what a size of 1 moves, and the expected sign on the chance of a break."""

    name: str
    meaning: str
    unit: str
    low: float
    high: float
    sign: int
    effects: tuple[tuple[str, str, float], ...]
    source: str
    why: str


@functools.cache
def known_levers() -> dict[str, KnownLever]:
    """Give every lever by name, in the order of `levers.toml`.

    Returns
    -------
    dict
        Name to `KnownLever`.

    Examples
    --------
    >>> list(known_levers())
    ['pay', 'food', 'mobilisation', 'concession']
    """
    return {row["name"]: _known(row) for row in read_table("levers.toml")["lever"]}


def _known(row: dict[str, Any]) -> KnownLever:
    effects = tuple((item["on"], item["how"], float(item["per_unit"])) for item in row["effects"])
    for moved, how, _ in effects:
        if moved not in MOVED or how not in SHAPES_IN_TIME:
            raise ParameterError(
                f"levers.toml: lever {row['name']} moves '{moved}' as '{how}'. {nearest(moved, MOVED)}"
            )
    words = {key: row[key] for key in ("name", "meaning", "unit", "sign", "source", "why")}
    return KnownLever(low=row["range"][0], high=row["range"][1], effects=effects, **words)


@dataclass(frozen=True, slots=True)
class Lever:
    """One intervention.

    Parameters
    ----------
    name
        A lever of `levers.toml`.
    size
        In the lever's unit and range.
    start
        Its first day.
    ramp_days
        Days over which it takes full effect (or during which it acts, for what passes), at least 1.

    Raises
    ------
    ParameterError
        For an unknown name (with the nearest one), a size out of range or a ramp below one day.

    Examples
    --------
    >>> Lever("pay", -0.2, date(2020, 3, 1), 30).size
    -0.2
    """

    name: str
    size: float
    start: date
    ramp_days: int = 1

    def __post_init__(self) -> None:
        known = known_levers()
        if self.name not in known:
            raise ParameterError(f"lever '{self.name}' is unknown. {nearest(self.name, known)}")
        lever = known[self.name]
        if not lever.low <= self.size <= lever.high:
            raise ParameterError(
                f"lever '{self.name}': size {self.size} is outside {lever.low:g} to {lever.high:g} ({lever.unit})."
            )
        if self.ramp_days < 1:
            raise ParameterError(f"lever '{self.name}': ramp_days is {self.ramp_days}; give at least 1.")


@dataclass(frozen=True, slots=True)
class LeverEffects:
    """What all levers together move on each day; every array (day,), nothing where no lever acts."""

    pay: Floats
    hardship: Floats
    street_push: Floats
    attendance: Floats
    belief: Floats
    fatigue: Floats


def lever_effects(levers: Sequence[Lever], *, start: date, days: int) -> LeverEffects:
    """Lay levers out over the days of a simulation.

    Parameters
    ----------
    levers
        Any number of them; their effects add.
    start, days
        The first day and the number of days.

    Returns
    -------
    LeverEffects
        One array a moved thing, each of shape (day,).

    Raises
    ------
    DateError
        If a lever starts before the first day or after the last one.

    Examples
    --------
    >>> ten = lever_effects([Lever("pay", -0.4, date(2020, 1, 3), 2)], start=date(2020, 1, 1), days=5)
    >>> ten.pay.tolist()
    [0.0, 0.0, -0.2, -0.4, -0.4]
    """
    moved = {name: np.zeros(days) for name in MOVED}
    for lever in levers:
        first = (lever.start - start).days
        if not 0 <= first < days:
            raise DateError(
                f"lever '{lever.name}' starts on {lever.start}, outside the {days} days from {start}: "
                f"move it, or simulate longer."
            )
        since = np.arange(days) - first
        acting = (since >= 0) & (since < lever.ramp_days)
        in_time = {
            "level": np.clip((since + 1) / lever.ramp_days, 0.0, 1.0),
            "while": acting.astype(np.float64),
            "pulse": acting / lever.ramp_days,
        }
        for name, how, per_unit in known_levers()[lever.name].effects:
            moved[name] += per_unit * lever.size * in_time[how]
    return LeverEffects(**moved)
