"""Drawing regimes from the priors: each replicate by its own looked-up numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from garrison.errors import ParameterError
from garrison.regime.cohorts import COHORTS, DRIVERS, Floats
from garrison.regime.conditions import Conditions, known_conditions
from garrison.regime.layout import Layout
from garrison.regime.parameters import Parameters
from garrison.regime.priors import interactions, loading_priors, priors, product_priors
from garrison.regime.random_numbers import uniforms
from garrison.regime.rest import Rest, find_rest, quiet_inclinations

PER_COHORT = ("rest_share", "reaction_rate", "half_saturation")
NEWS_OF = ("belief_turnout", "belief_refusals", "belief_officers", "belief_elite")


def level_from_rest(parameters: Parameters) -> Floats:
    """Give b_0 such that belief in a quiet regime at reference conditions is `belief_rest`; (run,), probit."""
    reference = known_conditions()
    foreign = parameters["belief_foreign"] * reference["foreign"].reference
    propaganda = parameters["belief_propaganda"] * reference["propaganda"].reference
    survived = parameters["belief_survival"] * np.log1p(parameters["survival_horizon"])
    level: Floats = ndtri(parameters["belief_rest"]) - foreign + propaganda + survived
    return level


def _unsolved(n_runs: int, n_cohorts: int) -> Rest:
    nothing = np.zeros((n_runs, n_cohorts))
    return Rest(nothing, np.zeros(n_runs), np.zeros(n_runs), np.zeros(n_runs), np.zeros(n_runs, dtype=bool))


def _sizes(scalars: Mapping[str, Floats], conditions: Conditions) -> tuple[Floats, Floats]:
    population = scalars["population"]
    if conditions.population is not None:
        population = np.full_like(population, conditions.population)
    strength = population * scalars["strength_share"]
    if conditions.strength is not None:
        strength = np.full_like(strength, conditions.strength)
    return population, strength


def _draw_loadings(number: Callable[[str], Floats], n_runs: int, width: float) -> Floats:
    loadings = np.zeros((n_runs, len(COHORTS), len(DRIVERS)))
    for (cohort, driver), prior in loading_priors().items():
        drawn = prior.quantile(number(f"loading {driver} {cohort}"), width)
        loadings[:, COHORTS.index(cohort), DRIVERS.index(driver)] = drawn
    return loadings


def _draw_products(number: Callable[[str], Floats], n_runs: int, width: float) -> Floats:
    places = {item.name: place for place, item in enumerate(one for one in interactions() if one.product)}
    loadings = np.zeros((n_runs, len(COHORTS), len(places)))
    for (cohort, name), prior in product_priors().items():
        drawn = prior.quantile(number(f"{name} {cohort}"), width)
        loadings[:, COHORTS.index(cohort), places[name]] = drawn
    return loadings


def draw_replicates(
    replicate: NDArray[np.int64],
    *,
    seed: int,
    conditions: Conditions | None = None,
    width: float = 1.0,
    layout: Layout | None = None,
) -> Parameters:
    """Draw the parameters of given replicates; see `draw_parameters`.

    Returns
    -------
    ensemble : Parameters
        One run for each replicate, in the order given.

    Examples
    --------
    >>> draw_replicates(np.array([4, 2]), seed=1).replicate.tolist()
    [4, 2]
    """
    coded = conditions or Conditions()

    def number(purpose: str) -> Floats:
        return uniforms(seed, purpose, replicate)

    n_runs, n_cohorts = len(replicate), len(COHORTS)
    known = priors()
    scalars = {name: prior.quantile(number(name), width) for name, prior in known.items() if not prior.cohort}
    by_cohort = {
        name: np.stack([known[f"{name} {g}"].quantile(number(f"{name} {g}"), width) for g in COHORTS], axis=1)
        for name in PER_COHORT
    }
    loadings = _draw_loadings(number, n_runs, width)
    product_loadings = _draw_products(number, n_runs, width)
    population, strength = _sizes(scalars, coded)
    unfinished = Parameters(
        seed=seed,
        replicate=replicate,
        loadings=loadings,
        products=tuple(item.product for item in interactions() if item.product),
        product_loadings=product_loadings,
        intercepts=np.zeros((n_runs, n_cohorts)),
        reaction_rate=by_cohort["reaction_rate"],
        half_saturation=by_cohort["half_saturation"],
        belief_loadings=np.stack([scalars[name] for name in NEWS_OF], axis=1),
        belief_level=np.zeros(n_runs),
        scalars=scalars,
        conditions={name: np.full(n_runs, item.reference) for name, item in known_conditions().items()},
        population=population,
        strength=strength,
        layout=Layout.national(),
        rest=_unsolved(n_runs, n_cohorts),
    )
    settled = _settle(unfinished, by_cohort["rest_share"], coded)
    return settled if layout is None else settled.on(layout)


def _settle(unfinished: Parameters, rest_share: Floats, coded: Conditions) -> Parameters:
    """Set the intercepts by the baseline shares at reference conditions, then apply the coded conditions."""
    levelled = replace(unfinished, belief_level=level_from_rest(unfinished))
    intercepts = ndtri(rest_share) - quiet_inclinations(levelled, rest_share)
    actual = {}
    for name, (low, high) in coded.ranges().items():
        actual[name] = low + (high - low) * uniforms(levelled.seed, f"condition {name}", levelled.replicate)
    complete = replace(levelled, intercepts=intercepts, conditions=actual)
    return replace(complete, rest=find_rest(complete))


def draw_parameters(
    n_runs: int,
    *,
    seed: int,
    conditions: Conditions | None = None,
    width: float = 1.0,
    layout: Layout | None = None,
) -> Parameters:
    """Draw regimes from the priors, whether or not they could exist (see `stability.ensemble` for those that can).

    Parameters
    ----------
    n_runs
        How many, at least 1. Replicate i is the same whatever the number.
    seed
        The one seed.
    conditions
        What is coded of the country or case; None keeps every range wide.
    width
        Widens every prior about its centre, for the width-doubling audit; above 0.
    layout
        Where the regimes are set; None is the national one of four cohorts.

    Returns
    -------
    ensemble : Parameters
        Arrays with the run as first axis.

    Raises
    ------
    ParameterError
        If `n_runs` or `width` is not positive.

    Examples
    --------
    >>> draw_parameters(3, seed=1).loadings.shape
    (3, 4, 14)
    """
    if n_runs < 1:
        raise ParameterError(f"n_runs is {n_runs}: ask for at least 1 run.")
    if not width > 0:
        raise ParameterError(f"width is {width}: give a number above 0 (1 keeps the priors as written).")
    return draw_replicates(np.arange(n_runs), seed=seed, conditions=conditions, width=width, layout=layout)
