"""The continuous ranked probability score of negative-binomial forecasts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from garrison.scoring.count_bounds import negative_binomial_at_most
from garrison.scoring.count_rows import counts, positive
from garrison.scoring.forecast_rows import Floats

# Nodes of the Gauss-Legendre rule: 64 leave an error below 1e-10 of the value for means from .001 to ten million
# and sizes from .001 to 1e9.
_NODES, _WEIGHTS = (np.polynomial.legendre.leggauss(64)[part] for part in (0, 1))
# Rows are integrated so many at a time, which bounds the memory to some 16 MB an array.
_PIECE = 30_000


def crps_negative_binomial(mean: ArrayLike, size: ArrayLike, observed: ArrayLike) -> Floats:
    """Give the continuous ranked probability score of each row of a negative-binomial forecast.

    Parameters
    ----------
    mean, size
        A number or (row,), above 0: the forecast, whose variance is mean + mean² / size.
    observed
        (row,), whole numbers from 0: what was counted.

    Returns
    -------
    array of float
        (row,), in counts: Σ_k (P(X <= k) - 1{y <= k})², here E|X - y| - E|X - X'| / 2 (Gneiting and Raftery 2007,
        equation 21), the first in closed form, the second by quadrature (`negative_binomial_spread`). 0 is perfect,
        lower is better.

    Raises
    ------
    TableError
        If a mean or a size is not above 0, a count is negative or not whole, a number is missing, there is no row, or
        lengths differ.

    Examples
    --------
    >>> crps_negative_binomial(2.0, 1.0, [0, 2, 9]).round(4)
    array([0.8   , 0.5778, 5.904 ])
    """
    seen = counts("observed", observed)
    means, sizes = positive("mean", mean, len(seen)), positive("size", size, len(seen))
    at_most = negative_binomial_at_most(means, sizes, seen)
    # E[X; X <= y] = mean P(X⁺ <= y - 1), X⁺ with size + 1 and the same ratio of mean to size.
    heavier = negative_binomial_at_most(means * (1.0 + 1.0 / sizes), sizes + 1.0, seen - 1.0)
    away = seen * (2.0 * at_most - 1.0) + means * (1.0 - 2.0 * heavier)
    return np.maximum(away - negative_binomial_spread(means, sizes), 0.0)


def negative_binomial_spread(mean: Floats, size: Floats) -> Floats:
    """Give half the mean distance of two independent negative-binomial counts.

    Parameters
    ----------
    mean, size
        (row,), above 0; the variance is v = mean + mean² / size.

    Returns
    -------
    array of float
        (row,), E|X - X'| / 2. As |m| = ∫_0^π (1 - cos mt) / (1 - cos t) dt / π for whole m, it is
        ∫_0^π (1 - |φ(t)|²) / (1 - cos t) dt / 2π with the characteristic function φ,
        |φ(t)|² = (1 + 2 v (1 - cos t) / size)^(-size). It is integrated in a, t = s sinh a, where s is the scale on
        which |φ| falls; unlike the hypergeometric form (Wei and Held 2014) it holds for every size.

    Examples
    --------
    >>> negative_binomial_spread(np.array([2.0, 2.0]), np.array([1.0, 1e9])).round(4)
    array([1.2   , 0.7715])
    """
    spreads = np.empty(len(mean))
    for start in range(0, len(mean), _PIECE):
        part = slice(start, start + _PIECE)
        sizes = size[part, None]
        variance = mean[part, None] * (1.0 + mean[part, None] / sizes)
        scale = np.sqrt(np.minimum(sizes, 1.0) / variance)
        end = np.arcsinh(np.pi / scale)
        place = end * (_NODES + 1.0) / 2.0
        bend = 2.0 * np.sin(scale * np.sinh(place) / 2.0) ** 2
        lost = -np.expm1(-sizes * np.log1p(2.0 * variance * bend / sizes))
        spreads[part] = (lost / bend * scale * np.cosh(place)) @ _WEIGHTS * end[:, 0] / (4.0 * np.pi)
    return spreads
