"""The bootstrap by country: three ways to one set of draws; the power of a comparison, recovered by simulation."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from garrison.errors import InputError, TableError
from garrison.scoring import (
    Bootstrap,
    ComparisonPower,
    bootstrap_difference,
    bootstrap_rows,
    bootstrap_skill,
    bootstrap_skill_difference,
    bootstrap_totals,
    bootstrap_weighted,
    brier_scores,
    calibration_line,
    comparison_power,
    corp_decomposition,
    pr_auc,
    roc_auc,
)

RANDOM = np.random.default_rng(21)
COUNTRIES = np.array([f"C{number:02d}" for number in RANDOM.integers(0, 25, 400)])
P = RANDOM.uniform(0.01, 0.6, 400).round(2)
HAPPENED = RANDOM.random(400) < P


def test_weights_rows_and_totals_draw_the_same_countries() -> None:
    scores = brier_scores(P, HAPPENED)
    by_weights = bootstrap_weighted(lambda w: w @ scores / w.sum(axis=1), COUNTRIES, n_draws=60, seed=5)
    by_rows = bootstrap_rows(lambda rows: scores[rows].mean(), COUNTRIES, n_draws=60, seed=5)
    by_totals = bootstrap_totals(
        lambda totals: totals[:, 0] / totals[:, 1],
        np.column_stack([scores, np.ones(400)]),
        COUNTRIES,
        n_draws=60,
        seed=5,
    )
    for found in (by_rows, by_totals):
        assert found.draws == pytest.approx(by_weights.draws)
        assert (found.estimate, found.low, found.high) == pytest.approx(
            (by_weights.estimate, by_weights.low, by_weights.high)
        )
    for area in (pr_auc, roc_auc):
        weighted = bootstrap_weighted(lambda w, area=area: area(P, HAPPENED, w), COUNTRIES, n_draws=40)
        drawn = bootstrap_rows(
            lambda rows, area=area: float(area(P[rows], HAPPENED[rows])), COUNTRIES, n_draws=40
        )
        assert drawn.draws == pytest.approx(weighted.draws)


def test_drawn_rows_are_whole_countries() -> None:
    def told(rows: np.ndarray) -> float:
        names, counts = np.unique(COUNTRIES[rows], return_counts=True)
        often = [count / (name == COUNTRIES).sum() for name, count in zip(names, counts, strict=True)]
        assert all(number == int(number) for number in often)
        assert sum(often) == 25
        return len(rows)

    assert bootstrap_rows(told, COUNTRIES, n_draws=50).estimate == 400


def test_pieces_do_not_change_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bootstrap_weighted(lambda w: pr_auc(P, HAPPENED, w), COUNTRIES, n_draws=30)
    monkeypatch.setattr("garrison.scoring.country_draws._PIECE", 1000)
    assert (
        bootstrap_weighted(lambda w: pr_auc(P, HAPPENED, w), COUNTRIES, n_draws=30).draws == whole.draws
    ).all()


def test_draws_without_an_event_are_left_out_and_counted() -> None:
    countries, happened = np.repeat(np.arange(4), 3), np.zeros(12, dtype=bool)
    happened[[0, 4]] = True
    p = np.linspace(0.1, 0.8, 12)
    by_rows = bootstrap_rows(
        lambda rows: corp_decomposition(p[rows], happened[rows]).skill, countries, n_draws=300
    )
    by_weights = bootstrap_weighted(lambda w: roc_auc(p, happened, w), countries, n_draws=300)
    assert by_rows.n_undefined == by_weights.n_undefined
    # Four draws from four countries of which two have no event: (2/4)^4 of draws hold none; 4 standard errors.
    assert abs(by_rows.n_undefined / 300 - 1 / 16) < 4 * np.sqrt(1 / 16 * 15 / 16 / 300)
    with pytest.raises(TableError, match="no events"):
        bootstrap_rows(lambda rows: corp_decomposition(p[rows], p[rows] > 2).skill, countries, n_draws=9)


def test_the_difference_of_skills_is_paired() -> None:
    own, other = brier_scores(P, HAPPENED), brier_scores(P * 0.8, HAPPENED)
    reference = brier_scores(np.full(400, 0.3), HAPPENED)
    found = bootstrap_skill_difference(own, other, reference, COUNTRIES, seed=2)
    one, two = (bootstrap_skill(scores, reference, COUNTRIES, seed=2) for scores in (own, other))
    assert found.draws == pytest.approx(one.draws - two.draws)
    assert found.estimate == pytest.approx(one.estimate - two.estimate)
    assert found.standard_error < np.hypot(one.standard_error, two.standard_error) / 2
    turned = bootstrap_skill_difference(other, own, reference, COUNTRIES, seed=2)
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low))


@given(st.integers(0, 2**32 - 1), st.integers(1, 60))
def test_areas_of_many_distinct_forecasts_are_those_of_scikit_learn(seed: int, n_events: int) -> None:
    random = np.random.default_rng(seed)
    p = random.choice([random.random(120), random.integers(0, 4, 120) / 3])
    happened = random.permutation(120) < n_events
    weights = random.random(120) * (random.random(120) < 0.8)
    if (weights[happened] > 0).any() and (weights[~happened] > 0).any():
        assert pr_auc(p, happened, weights) == pytest.approx(
            average_precision_score(happened, p, sample_weight=weights)
        )
        assert roc_auc(p, happened, weights) == pytest.approx(
            roc_auc_score(happened, p, sample_weight=weights)
        )


def comparison(random: np.random.Generator, difference: float) -> Bootstrap:
    """Score differences of 60 countries of 5 to 40 rows that share their country's hardness."""
    countries = np.repeat(np.arange(60), np.linspace(5, 40, 60).astype(int))
    apart = difference + random.normal(0, 0.05, 60)[countries] + random.normal(0, 0.2, len(countries))
    return bootstrap_difference(apart, np.zeros(len(apart)), countries, n_draws=200, seed=1)


def test_power_is_the_share_of_worlds_in_which_the_difference_is_found() -> None:
    """Worlds drawn anew; 3.3 binomial standard errors and .02 for the normal curve that a bootstrap error is not."""
    random = np.random.default_rng(31)
    pilot = [comparison_power(comparison(random, 0.0)).standard_error for _ in range(100)]
    held = ComparisonPower(float(np.mean(pilot)), n_countries=60, level=0.95)
    # The error that the design has: √(Σ n_c² .05² + Σ n_c .2²) / Σ n_c.
    sizes = np.linspace(5, 40, 60).astype(int)
    assert held.standard_error == pytest.approx(
        np.sqrt((sizes**2).sum() * 0.05**2 + sizes.sum() * 0.2**2) / sizes.sum(), rel=0.05
    )
    for difference, wanted in ((held.detectable(0.8), 0.8), (0.015, held.power(0.015)), (0.0, 0.05)):
        found = 0
        for _ in range(400):
            spread = comparison(random, difference)
            error = comparison_power(spread).standard_error
            found += abs(spread.estimate) > 1.959964 * error
        assert abs(found / 400 - wanted) < 3.3 * np.sqrt(wanted * (1 - wanted) / 400) + 0.02


@given(st.floats(1e-6, 10), st.floats(0.5, 0.99), st.floats(0.3, 0.99), st.floats(0.01, 5))
def test_power_rises_with_the_difference_and_is_what_was_asked_for(
    error: float, level: float, power: float, difference: float
) -> None:
    held = ComparisonPower(error, 40, level)
    assert held.power(0.0) == pytest.approx(1 - level)
    assert held.power(difference * error) == held.power(-difference * error)
    assert held.power(difference * error) < held.power(1.1 * difference * error) + 1e-12
    if power > 1 - level + 0.01:
        assert held.power(held.detectable(power)) == pytest.approx(power, abs=1e-6)
        needed = held.countries_needed(difference * error, power)
        assert (
            ComparisonPower(error * np.sqrt(40 / needed), needed, level).power(difference * error)
            > power - 1e-6
        )
    assert ComparisonPower(1.0, 40, 0.95).detectable() == pytest.approx(1.959964 + 0.841621, abs=1e-4)


def test_the_slope_by_country_covers_where_windows_overlap() -> None:
    """Each outcome stands in eight rows. 150 trials at .95 over 60 countries; .03 for the sandwich's own error."""
    random = np.random.default_rng(41)
    countries = np.repeat(np.arange(60), 40)
    by_country = as_if_many = 0
    for _ in range(150):
        p = random.uniform(0.05, 0.6, 300)
        happened = random.random(300) < p
        rows = np.repeat(np.arange(300), 8)
        low, high = calibration_line(p[rows], happened[rows], countries).slope_interval
        by_country += low <= 1 <= high
        low, high = calibration_line(p[rows], happened[rows]).slope_interval
        as_if_many += low <= 1 <= high
    assert abs(by_country / 150 - 0.95) < 3.3 * np.sqrt(0.95 * 0.05 / 150) + 0.03
    assert as_if_many / 150 < 0.75


def test_the_slope_bootstrapped_agrees_with_its_sandwich() -> None:
    line = calibration_line(P, HAPPENED, COUNTRIES)
    drawn = bootstrap_rows(
        lambda rows: calibration_line(P[rows], HAPPENED[rows]).slope, COUNTRIES, n_draws=200
    )
    assert drawn.estimate == pytest.approx(line.slope)
    assert drawn.high - drawn.low == pytest.approx(np.ptp(line.slope_interval), rel=0.25)


def test_bootstrap_of_few_countries_is_all_draws_listed() -> None:
    values, countries = np.array([3.0, 0.0, 2.0, 5.0]), np.array(["A", "A", "B", "C"])
    listed = {
        round(float(np.concatenate([values[countries == name] for name in picked]).mean()), 9)
        for picked in itertools.product("ABC", repeat=3)
    }
    found = bootstrap_rows(lambda rows: values[rows].mean(), countries, n_draws=400)
    assert set(found.draws.round(9)) == listed


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: bootstrap_weighted(lambda w: 0.5, ["A", "B"]), "one number a draw"),
        (lambda: bootstrap_weighted(lambda w: np.full(len(w), np.inf), ["A", "B"]), "infinite"),
        (lambda: bootstrap_rows(lambda rows: np.nan, ["A", "B"]), "fewer than two draws"),
        (lambda: bootstrap_rows(lambda rows: 0.5, ["A", None]), "row 1"),
        (lambda: bootstrap_rows(lambda rows: 0.5, pd.Series(["A", pd.NA], dtype="string")), "row 1"),
        (lambda: bootstrap_rows(lambda rows: 0.5, pd.Series([0, None], dtype="Int64")), "row 1"),
        (lambda: bootstrap_rows(lambda rows: 0.5, ["A", "B"], n_draws=1), "n_draws"),
        (lambda: bootstrap_rows(lambda rows: 0.5, ["A", "B"], level=95), "level"),
        (lambda: bootstrap_totals(lambda t: t[:, 0], [[np.inf], [1]], ["A", "B"]), "finite"),
        (lambda: bootstrap_totals(lambda t: t[:, 0], [1, 2], ["A", "B"]), "table"),
        (lambda: bootstrap_totals(lambda t: t[:, 0], [[1]], ["A", "B"]), "rows differ"),
        (lambda: bootstrap_skill([1, 2], [0, 0], ["A", "B"]), "perfect forecast"),
        (lambda: bootstrap_skill_difference([1, 2], [1, 2], [0, 0], ["A", "B"]), "perfect forecast"),
        (lambda: bootstrap_difference([1, np.inf], [0, 0], ["A", "B"]), "row 1"),
        (lambda: comparison_power(bootstrap_difference([1, 2], [0, 1], ["A", "B"])), "same in every draw"),
        (lambda: ComparisonPower(1.0, 9, 0.95).detectable(0.04), "more than 0.05"),
        (lambda: ComparisonPower(1.0, 9, 0.95).countries_needed(0.0), "other than 0"),
        (lambda: ComparisonPower(1.0, 9, 0.95).power(np.nan), "finite"),
        (lambda: pr_auc([0.5, 0.2], [1, 0], [1, np.nan]), "weights"),
        (lambda: pr_auc([0.5, 0.2], [1, 0], [1, -1]), "weights"),
    ],
)
def test_refusals_name_the_fix(call, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()
