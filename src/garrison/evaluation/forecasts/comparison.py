"""Two forecasters on the same rows: which scores better, by how much, and what the rows could have shown."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from garrison.evaluation.forecasts.forecast_score import LEVEL, estimate
from garrison.forecasting.scorecard import Comparison
from garrison.scoring import (
    Bootstrap,
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
    briers = [brier_scores(chance, happened) for chance in (p, other, base)]
    logs = [log_scores(chance, happened) for chance in (p, other, base)]

    def skills(scores: list[Floats]) -> Bootstrap:
        return bootstrap_skill_difference(
            scores[0], scores[1], scores[2], countries, level=LEVEL, n_draws=n_draws, seed=seed
        )

    spread = skills(logs)
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
        brier_skill=estimate(skills(briers)),
        log_skill=estimate(spread),
        roc_auc=estimate(ranks),
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
