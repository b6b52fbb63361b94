"""The reproduction number of defection: how many new defectors one defector makes, by whom, and who would lead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from garrison.engines import name_of_state
from garrison.engines.outcomes import HOLD
from garrison.errors import UndefinedError
from garrison.regime import COHORTS, Parameters
from garrison.regime.cohorts import Floats
from garrison.regime.compiled_cohorts import compiled_cohorts
from garrison.regime.perception import class_shares
from garrison.stability.gains import full_number
from garrison.stability.power_iteration import LEAST_SHARE, growth_of_all
from garrison.stability.responses import Responses


@dataclass(frozen=True, slots=True)
class Growth:
    """How a small defection multiplies: `number` (run,), `direction` (run, cohort), `block` (run, class, class)."""

    number: Floats
    direction: Floats
    block: Floats


def growth(answer: Responses, shares: Floats, *, blocks: bool = False) -> Growth:
    r"""Give the spectral radius of J = dG/dp, belief as the vehicle, by power iteration on directional derivatives.

    Parameters
    ----------
    answer
        The best response, everything slow frozen.
    shares
        (run, cohort) where the derivatives are taken: a fixed point.
    blocks
        Whether the class blocks are wanted too.

    Returns
    -------
    Growth
        The largest entry of each direction is as large as the share there; without `blocks` these are empty.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> few = ensemble(2, seed=1)
    >>> bool((growth(Responses(few), few.rest.shares).number < 1).all())
    True
    """
    n_runs, n_cohorts = shares.shape
    at = np.ascontiguousarray(shares)
    number, direction = np.zeros(n_runs), np.zeros((n_runs, n_cohorts))
    block = np.zeros((n_runs if blocks else 0, len(COHORTS), len(COHORTS)))
    settled = np.zeros(n_runs, dtype=np.bool_)
    growth_of_all(answer.setting, at, np.zeros((5, n_cohorts)), number, direction, block, settled)
    for run in np.flatnonzero(~settled):
        # Two ways of multiplying that are nearly as strong: no iteration tells them apart, the full matrix does.
        number[run] = full_number(answer.take(np.array([run])), at[run : run + 1])[0]
    return Growth(number, direction * np.maximum(at, LEAST_SHARE), block)


def _at_rest(parameters: Parameters, *, blocks: bool = False) -> Growth:
    return growth(Responses(parameters), parameters.rest.shares, blocks=blocks)


def who_infects_whom(parameters: Parameters) -> Floats:
    r"""Give the class blocks of the next-generation matrix: new defectors in one class for each one in another.

    .. math:: K = F V^{-1}, \quad K_{cd} = \frac{\kappa_c}{\kappa_d}
              \frac{\sum_{g \in c} w_g (J v^d)_g}{\sum_{j \in d} w_j v_j}

    Parameters
    ----------
    parameters
        The ensemble, on any layout.

    Returns
    -------
    ndarray
        (run, class that responds, class that acts), in shares of the heads of each class. J is the slope of the
        best response, belief the vehicle by which defectors act; v^d is the dominant eigenvector restricted to
        class d, so that the defectors of a class stand where a cascade has them, and the blocks have R_D as
        their own spectral radius. With four cohorts this is the next-generation matrix itself.
        Source: van den Driessche and Watmough 2002.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> who_infects_whom(ensemble(2, seed=1)).shape
    (2, 4, 4)
    """
    speeds = parameters.reaction_rate
    block: Floats = _at_rest(parameters, blocks=True).block * (speeds[:, :, None] / speeds[:, None, :])
    return block


def leading_direction(parameters: Parameters) -> Floats:
    r"""Give the shares of the four classes in the defection that grows most easily from rest.

    .. math:: J v = R_D v

    Parameters
    ----------
    parameters
        The ensemble, on any layout.

    Returns
    -------
    ndarray
        (run, class), adding up to 1 in each run; NaN where the regime at rest is not in HOLD. At the fold
        (R_D = 1) the regime leaves HOLD along v, whatever the reaction speeds: kappa (J - 1) v = 0.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> leading_direction(ensemble(2, seed=1)).sum(axis=1).round(12).tolist()
    [1.0, 1.0]
    """
    found = np.full((len(parameters), len(COHORTS)), np.nan)
    holds = holds_at_rest(parameters)
    if holds.any():
        chosen = parameters.take(holds)
        by_class = class_shares(compiled_cohorts(parameters.layout), _at_rest(chosen).direction)
        found[holds] = by_class / by_class.sum(axis=1, keepdims=True)
    return found


def leading_class(parameters: Parameters) -> NDArray[np.str_]:
    """Say which class has the largest share in the defection that grows most easily from rest.

    Parameters
    ----------
    parameters
        The ensemble, on any layout.

    Returns
    -------
    ndarray
        (run,) a name of `COHORTS`; "" where the regime at rest is not in HOLD, and nothing is said.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> set(leading_class(ensemble(5, seed=1))) <= set(COHORTS)
    True
    """
    direction = leading_direction(parameters)
    named = np.array(COHORTS)[np.nan_to_num(direction).argmax(axis=1)]
    return np.where(np.isnan(direction[:, 0]), "", named)


def _state_at_rest(parameters: Parameters) -> NDArray[np.str_]:
    return name_of_state(class_shares(compiled_cohorts(parameters.layout), parameters.rest.shares))


def holds_at_rest(parameters: Parameters) -> NDArray[np.bool_]:
    """Say which runs have a quiet state and are in HOLD there; (run,).

    Returns
    -------
    ndarray
        Boolean.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> bool(holds_at_rest(ensemble(2, seed=1)).all())
    True
    """
    holds: NDArray[np.bool_] = parameters.rest.settled & (_state_at_rest(parameters) == HOLD)
    return holds


def reproduction_number(parameters: Parameters, *, strict: bool = False) -> Floats:
    r"""Give R_D, the reproduction number of defection at rest on the HOLD branch.

    .. math:: R_D = \rho(F V^{-1}) = \rho(\partial G / \partial p)

    Parameters
    ----------
    parameters
        The ensemble, on any layout.
    strict
        Raise instead of giving NaN where R_D is not defined.

    Returns
    -------
    ndarray
        (run,), 0 or more; NaN where the regime at rest is not in HOLD (the name of its state is what can be
        said of it). HOLD is stable if and only if R_D < 1; reaction speeds do not change it.

    Raises
    ------
    UndefinedError
        With `strict`, if any run is not in HOLD at rest.

    Notes
    -----
    Source: van den Driessche and Watmough 2002. Deaths remembered, fatigue, pushes, expectations and the
    survival clock are frozen.

    Who leaves for good comes out of those who refuse: what is seen, refusing and left together, follows the same
    line p + kappa (F(x) - p) whether they stay or go. Leaving is counted as infection by this, and adds no
    eigenvalue of its own, in particular none of 1 for a stock that never falls.

    Found by power iteration (`power_iteration`); the full eigenvalues of `next_generation` are its oracle.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> reproduction_number(draw_parameters(3, seed=1)).shape
    (3,)
    """
    holds = holds_at_rest(parameters)
    if strict and not holds.all():
        states = _state_at_rest(parameters)
        first = int(np.flatnonzero(~holds)[0])
        raise UndefinedError(
            f"R_D is defined in HOLD only: {int((~holds).sum())} of {len(parameters)} runs have left it "
            f"(run {first}: {states[first]}). Ask for their attractor instead."
        )
    number = np.full(len(parameters), np.nan)
    if holds.any():
        number[holds] = _at_rest(parameters.take(holds)).number
    return number
