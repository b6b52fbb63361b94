"""Granovetter 1978: the worked example of a hundred thresholds, and the jump of the normal crowd.

Numbers: the example is the article's; the fold is computed here a second time from the tangency conditions; the
chances of random crowds are computed exactly besides.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import fsolve
from scipy.special import ndtr
from scipy.stats import binom

from garrison.engines import comes_to_rest, crowd_of
from garrison.errors import ParameterError
from garrison.regime.thresholds import Thresholds
from garrison.stability.docking import crowd_of_thresholds, fold_between, normal_crowd_fold

MEAN = 0.25


def normal_crowd(spread):
    return crowd_of_thresholds(Thresholds.normal(MEAN, spread))


def test_one_hundred_thresholds_in_a_row_all_act():
    crowd = crowd_of_thresholds(Thresholds.listed(np.arange(100) / 100))
    assert crowd.at_rest() * 100 == pytest.approx(100, abs=1e-12)


def test_one_person_changed_and_one_acts():
    thresholds = np.arange(100.0)
    thresholds[1] = 2.0
    crowd = crowd_of_thresholds(Thresholds.listed(thresholds / 100))
    assert crowd.at_rest() * 100 == pytest.approx(1, abs=1e-12)


def test_the_fold_of_the_normal_crowd_three_ways():
    """The published fold to 1e-5; closed form, tangency and bisection agree to what each can give."""

    def tangency(point):
        share, spread = point
        score = (share - MEAN) / spread
        return [ndtr(score) - share, np.exp(-(score**2) / 2) / np.sqrt(2 * np.pi) / spread - 1]

    share, spread = fsolve(tangency, [0.06, 0.122], xtol=1e-13)
    fold = normal_crowd_fold(MEAN)
    assert fold.value == pytest.approx(0.122221, abs=1e-5)
    assert fold.share == pytest.approx(0.062003, abs=1e-5)
    assert (fold.value, fold.share) == pytest.approx((spread, share), abs=1e-10)
    bisected = fold_between(normal_crowd, 0.11, 0.2)
    assert bisected.value == pytest.approx(fold.value, abs=1e-10)
    # Near a fold the share moves with the square root of the distance.
    assert bisected.share == pytest.approx(fold.share, abs=1e-5)


def test_the_crowd_itself_jumps_there():
    fold = normal_crowd_fold(MEAN)
    assert normal_crowd(fold.value - 1e-5).at_rest() < fold.share
    assert normal_crowd(fold.value + 1e-5).at_rest() > 0.99


@pytest.mark.parametrize(
    ("spread", "share"),
    [(0.122, 0.0548), (0.123, 1.000), (0.2, 0.9999), (0.3, 0.9934), (0.5, 0.9049), (1.0, 0.6586)],
)
def test_shares_at_rest_of_the_normal_crowd(spread, share):
    """Tolerance: half a unit of the last digit given."""
    assert normal_crowd(spread).at_rest() == pytest.approx(share, abs=5e-5)


def test_the_jump_of_a_hundred_people_with_quantile_thresholds():
    few, many = (
        crowd_of_thresholds(Thresholds.listed(Thresholds.normal(MEAN, spread).crowd(100))).at_rest()
        for spread in (0.125, 0.130)
    )
    assert few * 100 == pytest.approx(5, abs=1e-9)
    assert many * 100 == pytest.approx(100, abs=1e-9)


def p_more_than_half(spread, n_people=100):
    """Exact chance that a crowd drawn at random passes half: day by day, who is new among those still waiting.

    After a day with a acting of whom b acted the day before, each of the others has a threshold above F(b/n); it
    joins if it lies below F(a/n). So the next number is binomial, and pairs (b, a) form a chain.
    """
    met = ndtr((np.arange(n_people + 1) / n_people - MEAN) / spread)
    people = np.arange(n_people + 1)
    chance = {(0, int(a)): p for a, p in zip(people, binom.pmf(people, n_people, met[0]), strict=True)}
    resting = np.zeros(n_people + 1)
    for acting in range(n_people + 1):
        for before in range(acting + 1):
            p = chance.pop((before, acting), 0.0)
            if before == acting or acting == n_people:
                resting[acting] += p
            elif p > 1e-15:
                joins = (met[acting] - met[before]) / (1 - met[before])
                new = np.arange(n_people - acting + 1)
                for k, weight in zip(new, binom.pmf(new, n_people - acting, joins), strict=True):
                    after = (acting, acting + int(k))
                    if k == 0:
                        resting[acting] += p * weight
                    else:
                        chance[after] = chance.get(after, 0.0) + p * weight
    assert resting.sum() == pytest.approx(1.0, abs=1e-9)
    return resting[51:].sum()


@pytest.mark.parametrize(("spread", "published"), [(0.10, 0.006), (0.122, 0.18), (0.15, 0.80)])
def test_random_crowds_tip_as_often_as_published_and_as_they_must(spread, published):
    """Against the exact chance, 3 binomial standard errors of our 1,500 crowds.

    The published chances come from a simulation of some size; 3 errors of a thousand crowds about the exact one hold
    them. A perfect program passes all three with a chance above 99%; the seed is fixed.
    """
    n_crowds = 1500
    generator = np.random.default_rng(1978)
    crowds = (generator.normal(MEAN, spread, size=100) for _ in range(n_crowds))
    tipped = np.mean([crowd_of_thresholds(Thresholds.listed(crowd)).at_rest() > 0.5 for crowd in crowds])
    exact = p_more_than_half(spread)
    print(
        f"spread {spread}: {tipped:.4f} of {n_crowds} crowds tip, exactly {exact:.4f}, published {published}"
    )
    assert abs(tipped - exact) < 3 * np.sqrt(exact * (1 - exact) / n_crowds)
    assert abs(published - exact) < 3 * np.sqrt(exact * (1 - exact) / 1000)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.floats(0.05, 1.0))
@settings(max_examples=40, deadline=None)
def test_sluggish_crowds_never_pass_the_place_where_quick_ones_rest(thresholds, rate):
    crowd = crowd_of_thresholds(Thresholds.listed(np.array(thresholds)))
    assert crowd.at_rest(rate=rate) <= crowd.at_rest() + 1e-9


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_the_engine_s_crowd_and_the_listed_thresholds_are_one(thresholds):
    values = np.array(thresholds)
    assert comes_to_rest(crowd_of(values)) == crowd_of_thresholds(Thresholds.listed(values)).at_rest()


def test_a_mean_without_a_fold_is_refused():
    with pytest.raises(ParameterError, match="between 0 and 1/2"):
        normal_crowd_fold(0.5)
