"""The figures of one forecaster on one question: scores, skill over the base rate, ranking, calibration, power."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from garrison.errors import TableError, UndefinedError
from garrison.forecasting.scorecard import Estimate, ForecastScore
from garrison.scoring import (
    Bootstrap,
    bootstrap_skill,
    bootstrap_weighted,
    brier_scores,
    calibration_line,
    comparison_power,
    corp_decomposition,
    log_scores,
    pr_auc,
    roc_auc,
)

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

LEVEL = 0.95
#: No chance counts as nearer to 0 or 1 in the calibration line: published forecasts hold zeros.
NEAREST = 1e-6


def estimate(spread: Bootstrap) -> Estimate:
    """Take estimate and interval of a bootstrap."""
    return Estimate(float(spread.estimate), float(spread.low), float(spread.high))


def score_forecasts(
    p: Floats,
    base: Floats,
    happened: Truths,
    countries: NDArray[np.str_],
    *,
    n_draws: int = 1000,
    seed: int = 1,
) -> ForecastScore:
    """Score one forecaster's chances against the base rate's on the same rows.

    Parameters
    ----------
    p, base
        (row,), chances strictly inside (0, 1).
    happened
        (row,), with at least one event and one row without.
    countries
        (row,), what the bootstrap draws.
    n_draws, seed
        Of the bootstrap.

    Returns
    -------
    ForecastScore

    Raises
    ------
    TableError
        If no row, or every row, was followed by an event: skill and ranking are not defined.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> p = random.beta(1, 9, 2000)
    >>> happened = random.random(2000) < p
    >>> score = score_forecasts(p, np.full(2000, 0.1), happened, np.repeat(np.arange(50), 40).astype(str))
    >>> score.log_skill.low > 0, score.slope.low < 1 < score.slope.high
    (True, True)
    """
    if not happened.any() or happened.all():
        raise TableError(
            f"{int(happened.sum())} of {len(happened)} rows were followed by an event: nothing can be scored"
        )
    briers = brier_scores(p, happened), brier_scores(base, happened)
    logs = log_scores(p, happened), log_scores(base, happened)
    skill_of_logs = bootstrap_skill(*logs, countries, n_draws=n_draws, seed=seed, level=LEVEL)
    skill_of_briers = bootstrap_skill(*briers, countries, n_draws=n_draws, seed=seed, level=LEVEL)
    ranks = bootstrap_weighted(
        lambda weights: roc_auc(p, happened, weights), countries, n_draws=n_draws, seed=seed, level=LEVEL
    )
    parts = corp_decomposition(p, happened)
    return ForecastScore(
        n_rows=len(p),
        n_followed=int(happened.sum()),
        n_states=len(set(countries[happened].tolist())),
        rate=float(happened.mean()),
        mean_forecast=float(p.mean()),
        brier=float(briers[0].mean()),
        log_score=float(logs[0].mean()),
        brier_skill=estimate(skill_of_briers),
        log_skill=estimate(skill_of_logs),
        roc_auc=estimate(ranks),
        pr_auc=float(pr_auc(p, happened)),
        slope=_slope(p, happened, countries),
        miscalibration=parts.miscalibration,
        discrimination=parts.discrimination,
        detectable=_detectable(skill_of_logs),
    )


def _slope(p: Floats, happened: Truths, countries: NDArray[np.str_]) -> Estimate | None:
    """Fit the calibration line; a forecaster who always says the same has none."""
    try:
        line = calibration_line(p, happened, countries, clip=NEAREST, level=LEVEL)
    except (TableError, UndefinedError):
        return None
    return Estimate(float(line.slope), *map(float, line.slope_interval))


def _detectable(spread: Bootstrap) -> float | None:
    return float(comparison_power(spread).detectable()) if spread.standard_error > 0 else None
