"""The continuous ranked probability score of Poisson forecasts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import i0e, i1e

from garrison.scoring.count_bounds import poisson_at_most
from garrison.scoring.count_rows import counts, positive
from garrison.scoring.forecast_rows import Floats


def crps_poisson(mean: ArrayLike, observed: ArrayLike) -> Floats:
    """Give the continuous ranked probability score of each row of a Poisson forecast.

    Parameters
    ----------
    mean
        A number or (row,), above 0: the forecast.
    observed
        (row,), whole numbers from 0: what was counted.

    Returns
    -------
    array of float
        (row,), in counts: Σ_k (P(X <= k) - 1{y <= k})², here E|X - y| - E|X - X'| / 2 in closed form with
        E|X - X'| / 2 = μ e^(-2μ) (I₀(2μ) + I₁(2μ)), I the modified Bessel functions (Wei and Held 2014).
        0 is perfect, lower is better.

    Raises
    ------
    TableError
        If a mean is not above 0, a count is negative or not whole, a number is missing, there is no row, or lengths
        differ.

    Examples
    --------
    >>> crps_poisson(2.0, [0, 2, 9]).round(4)
    array([1.2285, 0.3112, 6.2286])
    """
    seen = counts("observed", observed)
    means = positive("mean", mean, len(seen))
    at_most, below = poisson_at_most(means, seen), poisson_at_most(means, seen - 1.0)
    away = seen * (2.0 * at_most - 1.0) + means * (1.0 - 2.0 * below)
    spread = means * (i0e(2.0 * means) + i1e(2.0 * means))
    return np.maximum(away - spread, 0.0)
