"""Scores and calibration of counts: sums and integrals by brute force, scoringrules' values, laws, refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from garrison.errors import InputError
from garrison.scoring import (
    crps_negative_binomial,
    crps_poisson,
    crps_sampled,
    crps_skill,
    negative_binomial_bounds,
    poisson_bounds,
    randomised_transform,
    sampled_bounds,
    uniformity,
)

MEAN = st.floats(0.01, 60)
SIZE = st.floats(0.1, 1000)
COUNT = st.integers(0, 90)
DRAWS = st.lists(st.integers(-5, 12), min_size=2, max_size=9)
COUNTS = np.arange(3000)


def negative_binomial(mean: float, size: float):
    return nbinom(size, size / (size + mean))


def by_summing(distribution, observed: int) -> float:
    reached = np.where(observed <= COUNTS, distribution.sf(COUNTS) ** 2, distribution.cdf(COUNTS) ** 2)
    return float(reached.sum())


@given(MEAN, SIZE, COUNT)
def test_closed_forms_are_the_sums_that_define_them(mean: float, size: float, observed: int) -> None:
    assert crps_poisson(mean, [observed])[0] == pytest.approx(by_summing(poisson(mean), observed), rel=1e-9)
    wanted = by_summing(negative_binomial(mean, min(size, 50.0)), observed)
    # With sizes of .1 the sum leaves out what lies beyond 3,000; what is left out is below 1e-6.
    assert crps_negative_binomial(mean, min(size, 50.0), [observed])[0] == pytest.approx(wanted, rel=1e-6)


def test_the_values_of_scoringrules() -> None:
    # scoringrules 0.10.0: crps_poisson(y, mean), crps_negbinom(y, size, mu=mean), crps_ensemble(y, samples,
    # estimator="nrg") and "fair". Its Poisson score overflows near a mean of 150, so the last row lacks it.
    mean = [0.02, 0.3, 1.0, 2.5, 14.0, 14.0, 160.0]
    size, observed = [0.1, 0.5, 1.0, 4.0, 0.25, 30.0, 2.0], [0, 2, 0, 7, 14, 30, 90]
    of_poisson = [
        0.0003921314888,
        1.476316328,
        0.4762223882,
        3.642700124,
        0.8661807198,
        13.89869119,
        62.86629287,
    ]
    of_binomial = [
        0.0003293508501,
        1.506775767,
        0.3333333333,
        3.507810517,
        6.399833427,
        13.46733366,
        32.36217728,
    ]
    assert crps_poisson(mean, observed) == pytest.approx(of_poisson, rel=1e-9)
    assert crps_negative_binomial(mean, size, observed) == pytest.approx(of_binomial, rel=1e-9)
    samples = [[0, 0, 1, 4, 2], [3, 3, 3, 3, 3], [0, 0, 0, 0, 12], [1.5, -2, 0.25, 8, 9]]
    assert crps_sampled(samples, [1, 0, 12, 2.5]) == pytest.approx([0.4, 3.0, 7.68, 1.57])
    assert crps_sampled(samples, [1, 0, 12, 2.5], fair=True) == pytest.approx([0.2, 3.0, 7.2, 0.975])


@pytest.mark.parametrize("size", [0.01, 0.3, 1.0, 300.0, 1e8])
@pytest.mark.parametrize("mean", [1e-6, 0.01, 5.0, 2e6])
def test_scores_hold_at_extreme_means_and_sizes(mean: float, size: float) -> None:
    scores = crps_negative_binomial(mean, size, [0, 1, 10**7])
    assert np.isfinite(scores).all()
    assert (scores >= 0).all()
    if size == 1e8 and mean <= 5:
        assert scores == pytest.approx(crps_poisson(mean, [0, 1, 10**7]), rel=1e-6)


@given(DRAWS, st.integers(-6, 13), st.integers(-100, 100), st.floats(0.1, 10))
def test_samples_score_as_their_integral_move_along_and_scale(
    draws: list[int], observed: int, shift: int, scale: float
) -> None:
    score = crps_sampled([draws], [observed])[0]
    grid = np.sort([*draws, observed])
    steps = [np.mean(np.array(draws) <= left) - (observed <= left) for left in grid[:-1]]
    assert score == pytest.approx(float(np.square(steps) @ np.diff(grid)), abs=1e-12)
    moved = crps_sampled([np.array(draws) + shift], [observed + shift])[0]
    assert moved == pytest.approx(score, abs=1e-12)
    assert crps_sampled([np.array(draws) * scale], [observed * scale])[0] == pytest.approx(scale * score)


@settings(max_examples=50)
@given(MEAN, MEAN, SIZE)
def test_the_truth_has_the_best_expected_score(truth: float, said: float, size: float) -> None:
    """Over all counts that may come, zeros among them but never alone."""
    counts = np.arange(600)

    def expected(chances, scores) -> float:
        return float(chances.pmf(counts) @ scores)

    of_truth = expected(poisson(truth), crps_poisson(truth, counts))
    assert of_truth <= expected(poisson(truth), crps_poisson(said, counts)) + 1e-9
    assert of_truth <= expected(poisson(truth), crps_negative_binomial(truth, size, counts)) + 1e-9
    wide = negative_binomial(truth, max(size, 5.0))
    best = expected(wide, crps_negative_binomial(truth, max(size, 5.0), counts))
    assert best <= expected(wide, crps_negative_binomial(said, max(size, 5.0), counts)) + 1e-9
    assert best <= expected(wide, crps_poisson(truth, counts)) + 1e-9


def test_a_fair_score_does_not_hang_on_the_number_of_draws() -> None:
    values, chances = np.array([0.0, 1.0, 4.0]), np.array([0.5, 0.3, 0.2])
    for observed in (0, 3):
        whole = (
            chances @ np.abs(values - observed)
            - chances @ np.abs(np.subtract.outer(values, values)) @ chances / 2
        )
        pairs = np.array([(one, other) for one in range(3) for other in range(3)])
        fair = crps_sampled(values[pairs], np.full(9, observed), fair=True)
        assert chances[pairs].prod(axis=1) @ fair == pytest.approx(whole)


def test_on_zeros_alone_the_lowest_forecast_would_win() -> None:
    zeros = [0, 0, 0]
    assert (crps_poisson(0.01, zeros) < crps_poisson(0.3, zeros)).all()
    with pytest.raises(InputError, match="all 3 counts are 0"):
        crps_skill(crps_poisson(0.01, zeros), crps_poisson(0.3, zeros), zeros)
    observed = [0, 1, 3, 5]
    low, fitting, reference = (crps_poisson(mean, observed) for mean in (0.01, [0.3, 1, 3, 5], 2.25))
    assert crps_skill(low, reference, observed) < 0 < crps_skill(fitting, reference, observed)


@settings(max_examples=20)
@given(MEAN, SIZE, st.floats(0.001, 0.999))
def test_places_in_true_forecasts_are_uniform(mean: float, size: float, up_to: float) -> None:
    """P(place <= u) = Σ_y P(y) · share of y's interval up to u = u, for every u."""
    size = max(size, 2.0)
    for (below, at_most), distribution in (
        (poisson_bounds(mean, COUNTS), poisson(mean)),
        (negative_binomial_bounds(mean, size, COUNTS), negative_binomial(mean, size)),
    ):
        chance = distribution.pmf(COUNTS)
        assert at_most == pytest.approx(distribution.cdf(COUNTS), abs=1e-12)
        width = at_most - below
        inside = np.clip(np.divide(up_to - below, width, out=np.zeros_like(width), where=width > 0), 0, 1)
        assert chance @ inside == pytest.approx(up_to, abs=1e-8)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=8), st.floats(0.001, 0.999))
def test_places_among_few_draws_are_uniform_too(values: list[int], up_to: float) -> None:
    """Whichever of exchangeable numbers is the observed one: its place is uniform, ties and all."""
    samples = [values[:one] + values[one + 1 :] for one in range(len(values))]
    below, at_most = sampled_bounds(samples, values)
    assert np.clip((up_to - below) / (at_most - below), 0, 1).mean() == pytest.approx(up_to)


def test_places_repeat_and_lie_where_the_forecast_put_the_count() -> None:
    random = np.random.default_rng(6)
    mean = random.uniform(0.1, 20, 400)
    bounds = poisson_bounds(mean, random.poisson(mean))
    places = randomised_transform(*bounds, seed=3)
    assert (places >= bounds[0]).all()
    assert (places <= bounds[1]).all()
    assert (places == randomised_transform(*bounds, seed=3)).all()
    assert (places != randomised_transform(*bounds, seed=4)).any()
    assert randomised_transform(*poisson_bounds(0.001, [500]))[0] == 1.0


def test_calibrated_counts_pass_and_others_do_not() -> None:
    """A perfect system passes with probability above .999: 300 trials at .1, 3.3 standard errors."""
    random = np.random.default_rng(12)
    mean = random.gamma(1.0, 3.0, 250)
    rejected, inside = 0, 0.0
    for trial in range(300):
        observed = random.poisson(mean)
        found = uniformity(randomised_transform(*poisson_bounds(mean, observed), seed=trial), level=0.9)
        rejected += found.p_value <= 0.1
        inside += float(((found.low <= found.density) & (found.density <= found.high)).mean())
        assert found.density.mean() == pytest.approx(1.0)
    assert abs(rejected / 300 - 0.1) < 3.3 * np.sqrt(0.1 * 0.9 / 300)
    assert 0.88 < inside / 300 < 0.95
    wide = random.negative_binomial(1.0, 1.0 / (1.0 + mean))
    too_sure = uniformity(randomised_transform(*poisson_bounds(mean, wide)))
    assert too_sure.p_value < 0.01
    assert min(too_sure.density[0], too_sure.density[-1]) > too_sure.high[0]


def test_rows_of_one_country_that_hang_together_do_not_pass_for_many() -> None:
    """Each place told ten times over. 80 trials at .1 over 60 countries; the bootstrap's own error is allowed .04."""
    random = np.random.default_rng(13)
    countries = np.repeat(np.arange(60), 30)
    by_country = as_if_many = inside = 0.0
    for trial in range(80):
        places = np.repeat(random.random(180), 10)
        found = uniformity(places, countries, n_draws=300, seed=trial)
        by_country += found.p_value <= 0.1
        inside += float(((found.low <= found.density) & (found.density <= found.high)).mean())
        as_if_many += uniformity(places).p_value <= 0.1
    assert abs(by_country / 80 - 0.1) < 3.3 * np.sqrt(0.1 * 0.9 / 80) + 0.04
    assert 0.84 < inside / 80 < 0.95
    assert as_if_many / 80 > 0.5
    assert uniformity(random.random(1800) ** 1.5, countries).p_value < 0.01


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: crps_poisson(0.0, [1]), "above 0"),
        (lambda: crps_poisson([1.0, 2.0], [1]), "rows differ"),
        (lambda: crps_poisson(1.0, [1.5]), "whole number"),
        (lambda: crps_poisson(1.0, []), "empty"),
        (lambda: crps_negative_binomial(1.0, -1.0, [1]), "size: row 0"),
        (lambda: crps_negative_binomial(1.0, np.inf, [1]), "size: row 0"),
        (lambda: crps_negative_binomial(1.0, 1.0, [-1]), "whole number"),
        (lambda: crps_sampled([[1, 2], [np.nan, 1]], [1, 1]), "row 1"),
        (lambda: crps_sampled([1, 2], [1, 1]), r"\(row, draw\)"),
        (lambda: crps_sampled([[1, 2], [1]], [1, 1]), "differ in their number of draws"),
        (lambda: crps_sampled([[1, 2]], [1, 1]), "rows differ"),
        (lambda: crps_sampled([[1]], [1], fair=True), "two draws"),
        (lambda: crps_skill([0.1], [0.2, 0.3], [1, 2]), "rows differ"),
        (lambda: randomised_transform([0.5], [0.2]), "row 0 is 0.2"),
        (lambda: randomised_transform([0.5], [1.2]), "probability"),
        (lambda: uniformity([0.5]), "one row"),
        (lambda: uniformity([0.5, 0.2], n_bins=1), "n_bins"),
        (lambda: uniformity([0.5, 0.2], ["A", "A"]), "at least two"),
    ],
)
def test_refusals_name_the_fix(call, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()
