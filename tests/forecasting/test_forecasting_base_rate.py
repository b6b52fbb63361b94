"""The base rate: the shipped table, its hazards, its uncertainty."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.errors import ParameterError
from garrison.forecasting import base_rate, hazard_table
from garrison.forecasting.base_rate import draw_hazards, exposure

HISTORY = Path(__file__).parents[3] / "shared" / "data" / "history" / "crisis_weeks"
RULES = sorted(hazard_table())


@pytest.mark.parametrize("rule", RULES)
def test_the_shipped_table_is_the_one_computed_from_history(rule: str) -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    frame = pd.read_csv(HISTORY / f"hazard_{rule}.csv")
    assert [item.crisis_weeks for item in hazard_table()[rule]] == frame["crisis_weeks"].tolist()
    assert [item.n_events for item in hazard_table()[rule]] == frame["events"].tolist()


@given(st.integers(0, 200), st.integers(1, 365), st.sampled_from(RULES))
def test_exposure_adds_up_to_the_horizon(age: int, days: int, rule: str) -> None:
    weeks = exposure(hazard_table()[rule], age, days)
    assert (weeks >= 0).all()
    assert weeks.sum() == pytest.approx(days / 7)


@pytest.mark.parametrize("rule", RULES)
def test_hazards_recover_their_conjugate_mean(rule: str) -> None:
    draws = draw_hazards(rule, 4000, seed=3)
    classes = hazard_table()[rule]
    events = np.array([item.n_events for item in classes])
    weeks = np.array([item.crisis_weeks for item in classes])
    expected = (events + 300 * events.sum() / weeks.sum()) / (weeks + 300)
    standard_error = draws.std(axis=0) / np.sqrt(len(draws))
    assert (np.abs(draws.mean(axis=0) - expected) < 4 * standard_error).all()


@given(st.integers(0, 100), st.sampled_from(RULES))
def test_longer_horizons_are_likelier_and_bands_are_nested(age: int, rule: str) -> None:
    month, quarter = base_rate(age, 30, rule), base_rate(age, 90, rule)
    assert 0 < month.p < quarter.p < 1
    for rate in (month, quarter):
        assert rate.band90[0] <= rate.band50[0] <= rate.band50[1] <= rate.band90[1]
        assert rate.band90[0] <= rate.p <= rate.band90[1]


def test_a_fresh_crisis_lies_where_the_raw_counts_put_it() -> None:
    # Shares of fresh crises followed by a break within 90 days, by rule: .0359, .0205, .046 (the same source).
    for rule, observed in (("strict", 0.0359), ("two_of_four", 0.0205), ("strict+cases", 0.046)):
        low, high = base_rate(0, 90, rule).band90
        assert low < observed < high


@pytest.mark.parametrize(("age", "days", "rule"), [(-1, 90, None), (0, 0, None), (0, 90, "stict")])
def test_wrong_questions_are_refused(age: int, days: int, rule: str | None) -> None:
    with pytest.raises(ParameterError):
        base_rate(age, days, rule)


def test_the_same_seed_gives_the_same_bands() -> None:
    assert base_rate(5, 90, seed=4) == base_rate(5, 90, seed=4)
    assert base_rate(5, 90, seed=4).band90 != base_rate(5, 90, seed=5).band90
