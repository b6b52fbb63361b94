"""Leaders, regimes and votes: by hand, by a slow loop, and Archigos beside REIGN."""

import math
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from feature_samples import flags, rows, spells, tables
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import ParameterError
from garrison.forecasting.features import feature_definitions, features_of_group
from garrison.forecasting.features.elections import elections
from garrison.forecasting.features.leaders import entered_irregularly, leaders, same_leader
from garrison.forecasting.features.regimes import regimes
from garrison.forecasting.history.archigos import read_leaders
from garrison.forecasting.history.library import find_tables
from garrison.forecasting.history.powell_thyne import read_powell_thyne
from garrison.forecasting.history.reign_leaders import read_reign_leaders

HISTORY = Path(__file__).parents[4] / "shared" / "data" / "history"
SEEDS = st.integers(0, 10**6)


def asked(*days: date) -> pd.DataFrame:
    return pd.DataFrame({"iso": "MLI", "as_of": days})


def reign(*begun: tuple[date, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(begun, columns=["begin", "birth_year", "military_career"])
    return frame.assign(iso="MLI")


def archigos(*begun: tuple[date, bool]) -> pd.DataFrame:
    return pd.DataFrame(begun, columns=["begin", "irregular_entry"]).assign(iso="MLI")


def coups(*days: date, success: bool = True) -> pd.DataFrame:
    return pd.DataFrame({"iso": "MLI", "date": pd.Series(days, dtype="object"), "success": success})


def months(days: int) -> float:
    return math.log1p(days / 30.4375)


def test_a_leader_goes_on_by_reign_when_archigos_ends() -> None:
    listed = archigos((date(2014, 1, 1), True))
    told = reign((date(2014, 1, 9), 1950.0, 1.0), (date(2017, 3, 1), 1960.0, 0.5))
    when = asked(date(2016, 1, 1), date(2016, 1, 2), date(2017, 3, 1), date(2017, 3, 2))
    found = leaders(when, listed, told, coups())
    since = [date(2014, 1, 1), date(2014, 1, 9), date(2014, 1, 9), date(2017, 3, 1)]
    tenure = [months((now - begin).days) for now, begin in zip(when["as_of"], since, strict=True)]
    assert found["leader_tenure"].tolist() == pytest.approx(tenure)
    assert found["leader_entered_irregularly"].tolist() == [1, 1, 1, 0]
    assert found["leader_military_career"].tolist() == [1, 1, 1, 0.5]
    assert found["leader_age"].tolist() == pytest.approx([6.6, 6.6, 6.7, 5.7])


def test_without_reign_a_leader_after_archigos_is_unknown() -> None:
    found = leaders(
        asked(date(2016, 1, 1), date(2016, 1, 2)), archigos((date(2014, 1, 1), True)), reign(), coups()
    )
    assert found["leader_tenure"].notna().tolist() == [True, False]
    assert found["leader_age"].isna().all()


@pytest.mark.parametrize(
    ("coup", "success", "came"),
    [
        (date(2017, 3, 1), True, 1),
        (date(2017, 1, 29), True, 1),
        (date(2017, 1, 28), True, 0),
        (date(2017, 3, 2), True, 0),
        (date(2017, 3, 1), False, 0),
    ],
)
def test_who_comes_within_a_month_after_a_coup_came_by_it(coup: date, success: bool, came: int) -> None:
    told = reign((date(2017, 3, 1), 1960.0, 0.0))
    assert entered_irregularly(told, archigos(), coups(coup, success=success)).tolist() == [came]


def test_the_word_of_archigos_goes_before_a_coup() -> None:
    told = reign((date(2012, 4, 12), 1960.0, 0.0))
    listed = archigos((date(2012, 3, 22), True), (date(2012, 4, 13), False))
    assert entered_irregularly(told, listed, coups(date(2012, 3, 21))).tolist() == [0]


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_the_same_leader_is_the_nearest_of_a_slow_loop(seed: int) -> None:
    known = tables(seed)
    listed, told = known.leaders, known.reign_leaders
    for place, which in zip(told.index, same_leader(told, listed), strict=True):
        iso, begin = told.loc[place, ["iso", "begin"]]
        gaps = [
            abs((other - begin).days) if state == iso and begin <= date(2015, 12, 31) else 99
            for state, other in zip(listed["iso"], listed["begin"], strict=True)
        ]
        assert (min(gaps) > 31) == (which < 0)
        if which >= 0:
            assert gaps[which] == min(gaps)


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_the_regime_is_that_of_a_slow_loop_a_year_before(seed: int) -> None:
    make = np.random.default_rng(seed)
    listed, when = spells(make, 25), rows(seed, 20)
    found = regimes(when, listed)
    for place, (iso, now) in enumerate(zip(when["iso"], when["as_of"], strict=True)):
        then = now - timedelta(days=365)
        begun = listed[(listed["iso"] == iso) & (listed["begin"] <= then)].sort_values("begin")
        value = found["regime_military"].iloc[place]
        if begun.empty or begun["end"].iloc[-1] < then:
            assert math.isnan(value)
        else:
            assert value == begun["military"].iloc[-1]


def test_a_regime_that_a_coup_ends_is_seen_no_sooner_than_a_year_later() -> None:
    coup = date(2012, 3, 22)
    listed = pd.DataFrame(
        {
            "iso": "MLI",
            "begin": [date(1992, 6, 6), coup],
            "end": [coup, date(9999, 12, 31)],
            "military": [False, True],
            "personal": False,
            "party": False,
            "monarchy": False,
        }
    )
    when = asked(
        date(1993, 6, 5), date(1993, 6, 6), coup, coup + timedelta(days=364), coup + timedelta(days=365)
    )
    found = regimes(when, listed)["regime_military"]
    np.testing.assert_array_equal(found, [np.nan, 0, 0, 0, 1])


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_votes_are_those_of_a_slow_loop(seed: int) -> None:
    make, when = np.random.default_rng(seed), rows(seed, 15)
    votes = tables(seed).elections.assign(lost=flags(make, 90))
    found = elections(when, votes)
    for place, (iso, now) in enumerate(zip(when["iso"], when["as_of"], strict=True)):
        own = votes[votes["iso"] == iso]
        ago = pd.Series([(now - day).days for day in own["date"]], index=own.index, dtype="int64")
        within = (ago > 0) & (ago <= 183)
        expected = [
            within.any(),
            (within & ~own["regular"]).any(),
            (within & (ago > 30) & own["lost"]).any(),
        ]
        assert found.iloc[place].tolist() == expected


def test_votes_that_no_list_covers_are_missing_not_zero() -> None:
    votes = tables(1).elections
    when = pd.DataFrame(
        {"iso": ["TWN", "CHE", "CHE"], "as_of": [date(2000, 1, 1), date(1950, 6, 1), date(1951, 1, 1)]}
    )
    np.testing.assert_array_equal(elections(when, votes)["election_last_6_month"], [np.nan, np.nan, 0])


def test_the_table_says_which_group_a_feature_belongs_to() -> None:
    groups = {"coup_history", "leaders", "structure", "protest", "crisis"}
    assert {feature.group for feature in feature_definitions().values()} == groups
    marks = {"leader_": "leaders", "regime_": "leaders", "election_": "leaders", "coup_": "coup_history"}
    for name, feature in feature_definitions().items():
        for mark, group in marks.items():
            assert not name.startswith(mark) or feature.group == group
    members = [name for group in sorted(groups) for name in features_of_group(group)]
    assert sorted(members) == sorted(feature_definitions())
    with pytest.raises(ParameterError, match="leaders"):
        features_of_group("leader")


@pytest.mark.slow
def test_archigos_and_reign_agree_when_leaders_came() -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    paths = find_tables(HISTORY)
    listed, told = read_leaders(paths["archigos"]), read_reign_leaders(paths["reign_leaders"])
    both = sorted(set(listed["iso"]) & set(told["iso"]))
    since_1950 = listed[(listed["begin"] >= date(1950, 1, 1)) & listed["iso"].isin(both)]
    days = {iso: set(group["begin"]) for iso, group in told.groupby("iso")}
    exact = np.mean(
        [day in days[iso] for iso, day in zip(since_1950["iso"], since_1950["begin"], strict=True)]
    )
    matched = same_leader(told, listed)
    near = since_1950.index.isin(listed.index[matched[matched >= 0]]).mean()
    came = [date(1950, 1, 1) <= day <= date(2015, 12, 31) for day in told["begin"]]
    of_reign = (matched[np.asarray(came) & told["iso"].isin(both).to_numpy()] >= 0).mean()
    print(f"entries of Archigos since 1950: {exact:.3f} the same day, {near:.3f} within a month")
    print(f"entries of REIGN, 1950 to 2015: {of_reign:.3f} within a month of Archigos")
    assert (exact, near, of_reign) == pytest.approx((0.955, 0.968, 0.977), abs=0.001)


@pytest.mark.slow
def test_a_coup_before_the_entry_tells_most_but_not_all_irregular_entries() -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    paths = find_tables(HISTORY)
    listed, told = read_leaders(paths["archigos"]), read_reign_leaders(paths["reign_leaders"])
    attempts = read_powell_thyne(paths["powell_thyne"])
    told = told[[day >= date(1950, 1, 1) for day in told["begin"]]].reset_index(drop=True)
    matched = same_leader(told, listed)
    by_coup = entered_irregularly(told, listed.iloc[:0], attempts).to_numpy()[matched >= 0] == 1
    irregular = listed["irregular_entry"].to_numpy()[matched[matched >= 0]]
    found, false = by_coup[irregular].mean(), by_coup[~irregular].mean()
    print(f"of irregular entries the coups tell {found:.2f}, of regular ones {false:.3f}")
    assert found == pytest.approx(0.63, abs=0.005)
    assert false == pytest.approx(0.021, abs=0.001)
