"""Random numbers looked up by name: the same whatever stands beside them, even, independent."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest, norm

from garrison.regime import uniforms

MANY = np.arange(20_000)
# Two-sided: a perfect generator fails each of these checks once in about 16,000 seeds; the seeds are fixed.
STANDARD_ERRORS = 4.0


@given(st.integers(0, 2**40), st.integers(1, 50), st.integers(0, 100))
@settings(max_examples=50, deadline=None)
def test_a_replicate_draws_the_same_number_whatever_stands_beside_it(seed, n, step):
    replicates = np.arange(n)
    together = uniforms(seed, "purpose", replicates, step)
    alone = [uniforms(seed, "purpose", np.array([i]), step)[0] for i in replicates]
    assert together.tolist() == alone
    assert ((together > 0) & (together < 1)).all()


def test_numbers_are_even():
    for step in range(5):
        assert kstest(uniforms(3, "even", MANY, step), "uniform").pvalue > 2 * norm.sf(STANDARD_ERRORS)


def test_neighbouring_keys_are_independent():
    base = uniforms(3, "one", MANY)
    others = [
        uniforms(4, "one", MANY),
        uniforms(3, "two", MANY),
        uniforms(3, "one", MANY, 1),
        uniforms(3, "one", MANY + 1),
        uniforms(3, "one", MANY + 2**20),
    ]
    for other in others:
        assert abs(np.corrcoef(base, other)[0, 1]) < STANDARD_ERRORS / np.sqrt(len(MANY))
        joint = np.histogram2d(base, other, bins=8)[0]
        expected = len(MANY) / 64
        statistic = ((joint - expected) ** 2 / expected).sum()
        # Chi-square with at most 63 degrees of freedom: mean 63, variance 126.
        assert statistic < 63 + STANDARD_ERRORS * np.sqrt(126)
