"""Basins: from how many starts drawn at random each state is reached."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from garrison.engines import ATTRACTORS, name_of_state
from garrison.errors import ParameterError, nearest
from garrison.regime import COHORTS, Parameters, uniforms
from garrison.regime.cohorts import Floats
from garrison.regime.compiled_cohorts import compiled_cohorts
from garrison.regime.perception import class_shares
from garrison.stability.frozen import flow_of_all
from garrison.stability.responses import Responses

MOST_DAYS = 10_000
NEAR_ENOUGH = 1e-6


@dataclass(frozen=True, slots=True)
class Basins:
    """Share of random starts that end in each state: `shares` (run, state) in the order of `states`.

    `unsettled` (run,) is the share of starts from which nobody had come to rest after 10,000 days: they creep past
    where two states have just met and vanished, and are counted under the state in which they were then.
    """

    states: tuple[str, ...]
    shares: Floats
    unsettled: Floats
    n_starts: int

    def of(self, state: str) -> Floats:
        """Give the share of starts that end in a state; (run,).

        Raises
        ------
        ParameterError
            For a name that is none of the states.
        """
        if state not in self.states:
            raise ParameterError(f"state '{state}' is unknown. {nearest(state, self.states)}")
        column: Floats = self.shares[:, self.states.index(state)]
        return column

    def __repr__(self) -> str:
        parts = (f"{name} {self.of(name).mean():.0%}" for name in self.states)
        return f"Basins of {len(self.shares)} runs, {self.n_starts} starts each: " + ", ".join(parts)


def basin_shares(parameters: Parameters, n_starts: int = 200, *, seed: int) -> Basins:
    r"""Give the share of random starts from which the fast flow ends in each state.

    .. math:: p_g \leftarrow p_g + \kappa_g (G_g(p, B) - p_g), \quad B \leftarrow B + \eta (B^*(p) - B)

    Parameters
    ----------
    parameters
        The ensemble, on any layout.
    n_starts
        Starts a run, at least 1. The shares of the four classes are uniform between 0 and 1 and independent, all
        cohorts of a class alike; belief begins where these shares lead it.
    seed
        Keys the starts; start i is the same whatever their number.

    Returns
    -------
    Basins
        With the slow stocks, expectations and the survival clock frozen at rest. A volume of states, no
        probability of getting there: most of it lies far from anything that a crisis does. Its standard error
        is sqrt(s (1 - s) / n_starts). Source: Menck, Heitzig, Marwan and Kurths 2013 (basin stability).

    Raises
    ------
    ParameterError
        If `n_starts` is below 1.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> basin_shares(ensemble(2, seed=1), 10, seed=1).shares.sum(axis=1).tolist()
    [1.0, 1.0]
    """
    if n_starts < 1:
        raise ParameterError(f"n_starts is {n_starts}: give at least 1 start.")
    cohorts = compiled_cohorts(parameters.layout)
    ends = np.zeros((n_starts, len(parameters), len(COHORTS)))
    settled = np.zeros((n_starts, len(parameters)), dtype=np.bool_)
    answer = Responses(parameters)
    for start in range(n_starts):
        drawn = [uniforms(seed, f"start of {name}", parameters.replicate, start) for name in COHORTS]
        shares = np.ascontiguousarray(np.stack(drawn, axis=1)[:, cohorts.class_of])
        belief = answer(shares)[1]
        flow_of_all(
            answer.setting, shares, belief, np.zeros(shares.shape[1]), MOST_DAYS, NEAR_ENOUGH, settled[start]
        )
        ends[start] = class_shares(cohorts, shares)
    names: NDArray[np.str_] = name_of_state(ends)
    found = np.stack([(names == state).mean(axis=0) for state in ATTRACTORS], axis=1)
    return Basins(ATTRACTORS, found, 1.0 - settled.mean(axis=0), n_starts)
