"""The links between inclination and share: standard distributions of thresholds, with slope and integral."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit, logit, ndtr, ndtri, stdtr, stdtrit

from garrison.errors import ParameterError, nearest

SMOOTH_LINKS = ("normal", "logistic", "student", "uniform")

Curve: TypeAlias = Callable[[Any], NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Link:
    """A distribution about 0 on a scale of its own.

    `share` is F, `slope` its derivative, `area` its integral from the far left, `place` its inverse; `scale` is
    what one standard deviation is measured by: multiply scores by it for thresholds of standard deviation 1.
    """

    share: Curve
    slope: Curve
    area: Curve
    place: Curve
    scale: float


@functools.cache
def link_of(name: str, freedom: float = math.inf) -> Link:
    """Look up a link by name.

    Parameters
    ----------
    name
        One of `SMOOTH_LINKS`.
    freedom
        Degrees of freedom of Student's t, above 2; the others take no notice.

    Returns
    -------
    Link
        Its four curves.

    Raises
    ------
    ParameterError
        For an unknown name.

    Examples
    --------
    >>> float(link_of("logistic").share(0.0))
    0.5
    """
    if name == "normal":
        return Link(ndtr, _bell, lambda x: x * ndtr(x) + _bell(x), ndtri, 1.0)
    if name == "logistic":
        # The variance of a standard logistic variable is pi squared over 3.
        return Link(expit, _hill, lambda x: -log_expit(-x), logit, math.sqrt(3.0) / math.pi)
    if name == "student":
        return _student(freedom)
    if name == "uniform":
        return Link(
            lambda x: np.clip(x + 0.5, 0.0, 1.0),
            lambda x: (np.abs(x) <= 0.5).astype(np.float64),
            lambda x: np.clip(x + 0.5, 0.0, 1.0) ** 2 / 2.0 + np.maximum(x - 0.5, 0.0),
            lambda p: p - 0.5,
            math.sqrt(12.0),
        )
    raise ParameterError(f"link '{name}' is unknown. {nearest(name, SMOOTH_LINKS)}")


def _bell(score: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(np.exp(-(score**2) / 2.0) / math.sqrt(2.0 * math.pi))


def _hill(score: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(expit(score) * expit(-score))


def _student(freedom: float) -> Link:
    half = (freedom + 1.0) / 2.0
    level = math.lgamma(half) - math.lgamma(freedom / 2.0) - 0.5 * math.log(freedom * math.pi)

    def slope(score: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(np.exp(level - half * np.log1p(score**2 / freedom)))

    def share(score: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(stdtr(freedom, score))

    def area(score: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(score * share(score) + (freedom + score**2) / (freedom - 1.0) * slope(score))

    def place(p: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(stdtrit(freedom, p))

    return Link(share, slope, area, place, math.sqrt((freedom - 2.0) / freedom))
