"""The states in which a regime can stay: HOLD, STALEMATE, HOLLOW, BREAK."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from garrison.engines import ATTRACTORS, name_of_state
from garrison.errors import ParameterError, nearest
from garrison.regime import Parameters
from garrison.regime.cohorts import Floats
from garrison.regime.compiled_cohorts import compiled_cohorts
from garrison.regime.perception import class_shares
from garrison.stability.responses import Responses

STARTS: dict[str, tuple[float, float, float, float]] = {
    "nobody": (0.0, 0.0, 0.0, 0.0),
    "civilians": (1.0, 0.0, 0.0, 0.0),
    "civilians and troops": (1.0, 1.0, 0.0, 0.0),
    "officers and elite": (0.0, 0.0, 1.0, 1.0),
    "everybody": (1.0, 1.0, 1.0, 1.0),
}
"""Corners of the state from which the search sets out: each names who defies to begin with."""

MOST_STEPS = 500
NEAR_ENOUGH = 1e-8
# Below this share of moving runs the search goes on with those alone, which is faster.
MOSTLY_DONE = 0.7


@dataclass(frozen=True, slots=True)
class Attractors:
    """Where each run ends from each start.

    `starts` names the second axis; `shares` (run, start, cohort), `names` (run, start), `settled` (run,
    start).
    """

    starts: tuple[str, ...]
    shares: Floats
    names: NDArray[np.str_]
    settled: NDArray[np.bool_]

    def has(self, name: str) -> NDArray[np.bool_]:
        """Say which runs end in a named state from at least one start; (run,).

        Raises
        ------
        ParameterError
            For a name that is none of HOLD, STALEMATE, HOLLOW, BREAK.
        """
        if name not in ATTRACTORS:
            raise ParameterError(f"state '{name}' is unknown. {nearest(name, ATTRACTORS)}")
        found: NDArray[np.bool_] = ((self.names == name) & self.settled).any(axis=1)
        return found

    def __repr__(self) -> str:
        parts = (f"{name} {self.has(name).mean():.0%}" for name in ATTRACTORS)
        return f"Attractors of {len(self.names)} runs: " + ", ".join(parts)


def attractors(parameters: Parameters) -> Attractors:
    """Find the states in which each regime can stay, by following the fast flow from the corners.

    Parameters
    ----------
    parameters
        The ensemble.

    Returns
    -------
    Attractors
        Found with the slow stocks (deaths remembered, fatigue), expectations and the survival clock frozen
        at rest: shares and belief alone move. The corners find the lowest and the highest state for certain,
        those between as a rule; unstable states are not found.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> bool(attractors(ensemble(3, seed=1)).has("HOLD").all())
    True
    """
    cohorts = compiled_cohorts(parameters.layout)
    found = [_follow(parameters, np.array(corner)[cohorts.class_of]) for corner in STARTS.values()]
    shares = np.stack([item[0] for item in found], axis=1)
    settled = np.stack([item[1] for item in found], axis=1)
    return Attractors(tuple(STARTS), shares, name_of_state(class_shares(cohorts, shares)), settled)


def _follow(parameters: Parameters, corner: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    shares = np.broadcast_to(corner, parameters.rest.shares.shape).copy()
    change = np.full(len(parameters), np.inf)
    moving, answer = np.arange(len(parameters)), Responses(parameters)
    for _ in range(MOST_STEPS):
        revised, _ = answer(shares[moving])
        change[moving] = np.abs(revised - shares[moving]).max(axis=1)
        shares[moving] = revised
        still = change[moving] > NEAR_ENOUGH
        if not still.any():
            break
        if still.sum() < MOSTLY_DONE * len(moving):
            moving = moving[still]
            answer = Responses(parameters.take(moving))
    # A slow approach near a fold still tells the state apart; a cycle would not.
    return shares, change < NEAR_ENOUGH**0.5
