"""Docking to Granovetter 1978: the update line alone, identity link.

Source of the targets: the article's worked example (thresholds 0 to 99), and the fold of its normal crowd,
which is computed here a second time from the tangency conditions.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import fsolve
from scipy.special import ndtr

from garrison.engines import comes_to_rest, crowd_of, revise
from garrison.errors import UndefinedError

MEAN = 0.25


def normal_crowd(spread):
    return lambda share: ndtr((share - MEAN) / spread)


def fold():
    """F(r) = r and F'(r) = 1 at once: where the low state of the normal crowd ends."""

    def conditions(point):
        share, spread = point
        score = (share - MEAN) / spread
        return [ndtr(score) - share, np.exp(-(score**2) / 2) / np.sqrt(2 * np.pi) / spread - 1]

    share, spread = fsolve(conditions, [0.06, 0.122], xtol=1e-13)
    return float(share), float(spread)


def test_one_hundred_thresholds_in_a_row_all_act():
    assert comes_to_rest(crowd_of(np.arange(100) / 100)) * 100 == pytest.approx(100, abs=1e-12)


def test_one_person_changed_and_one_acts():
    thresholds = np.arange(100.0)
    thresholds[1] = 2.0
    assert comes_to_rest(crowd_of(thresholds / 100)) * 100 == pytest.approx(1, abs=1e-12)


def test_the_fold_of_the_normal_crowd():
    share, spread = fold()
    assert spread == pytest.approx(0.122221, abs=1e-5)
    assert share == pytest.approx(0.062003, abs=1e-5)
    # The iteration agrees with the tangency: just below the fold it stays low, just above it does not.
    assert comes_to_rest(normal_crowd(spread - 1e-5)) < share
    assert comes_to_rest(normal_crowd(spread + 1e-5)) > 0.99


@pytest.mark.parametrize(
    ("spread", "share"),
    [(0.122, 0.0548), (0.123, 1.000), (0.2, 0.9999), (0.3, 0.9934), (0.5, 0.9049), (1.0, 0.6586)],
)
def test_shares_at_rest_of_the_normal_crowd(spread, share):
    """Tolerance: half a unit of the last digit published."""
    assert comes_to_rest(normal_crowd(spread)) == pytest.approx(share, abs=5e-5)


def test_the_jump_of_a_hundred_people_with_quantile_thresholds():
    from scipy.special import ndtri

    scores = ndtri((np.arange(100) + 0.5) / 100)
    few, many = (comes_to_rest(crowd_of(MEAN + spread * scores)) for spread in (0.125, 0.130))
    assert few * 100 == pytest.approx(5, abs=1e-9)
    assert many * 100 == pytest.approx(100, abs=1e-9)


@pytest.mark.parametrize(("spread", "published"), [(0.10, 0.006), (0.122, 0.18), (0.15, 0.80)])
def test_random_crowds_tip_as_often_as_published(spread, published):
    """Three binomial standard errors of 1,500 crowds, and half a unit of the last digit published."""
    n_crowds = 1500
    generator = np.random.default_rng(1978)
    tipped = [
        comes_to_rest(crowd_of(generator.normal(MEAN, spread, size=100))) > 0.5 for _ in range(n_crowds)
    ]
    digit = 0.0005 if published < 0.01 else 0.005
    error = np.sqrt(published * (1 - published) / n_crowds)
    assert abs(np.mean(tipped) - published) < 3 * error + digit


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.001, 1))
def test_revision_ends_between_what_was_and_what_draws(share, drawn_to, rate):
    after = float(revise(np.array(share), np.array(drawn_to), rate))
    assert min(share, drawn_to) - 1e-15 <= after <= max(share, drawn_to) + 1e-15


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.floats(0.05, 1.0))
@settings(max_examples=60, deadline=None)
def test_sluggish_crowds_never_pass_the_place_where_quick_ones_rest(thresholds, rate):
    crowd = crowd_of(np.array(thresholds))
    assert comes_to_rest(crowd, rate=rate) <= comes_to_rest(crowd) + 1e-9


def test_a_crowd_that_never_rests_is_named():
    with pytest.raises(UndefinedError, match="not come to rest"):
        comes_to_rest(lambda share: 1.0 - share, start=0.2, most_steps=50)
