"""R_D against oracles: the stability of the daily map, its invariances, and where it is not defined."""

import functools
from dataclasses import replace

import numpy as np
import pytest

from garrison.engines import name_of_state
from garrison.errors import UndefinedError
from garrison.regime import (
    Conditions,
    belief_target,
    draw_parameters,
    inclination,
    loyal_capacity,
    quiet_situation,
    surprise,
    would_defy,
)
from garrison.stability import gains, holds_at_rest, reproduction_number, who_infects_whom


@functools.cache
def drawn(n_runs=400, seed=31):
    """Draws in HOLD at rest, on both sides of 1 as far as there are any."""
    everything = draw_parameters(n_runs, seed=seed)
    return everything.take(holds_at_rest(everything))


def fast_day(parameters, shares, belief):
    """One day of the fast state alone; slow stocks, expectations and the survival clock frozen at rest."""
    at = parameters.rest.shares
    frozen = quiet_situation(parameters, at)
    now = replace(frozen, shares=shares, belief=belief, capacity=loyal_capacity(parameters, shares))
    target = belief_target(parameters, surprise(parameters, shares, at), frozen.survived_days)
    revised = would_defy(inclination(parameters, now).total)
    return (
        shares + parameters.reaction_rate * (revised - shares),
        belief + parameters["belief_speed"] * (target - belief),
    )


def multiplier(parameters):
    """Largest eigenvalue of the fast daily map, by central differences: the oracle of stability."""
    rest, belief = parameters.rest.shares, parameters.rest.belief
    n_runs, size = len(parameters), rest.shape[1] + 1
    state = np.concatenate([rest, belief[:, None]], axis=1)
    jacobian = np.empty((n_runs, size, size))
    for column in range(size):
        step = 1e-5 * state[:, column]
        ends = []
        for sign in (1, -1):
            moved = state.copy()
            moved[:, column] += sign * step
            shares, believes = fast_day(parameters, moved[:, :-1], moved[:, -1])
            ends.append(np.concatenate([shares, believes[:, None]], axis=1))
        jacobian[:, :, column] = (ends[0] - ends[1]) / (2 * step)[:, None]
    return np.abs(np.linalg.eigvals(jacobian)).max(axis=1)


def test_hold_is_stable_exactly_where_r_d_is_below_one():
    number, factor = reproduction_number(drawn()), multiplier(drawn())
    # Within the accuracy of central differences of the line nothing can be said.
    clear = np.abs(number - 1) > 1e-3
    assert clear.sum() > 150
    assert np.array_equal(number[clear] < 1, factor[clear] < 1)


def test_an_unstable_rest_exists_only_above_one_and_r_d_sees_it():
    """Lift the gains of a stable regime without moving its rest: past R_D = 1 it no longer returns."""
    stable = drawn().take(np.flatnonzero(reproduction_number(drawn()) < 0.9)[:60])
    rest = stable.rest.shares
    loud = stable.loadings.copy()
    loud[:, :, 8:12] *= 12.0
    shifted = replace(stable, loadings=loud)
    level = inclination(stable, quiet_situation(stable, rest)).total
    new_level = inclination(shifted, quiet_situation(shifted, rest)).total
    shifted = replace(shifted, intercepts=shifted.intercepts + level - new_level)
    number, factor = reproduction_number(shifted), multiplier(shifted)
    assert (number > 1).sum() >= 20
    clear = np.abs(number - 1) > 1e-3
    assert np.array_equal(number[clear] < 1, factor[clear] < 1)


def test_small_shocks_die_out_below_one():
    below = drawn().take(reproduction_number(drawn()) < 0.95)
    rest = below.rest.shares
    shares, belief = rest * 1.01, below.rest.belief
    for _ in range(3000):
        shares, belief = fast_day(below, shares, belief)
    assert np.allclose(shares, rest, rtol=1e-6)


def test_r_d_does_not_hang_on_reaction_speeds():
    number = reproduction_number(drawn())
    generator = np.random.default_rng(1)
    speeds = generator.uniform(0.01, 1.0, size=drawn().reaction_rate.shape)
    other = replace(drawn(), reaction_rate=speeds)
    assert np.allclose(reproduction_number(other), number, rtol=1e-9)


def test_slopes_agree_with_central_differences():
    few = drawn().take(np.arange(50))
    at, belief = few.rest.shares, few.rest.belief
    slopes = gains(few)
    for acting in range(4):
        step = 1e-4 * at[:, acting]
        ends = []
        for sign in (1, -1):
            moved = at.copy()
            moved[:, acting] += sign * step
            now = replace(
                quiet_situation(few, at), shares=moved, capacity=loyal_capacity(few, moved), belief=belief
            )
            ends.append(would_defy(inclination(few, now).total))
        assert np.allclose(
            (ends[0] - ends[1]) / (2 * step)[:, None], slopes.shares[:, :, acting], rtol=1e-4, atol=1e-6
        )


def test_everybody_infects_and_nobody_heals():
    matrix = who_infects_whom(drawn())
    assert matrix.shape == (len(drawn()), 4, 4)
    assert (matrix >= -1e-12).all()


def test_where_the_regime_has_left_hold_r_d_is_not_given():
    everything = draw_parameters(
        200, seed=31, conditions=Conditions({"hardship": (0.9, 1.0), "pay": (0.0, 0.1)})
    )
    left = ~holds_at_rest(everything)
    assert left.any()
    assert not left.all()
    assert np.array_equal(np.isnan(reproduction_number(everything)), left)
    settled = everything.rest.settled & left
    assert (name_of_state(everything.rest.shares[settled]) != "HOLD").all()
    with pytest.raises(UndefinedError, match="Ask for their attractor instead"):
        reproduction_number(everything, strict=True)
