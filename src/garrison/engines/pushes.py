"""Pushes from outside the model: what a week brings to the street and to the palace."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from garrison.regime import COHORTS, Parameters, uniforms
from garrison.regime.cohorts import CIVILIANS, ELITE, OFFICERS, TROOPS, Floats
from garrison.regime.random_numbers import uniforms_of_steps

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

    def keys(self, replicate: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the key of each run's future, (run,)."""
        keys: NDArray[np.int64] = replicate * np.int64(_HALF_KEY) + self.future
        return keys

    def uniforms(self, purpose: str, replicate: NDArray[np.int64], step: int = 0) -> Floats:
        """Look up one random number of each run's future; see `uniforms`."""
        return uniforms(self.seed, f"{purpose}, future from day {self.day}", self.keys(replicate), step)

    def uniforms_of_steps(self, purpose: str, keys: NDArray[np.int64], n_steps: int) -> Floats:
        """Look up the numbers of the first steps for each key of a future."""
        return uniforms_of_steps(self.seed, f"{purpose}, future from day {self.day}", keys, n_steps)

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
        crowd = _Those.of(parameters, where, branch, shared if where == "street" else np.ones(n_runs))
        size, day = _weeks(crowd, where, seed=seed, days=days, branch=branch)
        run, week = np.nonzero(day < days)
        for class_ in classes:
            pushes[run, day[run, week], class_] = size[run, week]
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
    names = [place.name for place in parameters.layout.places]
    of_these = None if branch is None else branch.part(runs)
    some = parameters.replicate[runs]
    everywhere = _Those.of(parameters, "street", of_these, parameters["push_local"], runs).in_places(names)
    run, place = np.divmod(np.arange(len(some) * len(names)), len(names))
    pushes = np.zeros((len(some), days, len(names)), dtype=np.float32)
    size, day = _weeks(everywhere, "street of a place", seed=seed, days=days, branch=of_these)
    those, week = np.nonzero(day < days)
    pushes[run[those], day[those, week], place[those]] = size[those, week]
    return pushes


@dataclass(frozen=True, slots=True)
class _Those:
    """Whom pushes are looked up for: keys of chance, and the sizes that their pushes have; all of one length."""

    replicate: NDArray[np.int64]
    future: NDArray[np.int64]
    median: Floats
    spread: Floats
    onset: Floats

    @classmethod
    def of(
        cls,
        parameters: Parameters,
        kind: str,
        branch: Branch | None,
        factor: Floats,
        runs: slice = slice(None),
    ) -> _Those:
        """Give the runs of an ensemble; `kind` is street or palace, `factor` scales its pushes."""
        replicate = parameters.replicate[runs]
        return cls(
            replicate,
            replicate if branch is None else branch.keys(replicate),
            (factor * parameters[f"push_{kind}"])[runs],
            parameters[f"push_spread_{kind}"][runs],
            parameters["onset_factor"][runs],
        )

    def in_places(self, names: Sequence[str]) -> _Those:
        """Give every run in every place: keys by the place's name, run by run."""
        digests = [hashlib.blake2b(name.encode(), digest_size=8).digest() for name in names]
        place = np.frombuffer(b"".join(digests), dtype="<i8").astype(np.int64)
        n_places = len(names)
        return _Those(
            (self.replicate[:, None] + place).ravel(),
            (self.future[:, None] + place).ravel(),
            np.repeat(self.median, n_places),
            np.repeat(self.spread, n_places),
            np.repeat(self.onset, n_places),
        )


def _weeks(
    those: _Those, where: str, *, seed: int, days: int, branch: Branch | None
) -> tuple[Floats, NDArray[np.int64]]:
    """Size and day of the push of every week; both (those, week)."""
    n_weeks = -(-days // DAYS_A_WEEK)
    first = DAYS_A_WEEK * np.arange(n_weeks)
    of_size, of_day = f"size of the push on the {where}", f"day of the push on the {where}"
    size = _sized(those, uniforms_of_steps(seed, of_size, those.replicate, n_weeks))
    day = _dated(uniforms_of_steps(seed, of_day, those.replicate, n_weeks), first)
    if branch is None:
        return size, day
    # A push that has not come by the day of the branch comes on one of the days that are left of its week.
    anew = _sized(those, branch.uniforms_of_steps(of_size, those.future, n_weeks))
    moment = branch.uniforms_of_steps(of_day, those.future, n_weeks)
    came = day < branch.day
    return np.where(came, size, anew), np.where(came, day, _dated(moment, np.maximum(first, branch.day)))


def _sized(those: _Those, chance: Floats) -> Floats:
    size: Floats = those.median[:, None] * np.exp(those.spread[:, None] * ndtri(chance))
    size[:, 0] *= those.onset
    return size


def _dated(moment: Floats, begins: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the day of each week's push, uniform from where it can begin; that of the first week is the first day."""
    after = DAYS_A_WEEK * (np.arange(moment.shape[1]) + 1)
    day = begins + np.floor((after - begins) * moment).astype(np.int64)
    day[:, 0] = 0
    return day
