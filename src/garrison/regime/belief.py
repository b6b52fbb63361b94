"""Public belief that the regime falls: what turnout, refusals and splits say beyond what was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr, ndtri

from garrison.regime.cohorts import Floats, Numbers
from garrison.regime.conditions import known_conditions
from garrison.regime.kernel import impression

if TYPE_CHECKING:
    from garrison.regime.parameters import Parameters


def surprise(parameters: Parameters, shares: Numbers, expected: Floats) -> Numbers:
    """Say how much more defiance is seen than was expected, by cohort.

    Parameters
    ----------
    parameters
        The ensemble.
    shares, expected
        (run, cohort), 0 to 1.

    Returns
    -------
    ndarray
        (run, cohort), -1 to 1: difference of impressions, times visibility. Source: Lohmann 1994.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(2, seed=1)
    >>> surprise(few, few.rest.shares, few.rest.shares).any()
    np.False_
    """
    half = parameters.half_saturation
    gap = impression(shares, half) - impression(expected, half)
    unexpected: Numbers = parameters.conditions["visibility"][:, None] * gap
    return unexpected


def standing_signal(parameters: Parameters) -> Floats:
    """Give the part of belief that no daily event moves: its level, foreign powers, propaganda; (run,), probit."""
    conditions = parameters.conditions
    foreign = parameters["belief_foreign"] * conditions["foreign"]
    standing: Floats = (
        parameters.belief_level + foreign - parameters["belief_propaganda"] * conditions["propaganda"]
    )
    return standing


def survival_signal(parameters: Parameters, survived_days: Floats) -> Floats:
    """Give what surviving says for the regime: b_s log(1 + days since the last attack); (run,), probit.

    Source: Angeletos, Hellwig and Pavan 2007.

    Returns
    -------
    ndarray
        (run,), 0 or more.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> survival_signal(draw_parameters(2, seed=1), np.zeros(2)).tolist()
    [0.0, 0.0]
    """
    signal: Floats = parameters["belief_survival"] * np.log1p(survived_days)
    return signal


def belief_target(
    parameters: Parameters, news: Numbers, survived_days: Floats, moved: float = 0.0
) -> Numbers:
    r"""Give the belief that today's signals would lead to in the end.

    .. math:: \Phi(b_0 + \sum_j b_j\,surprise_j + b_f foreign - b_p prop - b_s \log(1 + days\ survived))

    Parameters
    ----------
    parameters
        The ensemble.
    news
        (run, cohort) surprises.
    survived_days
        (run,) days since the last attack that exceeded expectation.
    moved
        What levers add, probit units.

    Returns
    -------
    ndarray
        (run,), 0 to 1.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(3, seed=1)
    >>> target = belief_target(few, np.zeros((3, 4)), few["survival_horizon"])
    >>> bool((target == few.rest.belief).all())
    True
    """
    heard = (parameters.belief_loadings * news).sum(axis=1)
    signal = standing_signal(parameters) + moved + heard - survival_signal(parameters, survived_days)
    target: Numbers = ndtr(signal)
    return target


def level_from_rest(parameters: Parameters) -> Floats:
    """Give b_0 such that belief in a quiet regime at reference conditions is `belief_rest`; (run,), probit."""
    reference = known_conditions()
    foreign = parameters["belief_foreign"] * reference["foreign"].reference
    propaganda = parameters["belief_propaganda"] * reference["propaganda"].reference
    survived = survival_signal(parameters, parameters["survival_horizon"])
    level: Floats = ndtri(parameters["belief_rest"]) - foreign + propaganda + survived
    return level
