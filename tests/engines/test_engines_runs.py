"""What comes back of a simulation: probabilities, fans, frames, and their errors."""

import functools
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.engines import is_break, is_hollow, name_of_state, simulate
from garrison.engines.quantiles import weighted_quantiles
from garrison.errors import ParameterError, UndefinedError
from garrison.regime import Lever
from garrison.stability import ensemble

START = date(2020, 1, 1)


@functools.cache
def runs():
    plain = simulate(ensemble(40, seed=5), start=START, days=30, seed=9)
    breaks = np.full(40, -1)
    breaks[:10] = np.arange(10)
    return replace(plain, break_day=breaks)


def test_probability_of_a_break_counts_only_those_that_had_not_broken():
    assert runs().p_break(0, 29) == pytest.approx(10 / 40)
    assert runs().p_break(4, 5) == pytest.approx(2 / 36)
    assert runs().p_break(20, 29) == 0


@given(
    st.lists(st.integers(0, 3), min_size=40, max_size=40).filter(any), st.integers(0, 29), st.integers(0, 29)
)
@settings(max_examples=60, deadline=None)
def test_whole_weights_are_the_same_as_repeated_runs(weights, one, other):
    first, last = min(one, other), max(one, other)
    repeated = np.repeat(runs().break_day, weights)
    at_risk = repeated[(repeated < 0) | (repeated >= first)]
    if len(at_risk) == 0:
        with pytest.raises(UndefinedError, match="nothing is left"):
            runs().p_break(first, last, np.array(weights))
        return
    expected = ((at_risk >= first) & (at_risk <= last)).mean()
    assert runs().p_break(first, last, np.array(weights)) == pytest.approx(expected)


@given(
    st.lists(st.integers(0, 3), min_size=9, max_size=9).filter(any),
    st.sampled_from([0.05, 0.25, 0.5, 0.9, 1.0]),
    st.integers(0, 2**32 - 1),
)
@settings(max_examples=80, deadline=None)
def test_weighted_quantiles_are_those_of_repeated_values(weights, probability, seed):
    values = np.random.default_rng(seed).normal(size=(9, 2))
    found = weighted_quantiles(values, [probability], np.array(weights) / sum(weights))
    expected = np.quantile(np.repeat(values, weights, axis=0), probability, axis=0, method="inverted_cdf")
    assert np.allclose(found[0], expected)


def test_a_fan_is_ordered_and_has_a_row_a_probability():
    for name in ("visible troops", "hidden elite", "belief", "deaths_rate"):
        fan = runs().fan(name, (0.05, 0.5, 0.95))
        assert fan.shape == (3, 30)
        assert (np.diff(fan, axis=0) >= 0).all()


def test_states_are_named_by_their_thresholds():
    shares = np.array(
        [
            [0.01, 0.02, 0.001, 0.001],
            [0.14, 0.016, 0.001, 0.0],
            [0.16, 0.63, 0.007, 0.003],
            [0.51, 0.99, 0.94, 0.92],
            [0.01, 0.02, 0.0, 0.41],
        ]
    )
    assert name_of_state(shares).tolist() == ["HOLD", "STALEMATE", "HOLLOW", "BREAK", "BREAK"]
    assert not (is_break(shares) & is_hollow(shares)).any()


def test_the_first_crossing_is_the_first_day_at_or_above_the_share():
    share = 0.01
    found = runs().first_crossing("troops", share)
    for run, day in enumerate(found):
        above = runs().visible[run, :, 1] >= share
        assert day == (np.flatnonzero(above)[0] if above.any() else -1)
    assert {bool(day >= 0) for day in found} == {True, False}


def test_every_series_has_a_name_and_a_fan():
    names = [name for name in runs().to_frame().columns if name not in ("replicate", "date")]
    assert len(names) == 25 + 1
    for name in (
        "left troops",
        "hardship",
        "pay",
        "rents",
        "capacity",
        "price",
        "arrears",
        "crowd",
        "resisting",
    ):
        assert name.replace(" ", "_") in names
        assert runs().series(name).shape == (40, 30)
        assert np.isfinite(runs().fan(name)).all()


def test_cohorts_are_kept_only_where_they_are_asked_for():
    assert runs().by_cohort is None
    few = ensemble(5, seed=5)
    detail = simulate(few, start=START, days=10, seed=9, detail=True)
    assert detail.by_cohort.shape == (5, 10, 4)
    assert np.array_equal(detail.by_cohort, detail.visible)


def test_the_result_prints_shortly_and_becomes_a_frame(tmp_path):
    many_levers = replace(runs(), levers=(Lever("pay", 0.1, START),) * 9)
    assert len(repr(many_levers).splitlines()) <= 10
    assert "<script" not in many_levers._repr_html_()
    frame = runs().to_frame()
    assert len(frame) == 40 * 30
    assert frame["visible_troops"].iloc[31] == pytest.approx(float(runs().visible[1, 1, 1]))
    assert str(frame["date"].iloc[31].date()) == "2020-01-02"
    assert runs().save(tmp_path / "runs.parquet").stat().st_size > 0


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda r: r.p_break(5, 3), "window 5 to 3"),
        (lambda r: r.p_break(0, 30), "0 to 29"),
        (lambda r: r.p_break(0, 5, np.ones(3)), "each of the 40 runs"),
        (lambda r: r.p_break(0, 5, np.zeros(40)), "not all of them zero"),
        (lambda r: r.p_break(0, 5, np.full(40, np.nan)), "non-negative"),
        (lambda r: r.fan("visible troop"), "Did you mean visible troops"),
        (lambda r: r.fan("belief", (1.2,)), "between 0 and 1"),
        (lambda r: r.first_crossing("troop", 0.1), "Did you mean troops"),
    ],
)
def test_bad_questions_are_refused(ask, words):
    with pytest.raises(ParameterError, match=words):
        ask(runs())
