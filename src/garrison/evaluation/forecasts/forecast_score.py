"""The figures of one forecaster on one question: scores, skill over the base rate, ranking, calibration, power."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from garrison.errors import TableError, UndefinedError
from garrison.scoring import (
    Bootstrap,
    bootstrap_skill,
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
Interval = tuple[float, float]

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% interval by country bootstrap."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, spread: Bootstrap) -> Estimate:
        """Take estimate and interval of a bootstrap."""
        return cls(float(spread.estimate), float(spread.low), float(spread.high))

    def __str__(self) -> str:
        return f"{self.value:.4f} [{self.low:.4f}, {self.high:.4f}]"


@dataclass(frozen=True, slots=True)
class ForecastScore:
    """How good one forecaster was.

    Parameters
    ----------
    n_rows, n_followed, n_states
        Rows scored, those whose window held an event, and the states of the latter.
    rate, mean_forecast
        Share of rows followed by an event, and the mean chance that was given.
    brier, log_score
        Mean scores, lower is better; natural logarithm.
    brier_skill, log_skill
        Against the base rate known at the time.
    roc_auc, pr_auc
        Ranking; the second is to be compared with `rate`.
    slope, slope_interval
        Of the calibration line: 1 where chances spread as they should; None where it cannot be fitted.
    miscalibration, discrimination
        CORP parts of the Brier score.
    detectable
        The smallest true log skill that these rows would have told from none four times in five; None for the base.
    """

    n_rows: int
    n_followed: int
    n_states: int
    rate: float
    mean_forecast: float
    brier: float
    log_score: float
    brier_skill: Estimate
    log_skill: Estimate
    roc_auc: float
    pr_auc: float
    slope: float | None
    slope_interval: Interval | None
    miscalibration: float
    discrimination: float
    detectable: float | None


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
    >>> score.log_skill.low > 0, score.slope_interval[0] < 1 < score.slope_interval[1]
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
    slope, interval = _slope(p, happened, countries)
    parts = corp_decomposition(p, happened)
    return ForecastScore(
        n_rows=len(p),
        n_followed=int(happened.sum()),
        n_states=len(set(countries[happened].tolist())),
        rate=float(happened.mean()),
        mean_forecast=float(p.mean()),
        brier=float(briers[0].mean()),
        log_score=float(logs[0].mean()),
        brier_skill=Estimate.of(skill_of_briers),
        log_skill=Estimate.of(skill_of_logs),
        roc_auc=float(roc_auc(p, happened)),
        pr_auc=float(pr_auc(p, happened)),
        slope=slope,
        slope_interval=interval,
        miscalibration=parts.miscalibration,
        discrimination=parts.discrimination,
        detectable=_detectable(skill_of_logs),
    )


def _slope(p: Floats, happened: Truths, countries: NDArray[np.str_]) -> tuple[float | None, Interval | None]:
    """Fit the calibration line; a forecaster who always says the same has none."""
    try:
        line = calibration_line(p, happened, countries, level=LEVEL)
    except (TableError, UndefinedError):
        return None, None
    return float(line.slope), (float(line.slope_interval[0]), float(line.slope_interval[1]))


def _detectable(spread: Bootstrap) -> float | None:
    return float(comparison_power(spread).detectable()) if spread.standard_error > 0 else None
