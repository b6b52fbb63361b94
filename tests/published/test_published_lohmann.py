"""Lohmann 1994: turnout tells by what it exceeds of what was expected."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.errors import ParameterError
from garrison.stability.docking import Onlooker, belief_after_marches, posterior_discontent

# Leipzig's Mondays from 4 September to late October 1989 in thousands, as the press of the time gave them (middles).
LEIPZIG = np.array([1.0, 5.5, 17.5, 60.0, 150.0, 300.0])


@given(st.floats(0.0005, 0.5), st.floats(0.0005, 0.5))
def test_only_what_was_not_expected_counts(turnout, expected):
    (belief,) = belief_after_marches(Onlooker(prior=0.1), np.array([turnout]), expected)
    if abs(turnout - expected) > 1e-6:
        assert (belief > 0.1) == (turnout > expected)
    (as_expected,) = belief_after_marches(Onlooker(prior=0.1), np.array([expected]), expected)
    assert as_expected == pytest.approx(0.1, abs=1e-12)


def test_the_same_turnout_week_after_week_says_less_and_less():
    belief = belief_after_marches(Onlooker(), np.full(8, 0.02), expected=0.002)
    assert (np.diff(belief) < 0).all()
    assert belief[-1] == pytest.approx(Onlooker().prior, abs=2e-3)


def test_a_march_smaller_than_the_last_lowers_belief_below_the_prior():
    belief = belief_after_marches(Onlooker(learning=1.0), np.array([0.02, 0.01]), expected=0.002)
    assert belief[0] > Onlooker().prior > belief[1]


def test_a_march_that_swells_every_monday_keeps_belief_above_the_prior():
    """Leipzig had about 530,000 inhabitants."""
    belief = belief_after_marches(Onlooker(), LEIPZIG / 530.0, expected=0.001)
    assert (belief > Onlooker().prior).all()
    flat = belief_after_marches(Onlooker(), np.full(6, LEIPZIG.mean() / 530.0), expected=0.001)
    assert belief[-1] > flat[-1]


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(0.1, 10), st.floats(0.1, 10))
def test_bayes_moves_with_the_surprise_and_its_precision(expected, turnout, before, precision):
    moved = posterior_discontent(expected, turnout, before, precision) - expected
    assert np.sign(moved) == np.sign(turnout - expected) or abs(moved) < 1e-12
    more = posterior_discontent(expected, turnout, before, 2 * precision) - expected
    assert abs(more) >= abs(moved) - 1e-12


def test_bad_onlookers_are_refused():
    with pytest.raises(ParameterError, match="prior strictly"):
        Onlooker(prior=0.0)
