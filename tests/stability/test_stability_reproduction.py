"""R_D against oracles: the stability of the daily map, all eigenvalues, its invariances, where it is not defined."""

import functools
from dataclasses import replace

import numpy as np
import pytest

from garrison.engines import name_of_state
from garrison.errors import UndefinedError
from garrison.regime import COHORTS, Conditions, Force, Layout, Place, draw_parameters, layout_of_country
from garrison.regime.compiled_cohorts import compiled_cohorts
from garrison.regime.leaving import MASS, N_SLICES, gone_below, leave, part_below
from garrison.regime.rest import find_rest, quiet_inclinations
from garrison.stability import (
    ensemble,
    gains,
    holds_at_rest,
    leading_class,
    leading_direction,
    next_generation,
    reproduction_number,
    who_infects_whom,
)
from garrison.stability.reproduction import growth
from garrison.stability.responses import Responses


@functools.cache
def drawn(n_runs=400, seed=31):
    """Draws in HOLD at rest, on both sides of 1 as far as there are any."""
    everything = draw_parameters(n_runs, seed=seed)
    return everything.take(holds_at_rest(everything))


@functools.cache
def country(n_runs=12):
    few = ensemble(n_runs, seed=31).on(layout_of_country("VEN"))
    return few.take(holds_at_rest(few))


def fast_day(parameters, answer, shares, belief):
    """One day of the fast state alone; slow stocks, expectations and the survival clock frozen at rest."""
    drawn_to, led_to = answer(shares, belief=belief)
    speeds = parameters.reaction_rate[:, compiled_cohorts(parameters.layout).class_of]
    return (
        shares + speeds * (drawn_to - shares),
        belief + parameters["belief_speed"] * (led_to - belief),
    )


def multiplier(parameters, answer=None):
    """Largest eigenvalue of the fast daily map, by central differences: the oracle of stability."""
    answer = Responses(parameters) if answer is None else answer
    rest, belief = parameters.rest.shares, answer.belief
    n_runs, size = len(parameters), rest.shape[1] + 1
    state = np.concatenate([rest, belief[:, None]], axis=1)
    jacobian = np.empty((n_runs, size, size))
    for column in range(size):
        step = 1e-5 * state[:, column]
        ends = []
        for sign in (1, -1):
            moved = state.copy()
            moved[:, column] += sign * step
            shares, believes = fast_day(parameters, answer, moved[:, :-1], moved[:, -1])
            ends.append(np.concatenate([shares, believes[:, None]], axis=1))
        jacobian[:, :, column] = (ends[0] - ends[1]) / (2 * step)[:, None]
    return np.abs(np.linalg.eigvals(jacobian)).max(axis=1)


def louder(parameters, factor):
    """Multiply what everybody makes of everybody else, and set intercepts so that the rest stays where it is."""
    rest = parameters.rest.shares
    loadings = parameters.loadings.copy()
    loadings[:, :, 8:12] *= factor
    shifted = replace(parameters, loadings=loadings)
    gap = quiet_inclinations(parameters, rest) - quiet_inclinations(shifted, rest)
    return replace(shifted, intercepts=shifted.intercepts + gap)


def test_hold_is_stable_exactly_where_r_d_is_below_one():
    number, factor = reproduction_number(drawn()), multiplier(drawn())
    # Within the accuracy of central differences of the line nothing can be said.
    clear = np.abs(number - 1) > 1e-3
    assert clear.sum() > 150
    assert np.array_equal(number[clear] < 1, factor[clear] < 1)


def test_an_unstable_rest_exists_only_above_one_and_r_d_sees_it():
    """Lift the gains of a stable regime without moving its rest: past R_D = 1 it no longer returns."""
    stable = drawn().take(np.flatnonzero(reproduction_number(drawn()) < 0.9)[:60])
    shifted = louder(stable, 12.0)
    number, factor = reproduction_number(shifted), multiplier(shifted)
    assert (number > 1).sum() >= 20
    clear = np.abs(number - 1) > 1e-3
    assert np.array_equal(number[clear] < 1, factor[clear] < 1)


def test_power_iteration_finds_the_largest_of_all_eigenvalues():
    for parameters in (drawn(), louder(drawn(), 6.0), country().take(np.arange(3))):
        oracle = np.abs(np.linalg.eigvals(next_generation(parameters))).max(axis=1)
        # Both are central differences with relative steps of 1e-4.
        assert np.allclose(reproduction_number(parameters), oracle, rtol=2e-6)


def test_the_dominant_direction_is_an_eigenvector():
    for parameters in (drawn(), country().take(np.arange(3))):
        found = growth(Responses(parameters), parameters.rest.shares)
        after = np.einsum("rgj,rj->rg", gains(parameters).whole, found.direction)
        assert np.allclose(after, found.number[:, None] * found.direction, rtol=1e-4, atol=1e-12)


def test_small_shocks_die_out_below_one():
    below = drawn().take(np.flatnonzero(reproduction_number(drawn()) < 0.95))
    answer, rest = Responses(below), below.rest.shares
    shares, belief = rest * 1.01, answer.belief
    for _ in range(3000):
        shares, belief = fast_day(below, answer, shares, belief)
    assert np.allclose(shares, rest, rtol=1e-6)


def test_leaving_adds_no_eigenvalue_of_its_own():
    """With those who have gone for good counted one by one, a shock fades at the pace of the reversible map.

    The forces' lines of a day are taken from the engine: `leave` and `gone_below`; what is seen is who refuses and
    who has left.
    """
    below = drawn().take(np.flatnonzero(reproduction_number(drawn()) < 0.9)[:12])
    answer, rest = Responses(below), below.rest.shares
    n_runs, n_cohorts = rest.shape
    gap = 0.7
    would_go = standard(np.clip(inverse(rest) - gap, -8, 8))
    bins = np.zeros((n_runs, n_cohorts, N_SLICES))
    for run in range(n_runs):
        for g in range(n_cohorts):
            bins[run, g] = [part_below(would_go[run, g], piece) for piece in range(N_SLICES)]
    left = bins @ MASS
    shares, belief = rest * 1.01, answer.belief.copy()
    plain, believed = shares.copy(), belief.copy()
    speeds = below.reaction_rate
    for _ in range(120):
        drawn_to, led_to = answer(shares, belief=belief)
        for run in range(n_runs):
            for g in range(1, n_cohorts):
                kappa, target = speeds[run, g], drawn_to[run, g]
                gone = leave(bins[run, g], float(standard(inverse(target) - gap)), kappa)
                refusing = shares[run, g] - gone
                would_refuse = max(target - gone_below(bins[run, g], target), 0.0)
                left[run, g] = gone
                shares[run, g] = gone + refusing + kappa * (would_refuse - refusing)
        shares[:, 0] += speeds[:, 0] * (drawn_to[:, 0] - shares[:, 0])
        belief += below["belief_speed"] * (led_to - belief)
        plain, believed = fast_day(below, answer, plain, believed)
    assert (left[:, 1:] > 0).any()
    assert np.allclose(shares, plain, rtol=1e-9)
    assert (multiplier(below) < 1).all()


def inverse(share):
    from scipy.special import ndtri

    return ndtri(share)


def standard(inclination):
    from scipy.special import ndtr

    return ndtr(inclination)


@pytest.mark.parametrize("place", ["nation", "country"])
def test_r_d_does_not_hang_on_reaction_speeds(place):
    parameters = drawn() if place == "nation" else country()
    number, leads = reproduction_number(parameters), leading_direction(parameters)
    generator = np.random.default_rng(1)
    speeds = generator.uniform(0.01, 1.0, size=parameters.reaction_rate.shape)
    scalars = {**parameters.scalars, "belief_speed": generator.uniform(0.01, 1.0, size=len(parameters))}
    other = replace(parameters, reaction_rate=speeds, scalars=scalars)
    assert np.allclose(reproduction_number(other), number, rtol=1e-9)
    assert np.allclose(leading_direction(other), leads, rtol=1e-6)


def test_the_order_of_places_and_forces_changes_nothing():
    """D12: permuted places, with the draws of the parameters as they are."""
    places = [
        Place("Capital", 4e6, capital=True, border=False, shifts={}),
        Place("Coast", 1e6, capital=False, border=False, shifts={"hardship": 0.1}),
        Place("Border", 2e6, capital=False, border=True, shifts={"haven": 0.2, "kinship": -0.1}),
    ]
    forces = [
        Force("army", 1.0e5, crowd_weight=0.6, command=0.6, shifts={}, spread={}),
        Force("guard", 0.5e5, crowd_weight=1.0, command=0.4, shifts={"identity": 0.1}, spread={}),
    ]
    few = ensemble(20, seed=5)
    one = few.on(Layout("one", tuple(places), tuple(forces)))
    other = few.on(Layout("other", tuple(reversed(places)), tuple(reversed(forces))))
    number = reproduction_number(one)
    assert np.isfinite(number).any()
    assert np.allclose(number, reproduction_number(other), rtol=1e-6, equal_nan=True)
    held = np.isfinite(number)
    assert np.allclose(who_infects_whom(one)[held], who_infects_whom(other)[held], rtol=1e-5, atol=1e-9)
    order = [one.layout.names.index(name) for name in other.layout.names]
    assert np.allclose(one.rest.shares[:, order], other.rest.shares, rtol=1e-6)


def test_slopes_agree_with_coarser_and_finer_differences():
    few = drawn().take(np.arange(50))
    at, answer = few.rest.shares, Responses(few)
    slopes = gains(few)
    for acting in range(4):
        for relative in (3e-4, 3e-5):
            step = relative * at[:, acting]
            ends = []
            for sign in (1, -1):
                moved = at.copy()
                moved[:, acting] += sign * step
                ends.append(answer(moved, belief=answer.belief)[0])
            found = (ends[0] - ends[1]) / (2 * step)[:, None]
            assert np.allclose(found, slopes.shares[:, :, acting], rtol=1e-4, atol=1e-6)


def test_class_blocks_of_four_cohorts_are_the_matrix_itself():
    assert np.allclose(who_infects_whom(drawn()), next_generation(drawn()), rtol=1e-4, atol=1e-9)


def test_class_blocks_of_a_country_multiply_as_the_country_does():
    """Lumping along the dominant direction is exact: the 4 x 4 blocks have the R_D of the 220 cohorts."""
    blocks = who_infects_whom(country())
    assert blocks.shape == (len(country()), 4, 4)
    radius = np.abs(np.linalg.eigvals(blocks)).max(axis=1)
    assert np.allclose(radius, reproduction_number(country()), rtol=1e-5)
    assert (blocks >= -1e-9).all()


def test_everybody_infects_where_the_regime_does_not_tighten():
    calm = drawn().with_condition("vigilance", 0.0)
    assert (who_infects_whom(calm.take(holds_at_rest(calm))) >= -1e-9).all()


def test_the_class_that_would_lead_is_the_one_that_moves_on_its_own():
    """Only one class sees and believes: the others answer nothing, so that defection grows in it alone."""
    few = drawn().take(np.arange(20))
    for class_, name in enumerate(COHORTS):
        loadings = few.loadings.copy()
        deaf = [g for g in range(4) if g != class_]
        # Columns 8 to 11 are what is made of the four classes, 12 belief, 13 fear; no news moves belief.
        loadings[:, deaf, 8:14] = 0.0
        products = few.product_loadings.copy()
        products[:, deaf] = 0.0
        silent = np.zeros_like(few.belief_loadings)
        alone = replace(few, loadings=loadings, product_loadings=products, belief_loadings=silent)
        gap = quiet_inclinations(few, few.rest.shares) - quiet_inclinations(alone, few.rest.shares)
        alone = replace(alone, intercepts=alone.intercepts + gap)
        alone = replace(alone, rest=find_rest(alone))
        leads = leading_class(alone)
        sure = holds_at_rest(alone) & (reproduction_number(alone) > 1e-3)
        assert sure.sum() >= 5
        assert (leads[sure] == name).all()
        assert np.array_equal(leads == "", ~holds_at_rest(alone))


def test_where_the_regime_has_left_hold_r_d_is_not_given():
    everything = draw_parameters(
        200, seed=31, conditions=Conditions({"hardship": (0.9, 1.0), "pay": (0.0, 0.1)})
    )
    left = ~holds_at_rest(everything)
    assert left.any()
    assert not left.all()
    assert np.array_equal(np.isnan(reproduction_number(everything)), left)
    assert np.array_equal(leading_class(everything) == "", left)
    settled = everything.rest.settled & left
    assert (name_of_state(everything.rest.shares[settled]) != "HOLD").all()
    with pytest.raises(UndefinedError, match="Ask for their attractor instead"):
        reproduction_number(everything, strict=True)
