"""The true count of a happening: habits of counting, ranges, and recovery of a known truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from garrison.errors import TableError
from garrison.events.count_posterior import Counted, habit_of, true_count

KINDS = st.sampled_from(["media", "ngo", "official", "opposition", "social_media"])
WHAT = st.sampled_from(["deaths", "participants", "soldiers arrested", None])


@given(
    st.lists(st.builds(Counted, st.floats(1, 50), st.floats(50, 500), KINDS), min_size=1, max_size=5), WHAT
)
def test_quantiles_are_in_order_and_another_count_narrows_them(counted: list[Counted], what) -> None:
    found = true_count(counted, what)
    assert 1 <= found.q05 <= found.q50 <= found.q95
    more = true_count([*counted, counted[0]], what)
    assert np.log(more.q95 + 1) - np.log(more.q05 + 1) <= np.log(found.q95 + 1) - np.log(found.q05 + 1) + 0.5


def test_nobody_counted() -> None:
    assert true_count([], "deaths") is None
    assert true_count([Counted(0, 0, "media")], "deaths") is None


def test_the_opposition_overstates_crowds_and_the_government_understates_the_dead() -> None:
    crowd = true_count([Counted(80_000, 80_000, "opposition")], "participants")
    assert crowd.q50 == pytest.approx(10_000, rel=0.01)
    dead = true_count([Counted(76, 76, "official")], "deaths")
    assert dead.q50 == pytest.approx(100, rel=0.01)


def test_a_source_of_an_unknown_kind_has_the_habit_of_every_source() -> None:
    assert habit_of("witness", "deaths") == habit_of("media", None)


def test_nine_in_ten_true_counts_lie_within_the_quantiles() -> None:
    """Counts told by the very habits that are assumed: 90% of the truths lie between the 5% and 95% quantiles.

    A perfect system passes in 99.9% of seeds (binomial).
    """
    random = np.random.default_rng(3)
    inside, n = 0, 1500
    for _ in range(n):
        truth = float(np.exp(random.uniform(np.log(200), np.log(20_000))))
        counted = []
        for kind in random.choice(["media", "ngo", "official", "opposition"], size=3):
            bias, spread = habit_of(kind, "deaths")
            told = truth * np.exp(random.normal(bias, spread))
            counted.append(Counted(told, told, kind))
        found = true_count(counted, "deaths")
        inside += found.q05 <= truth <= found.q95
    assert binom.ppf(0.0005, n, 0.9) <= inside <= binom.ppf(0.9995, n, 0.9)


def test_a_table_without_the_row_of_every_count_is_named(monkeypatch) -> None:
    import garrison.events.count_posterior as module

    monkeypatch.setattr(module, "_habits", lambda: {"every count": {}})
    with pytest.raises(TableError, match="no habit of counting for 'media'"):
        habit_of("media", None)
