"""Pushes from outside the model: what a week brings to the street and to the palace."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from garrison.regime import COHORTS, Parameters, uniforms
from garrison.regime.cohorts import CIVILIANS, ELITE, OFFICERS, TROOPS, Floats

DAYS_A_WEEK = 7
_STREET, _PALACE = (CIVILIANS, TROOPS), (OFFICERS, ELITE)
# Replicates and futures share one key of 64 bits, half of it each.
_HALF_KEY = 2**32


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A day from which chance is drawn anew: the same history before it, another future in each run.

    Parameters
    ----------
    day
        The first day of the futures, 0 or more; what happened before it stays.
    future
        (run,) which future each run has, 0 or more. Future i of a replicate is the same whatever their number.
    seed
        Keys the chance of the futures.
    """

    day: int
    future: NDArray[np.int64]
    seed: int

    def uniforms(self, purpose: str, replicate: NDArray[np.int64], step: int = 0) -> Floats:
        """Look up one random number of each run's future; see `uniforms`."""
        key = replicate * np.int64(_HALF_KEY) + self.future
        return uniforms(self.seed, f"{purpose}, future from day {self.day}", key, step)

    def part(self, runs: slice) -> Branch:
        """Give the futures of some runs."""
        return Branch(self.day, self.future[runs], self.seed)


def pushes_of_all_days(
    parameters: Parameters, *, seed: int, days: int, branch: Branch | None = None
) -> NDArray[np.float32]:
    """Give the pushes that arrive on each day.

    Each week has one push on the street (civilians, troops) and one on the palace (officers, elite),
    lognormal in size and on a day of their own; the week in which the crisis begins has them on its first
    day, and larger. Where a layout has several places, part of the street's push is a place's own (see
    `local_pushes`).

    Parameters
    ----------
    parameters
        The ensemble; the chance of a run hangs on its replicate alone.
    seed
        The simulation's seed.
    days
        How many days; more of them change no earlier one.
    branch
        From which day on chance is drawn anew.

    Returns
    -------
    ndarray
        (run, day, class), 0 or more, in pushes of size 1.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> pushes_of_all_days(draw_parameters(5, seed=1), seed=1, days=10).shape
    (5, 10, 4)
    """
    n_runs = len(parameters)
    pushes = np.zeros((n_runs, days, len(COHORTS)), dtype=np.float32)
    shared = 1.0 - parameters["push_local"] if parameters.layout.n_places > 1 else np.ones(n_runs)
    for where, classes in (("street", _STREET), ("palace", _PALACE)):
        factor = shared if where == "street" else np.ones(n_runs)
        for week in range(-(-days // DAYS_A_WEEK)):
            size, day = _week(parameters, slice(None), where, where, seed=seed, week=week, branch=branch)
            _arrive(pushes, day, factor * size, classes)
    return pushes


def local_pushes(
    parameters: Parameters, runs: slice, *, seed: int, days: int, branch: Branch | None = None
) -> NDArray[np.float32]:
    """Give the part of the street's pushes that is a place's own, for some runs.

    Parameters
    ----------
    parameters
        The ensemble, on a layout with several places.
    runs
        Which runs.
    seed, days, branch
        As for `pushes_of_all_days`; `branch` for all runs.

    Returns
    -------
    ndarray
        (run, day, place), 0 or more. A place's chance hangs on its name, not on its number.

    Examples
    --------
    >>> from garrison.regime import draw_parameters, layout_of_country
    >>> few = draw_parameters(2, seed=1).on(layout_of_country("VEN"))
    >>> local_pushes(few, slice(0, 2), seed=1, days=7).shape
    (2, 7, 24)
    """
    places = parameters.layout.places
    own = parameters["push_local"][runs]
    of_these = None if branch is None else branch.part(runs)
    pushes = np.zeros((len(own), days, len(places)), dtype=np.float32)
    for number, place in enumerate(places):
        for week in range(-(-days // DAYS_A_WEEK)):
            where = f"street of {place.name}"
            size, day = _week(parameters, runs, "street", where, seed=seed, week=week, branch=of_these)
            _arrive(pushes, day, own * size, (number,))
    return pushes


def _week(
    parameters: Parameters,
    runs: slice,
    kind: str,
    where: str,
    *,
    seed: int,
    week: int,
    branch: Branch | None = None,
) -> tuple[Floats, NDArray[np.int64]]:
    """Size and day of one week's push in one place; both (run,)."""
    replicate, first = parameters.replicate[runs], DAYS_A_WEEK * week
    known = branch is None or branch.day > first
    size, day = np.zeros(len(replicate)), np.full(len(replicate), -1, dtype=np.int64)
    if known:
        chance = uniforms(seed, f"size of the push on the {where}", replicate, week)
        moment = uniforms(seed, f"day of the push on the {where}", replicate, week)
        size, day = _sized(parameters, runs, kind, chance, week), _dated(moment, first, week)
    if branch is None or first + DAYS_A_WEEK <= branch.day:
        return size, day
    # A push that has not come by the day of the branch comes on one of the days that are left of the week.
    chance = branch.uniforms(f"size of the push on the {where}", replicate, week)
    moment = branch.uniforms(f"day of the push on the {where}", replicate, week)
    anew = _sized(parameters, runs, kind, chance, week)
    begins = max(first, branch.day)
    came = (day >= first) & (day < branch.day)
    return np.where(came, size, anew), np.where(came, day, _dated(moment, begins, week))


def _sized(parameters: Parameters, runs: slice, kind: str, chance: Floats, week: int) -> Floats:
    spread = parameters[f"push_spread_{kind}"][runs]
    size: Floats = parameters[f"push_{kind}"][runs] * np.exp(spread * ndtri(chance))
    return size * parameters["onset_factor"][runs] if week == 0 else size


def _dated(moment: Floats, first: int, week: int) -> NDArray[np.int64]:
    """Give the day of a week's push, uniform on the days from `first`; that of the first week is the first day."""
    if week == 0:
        return np.zeros(len(moment), dtype=np.int64)
    return first + np.floor((DAYS_A_WEEK * (week + 1) - first) * moment).astype(np.int64)


def _arrive(
    pushes: NDArray[np.float32], day: NDArray[np.int64], size: Floats, columns: tuple[int, ...]
) -> None:
    """Put a push on its day, where that lies within the days simulated."""
    within = np.flatnonzero(day < pushes.shape[1])
    for column in columns:
        pushes[within, day[within], column] += size[within]
