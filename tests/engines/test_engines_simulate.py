"""Laws of the simulation: same seed same run, prefixes, horizons, common random numbers, bounds, rest."""

import functools
import itertools
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.engines import (
    Beginning,
    name_of_state,
    order_of_a_day,
    order_table,
    pushes_of_all_days,
    simulate,
)
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
        assert (rate >= 0).all()
        assert (rate[:, 0] > 0).all()


def test_a_regime_at_rest_stays_at_rest_when_nothing_pushes():
    """Only leaving goes on, arrests and deaths among the forces: a slow drift that the quiet state leaves out."""
    runs = simulate(regimes(), start=START, days=130, seed=9, pushes=False)
    rest = regimes().rest
    assert np.allclose(runs.visible, rest.shares[:, None, :], rtol=0.02, atol=1e-5)
    assert np.allclose(runs.belief, rest.belief[:, None], rtol=0.02)
    assert (runs.break_day == -1).all()
    assert (runs.end == "").all()


def test_without_pushes_chance_has_no_say():
    first, second = (simulate(regimes(), start=START, days=30, seed=seed, pushes=False) for seed in (1, 2))
    assert np.array_equal(first.visible, second.visible)


def test_small_displacements_die_out_and_large_ones_end_in_a_break():
    few = regimes().take(np.arange(60))
    slight = np.minimum(few.rest.shares * 1.05, 1.0)
    back = simulate(few, start=START, days=200, seed=9, pushes=False, begin=Beginning(slight))
    assert np.median(np.abs(back.visible[:, -1] / few.rest.shares - 1.0)) < 0.02
    turned = Beginning(np.array([0.5, 0.9, 0.9, 0.9]), belief=0.9)
    broken = simulate(few, start=START, days=5, seed=9, pushes=False, begin=turned)
    assert (name_of_state(broken.visible[:, 0]) == "BREAK").all()
    assert (broken.break_day == 0).all()


@pytest.mark.parametrize(
    ("begin", "words"),
    [
        (Beginning(np.array([0.1, 0.2, 1.2, 0.0])), "shares at the beginning"),
        (Beginning(np.array([0.1, np.nan, 0.2, 0.0])), "shares at the beginning"),
        (Beginning(np.zeros(4), belief=1.5), "belief at the beginning"),
        (Beginning(np.zeros(4), belief=-0.1), "belief at the beginning"),
    ],
)
def test_impossible_beginnings_are_refused(begin, words):
    with pytest.raises(ParameterError, match=words):
        simulate(regimes(), start=START, days=5, seed=9, begin=begin)


def test_counts_stop_with_the_regime_and_shares_stay():
    runs = crisis(days=120, levers=[Lever("mobilisation", 3.0, START, 2)])
    ended = np.flatnonzero((runs.end_day >= 0) & (runs.end_day < 119))
    assert len(ended) >= 10
    for run in ended:
        after = slice(runs.end_day[run] + 1, None)
        for name in ("deaths", "protests", "soldiers_arrested", "civilians_arrested"):
            assert (runs.series(f"{name}_rate")[run, after] == 0).all()
        assert (runs.visible[run, after] == runs.visible[run, runs.end_day[run]]).all()
        assert runs.end[run] != ""
    assert (runs.end[runs.end_day < 0] == "").all()


def test_what_became_of_a_run_agrees_with_its_shares():
    """From the series alone: a fracture when the elite passes its line, mass desertion when a tenth has left."""
    shaken = [
        Lever("rents", -1.0, START),
        Lever("recognition", 1.0, START),
        Lever("mobilisation", 3.0, START, 2),
    ]
    runs = crisis(days=120, levers=shaken)
    for run, elite in enumerate(runs.visible[:, :, 3]):
        crossed = np.flatnonzero(elite >= 0.4)
        # Where the coup failed instead, the purge has emptied the benches by the evening.
        if runs.fracture_day[run] >= 0 and runs.fracture_day[run] == runs.end_day[run]:
            assert runs.fracture_day[run] == crossed[0]
        deserted = np.flatnonzero(runs.left[run, :, 1] >= 0.1)
        assert runs.desertion_day[run] == (deserted[0] if len(deserted) else -1)
    assert (runs.fracture_day >= 0).sum() >= 5
    won = runs.coup_won
    assert (runs.end_day[won] == runs.coup_day[won]).all()
    assert set(runs.end[won]) <= {"coup from above", "coup from below"}
    fractured = runs.fracture_day >= 0
    assert (runs.break_day[fractured] >= 0).all()
    assert (runs.break_day[fractured] <= runs.fracture_day[fractured]).all()


def test_counts_scale_with_population_and_strength():
    """Twice the people and twice the soldiers: twice of everything that is counted, no share moved."""
    one = regimes()
    twice = replace(one, population=2 * one.population, strength=2 * one.strength)
    small, large = (simulate(item, start=START, days=30, seed=9) for item in (one, twice))
    assert np.allclose(small.visible, large.visible, rtol=1e-6)
    for name in COUNTED:
        assert np.allclose(2 * small.series(f"{name}_rate"), large.series(f"{name}_rate"), rtol=1e-5)


def test_pushes_come_once_a_week_and_the_first_on_the_first_day():
    pushes = pushes_of_all_days(regimes(), seed=3, days=35)
    assert (pushes[:, 0] > 0).all()
    for week in range(5):
        assert ((pushes[:, 7 * week : 7 * week + 7] > 0).sum(axis=1) == 1).all()
    assert np.array_equal(pushes[:, :, 0], pushes[:, :, 1])
    assert np.array_equal(pushes[:, :, 2], pushes[:, :, 3])
    assert np.array_equal(pushes[:, :20], pushes_of_all_days(regimes(), seed=3, days=20))


def test_the_order_of_a_day_is_printed_from_what_runs():
    steps, text = order_of_a_day(), order_table()
    assert len(text.splitlines()) == 2 + len(steps)
    for number, (name, first) in enumerate(steps, start=1):
        assert f"| {number} | {name} | {first} |" in text
    names = [name for name, _ in steps]
    # What has to come before what, whatever else a day may hold.
    needed = (
        "levers and calendar",
        "living conditions",
        "news and belief",
        "weigh the choice",
        "civilians choose",
    )
    needed += ("deployment", "clashes", "forces choose", "counter intelligence", "stocks", "outcomes")
    for earlier, later in itertools.pairwise(needed):
        assert names.index(earlier) < names.index(later)


@pytest.mark.parametrize("days", [0, -3, 5000])
def test_days_out_of_range_are_refused(days):
    with pytest.raises(ParameterError, match="between 1 and 3660"):
        crisis(days=days)


def test_a_lever_outside_the_days_is_refused():
    with pytest.raises(DateError, match="simulate longer"):
        crisis(days=10, levers=[Lever("pay", 0.1, date(2021, 1, 1))])
