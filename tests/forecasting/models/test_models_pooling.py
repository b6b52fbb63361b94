"""Pooling: the optimum by brute force, weights from what is better, little harm with few events."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit

from garrison.errors import ParameterError, TableError
from garrison.forecasting.models import LogOddsPool
from garrison.forecasting.models.pooling import _log_odds, _loss
from garrison.scoring import log_score, log_skill


def three_models(n: int, seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """A base rate, a model that knows half of what matters, and one that is too bold about noise."""
    random = np.random.default_rng(seed)
    signal = random.normal(0, 1, n)
    p = expit(-3.5 + signal)
    happened = random.random(n) < p
    forecasts = pd.DataFrame(
        {
            "base": np.full(n, p.mean()),
            "knows": expit(-3.4 + 0.8 * signal),
            "bold": expit(-3.5 + 1.2 * random.normal(0, 1, n)),
        }
    )
    return forecasts, happened


def test_weights_are_the_optimum_found_by_brute_force() -> None:
    forecasts, happened = three_models(400, seed=1)
    pool = LogOddsPool.fit(forecasts, happened)
    odds = _log_odds(forecasts, pool.names) - pool.centre
    here, gradient = _loss(np.r_[pool.intercept, pool.weights], odds, pool.centre, happened, 1.0)
    random = np.random.default_rng(2)
    for _ in range(2_000):
        other = np.r_[pool.intercept, pool.weights] + random.normal(0, 0.1, 4)
        other[1:] = np.maximum(other[1:], 0)
        assert _loss(other, odds, pool.centre, happened, 1.0)[0] >= here - 1e-9
    free = np.r_[True, pool.weights > 0]
    assert np.abs(gradient[free]).max() < 1e-3


def test_the_gradient_is_that_of_the_loss() -> None:
    forecasts, happened = three_models(200, seed=3)
    odds, values = _log_odds(forecasts, ["base", "knows", "bold"]), np.array([0.1, 0.2, 0.5, 0.3])
    _, gradient = _loss(values, odds, -3.0, happened, 2.0)
    for place in range(4):
        step = np.eye(4)[place] * 1e-6
        slope = (
            _loss(values + step, odds, -3.0, happened, 2.0)[0]
            - _loss(values - step, odds, -3.0, happened, 2.0)[0]
        ) / 2e-6
        assert slope == pytest.approx(gradient[place], rel=1e-4, abs=1e-5)


def test_with_many_events_the_better_model_carries_the_pool() -> None:
    forecasts, happened = three_models(30_000, seed=4)
    later, outcomes = three_models(30_000, seed=5)
    pool = LogOddsPool.fit(forecasts, happened)
    weights = dict(zip(pool.names, pool.weights, strict=True))
    assert weights["knows"] > 0.6
    assert weights["bold"] < 0.1
    assert log_score(pool.predict(later), outcomes) < log_score(later["knows"], outcomes)


def test_with_few_events_it_stays_near_equal_and_does_little_harm() -> None:
    later, outcomes = three_models(20_000, seed=6)
    skills = []
    for seed in range(20):
        forecasts, happened = three_models(150, seed=100 + seed)
        pool = LogOddsPool.fit(forecasts, happened)
        assert np.abs(pool.weights - 1 / 3).max() < 0.4
        skills.append(log_skill(pool.predict(later), outcomes, later["base"]))
    assert min(skills) > -0.05
    assert np.mean(skills) > 0.0


def test_without_rows_that_teach_it_is_the_equal_pool() -> None:
    equal = LogOddsPool.equal(["a", "b"])
    forecasts = pd.DataFrame({"a": [0.2], "b": [0.4]})
    assert equal.predict(forecasts) == pytest.approx(expit((logit(0.2) + logit(0.4)) / 2))
    nearly = LogOddsPool.fit(forecasts, [False], rows_per_window=1e9)
    assert nearly.weights == pytest.approx(equal.weights, abs=1e-4)


def test_agreeing_forecasts_are_left_as_they_are_nearly() -> None:
    random = np.random.default_rng(7)
    p = random.beta(1, 20, 20_000)
    forecasts = pd.DataFrame({"a": p, "b": p})
    pool = LogOddsPool.fit(forecasts, random.random(20_000) < p)
    assert pool.weights.sum() == pytest.approx(1.0, abs=0.1)
    assert pool.weights[0] == pytest.approx(pool.weights[1], abs=1e-6)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_any_forecasts_pool_to_chances_and_more_is_more(rows: list[tuple[float, float, bool]]) -> None:
    forecasts = pd.DataFrame([row[:2] for row in rows], columns=["a", "b"])
    pool = LogOddsPool.fit(forecasts, [row[2] for row in rows])
    p = pool.predict(forecasts)
    assert ((p > 0) & (p < 1)).all()
    assert (pool.weights >= 0).all()
    higher = pool.predict(forecasts.assign(a=np.minimum(1, forecasts["a"] + 0.1)))
    assert (higher >= p - 1e-12).all()


def test_wrong_forecasts_are_named() -> None:
    with pytest.raises(TableError, match="forecast 'b', row 1 is nan"):
        LogOddsPool.fit(pd.DataFrame({"a": [0.1, 0.2], "b": [0.1, np.nan]}), [True, False])
    with pytest.raises(TableError, match=r"forecast 'a', row 0 is 12\.0"):
        LogOddsPool.fit(pd.DataFrame({"a": [12.0]}), [True])
    with pytest.raises(TableError, match="no forecast"):
        LogOddsPool.equal([])
    with pytest.raises(TableError, match="no column 'b'"):
        LogOddsPool.equal(["a", "b"]).predict(pd.DataFrame({"a": [0.1]}))
    with pytest.raises(ParameterError, match="rows_per_window"):
        LogOddsPool.fit(pd.DataFrame({"a": [0.1]}), [True], rows_per_window=0)
