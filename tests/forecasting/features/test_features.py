"""Features: nothing later than the day of the forecast enters; counts by hand; rows that are wrong."""

import dataclasses
import math
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from feature_samples import STATES, flags, rows, tables
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import TableError
from garrison.forecasting.features import (
    FeatureTables,
    feature_definitions,
    feature_table,
    features_of_group,
    read_feature_tables,
)
from garrison.forecasting.history.country_months import country_months
from garrison.forecasting.history.crisis_set import crisis_set, qualifying
from garrison.forecasting.history.library import find_tables
from garrison.forecasting.history.sources import sources
from garrison.forecasting.history.target_events import covered, target_events
from garrison.forecasting.history.windows import HORIZONS, with_windows

HISTORY = Path(__file__).parents[4] / "shared" / "data" / "history"
SEEDS = st.integers(0, 10**6)
#: Yearly tables, with the feature whose lag they have.
YEARLY = {
    "polyarchy": "polyarchy",
    "polity": "polity2",
    "income": "log_income",
    "population": "log_population",
    "infant_mortality": "log_infant_mortality",
    "conflicts": "armed_conflict",
}


def redrawn(known: FeatureTables, as_of: date, seed: int) -> FeatureTables:
    """Draw anew whatever a forecast of that day cannot know: later rows, later years, how open protests end."""
    other, make = tables(seed + 1), np.random.default_rng(seed)
    changed: dict[str, pd.DataFrame] = {}
    dated = {"coups": "date", "leaders": "begin", "reign_leaders": "begin", "protests": "begin"}
    for name, column in dated.items():
        ours, theirs = getattr(known, name), getattr(other, name)
        changed[name] = pd.concat(
            [ours[ours[column] < as_of], theirs[theirs[column] >= as_of]], ignore_index=True
        )
    for name, feature in YEARLY.items():
        lag = feature_definitions()[feature].lag_years
        assert lag
        ours, theirs = getattr(known, name), getattr(other, name)
        last = as_of.year - lag
        changed[name] = pd.concat(
            [ours[ours["year"] <= last], theirs[theirs["year"] > last]], ignore_index=True
        )
    protests = changed["protests"]
    going_on = (protests["begin"] < as_of) & (protests["end"] >= as_of)
    for mark in ("violent", "large", "killings"):
        protests[mark] = np.where(going_on, flags(make, len(protests)), protests[mark])
    later = [as_of + timedelta(days=int(days)) for days in make.integers(0, 300, len(protests))]
    protests["end"] = pd.Series(later, index=protests.index).where(going_on, protests["end"])
    changed["regimes"] = regimes_redrawn(known, other, as_of - timedelta(days=365), make)
    changed["elections"] = elections_redrawn(known, other, as_of, make)
    return dataclasses.replace(known, **changed)


def regimes_redrawn(
    known: FeatureTables, other: FeatureTables, day: date, make: np.random.Generator
) -> pd.DataFrame:
    """Draw anew the regimes that begin after a day, and when those in force that day end."""
    ours, theirs = known.regimes, other.regimes
    early, later = ours[ours["begin"] <= day].copy(), theirs[theirs["begin"] > day]
    ends = [day + timedelta(days=int(days)) for days in make.integers(0, 900, len(early))]
    early["end"] = pd.Series(ends, index=early.index, dtype="object").where(early["end"] >= day, early["end"])
    found = pd.concat([early, later], ignore_index=True)
    return found.drop_duplicates(["iso", "begin"], ignore_index=True)


def elections_redrawn(
    known: FeatureTables, other: FeatureTables, as_of: date, make: np.random.Generator
) -> pd.DataFrame:
    """Draw anew the votes to come, and who lost those of the last 30 days."""
    ours, theirs = known.elections, other.elections
    found = pd.concat([ours[ours["date"] < as_of], theirs[theirs["date"] >= as_of]], ignore_index=True)
    counted = found["date"] < as_of - timedelta(days=30)
    found["lost"] = np.where(counted, found["lost"], flags(make, len(found)))
    return found


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.integers(0, 39))
def test_what_comes_later_never_changes_a_row(seed: int, place: int) -> None:
    known, asked = tables(seed), rows(seed)
    now = asked["as_of"].iloc[place % len(asked)]
    early = asked[asked["as_of"] <= now]
    pd.testing.assert_frame_equal(
        feature_table(early, known), feature_table(early, redrawn(known, now, seed))
    )


def test_what_came_earlier_does_change_rows() -> None:
    asked = rows(3)
    there, here = (feature_table(asked, tables(seed)) for seed in (3, 4))
    still = [name for name in there if there[name].equals(here[name])]
    assert still == ["log_years_independent", "crisis_age", "crisis_since_escalation"]


@settings(max_examples=8, deadline=None)
@given(SEEDS, st.randoms())
def test_other_rows_and_the_order_of_tables_do_not_matter(seed: int, random) -> None:
    known, asked = tables(seed), rows(seed)
    alone = pd.concat([feature_table(asked.iloc[[place]], known) for place in range(0, len(asked), 15)])
    shuffled = {
        field.name: getattr(known, field.name).sample(frac=1.0, random_state=random.randint(0, 999))
        for field in dataclasses.fields(known)
        if field.name
        not in ("leaders", "reign_leaders")  # of two leaders of one day the later row is in office
    }
    pd.testing.assert_frame_equal(
        alone, feature_table(asked, dataclasses.replace(known, **shuffled)).loc[alone.index]
    )


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_counts_are_those_of_a_slow_loop(seed: int) -> None:
    known, asked = tables(seed, coups=30, protests=80), rows(seed, 10)
    found = feature_table(asked, known)
    for place, (iso, now) in enumerate(zip(asked["iso"], asked["as_of"], strict=True)):
        own = known.coups[known.coups["iso"] == iso]
        since = [(now - day).days for day in own["date"] if day < now]
        five = sum(days <= round(5 * 365.25) for days in since)
        assert found["coup_attempts_5_year"].iloc[place] == pytest.approx(min(math.log1p(five), 2.8))
        fresh = 2 ** (-min(since) / 365.25 / 5) if since else 0.0
        assert found["coup_attempt_decay_5_year"].iloc[place] == pytest.approx(fresh)
        theirs = known.protests[(known.protests["iso"] == iso) & known.protests["large"]]
        over = sum(0 < (now - day).days <= 91 for day in theirs["end"])
        value = found["protests_large_3_month"].iloc[place]
        if iso == "USA" or now - timedelta(days=91) < date(1990, 1, 1):
            assert math.isnan(value)
        else:
            assert value == pytest.approx(min(math.log1p(over), 3.0))


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_every_value_lies_within_its_range(seed: int) -> None:
    known = tables(seed, protests=3000)
    wild = dataclasses.replace(known, income=known.income.assign(income=1e9, growth=-5.0))
    found = feature_table(rows(seed), wild)
    assert list(found) == list(feature_definitions())
    assert (found.dtypes == "float64").all()
    for name, feature in feature_definitions().items():
        low, high = feature.range
        assert found[name].dropna().between(low, high).all()


def test_before_the_list_of_protests_nothing_is_missing_not_zero() -> None:
    asked = pd.DataFrame({"iso": "MLI", "as_of": [date(1990, 1, 31), date(1990, 6, 1), date(1991, 1, 1)]})
    found = feature_table(asked, tables(1))
    assert found["protests_1_month"].notna().tolist() == [True, True, True]
    assert found["protests_3_month"].notna().tolist() == [False, True, True]
    assert found["protests_12_month"].notna().tolist() == [False, False, True]


def test_every_feature_names_a_known_table_and_says_why() -> None:
    for feature in feature_definitions().values():
        assert feature.table in sources()
        assert feature.name in features_of_group(feature.group)
        assert feature.words
        assert feature.why
        assert feature.range[0] < feature.range[1]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (pd.DataFrame({"iso": ["MLI"]}), "lack as_of"),
        (pd.DataFrame({"iso": ["mali"], "as_of": [date(2010, 1, 1)]}), "'mali': no state has this code"),
        (pd.DataFrame({"iso": ["MLI"], "as_of": [date(2020, 1, 2)]}), "kept back"),
    ],
)
def test_rows_that_are_wrong_are_named(asked: pd.DataFrame, said: str) -> None:
    with pytest.raises(TableError, match=said):
        feature_table(asked, tables(1))


def test_a_missing_table_is_named() -> None:
    with pytest.raises(TableError, match=r"ptcoups|pt_events.*garrison data use"):
        read_feature_tables({})


def test_rows_of_states_without_any_data_are_missing_not_wrong() -> None:
    found = feature_table(pd.DataFrame({"iso": ["NRU"], "as_of": [date(2010, 1, 1)]}), tables(1))
    assert found[["polyarchy", "log_income", "leader_tenure", "log_years_independent"]].isna().all(axis=None)
    assert found["coup_attempts_20_year"].item() == 0.0
    assert "NRU" not in STATES


@pytest.mark.slow
def test_the_whole_panel_takes_seconds() -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    paths = find_tables(HISTORY)
    known = read_feature_tables(paths)
    panel = country_months(known.states)
    begin = time.perf_counter()
    found = feature_table(panel, known)
    assert time.perf_counter() - begin < 15
    assert found.shape == (121190, 55)
    # Months with a demand that somebody goes: the reference of November 2026 had 1,772, and 9, 22 and 62 events.
    first, last = covered("T2")
    outcomes = with_windows(panel, target_events("T2", paths), last, covered_from=first)
    crisis = (found["protests_removal_3_month"] > 0) & (panel["as_of"].dt.year >= 2000)
    assert int(crisis.sum()) == 1831
    assert [int(outcomes.loc[crisis, f"within_{days}"].sum()) for days in HORIZONS] == [9, 22, 61]


@pytest.mark.slow
def test_crisis_weeks_have_features_too() -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    paths = find_tables(HISTORY)
    known = read_feature_tables(paths)
    crises = crisis_set(
        qualifying(known.protests, known.polyarchy, known.polity), target_events("T1a", paths)
    )
    found = feature_table(crises.rows(), known)
    assert list(found) == list(feature_definitions())
    assert found["crisis_removal"].isna().sum() == len(crises.crises)
