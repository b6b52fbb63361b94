"""Diebold and Mariano's test of whether one forecast of a series scores better than another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t as student

from garrison.errors import ParameterError, TableError, nearest
from garrison.scoring.forecast_rows import Floats, at_least, column, same_length

KERNELS = ("bartlett", "uniform")
"""How autocovariances within the horizon are weighted."""


@dataclass(frozen=True, slots=True)
class DieboldMariano:
    """The test's result.

    Mean `difference` of scores (below 0: the first is better), its standard `error`, Student `statistic` with
    n_periods - 1 degrees of freedom, two-sided `p_value`.
    """

    difference: float
    error: float
    statistic: float
    p_value: float
    n_periods: int


def diebold_mariano(
    scores: ArrayLike, other_scores: ArrayLike, horizon: int, kernel: str = "bartlett"
) -> DieboldMariano:
    """Test whether two forecasts of one series score alike, where forecast windows overlap.

    Parameters
    ----------
    scores
        (period,), the first forecast's score in the order of time; a loss, lower is better.
    other_scores
        (period,), the second's score of the same periods by the same rule.
    horizon
        Periods that a forecast looks ahead, 1 or more: daily forecasts of 30 days have 30. Scores of forecasts made
        nearer to each other than the horizon share days.
    kernel
        `bartlett` (never a negative variance; weights 1 - j / horizon) or `uniform` (weight 1, as Diebold and Mariano
        took it; it can fail).

    Returns
    -------
    DieboldMariano
        With d the differences, γ_j their autocovariance at lag j, h the horizon, n periods: S = mean d /
        √(V / n), V = γ_0 + 2 Σ_{j<h} w_j γ_j (Diebold and Mariano 1995, equation 5; Bartlett weights: Newey and West
        1987, equation 5), times √((n + 1 - 2h + h (h - 1) / n) / n), against Student's t with n - 1 degrees of
        freedom (Harvey, Leybourne and Newbold 1997, equation 9).

    Raises
    ------
    TableError
        If lengths differ, a score is not finite, there are too few periods for the horizon, the two forecasts score
        alike in every period, or the variance comes out at 0 or below (`uniform` only).
    ParameterError
        If the horizon is below 1 or the kernel unknown.

    Notes
    -----
    The rows are one series. For rows of many countries take means by period first, or better
    `bootstrap_difference`. Bartlett weights fall within the horizon, so strongly overlapping windows leave the error
    somewhat too small; with `uniform` weights it is right for long series and unstable for short ones.

    Examples
    --------
    >>> one, other = [0.1, 0.2, 0.1, 0.3, 0.2], [0.2, 0.2, 0.3, 0.4, 0.2]
    >>> test = diebold_mariano(one, other, horizon=1)
    >>> round(test.difference, 3), round(test.statistic, 3), round(test.p_value, 3)
    (-0.08, -2.138, 0.099)
    """
    own, others = column("scores", scores), column("other_scores", other_scores)
    same_length(scores=own, other_scores=others)
    ahead, n_periods = at_least("horizon", horizon, 1), len(own)
    if kernel not in KERNELS:
        raise ParameterError(f"unknown kernel '{kernel}'. {nearest(kernel, KERNELS)}")
    shrink = (n_periods + 1 - 2 * ahead + ahead * (ahead - 1) / n_periods) / n_periods
    if n_periods < 2 * ahead or shrink <= 0:
        raise TableError(
            f"{n_periods} periods are too few for a horizon of {ahead}: give at least {2 * ahead}."
        )
    apart = own - others
    if not np.ptp(apart):
        raise TableError(
            "the two forecasts' scores differ by the same in every period: nothing is left to test."
        )
    variance = _long_run_variance(apart, ahead, kernel)
    if not variance > 0:
        raise TableError("the uniform kernel gives no positive variance here: take kernel='bartlett'.")
    difference = float(apart.mean())
    error = float(np.sqrt(variance / n_periods / shrink))
    statistic = difference / error
    p_value = float(2.0 * student.sf(abs(statistic), n_periods - 1))
    return DieboldMariano(difference, error, statistic, p_value, n_periods)


def _long_run_variance(apart: Floats, horizon: int, kernel: str) -> float:
    centred = apart - apart.mean()
    total = float(centred @ centred)
    for lag in range(1, horizon):
        weight = 1.0 - lag / horizon if kernel == "bartlett" else 1.0
        total += 2.0 * weight * float(centred[lag:] @ centred[:-lag])
    return total / len(apart)
