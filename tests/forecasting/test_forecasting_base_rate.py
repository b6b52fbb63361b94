"""The base rate: the shipped table, its hazards, its uncertainty."""

import io
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.errors import ParameterError
from garrison.forecasting import base_rate, hazard_table
from garrison.forecasting.age_classes import exposure
from garrison.forecasting.base_rate import hazard_cells, hazard_of
from garrison.forecasting.crisis_counts import crisis_counts
from garrison.forecasting.history.library import find_tables
from garrison.forecasting.models import CrisisHazard

HISTORY = Path(__file__).parents[3] / "shared" / "data" / "history"
RULES = sorted(hazard_table())


def test_the_shipped_counts_are_those_of_the_rule() -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    counted = crisis_counts(find_tables(HISTORY))
    shipped = pd.read_csv(
        io.StringIO(files("garrison.forecasting").joinpath("crisis_hazard.csv").read_text())
    )
    pd.testing.assert_frame_equal(counted, shipped, check_dtype=False)


@given(st.integers(0, 200), st.integers(1, 365), st.sampled_from(RULES))
def test_exposure_adds_up_to_the_horizon(age: int, days: int, rule: str) -> None:
    weeks = exposure(hazard_table()[rule], age, days)
    assert (weeks >= 0).all()
    assert weeks.sum() == pytest.approx(days / 7)


@pytest.mark.parametrize("rule", RULES)
def test_counts_tell_what_the_weeks_told(rule: str) -> None:
    """One row a week gives the same draws as the counts of such weeks."""
    rows = [
        (cell.first_week, cell.regime_class, f"{cell.decade}-06-01", place < cell.n_events)
        for cell in hazard_cells()[rule]
        for place in range(cell.crisis_weeks)
    ]
    weeks = pd.DataFrame(rows, columns=["week", "regime_class", "as_of", "event"])
    by_week = CrisisHazard.fit(weeks.drop(columns="event"), weeks["event"].to_numpy())
    by_count = hazard_of(rule)
    assert by_week.classes == by_count.classes
    np.testing.assert_allclose(by_week.hazards(("closed", 2010)), by_count.hazards(("closed", 2010)))


@pytest.mark.parametrize("rule", RULES)
def test_the_mean_hazard_is_the_raw_one_where_counts_are_many(rule: str) -> None:
    """Over all ages, classes and decades the fitted hazards expect the breaks that were seen, within 15%."""
    hazard = hazard_of(rule)
    places = {item.first_week: place for place, item in enumerate(hazard.classes)}
    expected = sum(
        cell.crisis_weeks
        * hazard.hazards((cell.regime_class, cell.decade))[:, places[cell.first_week]].mean()
        for cell in hazard_cells()[rule]
    )
    assert expected == pytest.approx(sum(cell.n_events for cell in hazard_cells()[rule]), rel=0.15)


def test_an_unknown_class_lies_among_the_known_and_a_later_decade_is_less_sure() -> None:
    known = [base_rate(4, 90, regime_class=name).p for name in ("closed", "electoral")]
    assert min(known) <= base_rate(4, 90).p <= max(known)
    now, later = (base_rate(4, 90, as_of=date(year, 6, 1)) for year in (2015, 2026))
    assert later.band90[1] - later.band90[0] > now.band90[1] - now.band90[0]


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


@pytest.mark.parametrize(
    ("age", "days", "rule", "regime"),
    [(-1, 90, None, "closed"), (0, 0, None, "closed"), (0, 90, "stict", "closed"), (0, 90, None, "close")],
)
def test_wrong_questions_are_refused(age: int, days: int, rule: str | None, regime: str) -> None:
    with pytest.raises(ParameterError):
        base_rate(age, days, rule, regime_class=regime)


def test_the_same_seed_gives_the_same_bands() -> None:
    assert base_rate(5, 90, seed=4) == base_rate(5, 90, seed=4)
    assert base_rate(5, 90, seed=4).band90 != base_rate(5, 90, seed=5).band90
