r"""Granovetter 1978: a crowd of thresholds, and how one person or a little more diversity makes it act.

Special case: one class, everybody revises every day, x is the share that acts (identity link).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from garrison.errors import ParameterError
from garrison.regime.cohorts import Floats
from garrison.regime.thresholds import Thresholds
from garrison.stability.docking.crowd import Crowd, Fold


def crowd_of_thresholds(thresholds: Thresholds) -> Crowd:
    r"""Give the crowd in which each person acts once its threshold share of the others does.

    .. math:: r(t+1) = F(r(t))

    Source: Granovetter 1978.

    Parameters
    ----------
    thresholds
        Share of the crowd that must act before a person does.

    Returns
    -------
    Crowd
        With x equal to the share that acts.

    Examples
    --------
    >>> crowd_of_thresholds(Thresholds.listed(np.arange(100) / 100)).at_rest()
    1.0
    """
    return Crowd(thresholds, _as_it_is)


def _as_it_is(share: NDArray[np.float64]) -> Floats:
    return share


def normal_crowd_fold(mean: float) -> Fold:
    r"""Give the spread of normal thresholds at which the quiet state of the crowd ends.

    .. math:: \Phi(s) - s\,\varphi(s) = m, \quad \sigma_c = \varphi(s), \quad r_c = \Phi(s)

    Source: the jump in the numerical example of Granovetter 1978. Derived: F(r) = r and F'(r) = 1 at once, with
    s = (r - m) / sigma; the left side rises with s (its slope is s squared times the density), so that there is one
    root below 0.

    Parameters
    ----------
    mean
        Mean threshold m, strictly between 0 and 1/2 (from 1/2 on there is no quiet state to lose).

    Returns
    -------
    Fold
        Spread and share at the fold.

    Raises
    ------
    ParameterError
        For a mean out of range.

    Examples
    --------
    >>> fold = normal_crowd_fold(0.25)
    >>> round(fold.value, 6), round(fold.share, 6)
    (0.122221, 0.062003)
    """
    from scipy.optimize import brentq

    if not 0.0 < mean < 0.5:
        raise ParameterError(
            f"mean threshold {mean}: the quiet state has a fold for means between 0 and 1/2."
        )

    def excess(score: float) -> float:
        return float(ndtr(score)) - score * _bell(score) - mean

    score = float(brentq(excess, -12.0, 0.0, xtol=1e-15))
    return Fold(_bell(score), float(ndtr(score)))


def _bell(score: float) -> float:
    return math.exp(-(score**2) / 2.0) / math.sqrt(2.0 * math.pi)
