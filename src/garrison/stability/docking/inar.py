r"""Hawkes 1971, Al-Osh and Alzaid 1987: protest that sets off protest, and how to read the branching ratio.

Special case: the civilians' line made linear about HOLD. One more person on the street brings dG_C/dc more; that is the
branching ratio of the counts, and the civilian block of the reproduction number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.errors import ParameterError
from garrison.regime.cohorts import Floats

_FEWEST_DAYS = 10


@dataclass(frozen=True, slots=True)
class SelfExcitation:
    """What a series of counts says of how it feeds itself.

    Attributes
    ----------
    branching
        New ones of the next day for each of today.
    error
        Standard error of `branching`, robust to a variance that grows with the count.
    arrivals
        New ones a day that nobody of yesterday brought.
    """

    branching: float
    error: float
    arrivals: float


def simulate_counts(branching: float, arrivals: float, days: int, generator: np.random.Generator) -> Floats:
    r"""Simulate counts of which each brings some of the next day's, and others come by themselves.

    .. math:: y_t \sim \mathrm{Poisson}(\alpha\, y_{t-1} + \mu)

    Source: Al-Osh and Alzaid 1987 (INAR(1)) with Poisson offspring, the daily form of Hawkes 1971.

    Parameters
    ----------
    branching
        alpha, 0 to below 1.
    arrivals
        mu, a day, 0 or more.
    days
        At least 1.
    generator
        Random numbers.

    Returns
    -------
    ndarray
        (day,), begun at the mean level mu / (1 - alpha).

    Raises
    ------
    ParameterError
        For a branching of 1 or more, whose counts have no level.

    Examples
    --------
    >>> simulate_counts(0.5, 2.0, 4, np.random.default_rng(1)).shape
    (4,)
    """
    if not 0.0 <= branching < 1.0 or not arrivals >= 0.0:
        raise ParameterError(f"branching {branching}, arrivals {arrivals}: give 0 to below 1, and 0 or more.")
    counts = np.empty(days)
    yesterday = arrivals / (1.0 - branching)
    for day in range(days):
        yesterday = float(generator.poisson(branching * yesterday + arrivals))
        counts[day] = yesterday
    return counts


def fit_branching(counts: NDArray[Any]) -> SelfExcitation:
    r"""Read the branching ratio from a series of daily counts, by conditional least squares.

    .. math:: \hat\alpha = \frac{\sum_t (y_{t-1} - \bar y_{-})(y_t - \bar y_{+})}{\sum_t (y_{t-1} - \bar y_{-})^2}

    Source: Klimko and Nelson 1978 (conditional least squares), for INAR(1) Al-Osh and Alzaid 1987; robust error White
    1980.

    Parameters
    ----------
    counts
        (day,), at least 10 days, not all alike.

    Returns
    -------
    SelfExcitation
        Biased low by about (1 + 3 alpha) / days, as every such regression.

    Raises
    ------
    ParameterError
        For a series that is too short or does not vary.

    Examples
    --------
    >>> fit_branching(simulate_counts(0.6, 20.0, 4000, np.random.default_rng(1))).branching > 0.5
    True
    """
    series = np.asarray(counts, dtype=np.float64)
    if series.ndim != 1 or len(series) < _FEWEST_DAYS or np.ptp(series[:-1]) == 0:
        raise ParameterError(f"counts: give at least {_FEWEST_DAYS} days that are not all alike.")
    before, after = series[:-1], series[1:]
    centred = before - before.mean()
    size = float(centred @ centred)
    branching = float(centred @ (after - after.mean())) / size
    arrivals = float(after.mean() - branching * before.mean())
    left = after - branching * before - arrivals
    error = float(np.sqrt((centred**2) @ (left**2))) / size
    return SelfExcitation(branching, error, arrivals)
