"""Levers: what somebody could do from a date on, with size, ramp and credibility."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from numbers import Integral, Real

import numpy as np

from garrison.errors import DateError, ParameterError, nearest
from garrison.regime.cohorts import Floats
from garrison.regime.levers.known_levers import MOVED, KnownLever, known_levers, moved_things

__all__ = ["MOVED", "KnownLever", "Lever", "LeverEffects", "known_levers", "lever_effects"]

LONGEST_RAMP_DAYS = 3650

_COLUMN = {name: place for place, name in enumerate(MOVED)}


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
        Days over which it takes full effect (or during which it acts, for what passes), 1 to 3650.
    credibility
        How far a pledge is believed, 0 to 1: it scales the effects. A lever that is no pledge has none: it is
        done or not done, and 1 is all it takes.

    Raises
    ------
    ParameterError
        For an unknown name (with the nearest one), a size that is no number or out of range (with the range
        and its reason), a ramp that is no whole number of days, or a credibility that cannot be used.
    DateError
        If `start` is not a day.

    Examples
    --------
    >>> Lever("pay", -0.2, date(2020, 3, 1), 30).size
    -0.2
    >>> Lever("amnesty", 0.5, date(2020, 3, 1), credibility=0.3).credibility
    0.3
    """

    name: str
    size: float
    start: date
    ramp_days: int = 1
    credibility: float = 1.0

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise ParameterError(f"lever name {self.name!r} is not a word: give a lever of levers.toml.")
        known = known_levers()
        if self.name not in known:
            raise ParameterError(f"lever {self.name!r} is unknown. {nearest(self.name, known)}")
        lever = known[self.name]
        object.__setattr__(self, "size", _number(self.size, f"lever '{self.name}': size"))
        if not lever.low <= self.size <= lever.high:
            raise ParameterError(
                f"lever '{self.name}': size {self.size:g} is outside {lever.low:g} to {lever.high:g} "
                f"({lever.unit}): {lever.range_reason}."
            )
        _check_time(self)
        _check_credibility(self, lever)


def _number(given: object, what: str) -> float:
    if isinstance(given, bool) or not isinstance(given, Real):
        raise ParameterError(f"{what} is {given!r}: give a number.")
    try:
        return float(given)
    except OverflowError:
        return math.inf


def _check_time(lever: Lever) -> None:
    if not isinstance(lever.start, date) or isinstance(lever.start, datetime):
        raise DateError(f"lever '{lever.name}': start is {lever.start!r}: give a day, year-month-day.")
    days = lever.ramp_days
    if isinstance(days, bool) or not isinstance(days, Integral):
        raise ParameterError(f"lever '{lever.name}': ramp_days is {days!r}; give a whole number of days.")
    if not 1 <= days <= LONGEST_RAMP_DAYS:
        raise ParameterError(
            f"lever '{lever.name}': ramp_days is outside 1 to {LONGEST_RAMP_DAYS}; give at least 1 day, "
            f"and set a condition for what takes longer than ten years."
        )


def _check_credibility(lever: Lever, known: KnownLever) -> None:
    believed = _number(lever.credibility, f"lever '{lever.name}': credibility")
    object.__setattr__(lever, "credibility", believed)
    if not 0.0 <= believed <= 1.0:
        raise ParameterError(
            f"lever '{lever.name}': credibility {believed:g} is outside 0 (nobody believes it) to 1 (all do)."
        )
    if believed != 1.0 and not known.pledge:
        pledges = ", ".join(name for name, one in known_levers().items() if one.pledge)
        raise ParameterError(
            f"lever '{lever.name}' is no pledge, so credibility {believed:g} would change nothing: leave it out "
            f"(pledges: {pledges})."
        )


@dataclass(frozen=True, slots=True, eq=False)
class LeverEffects:
    """What all levers together move on each day.

    Parameters
    ----------
    moved
        (day, moved) in the order of `MOVED`, C-contiguous; 0 everywhere where no lever acts.

    Examples
    --------
    >>> nothing = lever_effects([], start=date(2020, 1, 1), days=3)
    >>> nothing["pay"].tolist()
    [0.0, 0.0, 0.0]
    >>> nothing.moved.shape == (3, len(MOVED))
    True
    """

    moved: Floats

    def __getitem__(self, name: str) -> Floats:
        """Give what is moved of one thing, (day,).

        Raises
        ------
        ParameterError
            For a name that is not in `MOVED`, with the nearest one.
        """
        if name not in _COLUMN:
            raise ParameterError(f"levers move no {name!r}. {nearest(str(name), MOVED)}")
        column: Floats = self.moved[:, _COLUMN[name]]
        return column

    def __getattr__(self, name: str) -> Floats:
        if name not in _COLUMN:
            raise AttributeError(f"levers move no '{name}'. {nearest(name, MOVED)}")
        return self[name]

    @property
    def street_push(self) -> Floats:
        """What pushes civilians each day, (day,)."""
        return self["push_civilians"]


def lever_effects(levers: Sequence[Lever], *, start: date, days: int) -> LeverEffects:
    r"""Lay levers out over the days of a simulation.

    .. math:: moved_{jt} = \sum_l size_l \cdot credibility_l \cdot e_{lj} \cdot shape_{lj}(t)

    Parameters
    ----------
    levers
        Any number of them; their effects add, within the limits of what they move (`moved_things`).
    start, days
        The first day and the number of days, at least 1.

    Returns
    -------
    LeverEffects
        `moved` has shape (day, moved).

    Raises
    ------
    ParameterError
        If `days` is below 1.
    DateError
        If a lever starts before the first day or after the last one.

    Examples
    --------
    >>> ten = lever_effects([Lever("pay", -0.4, date(2020, 1, 3), 2)], start=date(2020, 1, 1), days=5)
    >>> ten["pay"].tolist()
    [0.0, 0.0, -0.2, -0.4, -0.4]
    """
    if days < 1:
        raise ParameterError(f"days is {days}: levers need at least 1 day.")
    moved = np.zeros((days, len(MOVED)))
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
            moved[:, _COLUMN[name]] += per_unit * lever.size * lever.credibility * in_time[how]
    limits = np.array([(one.low, one.high) for one in moved_things().values()])
    return LeverEffects(np.clip(moved, limits[:, 0], limits[:, 1]))
