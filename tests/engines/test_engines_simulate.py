"""Laws of the simulation: same seed same run, prefixes, horizons, common random numbers, bounds, rest."""

import functools
import importlib
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.engines import ORDER_OF_A_DAY, order_table, simulate, week_of_pushes
from garrison.errors import DateError, ParameterError
from garrison.regime import COUNTED, Lever
from garrison.stability import ensemble

START = date(2020, 1, 1)
SERIES = ("visible", "hidden", "belief", *(f"{name}_rate" for name in COUNTED))


@functools.cache
def regimes(n_runs=120, seed=5):
    return ensemble(n_runs, seed=seed)


def crisis(n_runs=120, days=60, levers=(), seed=9):
    return simulate(regimes().take(np.arange(n_runs)), start=START, days=days, seed=seed, levers=levers)


def test_same_seed_same_bytes_and_another_seed_other_crises():
    first, second = crisis(), crisis()
    for name in SERIES:
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()
    assert crisis(seed=10).visible.tobytes() != first.visible.tobytes()


def test_replicate_i_is_the_same_whatever_the_number_of_runs():
    few, many = crisis(n_runs=7), crisis()
    for name in SERIES:
        assert np.array_equal(getattr(few, name), getattr(many, name)[:7])
    assert np.array_equal(few.break_day, many.break_day[:7])


def test_chosen_runs_keep_their_chance():
    chosen = np.array([3, 3, 17])
    again = simulate(regimes().take(chosen), start=START, days=20, seed=9)
    assert np.array_equal(again.visible, crisis(days=20).visible[chosen])


def test_a_longer_horizon_changes_no_earlier_day():
    short, long = crisis(days=25), crisis(days=60)
    for name in SERIES:
        assert np.array_equal(getattr(short, name), getattr(long, name)[:, :25])


@given(
    st.sampled_from([("pay", -0.4), ("food", -0.3), ("mobilisation", 1.5), ("concession", 1.0)]),
    st.integers(0, 29),
    st.integers(1, 20),
)
@settings(max_examples=15, deadline=None)
def test_a_lever_changes_nothing_before_its_day_and_something_from_then_on(lever, first, ramp):
    plain = crisis(n_runs=20, days=32)
    pulled = crisis(n_runs=20, days=32, levers=[Lever(*lever, START + timedelta(days=first), ramp)])
    for name in SERIES:
        assert np.array_equal(getattr(plain, name)[:, :first], getattr(pulled, name)[:, :first])
    assert not np.array_equal(plain.visible, pulled.visible)


def test_shares_are_shares_and_rates_are_above_nothing():
    runs = crisis(days=120, levers=[Lever("mobilisation", 3.0, START, 2), Lever("food", -1.0, START, 5)])
    for name in ("visible", "hidden", "belief"):
        value = getattr(runs, name)
        assert np.isfinite(value).all()
        assert (value >= 0).all()
        assert (value <= 1).all()
    for name in COUNTED:
        rate = runs.series(f"{name}_rate")
        assert np.isfinite(rate).all()
        assert (rate > 0).all()


def test_a_regime_at_rest_stays_at_rest_when_nothing_pushes(monkeypatch):
    day = importlib.import_module("garrison.engines.day")

    def no_week(parameters, *, seed, week):
        return np.zeros((7, len(parameters), 4))

    monkeypatch.setattr(day, "week_of_pushes", no_week)
    runs = crisis(days=130)
    rest = regimes().rest
    assert np.allclose(runs.visible, rest.shares[:, None, :], rtol=1e-4, atol=1e-8)
    assert np.allclose(runs.belief, rest.belief[:, None], rtol=1e-4)
    assert (runs.break_day == -1).all()


def test_counts_scale_with_population_and_strength():
    """Twice the people and twice the soldiers: twice of everything that is counted, no share moved."""
    from dataclasses import replace

    one = regimes()
    twice = replace(one, population=2 * one.population, strength=2 * one.strength)
    small, large = (simulate(item, start=START, days=30, seed=9) for item in (one, twice))
    assert np.allclose(small.visible, large.visible, rtol=1e-6)
    for name in COUNTED:
        assert np.allclose(2 * small.series(f"{name}_rate"), large.series(f"{name}_rate"), rtol=1e-5)


def test_pushes_come_once_a_week_and_the_first_on_the_first_day():
    for week in (0, 1, 5):
        pushes = week_of_pushes(regimes(), seed=3, week=week)
        assert ((pushes > 0).sum(axis=0) == 1).all()
        assert np.array_equal(pushes[:, :, 0], pushes[:, :, 1])
        assert np.array_equal(pushes[:, :, 2], pushes[:, :, 3])
        assert (pushes[0] > 0).all() == (week == 0)


def test_the_order_of_a_day_is_printed_from_what_runs():
    text = order_table()
    assert len(text.splitlines()) == 2 + len(ORDER_OF_A_DAY)
    for number, (name, _) in enumerate(ORDER_OF_A_DAY, start=1):
        assert f"| {number} | {name} |" in text


@pytest.mark.parametrize("days", [0, -3, 5000])
def test_days_out_of_range_are_refused(days):
    with pytest.raises(ParameterError, match="between 1 and 3660"):
        crisis(days=days)


def test_a_lever_outside_the_days_is_refused():
    with pytest.raises(DateError, match="simulate longer"):
        crisis(days=10, levers=[Lever("pay", 0.1, date(2021, 1, 1))])
