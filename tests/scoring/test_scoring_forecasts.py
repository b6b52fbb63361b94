"""Scores of forecasts: propriety, identities, scikit-learn and SciPy as oracles, enumeration, refusals."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_1samp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

from garrison.errors import InputError
from garrison.scoring import (
    bootstrap_difference,
    bootstrap_skill,
    bootstrap_weighted,
    brier_score,
    brier_skill,
    calibration_line,
    consistency_band,
    corp_decomposition,
    diebold_mariano,
    log_score,
    log_skill,
    murphy_decomposition,
    pr_auc,
    roc_auc,
    skill,
)

CHANCE = st.floats(0.01, 0.99)
ROWS = st.lists(
    st.tuples(st.integers(1, 19).map(lambda n: n / 20), st.integers(0, 1)), min_size=4, max_size=30
).filter(lambda rows: 0 < sum(y for _, y in rows) < len(rows))


@given(CHANCE, CHANCE)
def test_the_truth_has_the_best_expected_score(truth: float, said: float) -> None:
    for score in (brier_score, log_score):

        def expected(p: float, score=score) -> float:
            return truth * score([p], [1]) + (1 - truth) * score([p], [0])

        assert expected(truth) <= expected(said) + 1e-12


@given(ROWS)
def test_scores_and_areas_are_those_of_scikit_learn(rows: list[tuple[float, int]]) -> None:
    p, y = map(np.array, zip(*rows, strict=True))
    weights = np.arange(1, len(y) + 1)
    assert brier_score(p, y) == pytest.approx(brier_score_loss(y, p))
    assert log_score(p, y) == pytest.approx(log_loss(y, p))
    assert pr_auc(p, y, weights) == pytest.approx(average_precision_score(y, p, sample_weight=weights))
    assert roc_auc(p, y, weights) == pytest.approx(roc_auc_score(y, p, sample_weight=weights))


@given(ROWS, st.sampled_from(["brier", "log"]))
def test_decompositions_add_up_and_need_no_order(rows: list[tuple[float, int]], rule: str) -> None:
    p, y = map(np.array, zip(*rows, strict=True))
    corp = corp_decomposition(p, y, rule)
    assert corp.miscalibration - corp.discrimination + corp.uncertainty == pytest.approx(corp.score)
    assert min(corp.miscalibration, corp.discrimination) > -1e-12
    turned = corp_decomposition(p[::-1], y[::-1], rule)
    assert turned.miscalibration == pytest.approx(corp.miscalibration)
    again = corp_decomposition(corp.recalibrated, y, "brier")
    assert again.miscalibration == pytest.approx(0, abs=1e-12)
    for edges in (None, [0, 0.33, 0.7, 1]):
        m = murphy_decomposition(p, y, edges)
        within = m.within_bin_variance - m.within_bin_covariance
        assert m.reliability - m.resolution + m.uncertainty + within == pytest.approx(brier_score(p, y))


def test_isotonic_is_the_max_min_formula() -> None:
    # Robertson, Wright and Dykstra (1988), theorem 1.4.4: max over lower, min over upper neighbours of the means.
    random = np.random.default_rng(5)
    y = random.integers(0, 2, 14)
    means = [
        max(min(y[low : high + 1].mean() for high in range(row, 14)) for low in range(row + 1))
        for row in range(14)
    ]
    assert corp_decomposition(np.linspace(0.1, 0.9, 14), y).recalibrated == pytest.approx(means)


def test_rain_forecasts_of_wilks() -> None:
    # Wilks (1995), table 7.3: forecasts of rain, the rates that followed, their shares; the rate of rain is .162.
    p = np.array([0, 0.05, *np.arange(1, 11) / 10])
    rate = np.array([0.006, 0.019, 0.059, 0.15, 0.277, 0.377, 0.511, 0.587, 0.723, 0.779, 0.934, 0.933])
    held = np.array(
        [0.4112, 0.0671, 0.1833, 0.0986, 0.0616, 0.0366, 0.0303, 0.0275, 0.0245, 0.022, 0.017, 0.0203]
    )
    n = np.rint(held * 12402).astype(int)
    events = np.rint(rate * n).astype(int)
    rows = np.repeat(p, n)
    y = np.concatenate([np.arange(total) < hit for total, hit in zip(n, events, strict=True)])
    parts = murphy_decomposition(rows, y)
    # The printed rates and shares are rounded to three and four digits, so sums agree to .0005.
    assert parts.uncertainty == pytest.approx(0.162 * 0.838, abs=0.0005)
    assert parts.reliability == pytest.approx(held @ (p - rate) ** 2, abs=0.0005)
    assert parts.resolution == pytest.approx(held @ (rate - 0.162) ** 2, abs=0.0005)


def test_calibration_line_is_the_regression_and_countries_of_one_row_change_little() -> None:
    random = np.random.default_rng(2)
    p = random.uniform(0.05, 0.95, 3000)
    y = random.random(3000) < p
    line = calibration_line(p, y)
    odds = np.log(p / (1 - p))[:, None]
    other = LogisticRegression(C=np.inf, tol=1e-10).fit(odds, y)
    assert (line.slope, line.intercept) == pytest.approx((other.coef_[0, 0], other.intercept_[0]), abs=1e-5)
    assert np.mean(1 / (1 + np.exp(-odds[:, 0] - line.shift))) == pytest.approx(y.mean())
    alone = calibration_line(p, y, np.arange(3000))
    assert np.ptp(alone.slope_interval) == pytest.approx(np.ptp(line.slope_interval), rel=0.1)


def test_calibration_intervals_cover() -> None:
    """A perfect system passes with probability above .999: 400 binomial trials at .95, 3.3 standard errors."""
    random = np.random.default_rng(11)
    covered = 0
    for _ in range(400):
        p = random.uniform(0.05, 0.6, 400)
        low, high = calibration_line(p, random.random(400) < p).slope_interval
        covered += low <= 1 <= high
    assert abs(covered / 400 - 0.95) < 3.3 * np.sqrt(0.95 * 0.05 / 400)


def test_calibrated_forecasts_are_seldom_called_miscalibrated() -> None:
    """A perfect system passes with probability above .999: 200 trials at .2, 3.3 standard errors."""
    random = np.random.default_rng(3)
    p = random.choice([0.1, 0.3, 0.6], 150)
    small = sum(
        consistency_band(p, random.random(150) < p, n_draws=99, seed=trial).p_value <= 0.2
        for trial in range(200)
    )
    assert abs(small / 200 - 0.2) < 3.3 * np.sqrt(0.2 * 0.8 / 200)
    assert consistency_band(p, random.random(150) < p**3, n_draws=99).p_value == pytest.approx(0.01)


@given(st.lists(st.floats(-5, 5), min_size=4, max_size=20).filter(lambda d: np.ptp(d) > 0.1))
def test_diebold_mariano_at_horizon_one_is_the_paired_t_test(apart: list[float]) -> None:
    test = diebold_mariano(np.array(apart) + 3, np.full(len(apart), 3.0), horizon=1)
    oracle = ttest_1samp(apart, 0)
    assert (test.statistic, test.p_value) == pytest.approx((oracle.statistic, oracle.pvalue), abs=1e-9)


@pytest.mark.parametrize("kernel", ["bartlett", "uniform"])
def test_diebold_mariano_by_double_sums(kernel: str) -> None:
    d = np.array([0.3, 0.5, 0.6, 0.5, 0.3, -0.1, -0.2, 0.1, 0.3, 0.6])
    n, h = len(d), 3
    total = sum(
        (1 - abs(i - j) / h if kernel == "bartlett" else 1) * (d[i] - d.mean()) * (d[j] - d.mean())
        for i, j in itertools.product(range(n), repeat=2)
        if abs(i - j) < h
    )
    plain = d.mean() / np.sqrt(total / n / n)
    small = np.sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n)
    assert diebold_mariano(d, 0 * d, h, kernel).statistic == pytest.approx(plain * small)


def test_bootstrap_has_the_spread_of_all_draws_listed() -> None:
    """A perfect system passes with probability above .999: 4 standard errors of 20,000 draws, one seed."""
    scores, other = np.array([0.1, 0.5, 0.2, 0.9, 0.4]), np.array([0.2, 0.1, 0.6, 0.3, 0.8])
    countries = np.array(["A", "A", "B", "C", "C"])
    listed = []
    for picked in itertools.product("ABC", repeat=3):
        rows = np.concatenate([np.flatnonzero(countries == name) for name in picked])
        listed.append((scores - other)[rows].mean())
    found = bootstrap_difference(scores, other, countries, n_draws=20_000)
    assert found.estimate == pytest.approx((scores - other).mean())
    assert abs(found.draws.mean() - np.mean(listed)) < 4 * np.std(listed) / np.sqrt(20_000)
    assert set(found.draws.round(9)) == set(np.round(listed, 9))
    assert bootstrap_skill(scores, other, countries).estimate == pytest.approx(skill(scores, other))


def test_bootstrap_repeats_whatever_the_order_and_the_number_of_draws() -> None:
    random = np.random.default_rng(4)
    p, y, countries = random.random(300), random.random(300) < 0.3, random.integers(0, 40, 300)
    turn = random.permutation(300)
    few = bootstrap_weighted(lambda w: pr_auc(p, y, w), countries, n_draws=50, seed=7)
    many = bootstrap_weighted(lambda w: pr_auc(p[turn], y[turn], w), countries[turn], n_draws=80, seed=7)
    assert many.draws[:50] == pytest.approx(few.draws)


def test_skill_of_the_reference_is_zero_and_a_wrong_certainty_is_infinite() -> None:
    y = [1, 0, 0, 1, 0]
    assert brier_skill(np.full(5, 0.3), y, 0.3) == 0 == log_skill(np.full(5, 0.3), y, 0.3)
    assert log_score([0.0, 0.5], [1, 0]) == np.inf
    assert log_score([1.0], [1]) == 0
    assert log_score([0.0], [1], clip=0.01) == pytest.approx(-np.log(0.01))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: brier_score([0.5], [1, 0]), "rows differ"),
        (lambda: brier_score([50.0], [1]), "percentage"),
        (lambda: brier_score([np.nan], [1]), "row 0"),
        (lambda: brier_score([], []), "empty"),
        (lambda: brier_score([0.5], [2]), "0 or 1"),
        (lambda: log_score([0.5], [1], clip=0.7), "below 0.5"),
        (lambda: roc_auc([0.5, 0.2], [0, 0]), "no events"),
        (lambda: corp_decomposition([0.5, 0.2], [1, 1]), "no non-events"),
        (lambda: corp_decomposition([0.5, 0.2], [1, 0], "birer"), "brier"),
        (lambda: murphy_decomposition([0.5, 0.2], [1, 0], [0, 0.5]), "rise from 0 to 1"),
        (lambda: calibration_line([0.2, 0.8], [0, 1]), "separate"),
        (lambda: calibration_line([0.0, 0.8, 0.3], [0, 1, 1]), "clip"),
        (lambda: diebold_mariano([1, 2, 3], [1, 1, 1], 2), "too few"),
        (lambda: bootstrap_difference([1, 2], [2, 2], ["A", "A"]), "at least two"),
        (lambda: bootstrap_difference([1, 2], [2, 2], ["A", ""]), "row 1"),
        (lambda: skill([0.1], [0.0]), "another reference"),
    ],
)
def test_refusals_name_the_fix(call, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()
