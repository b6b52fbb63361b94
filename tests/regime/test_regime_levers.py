"""Levers: what they move and when, and what is refused."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import DateError, ParameterError
from garrison.regime import Lever, known_levers, lever_effects
from garrison.regime.levers import MOVED

START = date(2020, 1, 1)


@given(st.sampled_from(sorted(known_levers())), st.floats(0, 1), st.integers(0, 40), st.integers(1, 30))
@settings(max_examples=80, deadline=None)
def test_nothing_moves_before_the_first_day_and_sizes_scale(name, size, first, ramp):
    day = date.fromordinal(START.toordinal() + first)
    effects = lever_effects([Lever(name, size, day, ramp)], start=START, days=60)
    double = lever_effects([Lever(name, size / 2, day, ramp)] * 2, start=START, days=60)
    for moved in MOVED:
        assert (getattr(effects, moved)[:first] == 0).all()
        assert np.allclose(getattr(effects, moved), getattr(double, moved))


def test_a_pulse_adds_up_to_its_size_and_a_level_stays():
    effects = lever_effects([Lever("mobilisation", 2.0, START, 4)], start=START, days=20)
    assert effects.street_push.sum() == pytest.approx(2.0)
    assert effects.attendance[:4].tolist() == [1.0] * 4
    assert effects.attendance[4:].sum() == 0
    stays = lever_effects([Lever("food", 0.3, START, 3)], start=START, days=20)
    assert stays.hardship[2:] == pytest.approx(-0.3)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Lever("payy", 0.1, START), "Did you mean pay"),
        (lambda: Lever("pay", 3.0, START), "outside -1 to 1"),
        (lambda: Lever("pay", float("nan"), START), "outside -1 to 1"),
        (lambda: Lever("pay", 0.1, START, 0), "at least 1"),
    ],
)
def test_bad_levers_are_named_with_their_fix(make, words):
    with pytest.raises(ParameterError, match=words):
        make()


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2020, 1, 11)])
def test_a_lever_outside_the_days_is_refused(day):
    with pytest.raises(DateError, match="outside the 10 days"):
        lever_effects([Lever("pay", 0.1, day)], start=START, days=10)
