"""The tipping distance: how large a sudden shock must be for a regime not to come back from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from garrison.engines import ENDINGS, Beginning, simulate
from garrison.engines.contest import STREET
from garrison.errors import ParameterError, nearest
from garrison.regime import COHORTS, Parameters
from garrison.regime.cohorts import Floats
from garrison.regime.compiled_cohorts import compiled_cohorts
from garrison.regime.perception import class_shares
from garrison.stability.admission import ANY_DAY

BELIEF = "belief"
DIRECTIONS: dict[str, dict[str, float]] = {
    **{name: {name: 1.0} for name in COHORTS},
    BELIEF: {BELIEF: 1.0},
    "everybody": dict.fromkeys(COHORTS, 1.0),
}
"""Directions that are tried by default: each class alone, belief alone, and all classes alike."""

_NEAR_ENOUGH = 1e-3
DAYS = 365


@dataclass(frozen=True, slots=True)
class TippingDistance:
    """The least shock that tips each run: `size` (run, direction), NaN where even the largest one does not.

    `directions` names the second axis; a size of .1 along a class means that a tenth of it turns overnight.
    """

    directions: tuple[str, ...]
    size: Floats

    @property
    def distance(self) -> Floats:
        """The least size over all directions; (run,), NaN where no shock along them tips the run."""
        least = np.where(np.isnan(self.size), np.inf, self.size).min(axis=1)
        return np.where(np.isinf(least), np.nan, least)

    @property
    def weakest(self) -> NDArray[np.str_]:
        """The direction of the least size; (run,), "" where no shock along them tips the run."""
        filled = np.where(np.isnan(self.size), np.inf, self.size)
        return np.where(np.isinf(filled.min(axis=1)), "", np.array(self.directions)[filled.argmin(axis=1)])

    def __repr__(self) -> str:
        lines = [
            f"TippingDistance of {len(self.size)} runs: share that tips, median (share of runs that tip)"
        ]
        for place, name in enumerate(self.directions):
            column = self.size[:, place]
            tips = np.isfinite(column)
            middle = f"{np.median(column[tips]):.3f}" if tips.any() else "none"
            lines.append(f"  {name}: {middle} ({tips.mean():.0%})")
        return "\n".join(lines)


def tipping_distance(
    parameters: Parameters,
    direction: Mapping[str, float] | None = None,
    *,
    days: int = DAYS,
) -> TippingDistance:
    r"""Find the least sudden shock that a regime does not come back from, for past and hypothetical cases.

    .. math:: d = \min \{ d : \text{the flow from } \min(p^* + d\,u, 1) \text{ ends in BREAK} \}

    This describes a model regime of a historical or hypothetical case. It is no advice, and it is not shown for a
    crisis that is still open: it says nothing of what a shock would cost those who bring it about, or of what
    follows.

    Parameters
    ----------
    parameters
        The ensemble, on any layout; a few hundred runs take seconds.
    direction
        Class names and "belief" to weights of 0 or more, the largest taken as 1: the shares of the heads that turn
        overnight for a shock of size 1. None tries each class and belief alone, and all classes alike.
    days
        How long the flow is followed.

    Returns
    -------
    TippingDistance
        Sizes to within a thousandth, by bisection (who tips after a small shock tips after a larger one). A break
        has its one meaning: a shock that is itself a break, as two fifths of the elite, counts. So does a capital
        that the crowd takes before a break is complete: the fall comes first, and nobody goes back.

    Raises
    ------
    ParameterError
        For an unknown name, a weight below 0, or none above.

    Notes
    -----
    Nothing happens from outside: the flow is `simulate` without pushes. The maximum norm measures a shock: its size
    is the largest share in it.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> found = tipping_distance(ensemble(3, seed=1), {"officers": 1.0, "elite": 1.0}, days=60)
    >>> bool((found.distance <= 0.6).all())
    True
    """
    tried = DIRECTIONS if direction is None else {" and ".join(direction): _checked(direction)}
    sizes = [_least_size(parameters, weights, days) for weights in tried.values()]
    return TippingDistance(tuple(tried), np.stack(sizes, axis=1))


def _checked(direction: Mapping[str, float]) -> dict[str, float]:
    known = (*COHORTS, BELIEF)
    for name, weight in direction.items():
        if name not in known:
            raise ParameterError(f"direction '{name}' is unknown. {nearest(name, known)}")
        if not (np.isfinite(weight) and weight >= 0):
            raise ParameterError(f"direction '{name}': weight {weight} must be a number of 0 or more.")
    largest = max(direction.values(), default=0.0)
    if largest <= 0:
        raise ParameterError("a direction needs at least one weight above 0.")
    return {name: weight / largest for name, weight in direction.items()}


def _least_size(parameters: Parameters, weights: Mapping[str, float], days: int) -> Floats:
    low, high = np.zeros(len(parameters)), np.ones(len(parameters))
    size = np.where(_tips(parameters, weights, high, days), 1.0, np.nan)
    moving = np.flatnonzero(np.isfinite(size))
    while len(moving) and (high - low)[moving].max() > _NEAR_ENOUGH:
        middle = 0.5 * (low + high)[moving]
        tips = _tips(parameters.take(moving), weights, middle, days)
        high[moving] = np.where(tips, middle, high[moving])
        low[moving] = np.where(tips, low[moving], middle)
    size[moving] = high[moving]
    return size


def _tips(parameters: Parameters, weights: Mapping[str, float], size: Floats, days: int) -> NDArray[np.bool_]:
    """Say which runs do not come back from a shock of a size each; (run,)."""
    rest = class_shares(compiled_cohorts(parameters.layout), parameters.rest.shares)
    shock = np.array([weights.get(name, 0.0) for name in COHORTS])
    shares = np.where(shock > 0, np.minimum(rest + size[:, None] * shock, 1.0), 0.0)
    belief = None
    if weights.get(BELIEF, 0.0) > 0:
        belief = np.minimum(parameters.rest.belief + size * weights[BELIEF], 1.0)
    begin = Beginning(shares, belief)
    runs = simulate(parameters, start=ANY_DAY, days=days, seed=0, pushes=False, begin=begin)
    tipped: NDArray[np.bool_] = (runs.break_day >= 0) | (runs.end == ENDINGS[STREET])
    return tipped
