"""The crisis hazard: exact limits, numerical integration, known hazards recovered, levels never seen."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gamma

from garrison.errors import ParameterError, TableError
from garrison.forecasting.models import CrisisHazard
from garrison.forecasting.models.crisis_hazard import FIRST_WEEKS
from garrison.forecasting.models.hazard_posterior import CountTable, pooled_poisson
from garrison.forecasting.models.pooled_factor import PooledFactor, scale_points

QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95]


def crises(n: int, seed: int) -> pd.DataFrame:
    """Weeks of crises of 17 weeks on average, in three classes of regime, over thirty years."""
    random = np.random.default_rng(seed)
    weeks = np.concatenate([np.arange(length) for length in random.geometric(1 / 17, n)])[:n]
    days = pd.Timestamp("1990-01-01") + pd.to_timedelta(random.integers(0, 10950, n), "D")
    return pd.DataFrame(
        {"week": weeks, "regime_class": random.choice(["military", "party", "personal"], n), "as_of": days}
    )


def table(events: list[float], weeks: list[float], design: list[list[float]]) -> CountTable:
    rows = np.array(design)
    return CountTable(np.array(events), np.array(weeks), rows, np.zeros(rows.shape[1] - 1, dtype=np.intp))


def test_complete_pooling_is_the_conjugate_posterior() -> None:
    # With one hazard for all and a flat prior of its logarithm: Gamma(events, weeks).
    draws = pooled_poisson(
        table([3.0, 9.0], [400.0, 3000.0], [[1.0, 1.0, 0.0], [1.0, 0.0, 1.0]]),
        [np.array([1e-4])],
        (-5.0, 1000.0),
        n_draws=40_000,
        n_proposals=200_000,
        seed=1,
    )
    hazards = np.exp(draws.values[:, 0] + draws.values[:, 1])
    assert np.quantile(hazards, QUANTILES) == pytest.approx(
        gamma(12, scale=1 / 3400).ppf(QUANTILES), rel=0.02
    )


def test_no_pooling_is_a_conjugate_posterior_for_each_class() -> None:
    # With effects free and the intercept held, each class alone: Gamma(its events, its weeks).
    events, weeks = [3.0, 9.0], [400.0, 3000.0]
    draws = pooled_poisson(
        table(events, weeks, [[1.0, 1.0, 0.0], [1.0, 0.0, 1.0]]),
        [np.array([1000.0])],
        (-5.0, 1e-4),
        n_draws=40_000,
        n_proposals=200_000,
        seed=2,
    )
    for place in (0, 1):
        hazards = np.exp(draws.values[:, 0] + draws.values[:, 1 + place])
        exact = gamma(events[place], scale=1 / weeks[place]).ppf(QUANTILES)
        assert np.quantile(hazards, QUANTILES) == pytest.approx(exact, rel=0.03)


def test_a_tiny_system_agrees_with_numerical_integration() -> None:
    # Two classes, one of them without an event; intercept, one effect each, the scale unknown over three points.
    events, weeks = np.array([0.0, 4.0]), np.array([300.0, 500.0])
    points = scale_points(0.8, 3)
    intercept = (-5.0, 1.5)
    alpha, first, second = np.meshgrid(
        np.linspace(-11, -2, 121), np.linspace(-5, 5, 121), np.linspace(-5, 5, 121), indexing="ij"
    )
    density = np.zeros_like(alpha)
    likelihood = np.zeros_like(alpha)
    for place, effect in enumerate((first, second)):
        likelihood += events[place] * (alpha + effect) - weeks[place] * np.exp(alpha + effect)
    for scale in points:
        prior = (
            -0.5 * ((alpha + 5.0) / 1.5) ** 2 - 0.5 * (first**2 + second**2) / scale**2 - 2 * np.log(scale)
        )
        density += np.exp(likelihood + prior - 20.0 + 40.0)
    density /= density.sum()
    draws = pooled_poisson(
        table(events.tolist(), weeks.tolist(), [[1.0, 1.0, 0.0], [1.0, 0.0, 1.0]]),
        [points],
        intercept,
        n_draws=40_000,
        n_proposals=200_000,
        seed=3,
    )
    for place, effect in enumerate((first, second)):
        line = alpha + effect
        mean = float((density * line).sum())
        spread = float(np.sqrt((density * (line - mean) ** 2).sum()))
        drawn = draws.values[:, 0] + draws.values[:, 1 + place]
        error = 5 * spread / np.sqrt(min(draws.effective_sample_size, 40_000))
        assert drawn.mean() == pytest.approx(mean, abs=error)
        assert drawn.std() == pytest.approx(spread, rel=0.03)
        assert np.exp(drawn).mean() == pytest.approx(float((density * np.exp(line)).sum()), rel=0.03)


def test_known_hazards_are_recovered() -> None:
    weeks = crises(200_000, seed=4)
    age = np.where(weeks["week"] == 0, 0.02, np.where(weeks["week"] < 4, 0.01, 0.005))
    times = weeks["regime_class"].map({"military": 2.0, "party": 0.5, "personal": 1.0}).to_numpy()
    decade = np.where(weeks["as_of"].dt.year >= 2010, 0.5, 1.0)
    happened = np.random.default_rng(5).random(len(weeks)) < age * times * decade
    hazard = CrisisHazard.fit(weeks, happened, seed=6)
    asked = pd.DataFrame(
        {
            "week": [0, 2, 30, 0, 30],
            "regime_class": ["military", "military", "party", "personal", "personal"],
            "as_of": ["1995-01-01", "1995-01-01", "2005-01-01", "2015-01-01", "2015-01-01"],
        }
    )
    true = np.array([0.04, 0.02, 0.0025, 0.01, 0.0025])
    found = hazard.bands(asked, 7)
    spread = (found["high90"] - found["low90"]) / 3.29
    assert (np.abs(found["p"] + np.expm1(-true)) < 4 * spread).all()
    assert (spread < 0.2 * found["p"]).all()


def test_bands_hold_the_true_chance_about_as_often_as_they_say() -> None:
    # Twenty small worlds drawn from the prior's structure, some thirty breaks each.
    inside = []
    for world in range(20):
        random = np.random.default_rng(100 + world)
        weeks = crises(8_000, seed=200 + world)
        steps = np.concatenate([[0.0], random.normal(0, 0.4, 7)]).cumsum()
        kinds = dict(zip(["military", "party", "personal"], random.normal(0, 0.4, 3), strict=True))
        code = np.searchsorted(FIRST_WEEKS, weeks["week"], side="right") - 1
        line = -5.3 + steps[code] + weeks["regime_class"].map(kinds).to_numpy()
        hazard = CrisisHazard.fit(weeks, random.random(len(weeks)) < np.exp(line), decades=False)
        asked = weeks.iloc[:40]
        bands = hazard.bands(asked, 7)
        true = -np.expm1(-np.exp(line[:40]))
        inside.append(((bands["low90"] <= true) & (true <= bands["high90"])).mean())
    # Rows of a world hang together: the standard error is that of twenty worlds.
    assert abs(np.mean(inside) - 0.9) < 4 * np.std(inside) / np.sqrt(20)


def test_few_breaks_pool_and_an_empty_class_is_low_not_impossible() -> None:
    weeks = crises(5_000, seed=7)
    happened = np.zeros(len(weeks), dtype=bool)
    happened[np.flatnonzero(weeks["regime_class"] == "military")[:6]] = True
    hazard = CrisisHazard.fit(weeks, happened)
    low = hazard.bands(weeks[weeks["regime_class"] == "party"].iloc[:1], 90)
    high = hazard.bands(weeks[weeks["regime_class"] == "military"].iloc[:1], 90)
    assert 0.001 < low["p"].iloc[0] < high["p"].iloc[0]


def test_no_break_at_all_is_answered_from_prior_and_weeks() -> None:
    weeks = crises(5_000, seed=8)
    bands = CrisisHazard.fit(weeks, np.zeros(len(weeks), dtype=bool)).bands(weeks.iloc[:5], 90)
    assert (bands["p"] > 0).all()
    assert (bands["high90"] < 0.05).all()


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 120), st.integers(1, 200), st.sampled_from(["military", "party", "never seen", None]))
def test_bands_are_nested_and_longer_horizons_likelier(week: int, days: int, regime: str | None) -> None:
    asked = pd.DataFrame({"week": [week], "regime_class": [regime], "as_of": ["2023-01-01"]})
    short, long = FITTED.bands(asked, days), FITTED.bands(asked, days + 30)
    low90, low50, high50, high90 = short.iloc[0][["low90", "low50", "high50", "high90"]]
    assert 0 < low90 <= low50 <= high50 <= high90 < 1
    assert (short["p"] < long["p"]).all()


def _fitted() -> CrisisHazard:
    weeks = crises(5_000, seed=9)
    return CrisisHazard.fit(weeks, np.random.default_rng(10).random(len(weeks)) < 0.004)


FITTED = _fitted()


def test_levels_never_seen_are_less_sure() -> None:
    def width(regime: str, day: str) -> float:
        asked = pd.DataFrame({"week": [3], "regime_class": [regime], "as_of": [day]})
        bands = FITTED.bands(asked, 90)
        return float(np.log(bands["high90"] / bands["low90"]).iloc[0])

    assert width("party", "2015-01-01") < width("never seen", "2015-01-01")
    assert width("party", "2015-01-01") < width("party", "2025-01-01") < width("party", "2055-01-01")


def test_rows_answer_one_by_one_as_together_and_repeat() -> None:
    weeks = crises(300, seed=11)
    together = FITTED.bands(weeks, 90)
    assert FITTED.bands(weeks.iloc[[17]], 90).to_numpy() == pytest.approx(together.iloc[[17]].to_numpy())
    assert FITTED.predict(weeks, 90) == pytest.approx(together["p"].to_numpy())
    assert np.array_equal(_fitted().intercept, FITTED.intercept)


def test_fixed_scales_pool_fully_or_not_at_all() -> None:
    weeks = crises(20_000, seed=12)
    happened = np.random.default_rng(13).random(len(weeks)) < np.where(weeks["week"] < 4, 0.02, 0.002)
    pooled = CrisisHazard.fit(weeks, happened, scales={"age": 1e-3, "regime_class": 1e-3, "decade": 1e-3})
    assert np.ptp(pooled.predict(weeks, 7)) < 1e-4
    rate = happened.mean()
    assert pooled.predict(weeks, 7).mean() == pytest.approx(rate, rel=0.02)


def test_walks_step_and_classes_do_not() -> None:
    walk = PooledFactor("decade", (1990, 2000, 2010), walk=True)
    drawn = walk.level_effects(np.array([[1.0, 2.0]]))
    assert drawn.tolist() == [[0.0, 1.0, 3.0]]
    scale = np.full(50_000, 0.3)
    later = walk.effect_of(2030, np.tile(drawn, (50_000, 1)), scale, 1)
    assert later.mean() == pytest.approx(3.0, abs=4 * 0.3 * np.sqrt(2 / 50_000))
    assert later.std() == pytest.approx(0.3 * np.sqrt(2), rel=0.02)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"week": [-1, 2]}, TableError, "week: row 0"),
        ({"week": [0.5, 2]}, TableError, "whole weeks"),
        ({"week": [np.nan, 2]}, TableError, "week: row 0"),
        ({"as_of": ["2000-01-01", None]}, TableError, "as_of"),
    ],
)
def test_wrong_weeks_are_named(change: dict[str, list[object]], error: type[Exception], words: str) -> None:
    rows = {"week": [0, 1], "regime_class": ["party", "party"], "as_of": ["2000-01-01", "2000-01-08"]}
    with pytest.raises(error, match=words):
        CrisisHazard.fit(pd.DataFrame({**rows, **change}), [True, False])


def test_wrong_questions_are_refused() -> None:
    weeks = crises(50, seed=14)
    happened = np.arange(50) == 3
    with pytest.raises(TableError, match="regime_class"):
        CrisisHazard.fit(weeks.drop(columns="regime_class"), happened)
    with pytest.raises(TableError, match="no outcome"):
        CrisisHazard.fit(weeks, pd.array([True, None] * 25, dtype="boolean"))
    with pytest.raises(ParameterError, match="rise from 0"):
        CrisisHazard.fit(weeks, happened, first_weeks=(1, 0))
    with pytest.raises(ParameterError, match="scale 'aeg'"):
        CrisisHazard.fit(weeks, happened, scales={"aeg": 1.0})
    with pytest.raises(ParameterError, match="horizon"):
        FITTED.bands(weeks, 0)
