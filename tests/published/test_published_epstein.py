"""Epstein 2002, model I, in the mean field: the ceiling, and what rounding enforcers per active person does.

Lemos, Coelho and Lopes 2015 and Thron and Jackson on the published ports: with whole numbers of enforcers the crowd
tips, with fractions it does not.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import ParameterError
from garrison.stability.docking import Society, ceiling_without_enforcers, p_arrest, society_crowd

CEILINGS = [(0.9, 0.0), (0.82, 0.444), (0.7, 0.667), (0.5, 0.8), (0.2, 0.875)]


@pytest.mark.parametrize(("legitimacy", "ceiling"), CEILINGS)
def test_the_ceiling_without_enforcers(legitimacy, ceiling):
    """Half a unit of the last digit; formula and crowd agree exactly."""
    assert ceiling_without_enforcers(legitimacy) == pytest.approx(ceiling, abs=5e-4)
    crowd = society_crowd(Society(legitimacy, enforcers=0.0))
    assert crowd.at_rest(0.5) == pytest.approx(ceiling_without_enforcers(legitimacy), abs=1e-12)


def test_whole_enforcers_give_two_states_and_fractions_one():
    """Half a unit of the last digit given, .018 and .445; the upper one is the ceiling .4444, given to .0006."""
    with_floor = society_crowd(Society(0.82, rounding="floor")).states()
    assert [state.share for state in with_floor] == pytest.approx([0.018, 0.445], abs=6e-4)
    assert all(state.stable for state in with_floor)
    smooth = society_crowd(Society(0.82)).states()
    assert [state.share for state in smooth] == pytest.approx([0.018], abs=5e-4)


def quiet_shares(legitimacies):
    states = [society_crowd(Society(float(level))).states() for level in legitimacies]
    assert {len(found) for found in states} == {1}
    return np.array([found[0].share for found in states])


def test_with_fractions_nothing_tips_at_any_legitimacy():
    """One state everywhere, and it "changes smoothly": eight times finer steps change it by far less at a time."""
    coarse, fine = (quiet_shares(np.linspace(0.05, 0.9, n_steps)) for n_steps in (52, 409))
    assert (np.diff(coarse) <= 0).all()
    assert np.abs(np.diff(fine)).max() < np.abs(np.diff(coarse)).max() / 6


def test_with_whole_enforcers_the_quiet_state_ends_abruptly():
    quiet = [society_crowd(Society(level, rounding="floor")).lowest() for level in (0.82, 0.78, 0.7)]
    assert quiet[0] < quiet[1] < 0.04
    assert quiet[2] == pytest.approx(ceiling_without_enforcers(0.7), abs=1e-12)


@given(st.floats(0.1, 0.85), st.floats(0.0, 1.0), st.floats(0.005, 0.2))
@settings(max_examples=40, deadline=None)
def test_the_crowd_s_response_is_the_share_of_people_under_the_rule(legitimacy, active, enforcers):
    """A lattice of 400 x 400 people in grievance and risk aversion; their share has an error below 1/200."""
    society = Society(legitimacy, enforcers=enforcers)
    axis = (np.arange(400) + 0.5) / 400
    hardship, aversion = np.meshgrid(axis, axis)
    risk = float(p_arrest(society, np.array(active)))
    counted = (hardship * (1 - legitimacy) - aversion * risk > society.threshold).mean()
    assert float(society_crowd(society).response(active)) == pytest.approx(counted, abs=0.005)


def test_more_enforcers_mean_fewer_active():
    shares = [society_crowd(Society(0.6, enforcers=density)).lowest() for density in (0.01, 0.02, 0.04, 0.08)]
    assert shares == sorted(shares, reverse=True)


def test_unknown_rounding_is_refused():
    with pytest.raises(ParameterError, match="Did you mean floor"):
        Society(0.8, rounding="flor")
