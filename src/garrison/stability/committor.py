"""The committor: the probability that a regime breaks before the horizon, from the state in which it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.engines import ENDINGS, Beginning, Branch, Runs, name_of_state, simulate
from garrison.engines.contest import STREET
from garrison.engines.outcomes import BREAK, HOLD, HOLLOW, STALEMATE
from garrison.engines.quantiles import normalised
from garrison.errors import ParameterError, UndefinedError
from garrison.regime import Lever, Parameters
from garrison.regime.cohorts import Floats
from garrison.stability.admission import ANY_DAY

OUTSIDE, FALLEN, ENDED = "past the line outside the capital", "fallen to the street", "ended otherwise"
ELSEWHERE = (HOLD, STALEMATE, HOLLOW, OUTSIDE, FALLEN, ENDED)
"""Where futures are at the horizon that have neither broken nor split; a break that comes back is a break."""

HALF = 0.5
# Futures are simulated in pieces of about so many runs, which bounds the memory.
_PIECE = 20_000


@dataclass(frozen=True, slots=True)
class Committor:
    """The committor of each state: `q` (run,), NaN where the run has broken, split or ended before.

    `elsewhere` (run, state) is the share of futures at the horizon in each of `ELSEWHERE`; with `q` they add up to
    1. `day` and `horizon` in days, `n_futures` a state.
    """

    day: int
    horizon: int
    n_futures: int
    q: Floats
    elsewhere: Floats

    @property
    def errors(self) -> Floats:
        """Binomial standard error of each `q`; (run,)."""
        spread: Floats = np.sqrt(self.q * (1.0 - self.q) / self.n_futures)
        return spread

    def overall(self, weights: NDArray[Any] | None = None) -> float:
        """Give the committor of a posterior: the mean over runs that are intact, by weight.

        Parameters
        ----------
        weights
            (run,), non-negative; None weighs all alike.

        Raises
        ------
        UndefinedError
            If no run with weight is intact.
        """
        intact = np.isfinite(self.q)
        weight = np.where(intact, normalised(weights, len(self.q)), 0.0)
        if not weight.sum() > 0:
            raise UndefinedError(
                f"every run has broken, split or ended before day {self.day}: nothing is open."
            )
        return float(weight @ np.nan_to_num(self.q) / weight.sum())

    def __repr__(self) -> str:
        intact = np.isfinite(self.q)
        head = f"Committor of {len(self.q)} states on day {self.day}, {self.n_futures} futures of {self.horizon} days"
        if not intact.any():
            return f"{head}: none is open"
        lines = [
            f"{head}: mean Q {self.q[intact].mean():.3f}, {int((self.q[intact] >= HALF).sum())} at 1/2 or more"
        ]
        means = self.elsewhere[intact].mean(axis=0)
        lines.append(
            "  else " + ", ".join(f"{name} {share:.3f}" for name, share in zip(ELSEWHERE, means, strict=True))
        )
        return "\n".join(lines)


def committor(
    parameters: Parameters,
    *,
    seed: int,
    day: int = 0,
    horizon: int = 90,
    n_futures: int = 2000,
    start: date = ANY_DAY,
    levers: Sequence[Lever] = (),
    begin: Beginning | None = None,
    future_seed: int | None = None,
    strict: bool = False,
) -> Committor:
    r"""Give the probability of hitting BREAK or SPLIT before the horizon, from each run's state on a day.

    .. math:: Q(t) = P(\text{BREAK or SPLIT within } (t, t + h] \mid \text{state on the morning of day } t)

    Parameters
    ----------
    parameters
        The ensemble: one run for one state (`parameters.take([i])`), or many, then weighed by `Committor.overall`.
    seed
        Keys the history of each run up to the day, as in `simulate`.
    day
        t; the history before it is that of `simulate` with this seed. 0 asks of the rest.
    horizon
        h, days.
    n_futures
        Futures a state; the standard error of Q is at most 1 / (2 sqrt(n_futures)).
    start, levers, begin
        As for `simulate`; they belong to history and futures alike.
    future_seed
        Keys the futures, apart from the history; None takes `seed`. Future i of a run is the same whatever their
        number.
    strict
        Raise instead of giving NaN for a run that has broken, split or ended before the day.

    Returns
    -------
    Committor
        HOLLOW and STALEMATE are neither hit nor safe, and neither is a capital that the crowd takes before any
        service has broken: where the other futures end is given beside it.

    Raises
    ------
    ParameterError
        If `day` is below 0, or `horizon` or `n_futures` below 1.
    UndefinedError
        With `strict`, if a run is no longer open.

    Notes
    -----
    By ensembles: each future meets chance drawn anew from the day on, pushes as well as ends. Source: E and
    Vanden-Eijnden 2006 (committor); the state is that of the model, not of what was reported.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> found = committor(ensemble(2, seed=1), seed=1, day=10, horizon=30, n_futures=20)
    >>> bool(np.allclose(found.q + found.elsewhere.sum(axis=1), 1.0))
    True
    """
    if day < 0 or horizon < 1 or n_futures < 1:
        raise ParameterError(
            f"day is {day}, horizon {horizon}, n_futures {n_futures}: give a day of 0 or more and at least 1 of both."
        )
    n_runs = len(parameters)
    q, elsewhere = np.full(n_runs, np.nan), np.full((n_runs, len(ELSEWHERE)), np.nan)
    at_once = max(_PIECE // n_futures, 1)
    for first in range(0, n_runs, at_once):
        states = np.arange(first, min(first + at_once, n_runs))
        each = np.repeat(states, n_futures)
        future = np.tile(np.arange(n_futures), len(states))
        runs = simulate(
            parameters.take(each),
            start=start,
            days=day + horizon,
            seed=seed,
            levers=levers,
            begin=None if begin is None else _repeated(begin, each),
            branch=Branch(day, future, seed if future_seed is None else future_seed),
        )
        q[states], elsewhere[states] = _where_they_end(runs, day, n_futures)
    if strict and np.isnan(q).any():
        raise UndefinedError(
            f"{int(np.isnan(q).sum())} of {n_runs} runs have broken, split or ended before day {day} (first: run "
            f"{int(np.flatnonzero(np.isnan(q))[0])}): what has happened has no chance of happening."
        )
    return Committor(day, horizon, n_futures, q, elsewhere)


def _repeated(begin: Beginning, each: NDArray[np.int64]) -> Beginning:
    shares = np.asarray(begin.shares, dtype=np.float64)
    belief = begin.belief
    return Beginning(
        shares[each] if shares.ndim == 2 else shares,
        belief[each] if isinstance(belief, np.ndarray) and belief.ndim else belief,
    )


def hit_day(runs: Runs) -> NDArray[np.int64]:
    """Give the first day on which each run has broken or split; (run,), -1 never.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> hit_day(simulate(ensemble(2, seed=1), start=ANY_DAY, days=1, seed=1, pushes=False)).tolist()
    [-1, -1]
    """
    days = np.stack([runs.break_day, runs.split_day])
    first = np.where(days >= 0, days, np.iinfo(np.int64).max).min(axis=0)
    return np.where((days >= 0).any(axis=0), first, -1)


def _where_they_end(runs: Runs, day: int, n_futures: int) -> tuple[Floats, Floats]:
    """Share of each state's futures that hit, and (state, elsewhere) of the others; NaN where it is over before."""
    when = hit_day(runs)
    over = ((when >= 0) & (when < day)) | ((runs.end_day >= 0) & (runs.end_day < day))
    hit = when >= day
    name = name_of_state(runs.visible[:, -1])
    # A break is one of the command or the capital: with several places the nation's officers can be past the line.
    name = np.where(name == BREAK, OUTSIDE, name)
    name = np.where(runs.end_day >= 0, np.where(runs.end == ENDINGS[STREET], FALLEN, ENDED), name)
    shares = [(~hit & (name == one)).reshape(-1, n_futures).mean(axis=1) for one in ELSEWHERE]
    q = hit.reshape(-1, n_futures).mean(axis=1)
    closed = over.reshape(-1, n_futures)[:, 0]
    return np.where(closed, np.nan, q), np.where(closed[:, None], np.nan, np.stack(shares, axis=1))


def inflection_point(
    parameters: Parameters,
    *,
    seed: int,
    days: int,
    every: int = 7,
    horizon: int = 90,
    n_futures: int = 200,
    start: date = ANY_DAY,
    levers: Sequence[Lever] = (),
    strict: bool = False,
) -> NDArray[np.int64]:
    r"""Give the inflection point of each run's history: the first day on which its committor is 1/2 or more.

    .. math:: t^* = \min \{ t : Q(t) \ge 1/2 \}

    Parameters
    ----------
    parameters
        The ensemble.
    seed, horizon, n_futures, start, levers
        As for `committor`.
    days
        How long the histories are.
    every
        Days between two looks; the point is known to that.
    strict
        Raise instead of giving -1 where there is none.

    Returns
    -------
    ndarray
        (run,) day, -1 where Q stays below 1/2. A break between two looks that found less is its own point: there
        Q is 1.

    Raises
    ------
    ParameterError
        If `days` or `every` is below 1.
    UndefinedError
        With `strict`, if a run has no inflection point.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> found = inflection_point(ensemble(2, seed=1), seed=1, days=8, horizon=20, n_futures=10)
    >>> found.shape
    (2,)
    """
    if days < 1 or every < 1:
        raise ParameterError(f"days is {days}, every {every}: give at least 1 of both.")
    history = simulate(parameters, start=start, days=days, seed=seed, levers=levers)
    happened = hit_day(history)
    point = np.full(len(parameters), -1)
    for day in range(0, days, every):
        open_ = np.flatnonzero((point < 0) & ((happened < 0) | (happened >= day)))
        if not len(open_):
            break
        found = committor(
            parameters.take(open_),
            seed=seed,
            day=day,
            horizon=horizon,
            n_futures=n_futures,
            start=start,
            levers=levers,
        )
        point[open_[np.nan_to_num(found.q) >= HALF]] = day
    point = np.where((point < 0) & (happened >= 0), happened, point)
    if strict and (point < 0).any():
        raise UndefinedError(
            f"{int((point < 0).sum())} of {len(point)} runs have no inflection point within {days} days (first: run "
            f"{int(np.flatnonzero(point < 0)[0])}): the chance of a break stays below 1/2."
        )
    return point
