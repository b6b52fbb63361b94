"""CORP: a mean score taken apart into miscalibration, discrimination and uncertainty, without bins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import isotonic_regression

from garrison.errors import ParameterError, nearest
from garrison.scoring.brier import brier_scores
from garrison.scoring.forecast_rows import Floats, at_least, both_classes, forecast_rows, share
from garrison.scoring.logarithmic import log_scores

SCORES: dict[str, Callable[[ArrayLike, ArrayLike], Floats]] = {"brier": brier_scores, "log": log_scores}
"""The rules that can be taken apart, by name."""

# Redrawn lines are laid out for so many numbers at a time, which bounds the memory to some 16 MB.
_PIECE = 2_000_000


@dataclass(frozen=True, slots=True)
class Corp:
    """A mean score and its three parts; score = miscalibration - discrimination + uncertainty.

    `rule` is `brier` or `log` (nats); `recalibrated` (row,) is what each row's forecast should have said, by
    isotonic regression of the outcomes on the forecasts.
    """

    rule: str
    score: float
    miscalibration: float
    discrimination: float
    uncertainty: float
    recalibrated: Floats

    @property
    def skill(self) -> float:
        """Skill against the scored rows' own rate: (discrimination - miscalibration) / uncertainty."""
        return (self.discrimination - self.miscalibration) / self.uncertainty


def corp_decomposition(p: ArrayLike, outcomes: ArrayLike, rule: str = "brier") -> Corp:
    """Take the mean score of forecasts apart: how wrong their level, how well they tell apart, how hard the question.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.
    rule
        `brier` or `log`.

    Returns
    -------
    Corp
        MCB = S(p) - S(q), DSC = S(r) - S(q), UNC = S(r), where q are the forecasts recalibrated by isotonic regression
        (pool adjacent violators), r the rows' own rate, S the mean score; S(p) = MCB - DSC + UNC (Dimitriadis,
        Gneiting and Jordan 2021, equations 4 and 5). MCB and DSC are 0 or more. With `log`, a forecast that called
        impossible what happened makes score and MCB infinite; clip the forecasts first.

    Raises
    ------
    TableError
        If a probability is outside [0, 1], an outcome is neither 0 nor 1, a number is missing, there is no row, the
        two differ in length, or there are no events or no non-events.
    ParameterError
        If the rule is unknown.

    Notes
    -----
    With few events isotonic regression fits chance: MCB and DSC are both too large then, by about the same amount.
    `consistency_band` says how large MCB is for forecasts that are calibrated.

    Examples
    --------
    >>> parts = corp_decomposition([0.1, 0.1, 0.6, 0.6], [0, 0, 0, 1])
    >>> round(parts.score, 3), round(parts.miscalibration, 3), round(parts.discrimination, 3)
    (0.135, 0.01, 0.062)
    >>> parts.recalibrated
    array([0. , 0. , 0.5, 0.5])
    """
    probabilities, happened = forecast_rows(p, outcomes)
    both_classes(happened, "a decomposition")
    if rule not in SCORES:
        raise ParameterError(f"unknown rule '{rule}'. {nearest(rule, SCORES)}")
    rule_of = SCORES[rule]
    recalibrated = isotonic(probabilities, happened)
    score = float(np.mean(rule_of(probabilities, happened)))
    best = float(np.mean(rule_of(recalibrated, happened)))
    uncertainty = float(np.mean(rule_of(np.full(len(happened), happened.mean()), happened)))
    return Corp(rule, score, score - best, uncertainty - best, uncertainty, recalibrated)


def isotonic(probabilities: Floats, happened: Floats) -> Floats:
    """Give the rate at which events followed each forecast, never falling as forecasts rise.

    Parameters
    ----------
    probabilities
        (row,), 0 to 1; rows with equal forecasts get equal rates.
    happened
        (row,), 0 or 1.

    Returns
    -------
    array of float
        (row,), the isotonic regression (Ayer et al. 1955), 0 to 1.

    Examples
    --------
    >>> isotonic(np.array([0.2, 0.1, 0.3]), np.array([0.0, 1.0, 1.0]))
    array([0.5, 0.5, 1. ])
    """
    _, group, sizes = np.unique(probabilities, return_inverse=True, return_counts=True)
    return _pooled(np.bincount(group, weights=happened), sizes)[group]


def _pooled(events: NDArray[Any], sizes: NDArray[np.intp]) -> Floats:
    """Isotonic rate of each distinct forecast from its events and rows."""
    rates: Floats = isotonic_regression(events / sizes, weights=sizes.astype(np.float64)).x
    return np.clip(rates, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class ConsistencyBand:
    """The reliability diagram of forecasts, with where its line would lie if they were calibrated.

    Of each distinct forecast, in rising order: `forecast`, `recalibrated` (the line drawn), `low` and `high` (the
    band), `n_rows`. `p_value` is the share of calibrated redraws at least as miscalibrated as the forecasts.
    """

    level: float
    forecast: Floats
    recalibrated: Floats
    low: Floats
    high: Floats
    n_rows: NDArray[np.intp]
    p_value: float


def consistency_band(
    p: ArrayLike, outcomes: ArrayLike, *, level: float = 0.9, n_draws: int = 1000, seed: int = 0
) -> ConsistencyBand:
    """Give the reliability line of forecasts, and the band in which it would lie were they calibrated.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.
    level
        Share of calibrated redraws inside the band, at each forecast by itself; between 0 and 1.
    n_draws
        Redraws, 1 or more.
    seed
        Of the random numbers; the same seed gives the same band.

    Returns
    -------
    ConsistencyBand
        Outcomes are drawn anew with each row's own forecast as its chance and recalibrated; the band lies between
        quantiles of the redraws (Bröcker and Smith 2007, section 3; Dimitriadis, Gneiting and Jordan 2021, under
        "Uncertainty quantification"), with the forecasts held.

    Raises
    ------
    TableError
        As `corp_decomposition` does, save that events or non-events may be lacking.
    ParameterError
        If `level` or `n_draws` is outside its range.

    Notes
    -----
    Rows are redrawn independently. Where outcomes hang together (overlapping windows of one country) the band is too
    narrow and the p-value too small: thin the rows to one a horizon first. At a level of .9 one distinct forecast in
    ten lies outside by chance.

    Examples
    --------
    >>> band = consistency_band([0.1] * 50 + [0.5] * 50, [0] * 45 + [1] * 5 + [0, 1] * 25)
    >>> band.recalibrated, bool((band.low <= band.forecast).all() and (band.forecast <= band.high).all())
    (array([0.1, 0.5]), True)
    """
    probabilities, happened = forecast_rows(p, outcomes)
    inside, drawn = share("level", level), at_least("n_draws", n_draws, 1)
    random = np.random.default_rng(seed)
    known, group, sizes = np.unique(probabilities, return_inverse=True, return_counts=True)
    events = np.bincount(group, weights=happened)
    line = _pooled(events, sizes)
    lines, as_bad = [], 0
    own = _miscalibration(known, line, events, sizes)
    for _ in range(drawn):
        redrawn = random.binomial(sizes, known).astype(np.float64)
        redrawn_line = _pooled(redrawn, sizes)
        as_bad += _miscalibration(known, redrawn_line, redrawn, sizes) >= own - 1e-12
        steps = np.flatnonzero(np.diff(redrawn_line, prepend=-1.0))
        lines.append((steps, redrawn_line[steps]))
    low, high = _quantiles_of_steps(lines, len(known), [(1 - inside) / 2, (1 + inside) / 2])
    return ConsistencyBand(inside, known, line, low, high, sizes, (1 + as_bad) / (1 + drawn))


def _quantiles_of_steps(
    lines: list[tuple[NDArray[np.intp], Floats]], n_points: int, shares: list[float]
) -> Floats:
    """Quantiles over step functions, each told by where its steps begin and their heights: (share, point)."""
    found = np.empty((len(shares), n_points))
    width = max(1, _PIECE // len(lines))
    for start in range(0, n_points, width):
        points = np.arange(start, min(start + width, n_points))
        heights = np.array(
            [height[np.searchsorted(steps, points, side="right") - 1] for steps, height in lines]
        )
        found[:, points] = np.quantile(heights, shares, axis=0)
    return found


def _miscalibration(forecast: Floats, line: Floats, events: NDArray[Any], sizes: NDArray[np.intp]) -> float:
    """Brier miscalibration of grouped rows: S(forecast) - S(line)."""
    shift = sizes * (forecast**2 - line**2) - 2.0 * events * (forecast - line)
    return float(shift.sum() / sizes.sum())
