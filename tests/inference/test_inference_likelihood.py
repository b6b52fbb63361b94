"""The likelihood of counts told and of stories that may be false."""

import itertools
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from garrison.inference.likelihood import count_likelihood, p_at_most, stories_likelihood
from garrison.inference.observed import CountObserved, StoriesObserved

DAY = date(2020, 1, 1)
MEANS = np.geomspace(0.01, 50, 40)


@given(st.integers(0, 200), st.floats(0.01, 500), st.floats(0.2, 50))
def test_cumulative_chance_agrees_with_scipy(count: int, mean: float, dispersion: float) -> None:
    ours = p_at_most(count, np.array([mean]), dispersion)[0]
    assert ours == pytest.approx(nbinom.cdf(count, dispersion, dispersion / (dispersion + mean)), abs=1e-10)


def stories(*ratios: float) -> StoriesObserved:
    return StoriesObserved("refusals", DAY, DAY, ratios, ("e",) * len(ratios))


def by_enumeration(ratios: tuple[float, ...], mean: float, dispersion: float) -> float:
    """Sum over which stories are true, each true one in need of a happening of its own."""
    total = 0.0
    for truths in itertools.product([False, True], repeat=len(ratios)):
        weight = np.prod([ratio - 1 for ratio, true in zip(ratios, truths, strict=True) if true])
        total += weight * nbinom.sf(sum(truths) - 1, dispersion, dispersion / (dispersion + mean))
    return float(total)


@given(st.lists(st.floats(1.0, 300), min_size=1, max_size=5), st.floats(0.01, 30))
def test_stories_agree_with_enumeration(ratios: list[float], mean: float) -> None:
    ours = stories_likelihood(stories(*ratios), np.array([mean]), 1.5)[0]
    assert ours == pytest.approx(by_enumeration(tuple(ratios), mean, 1.5), rel=1e-9)


def test_a_story_worth_nothing_says_nothing() -> None:
    assert stories_likelihood(stories(1.0, 1.0), MEANS, 2.0) == pytest.approx(np.ones_like(MEANS))


@given(st.lists(st.floats(1.0, 300), min_size=0, max_size=4), st.floats(1.001, 300), st.floats(0.3, 20))
def test_one_more_story_of_dissent_favours_runs_with_more_dissent(
    ratios: list[float], further: float, dispersion: float
) -> None:
    before = stories_likelihood(stories(*ratios), MEANS, dispersion)
    after = stories_likelihood(stories(*ratios, further), MEANS, dispersion)
    gain = after / before
    assert (np.diff(gain) >= -1e-9 * gain[:-1]).all()


@given(st.floats(0.02, 0.98), st.integers(0, 40), st.integers(0, 40))
def test_a_count_can_only_say_what_its_credence_allows(credence: float, low: int, width: int) -> None:
    weights = np.full(len(MEANS), 1 / len(MEANS))
    observed = CountObserved("deaths", DAY, DAY, low, low + width, credence, ("e",))
    likelihood = count_likelihood(observed, MEANS, 2.0, weights)
    assert (likelihood >= 1 - credence - 1e-12).all()
    assert float(weights @ likelihood) == pytest.approx(1.0)


def test_a_count_prefers_the_runs_that_expect_it() -> None:
    weights = np.full(len(MEANS), 1 / len(MEANS))
    observed = CountObserved("deaths", DAY, DAY, 9, 11, 0.9, ("e",))
    likelihood = count_likelihood(observed, MEANS, 30.0, weights)
    assert MEANS[int(np.argmax(likelihood))] == pytest.approx(10, rel=0.25)
