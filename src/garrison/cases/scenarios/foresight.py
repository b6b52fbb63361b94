"""How likely a break looked shortly before it came, to one who saw only what the public sees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from garrison.engines import Runs
from garrison.regime.cohorts import CIVILIANS, TROOPS, Floats

WEEK = 7
_LOOKS = ("street", "ranks", "belief")
_CLASSES = 8  # eighths of what was seen on that day; finer ones would hold too few breaks


def foreseen(runs: Runs, *, everywhere: bool = False) -> Floats:
    """Give the chance of a break within a week, as it stood a week before the break of each run.

    On each day the runs that are still intact are put into classes by what the public sees: the civilians and
    troops who defy openly, and its belief. The chance of a class is the share of its run-days from which a break
    came within the next week; a run's own days do not count for it.

    Parameters
    ----------
    runs
        At least a few hundred; days before the second week are left out, as nothing has been seen yet.
    everywhere
        Give for every run the average over its intact days instead.

    Returns
    -------
    ndarray
        (run,); NaN for runs without such a break, and where their class holds no other run.

    Examples
    --------
    >>> from datetime import date
    >>> from garrison.engines import simulate
    >>> from garrison.stability import ensemble
    >>> runs = simulate(ensemble(20, seed=1), start=date(2020, 1, 1), days=30, seed=1)
    >>> foreseen(runs, everywhere=True).shape
    (20,)
    """
    days = np.arange(WEEK, runs.days - WEEK)
    if not len(days):
        return np.full(len(runs), np.nan)
    broken = runs.break_day[:, None]
    ended = runs.end_day[:, None]
    intact = ((broken < 0) | (broken > days)) & ((ended < 0) | (ended > days))
    comes = intact & (broken > days) & (broken <= days + WEEK)
    seen = _classes(runs, days)
    n_classes = _CLASSES ** len(_LOOKS)
    n_all = np.bincount(seen[intact], minlength=n_classes)
    n_hits = np.bincount(seen[comes], minlength=n_classes)
    chance = _without_own(seen, intact, comes, n_all, n_hits)
    if everywhere:
        known = intact & np.isfinite(chance)
        total = np.where(known, chance, 0.0).sum(axis=1)
        counted: Floats = np.where(known.any(axis=1), total / np.maximum(known.sum(axis=1), 1), np.nan)
        return counted
    before = runs.break_day - WEEK - WEEK
    inside = (before >= 0) & (before < len(days))
    picked: Floats = np.where(inside, chance[np.arange(len(runs)), np.clip(before, 0, len(days) - 1)], np.nan)
    return picked


def _classes(runs: Runs, days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the class of each run and day by the ranks of what was seen over all of them."""
    looks = (runs.visible[:, days, CIVILIANS], runs.visible[:, days, TROOPS], runs.belief[:, days])
    number = np.zeros(looks[0].shape, dtype=np.int64)
    for look in looks:
        # The upper classes are narrower: breaks come from the upper tail.
        tail = 1.0 - 2.0 ** -np.arange(1, _CLASSES)
        edges = np.quantile(look, tail)
        number = number * _CLASSES + np.searchsorted(edges, look)
    return number


def _without_own(
    seen: NDArray[np.int64],
    intact: NDArray[np.bool_],
    comes: NDArray[np.bool_],
    n_all: NDArray[np.int64],
    n_hits: NDArray[np.int64],
) -> Floats:
    """Give the chance of each run-day's class, counted over all other runs."""
    chance = np.full(seen.shape, np.nan)
    for run, classes in enumerate(seen):
        mine = intact[run]
        own_all = np.bincount(classes[mine], minlength=len(n_all))
        own_hits = np.bincount(classes[comes[run]], minlength=len(n_all))
        left = n_all - own_all
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(left > 0, (n_hits - own_hits) / left, np.nan)
        chance[run, mine] = share[classes[mine]]
    return chance
