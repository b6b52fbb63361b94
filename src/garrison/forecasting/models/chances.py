"""Arrays of chances, truths and days, and chances that stay away from 0 and 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from garrison.forecasting.models.constants import constant

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Days = NDArray[np.datetime64]


def chance_of(log_odds: Floats) -> Floats:
    """Turn log odds into probabilities strictly inside (0, 1).

    Examples
    --------
    >>> chance_of(np.array([0.0, -1000.0]))
    array([5.e-01, 1.e-06])
    """
    return inside(expit(log_odds))


def inside(p: Floats) -> Floats:
    """Keep probabilities away from 0 and 1 by the least that a forecast may say.

    Examples
    --------
    >>> inside(np.array([0.0, 0.3]))
    array([1.e-06, 3.e-01])
    """
    least = constant("forecast", "least")
    return np.clip(p, least, 1.0 - least)
