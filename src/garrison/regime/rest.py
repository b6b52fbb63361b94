"""The quiet state of a regime: where shares, belief and stocks stay when nothing pushes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from garrison.regime.belief import belief_target
from garrison.regime.cohorts import CIVILIANS, TROOPS, Floats
from garrison.regime.counts import crowd_on, deaths_per_million
from garrison.regime.kernel import impression, inclination, would_defy
from garrison.regime.situation import Situation

if TYPE_CHECKING:
    from garrison.regime.parameters import Parameters

MOST_STEPS = 400
NEAR_ENOUGH = 1e-9
# Below this share of moving runs the search goes on with those alone, which is faster.
MOSTLY_DONE = 0.7


@dataclass(frozen=True, slots=True)
class Rest:
    """The lowest fixed point of each run.

    `shares` (run, cohort); `belief`, `recent_deaths`, `fatigue` (run,); `settled` (run,) says whether the
    search from below came to a halt: where it did not, the regime has no quiet state that holds.
    """

    shares: Floats
    belief: Floats
    recent_deaths: Floats
    fatigue: Floats
    settled: NDArray[np.bool_]

    def take(self, chosen: Any) -> Rest:
        """Keep some runs, by index or by mask."""
        return Rest(*(getattr(self, name)[chosen] for name in self.__slots__))


def loyal_capacity(parameters: Parameters, shares: Floats) -> Floats:
    """Give K: deployable strength over required strength, less the troops who refuse; (run,), dimensionless.

    Returns
    -------
    ndarray
        (run,), 0 or more.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(2, seed=1)
    >>> loyal_capacity(few, np.ones((2, 4))).tolist()
    [0.0, 0.0]
    """
    capacity: Floats = parameters.conditions["force"] * (1.0 - shares[:, TROOPS])
    return capacity


def quiet_situation(parameters: Parameters, shares: Floats) -> Situation:
    """Give the situation in which these shares have lasted for long: stocks at their levels, nothing unexpected.

    Parameters
    ----------
    parameters
        The ensemble.
    shares
        (run, cohort) share openly defying, 0 to 1.

    Returns
    -------
    Situation
        Recent deaths and fatigue at the level that these shares keep up, no push, belief without surprise.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(2, seed=1)
    >>> quiet_situation(few, few.rest.shares).push.any()
    np.False_
    """
    n_runs = len(shares)
    capacity = loyal_capacity(parameters, shares)
    crowd = crowd_on(parameters, shares[:, CIVILIANS])
    toll = deaths_per_million(parameters, crowd, capacity)
    horizon = parameters["survival_horizon"]
    return Situation(
        shares=shares,
        belief=belief_target(parameters, np.zeros_like(shares), horizon),
        hardship=parameters.conditions["hardship"],
        pay=parameters.conditions["pay"],
        recent_deaths=toll * parameters["outrage_memory"],
        fatigue=impression(shares[:, CIVILIANS], parameters.half_saturation[:, CIVILIANS]),
        push=np.zeros_like(shares),
        capacity=capacity,
        expected=shares,
        survived_days=np.broadcast_to(horizon, n_runs).copy(),
    )


def find_rest(parameters: Parameters) -> Rest:
    """Find the lowest quiet state of each run, by letting everybody revise from nobody defying.

    The map only ever pushes upwards from there (peers, belief and strained enforcers all raise defiance), so
    that the search rises to the lowest fixed point; fatigue, which pulls back, is damped with the rest.

    Returns
    -------
    Rest
        Also where the search did not halt; `settled` tells.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(2, seed=1)
    >>> bool((find_rest(few).shares == few.rest.shares).all())
    True
    """
    n_runs, n_cohorts = parameters.intercepts.shape
    shares = np.zeros((n_runs, n_cohorts))
    settled = np.zeros(n_runs, dtype=bool)
    moving = np.arange(n_runs)
    here = parameters
    for _ in range(MOST_STEPS):
        revised = would_defy(inclination(here, quiet_situation(here, shares[moving])).total)
        still = ~settled[moving] & (np.abs(revised - shares[moving]).max(axis=1) > NEAR_ENOUGH)
        # Each run stops at its own moment: where it stops must not hang on who else is in the ensemble.
        going = ~settled[moving]
        shares[moving[going]] = revised[going]
        settled[moving] = ~still
        if not still.any():
            break
        if still.sum() < MOSTLY_DONE * len(moving):
            moving, here = moving[still], here.take(still)
    quiet = quiet_situation(parameters, shares)
    return Rest(shares, np.real(quiet.belief), quiet.recent_deaths, quiet.fatigue, settled)


def rest_situation(parameters: Parameters) -> Situation:
    """Give the situation of every run at rest, from which a simulation starts.

    Returns
    -------
    Situation
        Shares, belief and stocks of `parameters.rest`.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(2, seed=1)
    >>> bool((rest_situation(few).shares == few.rest.shares).all())
    True
    """
    return replace(quiet_situation(parameters, parameters.rest.shares))
