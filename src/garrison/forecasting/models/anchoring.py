"""Anchoring: the level of forecasts is that of the recent years, whatever older years taught about differences."""

from __future__ import annotations

import numpy as np
from scipy.special import expit, logit

from garrison.errors import ParameterError
from garrison.forecasting.models.chances import Days, Floats, Truths
from garrison.forecasting.models.constants import constant

_STEPS, _CLOSE = 100, 1e-12
_DAYS_A_YEAR = 365.25


def recent_rows(days: Days, years: float | None = None) -> Truths:
    """Tell which rows lie in the last years before the end of training.

    Parameters
    ----------
    days
        (row,), the day of each forecast.
    years
        Before the last row's day, above 0; those of `constants.toml` if not given.

    Returns
    -------
    ndarray of bool
        (row,)

    Raises
    ------
    ParameterError
        If `years` is not above 0.

    Examples
    --------
    >>> recent_rows(np.array(["1950-01-01", "2009-12-01"], dtype="datetime64[D]"), 20)
    array([False,  True])
    """
    years = constant("recent", "years") if years is None else years
    if not years > 0:
        raise ParameterError(f"years is {years}: give a number above 0, such as 20.")
    recent: Truths = days > days.max() - np.timedelta64(round(years * _DAYS_A_YEAR), "D")
    return recent


def smoothed_rate(n_events: float, n_rows: float) -> float:
    """Give a rate that is never 0 or 1.

    (k + 1/2) / (n + 1), the mean under Jeffreys's prior.

    Examples
    --------
    >>> smoothed_rate(0, 99)
    0.005

    Source: Gelman et al. 2013, Bayesian Data Analysis, section 2.8.
    """
    return (n_events + 0.5) / (n_rows + 1.0)


def anchor_shift(log_odds: Floats, rate: float) -> float:
    """Find by how much to move all log odds so that the mean forecast is a rate.

    Parameters
    ----------
    log_odds
        (row,), of the rows whose rate it is.
    rate
        Inside (0, 1).

    Returns
    -------
    float
        δ with mean(1 / (1 + exp(-(log odds + δ)))) = rate; unique, since the mean rises in δ.

    Raises
    ------
    ParameterError
        If the rate is not inside (0, 1).

    Examples
    --------
    >>> round(anchor_shift(np.array([0.0, 0.0]), 0.25), 4)
    -1.0986
    """
    if not 0 < rate < 1:
        raise ParameterError(f"rate is {rate}: give a share strictly between 0 and 1.")
    # The root lies between the shifts that would bring the highest and the lowest forecast to the rate.
    low, high = logit(rate) - log_odds.max(), logit(rate) - log_odds.min()
    shift = 0.5 * (low + high)
    for _ in range(_STEPS):
        chance = expit(log_odds + shift)
        off = float(chance.mean()) - rate
        low, high = (low, shift) if off > 0 else (shift, high)
        if abs(off) < _CLOSE * rate or high - low < _CLOSE:
            break
        slope = float((chance * (1.0 - chance)).mean())
        step = shift - off / slope if slope > 0 else np.inf
        shift = step if low < step < high else 0.5 * (low + high)
    return float(shift)


def anchored_shift(log_odds: Floats, happened: Truths, days: Days, years: float | None = None) -> float:
    """Find the shift that gives forecasts the rate of the last years of their own training.

    Parameters
    ----------
    log_odds
        (row,), fitted.
    happened
        (row,)
    days
        (row,)
    years
        As in `recent_rows`.

    Returns
    -------
    float
        In log odds.

    Examples
    --------
    >>> days = np.array(["1960-01-01", "2009-01-01", "2009-02-01"], dtype="datetime64[D]")
    >>> round(anchored_shift(np.zeros(3), np.array([True, False, True]), days, 20), 6)
    0.0
    """
    recent = recent_rows(days, years)
    rate = smoothed_rate(float(happened[recent].sum()), float(recent.sum()))
    return anchor_shift(log_odds[recent], rate)
