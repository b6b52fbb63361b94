"""The randomised probability integral transform: where in its forecast each observed count fell."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from garrison.errors import TableError
from garrison.scoring.forecast_rows import Floats, chances, same_length


def randomised_transform(below: ArrayLike, at_most: ArrayLike, *, seed: int = 0) -> Floats:
    """Give the place of each observed count in its forecast, evenly spread over [0, 1] if forecasts are calibrated.

    Parameters
    ----------
    below, at_most
        (row,), what the forecast gave to counts below the observed one, P(X < y), and up to it, P(X <= y); from
        `poisson_bounds`, `negative_binomial_bounds`, `sampled_bounds` or any distribution function.
    seed
        Of the random numbers; the same seed gives the same places. A count has no place of its own in a forecast that
        jumps, so one is drawn.

    Returns
    -------
    array of float
        (row,), P(X < y) + v · P(X = y), v uniform in [0, 1) (Brockwell 2007; Czado, Gneiting and Held 2009).
        Many places near 0: forecasts too high; near 1: too low; at both ends: too sure; in the middle: too unsure.

    Raises
    ------
    TableError
        If a probability is outside [0, 1] or missing, there is no row, lengths differ, or `at_most` is less than
        `below`.

    Notes
    -----
    Where nearly all forecasts and counts are 0 the places are nearly pure chance, and calibration tells little.

    Examples
    --------
    >>> from garrison.scoring import poisson_bounds
    >>> places = randomised_transform(*poisson_bounds(2.0, [0, 2, 9]))
    >>> places.round(2)
    array([0.09, 0.48, 1.  ])
    """
    low, high = chances("below", below), chances("at_most", at_most)
    same_length(below=low, at_most=high)
    bad = high < low
    if bad.any():
        row = int(np.argmax(bad))
        raise TableError(
            f"at_most: row {row} is {high[row]:g}, less than P(X < y) = {low[row]:g} ({int(bad.sum())} such); give "
            "the probability below the count first, the one up to it second."
        )
    drawn = np.random.default_rng(seed).random(len(low))
    return np.minimum(low + drawn * (high - low), 1.0)
