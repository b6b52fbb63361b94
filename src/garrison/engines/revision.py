"""The one update line, and the oldest model that it contains: Granovetter's crowd of thresholds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.errors import UndefinedError
from garrison.regime.cohorts import Floats
from garrison.regime.compiled import compiled


def revise(shares: NDArray[Any], drawn_to: NDArray[Any], rate: NDArray[Any] | float) -> Floats:
    r"""Let part of everybody revise: p + kappa (F(x) - p).

    Parameters
    ----------
    shares, drawn_to
        Share openly defying, and share that would on revision; same shape, 0 to 1.
    rate
        kappa, the chance to revise on a day, 0 to 1.

    Returns
    -------
    ndarray
        Same shape; between `shares` and `drawn_to`.

    Examples
    --------
    >>> float(revise(np.array(0.2), np.array(0.6), 0.5))
    0.4
    """
    moved: Floats = shares + rate * (drawn_to - shares)
    return moved


@compiled
def step_towards(share: float, drawn_to: float, rate: float) -> float:
    r"""Let part of one cohort revise: p + kappa (F(x) - p); `revise` for a single number, in compiled code.

    Parameters
    ----------
    share, drawn_to
        Share openly defying, and share that would on revision, 0 to 1.
    rate
        kappa, the chance to revise on a day, 0 to 1.

    Returns
    -------
    float
        Between `share` and `drawn_to`.

    Examples
    --------
    >>> step_towards(0.2, 0.6, 0.5)
    0.4
    """
    return share + rate * (drawn_to - share)


def crowd_of(thresholds: NDArray[Any]) -> Callable[[Floats], Floats]:
    """Give the best response of a crowd with these thresholds (docking mode: identity link, x = share that acts).

    Parameters
    ----------
    thresholds
        (person,) share of the others who must act before this person does, 0 to 1.

    Returns
    -------
    Callable
        From a share that acts to the share that would act. Source: Granovetter 1978.

    Examples
    --------
    >>> float(crowd_of(np.array([0.0, 0.5]))(np.array(0.0)))
    0.5
    """
    ordered = np.sort(np.asarray(thresholds, dtype=np.float64))

    def response(share: Floats) -> Floats:
        # Shares of a finite crowd are fractions: a threshold of 3 in 100 must be met by exactly 3 in 100.
        met = np.searchsorted(
            ordered, np.asarray(share) + np.finfo(np.float64).eps * len(ordered), side="right"
        )
        return np.asarray(met / len(ordered), dtype=np.float64)

    return response


def comes_to_rest(
    response: Callable[[Floats], Floats], *, start: float = 0.0, rate: float = 1.0, most_steps: int = 100_000
) -> float:
    """Follow a crowd from a share until it comes to rest: r <- r + kappa (F(r) - r).

    Parameters
    ----------
    response
        Share that acts to share that would act.
    start
        Share that acts at first, 0 to 1.
    rate
        kappa, above 0 and at most 1.
    most_steps
        After which the search is given up.

    Returns
    -------
    float
        The share at rest.

    Raises
    ------
    UndefinedError
        If the crowd has not come to rest by then.

    Examples
    --------
    >>> comes_to_rest(crowd_of(np.arange(100) / 100))
    1.0
    """
    here = np.asarray(start, dtype=np.float64)
    for _ in range(most_steps):
        after = revise(here, response(here), rate)
        if abs(float(after - here)) < np.finfo(np.float64).eps:
            return float(after)
        here = np.asarray(after)
    raise UndefinedError(
        f"the crowd had not come to rest after {most_steps} steps (last share {float(here):.6f})."
    )
