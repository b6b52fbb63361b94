"""How probable a forecast held counts below the observed one, and up to it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincc, pdtr

from garrison.scoring.count_rows import counts, positive, sampled_rows
from garrison.scoring.forecast_rows import Floats, column


def poisson_bounds(mean: ArrayLike, observed: ArrayLike) -> tuple[Floats, Floats]:
    """Give the probability that a Poisson forecast put below each observed count, and up to it.

    Parameters
    ----------
    mean
        A number or (row,), above 0.
    observed
        (row,), whole numbers from 0.

    Returns
    -------
    tuple of two arrays of float
        P(X < y) and P(X <= y), (row,) each, for `randomised_transform`.

    Raises
    ------
    TableError
        If a mean is not above 0, a count is negative or not whole, a number is missing, there is no row, or lengths
        differ.

    Examples
    --------
    >>> below, at_most = poisson_bounds(2.0, [0, 2])
    >>> below.round(3), at_most.round(3)
    (array([0.   , 0.406]), array([0.135, 0.677]))
    """
    seen = counts("observed", observed)
    rates = positive("mean", mean, len(seen))
    return poisson_at_most(rates, seen - 1.0), poisson_at_most(rates, seen)


def negative_binomial_bounds(mean: ArrayLike, size: ArrayLike, observed: ArrayLike) -> tuple[Floats, Floats]:
    """Give the probability that a negative-binomial forecast put below each observed count, and up to it.

    Parameters
    ----------
    mean, size
        A number or (row,), above 0; the variance is mean + mean² / size.
    observed
        (row,), whole numbers from 0.

    Returns
    -------
    tuple of two arrays of float
        P(X < y) and P(X <= y), (row,) each, for `randomised_transform`.

    Raises
    ------
    TableError
        If a mean or a size is not above 0, a count is negative or not whole, a number is missing, there is no row, or
        lengths differ.

    Examples
    --------
    >>> below, at_most = negative_binomial_bounds(2.0, 1.0, [0, 2])
    >>> below.round(3), at_most.round(3)
    (array([0.   , 0.556]), array([0.333, 0.704]))
    """
    seen = counts("observed", observed)
    means, sizes = positive("mean", mean, len(seen)), positive("size", size, len(seen))
    return (
        negative_binomial_at_most(means, sizes, seen - 1.0),
        negative_binomial_at_most(means, sizes, seen),
    )


def sampled_bounds(samples: ArrayLike, observed: ArrayLike) -> tuple[Floats, Floats]:
    """Give between which shares of a forecast's draws each observed number falls.

    Parameters
    ----------
    samples
        (row, draw), draws from the forecast of each row.
    observed
        (row,), any finite numbers.

    Returns
    -------
    tuple of two arrays of float
        n(X < y) / (m + 1) and (n(X <= y) + 1) / (m + 1) of m draws, (row,) each, for `randomised_transform`. The
        observed number counts as one more draw, so that its random rank is exactly uniform if it comes from where the
        draws come, however few they are.

    Raises
    ------
    TableError
        If the samples are no table of finite numbers, a number is missing, there is no row, or lengths differ.

    Examples
    --------
    >>> sampled_bounds([[0, 1, 1, 4]], [1])
    (array([0.2]), array([0.8]))
    """
    seen = column("observed", observed)
    draws = sampled_rows(samples, len(seen))
    ranks = draws.shape[1] + 1.0
    below: NDArray[np.intp] = (draws < seen[:, None]).sum(axis=1)
    above: NDArray[np.intp] = (draws > seen[:, None]).sum(axis=1)
    return below / ranks, (ranks - above) / ranks


def poisson_at_most(mean: Floats, count: Floats) -> Floats:
    """Give P(X <= count) of Poisson counts; 0 below 0.

    Parameters
    ----------
    mean
        (row,), above 0.
    count
        (row,), whole numbers from -1.

    Returns
    -------
    array of float
        (row,)

    Examples
    --------
    >>> poisson_at_most(np.array([2.0, 2.0]), np.array([-1.0, 0.0])).round(3)
    array([0.   , 0.135])
    """
    return np.where(count < 0, 0.0, pdtr(np.maximum(count, 0.0), mean))


def negative_binomial_at_most(mean: Floats, size: Floats, count: Floats) -> Floats:
    """Give P(X <= count) of negative-binomial counts; 0 below 0.

    Parameters
    ----------
    mean, size
        (row,), above 0; the variance is mean + mean² / size.
    count
        (row,), whole numbers from -1.

    Returns
    -------
    array of float
        (row,), 1 - I_q(count + 1, size), q = mean / (mean + size), I the regularised incomplete beta function
        (Johnson, Kemp and Kotz 2005, Univariate Discrete Distributions, chapter 5).

    Examples
    --------
    >>> negative_binomial_at_most(np.array([2.0]), np.array([1.0]), np.array([0.0])).round(3)
    array([0.333])
    """
    share = mean / (mean + size)
    return np.where(count < 0, 0.0, betaincc(np.maximum(count, 0.0) + 1.0, size, share))
