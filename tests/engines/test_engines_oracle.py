"""The compiled engine against a second writing of the same model, and against systems small enough to enumerate.

`plain_numpy` writes the equations again, vectorised over runs; it shares parameters, layouts, levers and chance with
the compiled engine, and no equation. Series that are kept in single precision agree to 1e-6, the state itself, in
double precision, to 1e-9: what remains is the error of the quick normal distribution (1e-12), grown over the days.
"""

import itertools
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_numpy import PlainRegimes, plain_simulate
from scipy.special import ndtr, ndtri
from small_countries import START, divided, random_levers, regimes, two_by_two
from stepped_run import evenings

from garrison.engines import Beginning, comes_to_rest, crowd_of, revise, simulate
from garrison.regime import COUNTED, Layout, Lever, known_levers
from garrison.regime.leaving import N_SLICES, leave
from garrison.stability.responses import Responses

pytestmark = pytest.mark.slow

LAYOUTS = {"national": Layout.national, "two places, two forces": two_by_two, "strata": divided}
SERIES = (
    *("visible", "hidden", "left", "by_cohort", "belief", "hardship", "pay", "rents", "capacity", "price"),
    *("arrears", "crowd", "resisting", *(f"{name}_rate" for name in COUNTED)),
)
FATES = (
    "break_day",
    "hollow_day",
    "fracture_day",
    "coup_day",
    "coup_won",
    "desertion_day",
    "split_day",
    "end_day",
    "end",
)
DAYS = 70


@pytest.fixture(params=LAYOUTS, scope="module")
def layout(request):
    return LAYOUTS[request.param]()


def agree(quick, plain):
    for name in SERIES:
        found, expected = getattr(quick, name), getattr(plain, name)
        assert np.allclose(found, expected, rtol=1e-6, atol=1e-9), name
    for name in FATES:
        assert np.array_equal(getattr(quick, name), getattr(plain, name)), name


def test_every_series_and_every_fate_agree_without_levers(layout):
    few = regimes(60, layout)
    plain = plain_simulate(few, start=START, days=DAYS, seed=3)
    agree(simulate(few, start=START, days=DAYS, seed=3, detail=True), plain)
    # The ensemble is one in which things happen, or agreement would say little.
    assert len(set(plain.end)) >= 3
    assert (plain.hollow_day >= 0).any()


def test_the_random_levers_below_are_of_every_kind():
    assert {lever.name for draw in range(12) for lever in random_levers(draw, DAYS)} == set(known_levers())


@pytest.mark.parametrize("draw", range(12))
def test_every_series_and_every_fate_agree_under_random_levers(layout, draw):
    few, levers = regimes(24, layout, seed=100 + draw), random_levers(draw, DAYS)
    arguments = {"start": START, "days": DAYS, "seed": draw, "levers": levers}
    agree(simulate(few, detail=True, **arguments), plain_simulate(few, **arguments))


@pytest.mark.parametrize("shares", [(0.3, 0.0, 0.0, 0.0), (0.0, 0.4, 0.1, 0.02), (0.2, 0.9, 0.8, 0.7)])
def test_the_flow_from_a_displacement_agrees(layout, shares):
    few = regimes(40, layout)
    begin = Beginning(np.array(shares), belief=0.3)
    arguments = {"start": START, "days": 40, "seed": 3, "pushes": False, "begin": begin}
    agree(simulate(few, detail=True, **arguments), plain_simulate(few, **arguments))


@pytest.mark.parametrize("draw", range(4))
def test_the_state_agrees_in_double_precision(layout, draw):
    few, levers = regimes(6, layout, seed=40 + draw), random_levers(70 + draw, DAYS)
    arguments = {"start": START, "days": DAYS, "seed": draw, "levers": levers}
    plain = plain_simulate(few, **arguments)
    for run in range(len(few)):
        for day, state in enumerate(evenings(few, run, **arguments)):
            assert np.allclose(state.people.visible, plain.by_cohort[run, day], rtol=0, atol=1e-9)
            assert state.today["belief"] == pytest.approx(plain.belief[run, day], abs=1e-9)
            for name, heads in plain.heads.items():
                assert np.allclose(getattr(state.people, name), heads[run, day], rtol=0, atol=1e-9), name


@pytest.mark.parametrize(
    "turned",
    [
        pytest.param(None, id="plots out of the quiet state"),
        pytest.param((0.02, 0.05, 0.1, 0.1), id="generals plot and hesitate"),
        pytest.param((0.05, 0.1, 0.6, 0.02), id="officers act against loyal generals"),
    ],
)
def test_coups_that_fail_and_the_purges_after_them_agree(layout, turned):
    few = regimes(200 if turned is None else 60, layout)
    levers = [Lever("plot", 1.0, START + timedelta(days=day), 10) for day in (4, 40)]
    arguments = {"start": START, "days": DAYS, "seed": 3, "levers": levers}
    if turned is not None:
        arguments["begin"] = Beginning(np.array(turned))
    plain = plain_simulate(few, **arguments)
    agree(simulate(few, detail=True, **arguments), plain)
    lost = (plain.coup_day >= 0) & ~plain.coup_won
    assert lost.sum() >= 10
    assert plain.coup_won.sum() >= 10
    assert plain.heads["jailed"][lost].max() > 0.001


def test_the_quiet_state_is_the_lowest_fixed_point(layout):
    """Climb from nobody defying in plain NumPy, step by step, and meet the same shares."""
    few = regimes(40, layout)
    plain = PlainRegimes(few)
    plain.visible = np.zeros_like(plain.visible)
    plain.orders = dict.fromkeys(plain.orders, 0.0)
    for _ in range(1500):
        plain._keep_stocks_at_rest()
        plain.weigh()
        after = ndtr(plain.total)
        moved = np.abs(after - plain.visible).max(axis=1)
        plain.visible = after
        if moved.max() < 1e-13:
            break
    settled = few.rest.settled & (moved < 1e-12)
    assert settled.sum() >= 30
    # The compiled search stops where nobody moves by 1e-9; what is left to climb is that over 1 - slope.
    assert np.allclose(few.rest.shares[settled], plain.visible[settled], rtol=1e-5, atol=1e-6)


def test_the_best_response_is_the_same_map(layout):
    few = regimes(40, layout)
    shares = np.random.default_rng(8).uniform(0.0, 0.6, size=few.rest.shares.shape)
    found, belief = Responses(few)(shares)
    plain = PlainRegimes(few)
    plain.visible = shares
    plain.count()
    plain.deploy()
    plain.belief = plain.believable()
    plain.weigh()
    assert np.allclose(belief, plain.belief, rtol=0, atol=1e-11)
    assert np.allclose(found, ndtr(plain.total), rtol=0, atol=1e-11)


# ---- systems that can be enumerated -----------------------------------------------------------------------------

# Nine digits: whether a threshold of the size of a rounding error is met is nobody's business.
FOUR = st.lists(st.floats(0.0, 1.0).map(lambda tier: round(tier, 9)), min_size=4, max_size=4)


def subsets(n_agents):
    return [np.array(members, dtype=bool) for members in itertools.product((False, True), repeat=n_agents)]


def acts(thresholds, share):
    """Who acts when this share does; a share of a finite crowd meets a threshold to within rounding."""
    return thresholds <= share + 1e-15


@given(FOUR)
@settings(max_examples=200, deadline=None)
def test_the_rest_of_four_agents_is_the_least_of_all_subsets_that_hold(thresholds):
    """All 16 subsets: one holds if exactly its members act when it acts. The map comes to rest at the smallest."""
    tiers = np.array(thresholds)
    holding = [who.mean() for who in subsets(4) if np.array_equal(acts(tiers, who.mean()), who)]
    assert holding, "a map that only pushes upwards has a fixed point (Tarski)"
    assert comes_to_rest(crowd_of(tiers)) == pytest.approx(min(holding), abs=1e-12)
    assert comes_to_rest(crowd_of(tiers), start=1.0) == pytest.approx(max(holding), abs=1e-12)


@given(FOUR, st.integers(0, 15), st.floats(0.01, 1.0))
@settings(max_examples=200, deadline=None)
def test_the_mean_of_four_agents_moves_as_the_update_line_says(thresholds, first, rate):
    """All 16 ways in which four agents may or may not revise today, each with its probability."""
    tiers, who = np.array(thresholds), subsets(4)[first]
    willing = acts(tiers, who.mean())
    mean = 0.0
    for revising in subsets(4):
        chance = np.prod(np.where(revising, rate, 1.0 - rate))
        mean += chance * np.where(revising, willing, who).mean()
    response = crowd_of(tiers)(np.asarray(who.mean()))
    assert mean == pytest.approx(float(revise(np.asarray(who.mean()), response, rate)), abs=1e-12)


@given(st.lists(st.integers(0, 99), min_size=4, max_size=4), st.floats(0.05, 0.9), st.integers(1, 6))
@settings(max_examples=100, deadline=None)
def test_leaving_of_four_agents_is_the_chain_over_all_subsets(ranks, rate, days):
    """The exact chance of every set of leavers, day by day, at constant inclination; its mean is what `leave` gives."""
    scores = ndtri((np.array(ranks) + 0.5) / 100)
    wants = scores < -0.3
    chance = {tuple(who): float(not who.any()) for who in subsets(4)}
    for _ in range(days):
        after = dict.fromkeys(chance, 0.0)
        for gone, p_gone in chance.items():
            for going in subsets(4):
                free = wants & ~np.array(gone)
                if (going & ~free).any():
                    continue
                p_going = np.prod(np.where(going, rate, 1.0 - rate)[free])
                after[tuple(np.array(gone) | going)] += p_gone * p_going
        chance = after
    assert sum(chance.values()) == pytest.approx(1.0)
    mean = sum(p_gone * np.mean(gone) for gone, p_gone in chance.items())
    slices = np.zeros(N_SLICES)
    for _ in range(days):
        share = leave(slices, wants.mean(), rate)
    assert share == pytest.approx(mean, abs=1e-12)
