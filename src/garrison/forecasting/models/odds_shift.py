"""The equation of the headline: a base rate moved by a part of the model's shift of the log odds."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from garrison.errors import TableError
from garrison.forecasting.base_rate import constants

Floats = NDArray[np.float64]


def stacker_constant(key: str) -> float:
    """Give a number of the section `stacker` of the headline's constants.

    Examples
    --------
    >>> stacker_constant("clip")
    10.0
    """
    return float(constants()["stacker"][key]["value"])


def base_rates(pi: ArrayLike) -> Floats:
    """Take base rates as numbers strictly inside (0, 1).

    Raises
    ------
    TableError
        If one is not.

    Examples
    --------
    >>> base_rates([0.02]).tolist()
    [0.02]
    """
    rates = np.asarray(pi, dtype=np.float64)
    if not ((rates > 0) & (rates < 1)).all():
        raise TableError("a base rate is not strictly between 0 and 1: give probabilities.")
    return rates


def shifted(pi: ArrayLike, log_ratio: ArrayLike, weight: ArrayLike, tempering: float = 1.0) -> Floats:
    """Move a base rate by a part of the model's shift of the log odds.

    Parameters
    ----------
    pi
        Base rates, inside (0, 1).
    log_ratio
        log LR, posterior against prior log odds of the model, natural logarithm; NaN where the model says nothing.
    weight
        a.
    tempering
        η.

    Returns
    -------
    ndarray
        p with logit p = logit π + a · clip(η log LR, -ln C, ln C), C of `constants.toml`; the three are broadcast.
        Exactly π where the shift is 0.

    Raises
    ------
    TableError
        If a base rate is not inside (0, 1).

    Examples
    --------
    >>> shifted(0.02, [0.0, np.nan, np.log(4.0)], 0.5).round(4).tolist()
    [0.02, 0.02, 0.0392]
    """
    shift = np.asarray(weight, dtype=np.float64) * clipped_shift(log_ratio, tempering)
    rates = base_rates(pi)
    moved: Floats = np.where(shift == 0.0, rates, expit(logit(rates) + shift))
    return moved


def clipped_shift(log_ratio: ArrayLike, tempering: float = 1.0) -> Floats:
    """Give the tempered and clipped shift of the log odds, 0 where the model says nothing.

    Examples
    --------
    >>> clipped_shift([100.0, np.nan, -1.0], 0.5).round(3).tolist()
    [2.303, 0.0, -0.5]
    """
    limit = np.log(stacker_constant("clip"))
    given = np.asarray(log_ratio, dtype=np.float64)
    known = np.where(np.isnan(given), 0.0, given)
    return np.clip(tempering * known, -limit, limit)
