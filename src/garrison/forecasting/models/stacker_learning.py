"""How the stacker learns: weight and tempering from forecasts that have come due, countries left out to judge them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from garrison.errors import ParameterError, TableError
from garrison.forecasting.base_rate import constants
from garrison.forecasting.models.chances import Truths
from garrison.forecasting.models.feature_table import outcomes
from garrison.forecasting.models.folds import Places, country_groups
from garrison.forecasting.models.odds_shift import (
    Floats,
    base_rates,
    clipped_shift,
    shifted,
    stacker_constant,
)
from garrison.scoring import bootstrap_skill, log_scores

_STEPS, _CLOSE = 50, 1e-10


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned; the fields are those of `Stacker`."""

    weight: float
    weight_sd: float
    tempering: float
    n_events: int
    n_countries: int
    skill_low: float


def learned(
    pi: ArrayLike,
    log_ratio: ArrayLike,
    happened: ArrayLike,
    countries: ArrayLike,
    *,
    rows_per_window: float = 1.0,
) -> Learned | None:
    """Learn weight and tempering, and how well the recipe does in countries left out.

    Parameters
    ----------
    pi, log_ratio, happened, countries, rows_per_window
        As in `Stacker.fit`.

    Returns
    -------
    Learned or None
        None with fewer events, or countries with one, than `constants.toml` asks for.

    Raises
    ------
    TableError, ParameterError
        As `Stacker.fit` does.

    Examples
    --------
    >>> learned([0.1, 0.1], [0.0, 0.0], [False, True], ["EGY", "MLI"]) is None
    True
    """
    rows = _rows(pi, log_ratio, happened, countries, rows_per_window)
    hit = rows.happened
    n_events, n_countries = int(hit.sum()), len(np.unique(rows.countries[hit]))
    if n_events < stacker_constant("least_events") or n_countries < stacker_constant("least_countries"):
        return None
    everything = np.ones(len(hit), dtype=np.bool_)
    tempering = _best_tempering(rows, everything)
    weight, spread = _weight(rows, everything, tempering)
    scores = log_scores(_left_out(rows), hit), log_scores(rows.pi, hit)
    skill = bootstrap_skill(*scores, rows.countries)
    return Learned(weight, spread, tempering, n_events, n_countries, skill.low)


def leave_country_out(
    pi: ArrayLike,
    log_ratio: ArrayLike,
    happened: ArrayLike,
    countries: ArrayLike,
    *,
    rows_per_window: float = 1.0,
) -> Floats:
    """Forecast each group of countries with weight and tempering learned from the others.

    Parameters
    ----------
    pi, log_ratio, happened, countries, rows_per_window
        As in `Stacker.fit`.

    Returns
    -------
    ndarray
        (row,), forecasts to be scored.

    Raises
    ------
    TableError, ParameterError
        As `Stacker.fit` does.

    Examples
    --------
    >>> leave_country_out([0.1, 0.1], [0.0, 0.0], [False, True], ["EGY", "MLI"]).tolist()
    [0.1, 0.1]
    """
    return _left_out(_rows(pi, log_ratio, happened, countries, rows_per_window))


@dataclass(frozen=True)
class _Rows:
    pi: Floats
    log_ratio: Floats
    happened: Truths
    countries: NDArray[np.str_]
    groups: Places
    rows_per_window: float


def _rows(
    pi: ArrayLike, log_ratio: ArrayLike, happened: ArrayLike, countries: ArrayLike, rows_per_window: float
) -> _Rows:
    if not rows_per_window >= 1:
        raise ParameterError(f"rows_per_window is {rows_per_window}: one row or more lie in a window.")
    rates = base_rates(pi)
    ratios, names = np.asarray(log_ratio, dtype=np.float64), np.asarray(countries).astype(np.str_)
    if not rates.shape == ratios.shape == names.shape or rates.ndim != 1:
        raise TableError(
            f"shapes differ: base rates {rates.shape}, ratios {ratios.shape}, countries {names.shape}; "
            "give one of each a row."
        )
    groups = country_groups(names, int(stacker_constant("country_groups")))
    return _Rows(rates, ratios, outcomes(happened, len(rates)), names, groups, rows_per_window)


def _weight(rows: _Rows, chosen: Truths, tempering: float) -> tuple[float, float]:
    """Find the weight at the maximum of its posterior, and its standard deviation, by Newton's method."""
    mean, precision = stacker_constant("weight_mean"), stacker_constant("weight_sd") ** -2
    base = logit(rows.pi[chosen])
    shift = clipped_shift(rows.log_ratio[chosen], tempering)
    weight, curvature = mean, precision
    hit, rows_per_window = rows.happened[chosen], rows.rows_per_window
    for _ in range(_STEPS):
        chance = expit(base + weight * shift)
        slope = float(shift @ (hit - chance)) / rows_per_window - precision * (weight - mean)
        curvature = float(shift**2 @ (chance * (1.0 - chance))) / rows_per_window + precision
        step = float(np.clip(slope / curvature, -1.0, 1.0))
        weight += step
        if abs(step) < _CLOSE:
            break
    return float(weight), float(curvature**-0.5)


def _best_tempering(rows: _Rows, chosen: Truths) -> float:
    """Choose η by the log score of countries left out of the chosen rows; of equals the nearest to the prior's."""
    usual = stacker_constant("tempering")
    low, high = constants()["stacker"]["tempering"]["range"]
    grid = np.linspace(float(low), float(high), int(stacker_constant("tempering_points"))).tolist()
    grid.sort(key=lambda value: abs(value - usual))
    return float(min(grid, key=lambda value: _loss_left_out(rows, chosen, value)))


def _loss_left_out(rows: _Rows, chosen: Truths, tempering: float) -> float:
    loss = 0.0
    for group in np.unique(rows.groups[chosen]):
        held = chosen & (rows.groups == group)
        weight, _ = _weight(rows, chosen & ~held, tempering)
        p = shifted(rows.pi[held], rows.log_ratio[held], weight, tempering)
        loss += float(log_scores(p, rows.happened[held]).sum())
    return round(loss, 9)


def _left_out(rows: _Rows) -> Floats:
    p = rows.pi.copy()
    for group in np.unique(rows.groups):
        held = rows.groups == group
        tempering = _best_tempering(rows, ~held)
        weight, _ = _weight(rows, ~held, tempering)
        p[held] = shifted(rows.pi[held], rows.log_ratio[held], weight, tempering)
    return p
