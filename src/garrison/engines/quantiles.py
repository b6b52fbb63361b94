"""Quantiles of runs that carry weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.errors import ParameterError
from garrison.regime.cohorts import Floats


def normalised(weights: NDArray[Any] | None, n_runs: int) -> Floats:
    """Give weights that sum to one; equal ones where none are given.

    Raises
    ------
    ParameterError
        If they are not one non-negative number a run, with a positive sum.
    """
    if weights is None:
        return np.full(n_runs, 1.0 / n_runs)
    given = np.asarray(weights, dtype=np.float64)
    if given.shape != (n_runs,) or not np.isfinite(given).all() or (given < 0).any() or not given.sum() > 0:
        raise ParameterError(
            f"weights have shape {given.shape}: give one non-negative number for each of the {n_runs} runs, "
            f"not all of them zero."
        )
    scaled: Floats = given / given.sum()
    return scaled


def weighted_quantiles(values: NDArray[Any], probabilities: Sequence[float], weights: Floats) -> Floats:
    """Give quantiles across runs: the smallest value at which the weight below or at it reaches the probability.

    Parameters
    ----------
    values
        (run, day).
    probabilities
        Each from 0 to 1.
    weights
        (run,), summing to 1.

    Returns
    -------
    ndarray
        (probability, day).

    Examples
    --------
    >>> weighted_quantiles(np.array([[1.0], [2.0], [9.0]]), [0.5], np.full(3, 1 / 3)).tolist()
    [[2.0]]
    """
    asked = np.asarray(probabilities, dtype=np.float64)
    if ((asked < 0) | (asked > 1)).any():
        raise ParameterError(f"probabilities are {list(probabilities)}: each must lie between 0 and 1.")
    order = np.argsort(values, axis=0, kind="stable")
    ranked = np.take_along_axis(values, order, axis=0)
    reached = np.cumsum(weights[order], axis=0)
    # Sums of weights carry rounding errors; without the tolerance a quantile may slip by one run.
    tolerance = np.finfo(np.float64).eps * len(weights)
    place = np.stack([(reached < level - tolerance).sum(axis=0) for level in asked])
    picked = np.take_along_axis(ranked, np.minimum(place, len(weights) - 1), axis=0)
    return picked.astype(np.float64)
