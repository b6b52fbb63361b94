"""Leaving for good: exact at constant inclination, near a fine reckoning while inclinations move, and never undone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from garrison.regime.leaving import EDGES, MASS, N_SLICES, exit_gap, gone_below, leave, part_below

SHARES = st.one_of(st.floats(0.0, 1.0), st.floats(-6.0, 0.0).map(lambda power: 10.0**power))


@pytest.mark.parametrize("share", [1e-4, 2e-4, 7e-4, 1e-3, 0.003, 0.01, 0.033, 0.1])
@pytest.mark.parametrize("gap", [0.4, 0.8, 1.6])
def test_at_constant_inclination_those_who_have_gone_tend_to_the_share_below(share, gap):
    """The bound of the design is 2%; the slices give it exactly, so that 1e-6 is asked for."""
    inclination = ndtri(share) + gap
    gone = np.zeros(N_SLICES)
    for _ in range(600):
        found = leave(gone, ndtr(inclination - gap), 0.05)
    assert found == pytest.approx(share, rel=1e-6)


@given(SHARES, st.floats(0.001, 1.0), st.integers(1, 200))
@settings(max_examples=200, deadline=None)
def test_the_way_there_is_geometric(share, rate, days):
    gone = np.zeros(N_SLICES)
    for _ in range(days):
        found = leave(gone, share, rate)
    assert found == pytest.approx(share * (1.0 - (1.0 - rate) ** days), rel=1e-9, abs=1e-15)


@given(st.lists(SHARES, min_size=1, max_size=40), st.floats(0.001, 1.0))
@settings(max_examples=200, deadline=None)
def test_nobody_comes_back_and_nobody_goes_who_never_wanted_to(wants, rate):
    gone, before = np.zeros(N_SLICES), 0.0
    for share in wants:
        found = leave(gone, share, rate)
        assert found >= before - 1e-15
        assert found <= max(wants) + 1e-15
        assert found == pytest.approx(gone @ MASS, abs=1e-15)
        assert (gone >= 0.0).all()
        assert (gone <= 1.0).all()
        # Lowest thresholds first: no slice has lost a larger part than one below it.
        assert (np.diff(gone) <= 1e-15).all()
        before = found


@given(st.lists(SHARES, min_size=1, max_size=20), SHARES, SHARES)
@settings(max_examples=200, deadline=None)
def test_those_gone_from_below_a_share_are_part_of_both(wants, one, other):
    gone = np.zeros(N_SLICES)
    for share in wants:
        total = leave(gone, share, 0.3)
    low, high = min(one, other), max(one, other)
    below = gone_below(gone, low)
    assert 0.0 <= below <= min(low, total) + 1e-15
    assert below <= gone_below(gone, high) + 1e-15
    assert gone_below(gone, 1.0) == pytest.approx(total, abs=1e-15)


def test_while_the_mood_moves_the_slices_stay_near_a_fine_reckoning():
    """Two hundred thousand thresholds, each with its own chance of having gone, against seventeen slices.

    Where the mood falls back within a slice, those who have gone from its upper part hide some who would still go from
    its lower part: the slices err on the low side, for these moods by 4 per cent on average and 8 at most.
    """
    thresholds = ndtri((np.arange(200_000) + 0.5) / 200_000)
    rate, errors = 0.1, []
    generator = np.random.default_rng(4)
    for _ in range(40):
        mood = np.cumsum(generator.normal(0.0, 0.15, size=60)) - 2.5
        slices, stays = np.zeros(N_SLICES), np.ones(len(thresholds))
        for inclination in mood:
            found = leave(slices, ndtr(inclination), rate)
            stays[: np.searchsorted(thresholds, inclination)] *= 1.0 - rate
        errors.append(found / (1.0 - stays.mean()) - 1.0)
    assert np.abs(errors).max() < 0.1
    assert np.mean(np.abs(errors)) < 0.05


@given(SHARES)
def test_the_parts_of_all_slices_below_a_share_make_up_the_share(share):
    parts = [part_below(share, piece) for piece in range(N_SLICES)]
    assert np.dot(parts, MASS) == pytest.approx(share, abs=1e-15)


def test_slices_are_log_spaced_and_cover_everybody():
    assert EDGES[0] == 0.0
    assert EDGES[-1] == 1.0
    assert MASS.sum() == pytest.approx(1.0, abs=1e-15)
    assert np.allclose(EDGES[2:] / EDGES[1:-1], 10.0**0.25)


@given(st.floats(0.05, 3.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(-2.0, 2.0))
def test_a_haven_makes_leaving_easier_and_never_easier_than_refusing(gap, one, other, cost):
    near, far = exit_gap(gap, max(one, other), cost), exit_gap(gap, min(one, other), cost)
    assert 0.0 < near <= far
    assert exit_gap(gap, one, cost + 0.1) >= exit_gap(gap, one, cost)
    # By hand: no haven at all is a quarter wider than the reference of 0.3, a full one less than half of it.
    assert exit_gap(gap, 0.0, 0.0) == pytest.approx(gap * 1.25)
    assert exit_gap(gap, 1.0, 0.0) == pytest.approx(max(gap * 0.5 / 1.2, 0.02))
