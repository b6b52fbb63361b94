"""How well each simulated crisis fits what was reported."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from garrison.inference.observed import CountObserved, Observation, StoriesObserved

Floats = NDArray[np.float64]


def p_at_most(count: float, mean: Floats, dispersion: Floats | float) -> Floats:
    """Give the chance that a negative-binomial count is at most so many.

    P(Y <= y) = I_{k/(k+mu)}(k, y+1), the regularised incomplete beta function, with mean mu and dispersion k:
    Var Y = mu + mu^2/k.

    Parameters
    ----------
    count
        y; below 0 gives 0, infinity gives 1.
    mean
        Expected count mu of each run, greater than 0. Shape (run,).
    dispersion
        k, greater than 0; large means nearly Poisson.

    Returns
    -------
    ndarray
        Shape (run,), in [0, 1].

    Source: Johnson, Kemp & Kotz 2005, Univariate Discrete Distributions, eq. 5.31.

    Examples
    --------
    >>> float(p_at_most(0, np.array([1.0]), 1.0)[0])
    0.5
    """
    if count < 0:
        return np.zeros_like(mean)
    if np.isinf(count):
        return np.ones_like(mean)
    k = np.broadcast_to(np.asarray(dispersion, dtype=float), mean.shape)
    return np.asarray(betainc(k, np.floor(count) + 1.0, k / (k + mean)))


def p_at_least(count: int, mean: Floats, dispersion: Floats | float) -> Floats:
    """Give the chance that a negative-binomial count is at least so many, exact also where it is tiny.

    P(Y >= y) = I_{mu/(k+mu)}(y, k).

    Parameters
    ----------
    count
        y; 0 or below gives 1.
    mean, dispersion
        As for `p_at_most`.

    Returns
    -------
    ndarray
        Shape (run,), in [0, 1].

    Source: Johnson, Kemp & Kotz 2005, Univariate Discrete Distributions, eq. 5.31.

    Examples
    --------
    >>> float(p_at_least(1, np.array([1.0]), 1.0)[0])
    0.5
    """
    if count <= 0:
        return np.ones_like(mean)
    k = np.broadcast_to(np.asarray(dispersion, dtype=float), mean.shape)
    return np.asarray(betainc(float(count), k, mean / (k + mean)))


def count_likelihood(
    observed: CountObserved, mean: Floats, dispersion: Floats | float, weights: Floats
) -> Floats:
    """Give the likelihood of a number told, for each run.

    c P(low <= Y <= high | run) / P(low <= Y <= high) + (1 - c): with the chance c the report is right, else it
    says nothing about the run. The denominator is the prior mean, so that a report nobody can tell anything
    from has likelihood 1.

    Parameters
    ----------
    observed
        Bounds and credence c.
    mean
        Expected count of each run over the observed days. Shape (run,).
    dispersion
        Of the negative-binomial count.
    weights
        Prior weights of the runs, summing to 1. Shape (run,).

    Returns
    -------
    ndarray
        Shape (run,), at least 1 - c.
    """
    fits = p_at_most(observed.high, mean, dispersion) - p_at_most(np.ceil(observed.low) - 1, mean, dispersion)
    fits = np.clip(fits, 0.0, 1.0)
    expected = float(weights @ fits)
    if expected <= np.finfo(float).tiny:
        # No simulated crisis comes near: the report cannot choose between them.
        return np.ones_like(mean)
    return np.asarray(observed.credence * fits / expected + (1.0 - observed.credence))


def stories_likelihood(observed: StoriesObserved, mean: Floats, dispersion: Floats | float) -> Floats:
    """Give the likelihood of stories of which each may be false, for each run.

    sum_j e_j(r - 1) P(Y >= j | run), with e_j the elementary symmetric polynomials of the evidence ratios less
    one: for a single story 1 + (r - 1) P(Y >= 1). A story with ratio 1 says nothing; of several, each needs a
    happening of its own. Where all ratios exceed 1 the likelihood ratio of one story more increases with the
    mean, since P(Y >= j+1) / P(Y >= j) does: a further report of dissent never lowers the inferred dissent.

    Parameters
    ----------
    observed
        Evidence ratios r, each greater than 0.
    mean
        Expected number of happenings of each run in these days. Shape (run,).
    dispersion
        Of the negative-binomial count.

    Returns
    -------
    ndarray
        Shape (run,), greater than 0.

    Source: this project; mixture over which stories are true.
    """
    symmetric = np.array([1.0])
    for ratio in observed.evidence_ratios:
        symmetric = np.convolve(symmetric, [1.0, ratio - 1.0])
    likelihood = np.zeros_like(mean)
    for number, weight in enumerate(symmetric):
        likelihood = likelihood + weight * p_at_least(number, mean, dispersion)
    # Ratios below 1 subtract; rounding must not make a chance negative.
    return np.maximum(likelihood, np.finfo(float).tiny)


def log_likelihood(
    observations: Sequence[Observation],
    means: Sequence[Floats],
    dispersions: Sequence[float],
    weights: Floats,
) -> Floats:
    """Add up the log-likelihood of all observations, one row each.

    Parameters
    ----------
    observations
        What was reported.
    means
        For each observation the expected count of each run. Shape (run,) each.
    dispersions
        For each observation that of its negative-binomial count.
    weights
        Prior weights of the runs, summing to 1. Shape (run,).

    Returns
    -------
    ndarray
        Shape (observation, run).
    """
    rows = [
        np.log(count_likelihood(observed, mean, dispersion, weights))
        if isinstance(observed, CountObserved)
        else np.log(stories_likelihood(observed, mean, dispersion))
        for observed, mean, dispersion in zip(observations, means, dispersions, strict=True)
    ]
    return np.array(rows).reshape(len(observations), len(weights))
