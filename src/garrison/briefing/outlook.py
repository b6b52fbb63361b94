"""Parts of a page's content: dissent so far and ahead, and what would move the chance.

A share and a probability are fractions in [0, 1].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Bands:
    """A share by day, as quantiles over runs, arrays of shape (day,) with values in [0, 1].

    `days` counts from the as-of day: 0 is that day, negative is before it, positive ahead of it.
    """

    days: NDArray[np.integer[Any]]
    median: Shares
    low50: Shares
    high50: Shares
    low90: Shares
    high90: Shares


@dataclass(frozen=True, eq=False)
class DissentSeries:
    """Dissent in one cohort: who defies openly (visible) and who would, alone and safe (hidden), as shares.

    `cohort` is `troops` or `officers`. `so_far` ends on day 0, `ahead` begins there.
    """

    cohort: str
    visible_so_far: Bands
    visible_ahead: Bands
    hidden_so_far: Bands
    hidden_ahead: Bands
    note: int


@dataclass(frozen=True, slots=True)
class LeverEffect:
    """What one change would do to the chance of a break, re-simulated with common random numbers.

    Parameters
    ----------
    name
        What is changed, in words, for example "soldiers' pay".
    from_words, to_words
        Its size without and with the change, with unit, for example "as now" and "two months late".
    p_before, p_after
        The model's chance of a break within the horizon without and with the change, in [0, 1].
    change90
        90% interval of `p_after - p_before`, as fractions.
    n_runs
        Simulated runs in each arm.
    assumptions
        What was assumed: when it starts, how fast it ramps, what else stays as it is.
    """

    name: str
    from_words: str
    to_words: str
    p_before: float
    p_after: float
    change90: tuple[float, float]
    n_runs: int
    note: int
    assumptions: tuple[str, ...] = ()
