"""Two forecasters on the same rows: which scores better, by how much, and what the rows could have shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from garrison.evaluation.forecasts.forecast_score import LEVEL, Estimate
from garrison.scoring import (
    bootstrap_skill_difference,
    bootstrap_weighted,
    brier_scores,
    comparison_power,
    diebold_mariano,
    log_scores,
    roc_auc,
)

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Comparison:
    """By how much the first forecaster is better than the second; above 0 it is.

    Parameters
    ----------
    brier_skill, log_skill
        Differences of skill against the base rate of the rows, paired, with 95% intervals by country bootstrap.
    roc_auc
        Difference of the ranking, with its interval.
    detectable
        The smallest true difference of log skill that these rows would have told from none four times in five.
    p_value
        Of the difference of log scores over time (Diebold and Mariano, lags of the horizon).
    """

    brier_skill: Estimate
    log_skill: Estimate
    roc_auc: Estimate
    detectable: float | None
    p_value: float | None


def compare_forecasts(
    p: Floats,
    other: Floats,
    base: Floats,
    happened: Truths,
    countries: NDArray[np.str_],
    as_of: NDArray[np.datetime64],
    *,
    window_rows: int,
    n_draws: int = 1000,
    seed: int = 1,
) -> Comparison:
    """Compare two forecasters on the same rows.

    Parameters
    ----------
    p, other, base
        (row,), chances of the two and of the base rate.
    happened, countries
        (row,)
    as_of
        (row,), days; rows of one day are one point of the series that is tested.
    window_rows
        How many steps of that series lie in one window.
    n_draws, seed
        Of the bootstrap.

    Returns
    -------
    Comparison

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> p = random.beta(1, 9, 3000)
    >>> happened, states = random.random(3000) < p, np.repeat(np.arange(50), 60).astype(str)
    >>> days = np.tile(np.arange("2000-01", "2005-01", dtype="datetime64[M]"), 50)
    >>> base = np.full(3000, 0.1)
    >>> found = compare_forecasts(p, base, base, happened, states, days, window_rows=1)
    >>> found.log_skill.low > 0, found.p_value < 0.01
    (True, True)
    """
    briers, logs = (
        [rule(chance, happened) for chance in (p, other, base)] for rule in (brier_scores, log_scores)
    )
    spread = bootstrap_skill_difference(*logs, countries, level=LEVEL, n_draws=n_draws, seed=seed)
    ranks = bootstrap_weighted(
        lambda weights: (
            np.asarray(roc_auc(p, happened, weights)) - np.asarray(roc_auc(other, happened, weights))
        ),
        countries,
        level=LEVEL,
        n_draws=n_draws,
        seed=seed,
    )
    return Comparison(
        brier_skill=Estimate.of(
            bootstrap_skill_difference(*briers, countries, level=LEVEL, n_draws=n_draws, seed=seed)
        ),
        log_skill=Estimate.of(spread),
        roc_auc=Estimate.of(ranks),
        detectable=float(comparison_power(spread).detectable()) if spread.standard_error > 0 else None,
        p_value=_over_time(logs[0] - logs[1], as_of, window_rows),
    )


def _over_time(apart: Floats, as_of: NDArray[np.datetime64], window_rows: int) -> float | None:
    """Test the series of mean differences by day."""
    days, places = np.unique(as_of, return_inverse=True)
    series = np.bincount(places, weights=apart) / np.bincount(places)
    if len(days) < 4 * window_rows or not series.any():
        return None
    return float(diebold_mariano(series, np.zeros(len(series)), horizon=window_rows).p_value)
