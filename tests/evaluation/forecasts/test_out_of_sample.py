"""Forecasts of rows that nobody had seen: nothing leaks, each row once, known truth is found."""

from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_rows import made_up_rows

from garrison.errors import ParameterError, TableError
from garrison.evaluation.forecasts.contestants import contest_of
from garrison.evaluation.forecasts.forecast_score import score_forecasts
from garrison.evaluation.forecasts.out_of_sample import left_out_forecasts, rolling_forecasts
from garrison.evaluation.forecasts.rolling_origin import Origin, origins

BLOCKS = origins(1990, 1999, 5)
CONTEST = contest_of("country-month").only(
    ["base rate", "country rate", "persistence", "logit, all signals", "boosting, all signals", "pool"]
)
FORECASTERS = list(CONTEST.contestants)


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return made_up_rows()


@pytest.fixture(scope="module")
def forecasts(rows: pd.DataFrame) -> pd.DataFrame:
    return rolling_forecasts(CONTEST, rows, 90, BLOCKS)


@given(st.integers(1950, 2019), st.integers(0, 30), st.integers(1, 10))
def test_blocks_share_out_the_years(first: int, more: int, years: int) -> None:
    last = min(first + more, 2019)
    found = origins(first, last, years)
    assert (found[0].day, found[-1].until) == (date(first, 1, 1), date(last + 1, 1, 1))
    assert all(one.until == next_.day for one, next_ in pairwise(found))


@given(st.dates(date(1980, 1, 1), date(2000, 1, 1)), st.integers(1, 400))
def test_what_is_known_ends_before_the_origin_and_is_never_forecast(day: date, horizon: int) -> None:
    origin = Origin(day, date(2001, 1, 1))
    days = np.arange(np.datetime64("1979-01-01"), np.datetime64("2001-01-01"), 13)
    known, coming = origin.known(days, horizon), origin.forecast(days)
    assert not (known & coming).any()
    assert (days[known] + horizon <= np.datetime64(day)).all()
    # The embargo: rows whose window reaches over the origin are neither.
    between = (days < np.datetime64(day)) & (days + horizon > np.datetime64(day))
    assert not (known | coming)[between].any()


def test_years_after_2019_are_kept_back() -> None:
    with pytest.raises(ParameterError, match="kept back"):
        origins(2010, 2020)


def test_each_row_is_forecast_once(rows: pd.DataFrame, forecasts: pd.DataFrame) -> None:
    wanted = rows[rows["as_of"] >= "1990-01-01"]
    assert len(forecasts) == len(wanted)
    assert not forecasts.duplicated(["iso", "as_of"]).any()
    p = forecasts[FORECASTERS].to_numpy()
    assert ((p > 0) & (p < 1)).all()


def test_the_order_of_rows_does_not_matter(rows: pd.DataFrame, forecasts: pd.DataFrame) -> None:
    shuffled = rolling_forecasts(CONTEST, rows.sample(frac=1, random_state=3), 90, BLOCKS)
    keys = ["iso", "as_of"]
    one, other = (table.sort_values(keys, ignore_index=True)[FORECASTERS] for table in (forecasts, shuffled))
    np.testing.assert_allclose(one, other, rtol=1e-6)


def test_nothing_that_came_after_an_origin_moves_its_forecasts(
    rows: pd.DataFrame, forecasts: pd.DataFrame
) -> None:
    """Outcomes not yet settled, and all features from the origin on, are changed: forecasts made before stay."""
    last = BLOCKS[-1]
    changed = rows.copy()
    unsettled = ~last.known(rows["as_of"], 90)
    changed.loc[unsettled, "within_90"] = ~changed.loc[unsettled, "within_90"]
    again = rolling_forecasts(CONTEST, changed, 90, BLOCKS)
    pd.testing.assert_frame_equal(forecasts[FORECASTERS], again[FORECASTERS])
    changed.loc[rows["as_of"] >= pd.Timestamp(last.day), ["polyarchy", "coup_attempts_1_year"]] = 0.0
    later = rolling_forecasts(CONTEST, changed, 90, BLOCKS)
    before = forecasts["as_of"] < pd.Timestamp(last.day)
    pd.testing.assert_frame_equal(forecasts.loc[before, FORECASTERS], later.loc[before, FORECASTERS])
    assert not np.allclose(
        forecasts.loc[~before, "logit, all signals"], later.loc[~before, "logit, all signals"]
    )


def test_known_truth_is_found(rows: pd.DataFrame, forecasts: pd.DataFrame) -> None:
    """The pool's log skill is above 0, and no better than the true chances' own; lines are calibrated."""
    joined = forecasts.merge(rows[["iso", "as_of", "chance"]], on=["iso", "as_of"])
    happened, countries = joined["happened"].to_numpy(bool), joined["iso"].to_numpy(str)
    base = joined["base rate"].to_numpy()
    found, truth = (
        score_forecasts(joined[name].to_numpy(), base, happened, countries, n_draws=200)
        for name in ("pool", "chance")
    )
    assert found.log_skill.low > 0
    assert found.log_skill.value < truth.log_skill.high
    assert found.slope is not None
    assert found.slope.low < 1.5
    assert found.slope.high > 0.8


def test_left_out_countries_teach_nothing_of_themselves(rows: pd.DataFrame) -> None:
    """Outcomes of one group are turned round: its own forecasts by a logit stay as they are."""
    contest = contest_of("country-month").only(["base rate", "logit, all signals"])
    late = rows[rows["as_of"] >= "1990-01-01"]
    first = left_out_forecasts(contest, late, 90, penalties={"logit, all signals": 30.0}, n_groups=4)
    group = first.loc[first["group"] == 0, "iso"].unique()
    changed = late.copy()
    mine = changed["iso"].isin(group)
    changed.loc[mine, "within_90"] = ~changed.loc[mine, "within_90"]
    again = left_out_forecasts(contest, changed, 90, penalties={"logit, all signals": 30.0}, n_groups=4)
    same = (first["group"] == 0).to_numpy()
    for name in ("base rate", "logit, all signals"):
        np.testing.assert_array_equal(first.loc[same, name], again.loc[same, name])
        assert not np.allclose(first.loc[~same, name], again.loc[~same, name])
    assert first.groupby("iso")["group"].nunique().eq(1).all()


def test_bad_questions_are_named(rows: pd.DataFrame) -> None:
    with pytest.raises(TableError, match="lack within_30"):
        rolling_forecasts(CONTEST, rows, 30, BLOCKS)
    with pytest.raises(TableError, match="no event is known before"):
        rolling_forecasts(CONTEST, rows, 90, origins(1975, 1979))
    with pytest.raises(ParameterError, match="logit, all signals"):
        CONTEST.only(["base rate", "logit, al signals"])
    with pytest.raises(TableError, match="nothing can be scored"):
        score_forecasts(np.full(4, 0.1), np.full(4, 0.1), np.zeros(4, bool), np.array(list("ABCD")))
