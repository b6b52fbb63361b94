"""The reproduction number of defection: how many new defectors one defector makes, by whom."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from garrison.engines import name_of_state
from garrison.engines.outcomes import HOLD
from garrison.errors import UndefinedError
from garrison.regime import (
    Parameters,
    belief_target,
    inclination,
    loyal_capacity,
    quiet_situation,
    surprise,
    would_defy,
)
from garrison.regime.cohorts import Floats, Numbers

# The complex step has no cancellation, so that the step may be as small as the arithmetic allows.
_COMPLEX_STEP = 1e-100


@dataclass(frozen=True, slots=True)
class Gains:
    """Slopes of the best response: of shares on shares, of shares on belief, of belief on shares.

    `shares` (run, cohort that responds, cohort that acts), `by_belief` (run, cohort), `of_belief` (run,
    cohort).
    """

    shares: Floats
    by_belief: Floats
    of_belief: Floats


def _response(
    parameters: Parameters, shares: Numbers, belief: Numbers, at: Floats
) -> tuple[Numbers, Numbers]:
    """Best response and belief target at given shares and belief, everything slow frozen where it is `at`."""
    frozen = quiet_situation(parameters, at)
    now = replace(frozen, shares=shares, belief=belief, capacity=loyal_capacity(parameters, shares))
    news = surprise(parameters, shares, at)
    return would_defy(inclination(parameters, now).total), belief_target(
        parameters, news, frozen.survived_days
    )


def gains(parameters: Parameters, shares: Floats | None = None) -> Gains:
    """Give the slopes of the best response at the quiet state, slow stocks and expectations frozen.

    Parameters
    ----------
    parameters
        The ensemble.
    shares
        (run, cohort) where to take them; None takes each run's own rest.

    Returns
    -------
    Gains
        Exact slopes (complex step).

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> gains(ensemble(2, seed=1)).shares.shape
    (2, 4, 4)
    """
    at = parameters.rest.shares if shares is None else shares
    belief = np.real(quiet_situation(parameters, at).belief)
    n_runs, n_cohorts = at.shape
    by_shares, of_belief = np.empty((n_runs, n_cohorts, n_cohorts)), np.empty((n_runs, n_cohorts))
    for acting in range(n_cohorts):
        moved = at.astype(np.complex128)
        moved[:, acting] += 1j * _COMPLEX_STEP
        responds, believes = _response(parameters, moved, belief.astype(np.complex128), at)
        by_shares[:, :, acting] = responds.imag / _COMPLEX_STEP
        of_belief[:, acting] = believes.imag / _COMPLEX_STEP
    responds, _ = _response(parameters, at.astype(np.complex128), belief + 1j * _COMPLEX_STEP, at)
    return Gains(by_shares, responds.imag / _COMPLEX_STEP, of_belief)


def who_infects_whom(parameters: Parameters) -> Floats:
    r"""Give the next-generation matrix: new defectors in one cohort for each defector in another.

    .. math:: K = F V^{-1}, \quad K_{gj} = \frac{\kappa_g}{\kappa_j}
              \left(\frac{\partial G_g}{\partial p_j} + \frac{\partial G_g}{\partial B}
              \frac{\partial B}{\partial p_j}\right)

    Parameters
    ----------
    parameters
        The ensemble.

    Returns
    -------
    ndarray
        (run, cohort that responds, cohort that acts), in shares of each cohort; belief is the vehicle by
        which they act, no defector of its own. Source: van den Driessche and Watmough 2002 (next-generation
        matrix).

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> who_infects_whom(ensemble(2, seed=1)).shape
    (2, 4, 4)
    """
    slopes = gains(parameters)
    through_belief = slopes.by_belief[:, :, None] * slopes.of_belief[:, None, :]
    speeds = parameters.reaction_rate
    matrix: Floats = (speeds[:, :, None] / speeds[:, None, :]) * (slopes.shares + through_belief)
    return matrix


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
    holds: NDArray[np.bool_] = parameters.rest.settled & (name_of_state(parameters.rest.shares) == HOLD)
    return holds


def reproduction_number(parameters: Parameters, *, strict: bool = False) -> Floats:
    r"""Give R_D, the reproduction number of defection at rest on the HOLD branch.

    .. math:: R_D = \rho(F V^{-1})

    Parameters
    ----------
    parameters
        The ensemble.
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

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> reproduction_number(draw_parameters(3, seed=1)).shape
    (3,)
    """
    holds = holds_at_rest(parameters)
    if strict and not holds.all():
        states = name_of_state(parameters.rest.shares)
        first = int(np.flatnonzero(~holds)[0])
        raise UndefinedError(
            f"R_D is defined in HOLD only: {int((~holds).sum())} of {len(parameters)} runs have left it "
            f"(run {first}: {states[first]}). Ask for their attractor instead."
        )
    number = np.full(len(parameters), np.nan)
    if holds.any():
        eigenvalues = np.linalg.eigvals(who_infects_whom(parameters.take(holds)))
        number[holds] = np.abs(eigenvalues).max(axis=1)
    return number
