"""How far a number from simulated runs could be off by chance: intervals of shares and of paired differences.

They speak of the number of runs alone, never of how well the model fits the world.
"""

from __future__ import annotations

import math
from typing import Any

from numpy.typing import NDArray

LEVEL = 0.9
"""Every interval that is printed holds the truth of the model with this chance."""

_Z = 1.6448536269514722  # the standard normal's 95% quantile: 5% are left on either side
_HALVINGS = 60


def share_interval(n_hits: int, n_runs: int) -> tuple[float, float]:
    r"""Give the 90% interval of a share.

    .. math:: \frac{\hat p + z^2/2n \pm z\sqrt{\hat p(1-\hat p)/n + z^2/4n^2}}{1 + z^2/n}

    Source: Wilson 1927.

    Parameters
    ----------
    n_hits, n_runs
        Counts, `n_runs` above 0.

    Returns
    -------
    tuple
        (low, high), within 0 to 1.

    Examples
    --------
    >>> [round(bound, 3) for bound in share_interval(0, 100)]
    [0.0, 0.026]
    """
    share, square = n_hits / n_runs, _Z**2 / n_runs
    middle = (share + square / 2) / (1 + square)
    half = _Z * math.sqrt(share * (1 - share) / n_runs + square / (4 * n_runs)) / (1 + square)
    low = 0.0 if n_hits == 0 else max(middle - half, 0.0)
    return low, 1.0 if n_hits == n_runs else min(middle + half, 1.0)


def paired_share_interval(n_gained: int, n_lost: int, n_runs: int) -> tuple[float, float]:
    r"""Give the 90% interval of the difference of two shares over the same runs.

    .. math:: \frac{b - c - n\delta}{\sqrt{n(2\tilde q + \delta(1-\delta))}} = \pm z

    Source: Tango 1998 (score interval of paired proportions); it is honest where no run changes at all.

    Parameters
    ----------
    n_gained
        b, runs in which it happens in the second arm only.
    n_lost
        c, runs in which it happens in the first arm only.
    n_runs
        n, above 0.

    Returns
    -------
    tuple
        (low, high) of second minus first.

    Examples
    --------
    >>> [round(bound, 4) for bound in paired_share_interval(0, 0, 1000)]
    [-0.0027, 0.0027]
    >>> [round(bound, 3) for bound in paired_share_interval(30, 10, 1000)]
    [0.01, 0.031]
    """
    difference = (n_gained - n_lost) / n_runs
    low = _crossing(n_gained, n_lost, n_runs, (-1.0, difference), _Z)
    return low, _crossing(n_gained, n_lost, n_runs, (difference, 1.0), -_Z)


def _score(n_gained: int, n_lost: int, n_runs: int, delta: float) -> float:
    # The share of runs that change in the first arm's favour, most likely under the difference delta.
    b = -(n_gained + n_lost) + (2 * n_runs - n_gained + n_lost) * delta
    c = -n_lost * delta * (1 - delta)
    q = (math.sqrt(max(b * b - 8 * n_runs * c, 0.0)) - b) / (4 * n_runs)
    variance = n_runs * (2 * q + delta * (1 - delta))
    distance = n_gained - n_lost - n_runs * delta
    if variance <= 0:
        return math.copysign(math.inf, distance) if distance else 0.0
    return distance / math.sqrt(variance)


def _crossing(n_gained: int, n_lost: int, n_runs: int, bounds: tuple[float, float], level: float) -> float:
    """Find by halving where the score, which falls as delta rises, passes a level."""
    low, high = bounds
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _score(n_gained, n_lost, n_runs, middle) > level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def mean_interval(values: NDArray[Any]) -> tuple[float, float]:
    """Give the 90% interval of a mean over runs, by its standard error.

    Parameters
    ----------
    values
        (run,), at least two.

    Returns
    -------
    tuple
        (low, high).

    Examples
    --------
    >>> import numpy as np
    >>> mean_interval(np.array([1.0, 1.0]))
    (1.0, 1.0)
    """
    error = float(values.std(ddof=1)) / math.sqrt(len(values))
    mean = float(values.mean())
    return mean - _Z * error, mean + _Z * error
