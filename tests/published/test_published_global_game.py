"""Morris and Shin 1998, Angeletos and Werning 2006: critical strengths to six digits, and by agents."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import ParameterError
from garrison.stability.docking import (
    Regime,
    critical_strengths,
    dearest_signal,
    iterated_dominance,
    p_falls,
    response_to_news,
    share_attacking,
)


@pytest.mark.parametrize(("cost", "line"), [(0.2, 0.8), (0.5, 0.5), (0.7, 0.3)])
@pytest.mark.parametrize("precision", [0.1, 1.0, 100.0])
def test_a_diffuse_prior_gives_one_minus_the_cost(cost, line, precision):
    """Whatever the precision: at the cut everybody thinks all sizes of the attack equally likely."""
    assert critical_strengths(Regime(cost, precision)) == pytest.approx((line,), abs=1e-12)


@pytest.mark.parametrize(
    ("regime", "lines"),
    [
        (Regime(0.3, 4.0, 1.0, 0.5), [0.763661]),
        (Regime(0.5, 1.0, 4.0, 0.5), [0.030074, 0.5, 0.969926]),
        (Regime(0.5, 1.0, 4.0, 0.3), [0.99736]),
        (Regime(0.3, 1e6, 1.0, 0.0), [0.7002]),
    ],
)
def test_critical_strengths(regime, lines):
    """Tolerance: half a unit of the last digit given. The last comes from the limit of private precision, y = 0."""
    digits = 5e-5 if lines == [0.7002] else (5e-6 if lines == [0.99736] else 5e-7)
    assert list(critical_strengths(regime)) == pytest.approx(lines, abs=digits)


def test_uniqueness_is_lost_exactly_where_public_news_is_too_good():
    """a_z / sqrt(a_x) against sqrt(2 pi): at y = c = 1/2 the middle root splits in three there."""
    edge = np.sqrt(2 * np.pi)
    just_below, just_above = Regime(0.5, 1.0, edge * 0.999, 0.5), Regime(0.5, 1.0, edge * 1.01, 0.5)
    assert just_below.always_unique
    assert not just_above.always_unique
    assert len(critical_strengths(just_below)) == 1
    assert len(critical_strengths(just_above)) == 3


@given(
    st.floats(0.05, 0.95),
    st.floats(0.2, 20.0),
    st.floats(0.0, 4.0),
    st.floats(-0.5, 1.5),
    st.floats(0.01, 0.5),
)
@settings(max_examples=60, deadline=None)
def test_at_each_line_attack_equals_strength_and_the_marginal_attacker_is_indifferent(
    cost, a_x, a_z, y, more
):
    regime = Regime(cost, a_x, a_z, y)
    lines = critical_strengths(regime)
    assert lines
    for line in lines:
        if not 1e-9 < line < 1 - 1e-9:
            continue
        cut = dearest_signal(regime, line)
        assert float(share_attacking(regime, cut, line)) == pytest.approx(line, abs=1e-7)
        assert float(p_falls(regime, line, cut)) == pytest.approx(cost, abs=1e-9)
        assert float(p_falls(regime, line, cut + more)) < cost


def test_reasoning_alone_decides_where_the_line_is_unique_and_not_otherwise():
    unique, open_ended = Regime(0.3, 4.0, 1.0, 0.5), Regime(0.5, 1.0, 4.0, 0.5)
    for above in (True, False):
        assert iterated_dominance(unique, from_above=above) == pytest.approx(0.763661, abs=1e-6)
    ends = [iterated_dominance(open_ended, from_above=above) for above in (False, True)]
    assert ends == pytest.approx([0.030074, 0.969926], abs=1e-6)


@pytest.mark.parametrize(("cost", "line"), [(0.2, 0.8), (0.5, 0.5), (0.7, 0.3)])
def test_agents_find_the_same_line(cost, line):
    """20,000 people with their own signals, best replies from both ends.

    The share who attack has a standard error below .0036, and the line moves by less than that: .01 is 2.8 of them, so
    that a perfect program passes all three with a chance of about 98%; the seed is fixed.
    """
    noise = np.sort(np.random.default_rng(2006).normal(size=20_000))
    regime = Regime(cost, 4.0)

    def line_of_the_crowd(cut):
        low, high = 0.0, 1.0
        for _ in range(40):
            middle = (low + high) / 2
            attacking = np.searchsorted(noise, 2.0 * (cut - middle)) / len(noise)
            low, high = (middle, high) if attacking > middle else (low, middle)
        return low

    for end in (0.0, 1.0):
        here = end
        for _ in range(400):
            here = line_of_the_crowd(dearest_signal(regime, here))
        assert here == pytest.approx(line, abs=0.01)


def test_the_response_to_news_is_the_slope_of_the_line():
    regime, step = Regime(0.4, 2.0, 1.5, 0.5), 1e-5
    (line,) = critical_strengths(regime)
    ends = [critical_strengths(Regime(0.4, 2.0, 1.5, 0.5 + side * step))[0] for side in (1, -1)]
    assert response_to_news(regime, line) == pytest.approx((ends[0] - ends[1]) / (2 * step), rel=1e-6)


def test_bad_regimes_are_refused():
    with pytest.raises(ParameterError, match="strictly between 0 and 1"):
        Regime(1.0, 1.0)
    with pytest.raises(ParameterError, match="precisions"):
        Regime(0.5, 0.0)
