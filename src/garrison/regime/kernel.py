r"""The one equation of the model: a binary choice that civilians, troops, officers and elite all make.

.. math:: x_g = b_g + \sum_j \beta_{gj} \phi_{jg} + \sum_{(j,k)} \gamma_{gjk} \phi_{jg} \phi_{kg}

An agent defies openly if its threshold lies below x; thresholds are standard normal, so the share that would
defy is F(x). Everything here takes complex numbers as well, so that slopes come out exactly (complex step).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

from garrison.regime.cohorts import (
    BELIEF,
    CIVILIANS,
    DRIVERS,
    ELITE,
    OFFICERS,
    PEERS,
    PUNISHMENT,
    TROOPS,
    Floats,
    Numbers,
)
from garrison.regime.priors import interactions
from garrison.regime.situation import Situation

if TYPE_CHECKING:
    from garrison.regime.parameters import Parameters

_COLUMN = {name: place for place, name in enumerate(DRIVERS)}


@dataclass(frozen=True, slots=True)
class Inclination:
    """How far each cohort is inclined to defy, and the part of it that is not its own private view.

    `total` is x; `social` is what peers, belief and fear of punishment add to it. Both (run, cohort), probit
    units.
    """

    total: Numbers
    social: Numbers


def impression(shares: Numbers, half: Floats) -> Numbers:
    """Say how large a share that is seen looks: m / (m + h), from 0 to 1.

    Parameters
    ----------
    shares
        Share that is seen, 0 to 1.
    half
        Share at which half of the impression is made, above 0.

    Returns
    -------
    ndarray
        Same shape.

    Examples
    --------
    >>> float(impression(np.array(0.1), np.array(0.1)))
    0.5
    """
    seen: Numbers = shares / (shares + half)
    return seen


def perceived_peers(parameters: Parameters, shares: Numbers) -> Numbers:
    """Give M: the impression that each cohort has of each (own peers are seen directly, others through the media).

    Returns
    -------
    ndarray
        Shape (run, cohort that looks, cohort that is seen), 0 to 1.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(2, seed=1)
    >>> perceived_peers(few, few.rest.shares).shape
    (2, 4, 4)
    """
    n_runs, n_cohorts = shares.shape
    sight = np.repeat(parameters.conditions["visibility"][:, None], n_cohorts * n_cohorts, axis=1)
    sight = sight.reshape(n_runs, n_cohorts, n_cohorts)
    own = np.arange(n_cohorts)
    sight[:, own, own] = 1.0
    return impression(sight * shares[:, None, :], parameters.half_saturation[:, None, :])


def punishment_risk(parameters: Parameters, shares: Numbers, capacity: Numbers) -> Numbers:
    r"""Give P: the risk of being punished for defying, by enforcers per defector on every floor.

    .. math:: P_C = 1 - e^{-k_C K / (1 + c / c_0)}, \quad
              P_g = 1 - e^{-k_S\, ci\, (1 - p_{sup})(1 - p_g) / (p_g / s_0 + 1/2)}

    Parameters
    ----------
    parameters
        The ensemble.
    shares
        (run, cohort) share openly defying.
    capacity
        (run,) K.

    Returns
    -------
    ndarray
        Shape (run, cohort), 0 to 1. `p_sup` is the share of superiors who defy: officers for troops, the
        elite for officers, nobody for the elite. Source: the form of Epstein 2002, on every floor.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(2, seed=1)
    >>> punishment_risk(few, few.rest.shares, few.conditions["force"]).shape
    (2, 4)
    """
    risk = np.empty_like(shares)
    crowd = shares[:, CIVILIANS] / parameters["crowd_capacity"]
    risk[:, CIVILIANS] = 1.0 - np.exp(-parameters["control_gain_civilians"] * capacity / (1.0 + crowd))
    gain = parameters["control_gain_forces"] * parameters.conditions["control"]
    room = parameters["defector_capacity"]
    for cohort, superior in ((TROOPS, OFFICERS), (OFFICERS, ELITE), (ELITE, None)):
        own = shares[:, cohort]
        loyal_above = 1.0 if superior is None else 1.0 - shares[:, superior]
        risk[:, cohort] = 1.0 - np.exp(-gain * loyal_above * (1.0 - own) / (own / room + 0.5))
    return risk


def _drivers(parameters: Parameters, now: Situation) -> Numbers:
    """Every driver as each cohort meets it: (run, cohort, driver)."""
    n_runs, n_cohorts = now.shares.shape
    kind = np.result_type(now.shares, now.belief, now.capacity)
    phi = np.empty((n_runs, n_cohorts, len(DRIVERS)), dtype=kind)
    conditions = parameters.conditions
    whole_country = {
        "H": now.hardship,
        "W": now.pay,
        "V": conditions["rents"],
        "I": conditions["identity"],
        "X": conditions["exposure"],
        "T": now.fatigue,
        "B": now.belief,
    }
    for name, value in whole_country.items():
        phi[:, :, _COLUMN[name]] = value[:, None]
    outrage = now.recent_deaths / (now.recent_deaths + parameters["outrage_half"])
    phi[:, :, _COLUMN["O"]] = (outrage * conditions["kinship"])[:, None]
    phi[:, CIVILIANS, _COLUMN["O"]] = outrage
    phi[:, :, _COLUMN["U"]] = now.push
    phi[:, :, PEERS] = perceived_peers(parameters, now.shares)
    phi[:, :, PUNISHMENT] = punishment_risk(parameters, now.shares, now.capacity)
    for bent in interactions():
        if bent.modifies:
            phi[:, :, _COLUMN[bent.modifies]] *= (1.0 + bent.belief_factor * now.belief)[:, None]
    return phi


def _product(parameters: Parameters, now: Situation, phi: Numbers, pair: tuple[str, ...]) -> Numbers:
    """Product of two drivers, (run, cohort); `order` grows with the crowd, `kinship` is a condition."""
    product = np.ones(phi.shape[:2], dtype=phi.dtype)
    for name in pair:
        if name in _COLUMN:
            product = product * phi[:, :, _COLUMN[name]]
        elif name == "order":
            crowd = impression(now.shares[:, CIVILIANS], parameters.half_saturation[:, CIVILIANS])
            product = product * (parameters.conditions["order"] * crowd)[:, None]
        else:
            product = product * parameters.conditions[name][:, None]
    return product


def inclination(parameters: Parameters, now: Situation) -> Inclination:
    r"""Say how far each cohort is inclined to defy openly today.

    .. math:: x_g = b_g + \sum_j \beta_{gj} \phi_{jg} + \sum_{(j,k)} \gamma_{gjk} \phi_{jg} \phi_{kg}

    Parameters
    ----------
    parameters
        The ensemble.
    now
        Today's situation of every run.

    Returns
    -------
    Inclination
        (run, cohort) in standard deviations of the cohort's thresholds. Source: Granovetter 1978
        (thresholds), Kuran 1991 (private against public).

    Examples
    --------
    >>> from garrison.regime import draw_parameters, rest_situation
    >>> few = draw_parameters(2, seed=1)
    >>> view = inclination(few, rest_situation(few))
    >>> bool(np.allclose(would_defy(view.total), few.rest.shares, atol=1e-6))
    True
    """
    phi = _drivers(parameters, now)
    weighted = parameters.loadings * phi
    total = parameters.intercepts + weighted.sum(axis=2)
    social = weighted[:, :, PEERS].sum(axis=2) + weighted[:, :, BELIEF] + weighted[:, :, PUNISHMENT]
    for place, pair in enumerate(parameters.products):
        term = parameters.product_loadings[:, :, place] * _product(parameters, now, phi, pair)
        total = total + term
        if "P" in pair:
            social = social + term
    return Inclination(total, social)


def would_defy(total: Numbers) -> Numbers:
    """Turn an inclination into the share that would defy: F(x), thresholds standard normal.

    Returns
    -------
    ndarray
        Same shape, 0 to 1.

    Examples
    --------
    >>> float(would_defy(np.array(0.0)))
    0.5
    """
    share: Numbers = ndtr(total)
    return share


def hidden_share(view: Inclination) -> Floats:
    """Give q, the share that would defy alone and safe (Kuran 1991): peers, belief and punishment taken out.

    Returns
    -------
    ndarray
        (run, cohort), 0 to 1. The gap between q and the visible share is preference falsification.

    Examples
    --------
    >>> hidden_share(Inclination(np.array([[-2.0]]), np.array([[-2.0]]))).tolist()
    [[0.5]]
    """
    share: Floats = ndtr(view.total - view.social)
    return share
