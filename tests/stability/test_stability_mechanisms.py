"""Every mechanism that enters the model moves what it is said to move, in its total effect, over draws of the prior.

For each modelled row of the registry both arms of its test run on the same regimes with the same random numbers;
what differs is the row's input alone. The share of regimes with the expected sign, among those that change at all,
is printed (`pytest -s`), and where theory is clear it is at least nine in ten.
"""

import functools
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from scipy.special import ndtri

from garrison.engines import Beginning, simulate
from garrison.regime import COHORTS, Lever, find_rest, interactions
from garrison.regime.cohorts import DRIVERS
from garrison.regime.layout import Layout
from garrison.regime.layout.places_and_forces import Force, Place, Stratum
from garrison.regime.mechanisms import levers_on_day, mechanisms
from garrison.stability import ensemble

START = date(2020, 1, 1)
PULLED = START + timedelta(levers_on_day())
SEED = 31
N_REGIMES = 400
# What happens or does not changes in few regimes only: more are needed to see enough of them.
N_REGIMES_FOR_EVENTS = 2500
EVENTS = ("p_break", "fall or break", "fracture", "coup won", "leader's exit")
FEWEST_CHANGED = 30
CLEAR = 0.9
# Below a millionth a difference is what single precision leaves.
NOISE = 1e-6
A_TENTH = 0.1

MODELLED = [one for one in mechanisms().values() if one.kind == "modelled"]


@functools.cache
def regimes(n_regimes):
    return ensemble(n_regimes, seed=SEED)


def uneven(name, group, apart):
    """A country of two halves, or with a tenth of its civilians apart, whose mean is kept."""
    if group == "places":
        low, high = ({name: sign * apart / 2} for sign in (-1, 1))
        places = [Place("here", 1.0, capital=True, shifts=low), Place("there", 1.0, shifts=high)]
        return Layout("two halves", places, [Force("army", 1.0)])
    sign = -1 if name == "identity" else 1
    few, most = sign * apart * (1 - A_TENTH), -sign * apart * A_TENTH
    strata = [Stratum("few", A_TENTH, {name: few}), Stratum("most", 1 - A_TENTH, {name: most})]
    return Layout("a tenth apart", [Place("here", 1.0, capital=True)], [Force("army", 1.0)], strata)


def with_parameter(parameters, name, factor):
    """The same regimes with one scalar parameter times a factor."""
    before = parameters[name]
    scaled = replace(parameters, scalars={**parameters.scalars, name: before * factor})
    if name != "belief_rest":
        return scaled
    # Belief at rest acts through the level of belief, in probit units, that is set when a regime is drawn.
    lift = ndtri(np.minimum(before * factor, 0.5)) - ndtri(before)
    return replace(scaled, belief_level=parameters.belief_level + lift)


def with_loading(parameters, name, factor):
    """The same regimes with one loading, or the loading of one product of drivers, times a factor."""
    if ": " in name:
        cohort, product = name.split(": ")
        pair = [item.name for item in interactions() if item.product].index(product)
        loadings = parameters.product_loadings.copy()
        loadings[:, COHORTS.index(cohort), pair] *= factor
        return replace(parameters, product_loadings=loadings)
    driver, cohort = name.split(" ")
    loadings = parameters.loadings.copy()
    loadings[:, COHORTS.index(cohort), DRIVERS.index(driver)] *= factor
    return replace(parameters, loadings=loadings)


def changed_regimes(parameters, change, value):
    """The regimes of one arm, at rest under what the change sets before the crisis begins."""
    if change.moves == "condition" and not change.group:
        return parameters.with_condition(change.name, value)
    if change.moves == "condition":
        return parameters.on(Layout.national().shifted({change.group: {change.name: value}}))
    if change.moves == "unevenness":
        return parameters.on(uneven(change.name, change.group, value))
    if change.moves == "parameter":
        scaled = with_parameter(parameters, change.name, value)
        return replace(scaled, rest=find_rest(scaled))
    if change.moves == "loading":
        loaded = with_loading(parameters, change.name, value)
        return replace(loaded, rest=find_rest(loaded))
    return parameters


def levers_of(changes):
    for change, value in changes:
        if change.moves == "lever" and value != 0.0:
            yield Lever(change.name, value, PULLED, change.ramp_days)
        if change.moves == "credibility":
            yield Lever(change.name, change.size, PULLED, change.ramp_days, credibility=value)


def beginning_of(parameters, changes):
    """Where the first morning finds the regime: at rest but for what is displaced, which never falls."""
    moved = {change.name: value for change, value in changes if change.moves == "beginning"}
    if not moved:
        return None
    shares = national_rest(parameters)
    for name, value in moved.items():
        if name != "belief":
            column = COHORTS.index(name)
            shares[:, column] = np.maximum(shares[:, column], value)
    belief = np.maximum(parameters.rest.belief, moved["belief"]) if "belief" in moved else None
    return Beginning(shares=shares, belief=belief)


def national_rest(parameters):
    return parameters.rest.shares.copy()


@functools.cache
def arm(changes, days, n_regimes):
    parameters = regimes(n_regimes)
    for change, value in changes:
        parameters = changed_regimes(parameters, change, value)
    return simulate(
        parameters,
        start=START,
        days=days,
        seed=SEED,
        levers=list(levers_of(changes)),
        # What happens in one half of an uneven country and not in the other would hide that it is uneven.
        pushes=not any(change.moves == "unevenness" for change, _ in changes),
        begin=beginning_of(parameters, changes),
    )


def happened(days, day):
    return ((days >= 0) & (days <= day)).astype(float)


def measured(runs, outcome, day):
    """The outcome of every run on a day, see `OUTCOMES`."""
    if outcome == "p_break":
        return happened(runs.break_day, day)
    if outcome == "fall or break":
        return np.maximum(happened(runs.end_day, day), happened(runs.break_day, day))
    if outcome == "fracture":
        return happened(runs.fracture_day, day)
    if outcome == "coup won":
        return happened(runs.coup_day, day) * runs.coup_won
    if outcome == "leader's exit":
        return happened(runs.end_day, day) * (runs.end == "exit")
    if outcome == "food cut before pay":
        need, pay = (np.asarray(getattr(runs, name), dtype=float) for name in ("hardship", "pay"))
        return (need[:, day] - need[:, 0]) / (1.0 - need[:, 0]) - (pay[:, 0] - pay[:, day]) / pay[:, 0]
    if outcome in ("deaths", "soldiers arrested"):
        rates = getattr(runs, f"{outcome.replace(' ', '_')}_rate")
        return rates[:, : day + 1].sum(axis=1, dtype=float)
    kind, _, cohort = outcome.partition(" ")
    values = getattr(runs, kind)
    return np.asarray(values[:, day, COHORTS.index(cohort)] if cohort else values[:, day], dtype=float)


def both_arms(one):
    n_regimes = N_REGIMES_FOR_EVENTS if one.outcome in EVENTS else N_REGIMES
    day = one.day + (levers_on_day() if one.pulls_levers else 0)
    given = tuple((item, item.end) for item in one.given)
    for value in (one.change.start, one.change.end):
        runs = arm(((one.change, value), *given), day + 1, n_regimes)
        yield measured(runs, one.outcome, day)


@pytest.mark.slow
@pytest.mark.parametrize("one", MODELLED, ids=lambda one: one.id)
def test_the_total_effect_has_the_expected_sign(one):
    before, after = both_arms(one)
    moved = after - before
    changed = np.abs(moved) > NOISE * np.maximum(np.abs(before), np.abs(after))
    up = float((moved[changed] > 0).mean()) if changed.any() else float("nan")
    print(
        f"\n{one.id} {one.change.words()} -> {one.outcome}, day {one.day}: {before.mean():.4g} -> {after.mean():.4g}; "
        f"{changed.sum()} of {len(moved)} change, {up:.3f} of them up (expected {one.sign:+d})"
    )
    assert changed.sum() >= FEWEST_CHANGED
    if one.sign == 0:
        assert 0.05 < up < 0.95
    elif one.clear:
        assert (up if one.sign > 0 else 1.0 - up) >= CLEAR
    else:
        assert (up if one.sign > 0 else 1.0 - up) > 0.5
