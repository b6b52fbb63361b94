"""The slopes of the best response, one by one, and the full next-generation matrix that they make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from garrison.regime import Parameters
from garrison.regime.cohorts import Floats
from garrison.regime.compiled_cohorts import compiled_cohorts
from garrison.stability.power_iteration import STEP
from garrison.stability.responses import Responses

_LEAST_SHARE = 1e-7


@dataclass(frozen=True, slots=True)
class Gains:
    """Slopes of the best response: of shares on shares, of shares on belief, of belief on shares.

    `shares` (run, cohort that responds, cohort that acts), `by_belief` (run, cohort), `of_belief` (run,
    cohort).
    """

    shares: Floats
    by_belief: Floats
    of_belief: Floats

    @property
    def whole(self) -> Floats:
        """Slopes of shares on shares where belief follows the shares; (run, cohort, cohort)."""
        through_belief: Floats = self.by_belief[:, :, None] * self.of_belief[:, None, :]
        return self.shares + through_belief


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
        By central differences, to about eight digits.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> gains(ensemble(2, seed=1)).shares.shape
    (2, 4, 4)
    """
    at = parameters.rest.shares if shares is None else shares
    return gains_of(Responses(parameters, at), at)


def gains_of(answer: Responses, at: Floats) -> Gains:
    """Give the slopes of a best response at given shares; see `gains`.

    Parameters
    ----------
    answer
        The best response, everything slow frozen.
    at
        (run, cohort).

    Returns
    -------
    Gains
        By central differences.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> few = ensemble(2, seed=1)
    >>> gains_of(Responses(few), few.rest.shares).whole.shape
    (2, 4, 4)
    """
    n_runs, n_cohorts = at.shape
    by_shares, of_belief = np.empty((n_runs, n_cohorts, n_cohorts)), np.empty((n_runs, n_cohorts))
    belief = answer(at)[1]
    for acting in range(n_cohorts):
        step = STEP * np.maximum(at[:, acting], _LEAST_SHARE)
        (above, believed_above), (below, believed_below) = (
            answer(_moved(at, acting, sign * step), belief=belief) for sign in (1.0, -1.0)
        )
        by_shares[:, :, acting] = (above - below) / (2.0 * step)[:, None]
        of_belief[:, acting] = (believed_above - believed_below) / (2.0 * step)
    step = STEP * belief
    above, below = (answer(at, belief=belief + sign * step)[0] for sign in (1.0, -1.0))
    return Gains(by_shares, (above - below) / (2.0 * step)[:, None], of_belief)


def _moved(shares: Floats, cohort: int, step: Floats) -> Floats:
    moved = shares.copy()
    moved[:, cohort] += step
    return moved


def full_number(answer: Responses, at: Floats) -> Floats:
    """Give the spectral radius of the full matrix of slopes, from all of its eigenvalues; (run,).

    Parameters
    ----------
    answer, at
        As for `gains_of`.

    Returns
    -------
    ndarray
        0 or more.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> few = ensemble(2, seed=1)
    >>> bool((full_number(Responses(few), few.rest.shares) < 1).all())
    True
    """
    largest: Floats = np.abs(np.linalg.eigvals(gains_of(answer, at).whole)).max(axis=1)
    return largest


def next_generation(parameters: Parameters) -> Floats:
    r"""Give the full next-generation matrix: new defectors in one cohort for each defector in another.

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
        which they act, no defector of its own. Source: van den Driessche and Watmough 2002. With hundreds of
        cohorts this is the slow way: `who_infects_whom` gives the classes, `reproduction_number` its radius.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> next_generation(ensemble(2, seed=1)).shape
    (2, 4, 4)
    """
    speeds = parameters.reaction_rate[:, compiled_cohorts(parameters.layout).class_of]
    matrix: Floats = (speeds[:, :, None] / speeds[:, None, :]) * gains(parameters).whole
    return matrix
