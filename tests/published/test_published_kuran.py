"""Kuran 1989, 1991: sequences of thresholds, and the gap between public and private opposition.

The sequences were recalled, not read again; that they give one and nine in ten was computed before they were taken as
a target.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import ParameterError
from garrison.stability.docking import falsified_preferences, revolutionary_bandwagon, threshold_of

A = [0, 20, 20, 30, 40, 50, 60, 70, 80, 100]
A_CHANGED = [0, 10, 20, 30, 40, 50, 60, 70, 80, 100]
B_CHANGED = [0, 10, 30, 30, 40, 50, 60, 70, 80, 100]


@pytest.mark.parametrize(("sequence", "opposing"), [(A, 0.1), (A_CHANGED, 0.9), (B_CHANGED, 0.2)])
def test_sequences_of_thresholds(sequence, opposing):
    """One person's threshold falls from 20 to 10, and nine in ten oppose; in B' the next gap stops them."""
    assert revolutionary_bandwagon(np.array(sequence) / 100) == pytest.approx(opposing, abs=1e-12)


def test_a_small_change_of_private_views_turns_a_large_public():
    private = 1.0 - 2.0 * np.array(A) / 100
    bolder = private.copy()
    bolder[1] += 0.2
    before, after = falsified_preferences(private, 1.0), falsified_preferences(bolder, 1.0)
    assert (before.public, after.public) == pytest.approx((0.1, 0.9), abs=1e-12)
    assert before.private == after.private
    assert before.falsification > 0.3


@given(st.lists(st.floats(-2, 2), min_size=2, max_size=40), st.floats(0.1, 3), st.floats(0.01, 2))
@settings(max_examples=60, deadline=None)
def test_thresholds_fall_with_discontent(discontent, pressure, more):
    values = np.array(discontent)
    assert (threshold_of(values + more, pressure) < threshold_of(values, pressure)).all()


@given(st.lists(st.floats(-2, 2), min_size=2, max_size=40), st.integers(0, 39), st.floats(0, 2))
@settings(max_examples=60, deadline=None)
def test_nobody_s_anger_makes_the_public_calmer(discontent, who, more):
    calm = np.array(discontent)
    angry = calm.copy()
    angry[who % len(calm)] += more
    assert falsified_preferences(angry, 1.0).public >= falsified_preferences(calm, 1.0).public


def test_heavier_pressure_hides_more_of_the_discontented():
    """Supporters (four in ten here) stay as they are; only for those with a grievance is reputation a brake."""
    grievance = np.abs(np.random.default_rng(3).normal(0.0, 0.5, size=500))
    discontent = np.where(np.arange(500) < 300, grievance, -9.0)
    gaps = [falsified_preferences(discontent, pressure).falsification for pressure in (0.2, 0.4, 0.8, 1.6)]
    assert gaps == sorted(gaps)
    assert gaps[0] < 0.1
    assert gaps[-1] > 0.4


def test_reputation_without_weight_is_refused():
    with pytest.raises(ParameterError, match="reputation must weigh"):
        threshold_of(0.5, 0.0)
