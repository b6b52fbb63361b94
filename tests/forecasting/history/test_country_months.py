"""Country-months and windows: a brute-force oracle, laws, and rows that are wrong."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import TableError
from garrison.forecasting.history.country_months import country_months
from garrison.forecasting.history.library import find_tables
from garrison.forecasting.history.states import read_states
from garrison.forecasting.history.target_events import covered, target_events
from garrison.forecasting.history.timeline import Timeline, days_of
from garrison.forecasting.history.windows import HORIZONS, with_windows

HISTORY = Path(__file__).parents[4] / "shared" / "data" / "history"
START = date(2018, 1, 1)
LAST = date(2019, 12, 31)
STATES = ("MLI", "NER", "CHE")


def state(iso: str, first: date, last: date, gw: int = 432) -> dict[str, object]:
    return {"iso": iso, "gw": gw, "first_day": first, "last_day": last}


def test_a_state_enters_after_its_first_month_and_stays_to_its_last() -> None:
    states = pd.DataFrame([state("DDR", date(1949, 10, 5), date(1990, 10, 2)), state("MLI", START, date.max)])
    panel = country_months(states)
    ddr, mali = (panel.loc[panel["iso"] == iso, "as_of"] for iso in ("DDR", "MLI"))
    assert (str(ddr.min())[:10], str(ddr.max())[:10]) == ("1950-01-01", "1990-10-01")
    assert (str(mali.min())[:10], len(mali)) == ("2018-01-01", 24)
    assert (days_of(panel["until"]) - days_of(panel["as_of"])).astype(int).max() == 31


def test_a_part_that_has_passed_counts_once() -> None:
    parts = [
        state("YEM", date(1918, 10, 30), date.max, 678),
        state("YEM", date(1967, 11, 30), date(1990, 5, 21), 678),
    ]
    panel = country_months(pd.DataFrame(parts))
    assert len(panel) == 70 * 12
    assert not panel.duplicated(["iso", "as_of"]).any()


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(date(1950, 1, 1), date(2020, 1, 1), "kept back"), (date(1960, 1, 1), date(1950, 1, 1), "swap them")],
)
def test_months_that_are_none_are_refused(first: date, last: date, said: str) -> None:
    with pytest.raises(TableError, match=said):
        country_months(pd.DataFrame([state("MLI", START, date.max)]), first, last)


row = st.tuples(st.sampled_from(STATES), st.integers(0, 729), st.integers(1, 31))


def rows_of(told: list[tuple[str, int, int]]) -> pd.DataFrame:
    unique = {(iso, day): length for iso, day, length in told}
    return pd.DataFrame(
        {
            "iso": [iso for iso, _ in unique],
            "as_of": [START + timedelta(days=day) for _, day in unique],
            "until": [START + timedelta(days=day + unique[iso, day]) for iso, day in unique],
        }
    )


def events_of(told: list[tuple[str, int]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "iso": pd.Series([iso for iso, _ in told], dtype="object"),
            "date": pd.Series([START + timedelta(days=day) for _, day in told], dtype="object"),
        }
    )


events = st.lists(st.tuples(st.sampled_from(STATES), st.integers(-40, 729)), max_size=8)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(row, min_size=1, max_size=12),
    events,
    st.integers(-10, 740),
    st.one_of(st.none(), st.integers(0, 300)),
)
def test_windows_are_those_of_a_slow_loop(told, happened, until, since) -> None:
    rows, listed = rows_of(told), events_of(happened)
    last = START + timedelta(days=until)
    first = None if since is None else START + timedelta(days=since)
    found = with_windows(rows, listed, last, covered_from=first)
    for place, (iso, begin, own_end) in enumerate(rows.itertuples(index=False)):
        ends = {f"within_{days}": begin + timedelta(days=days) for days in HORIZONS} | {"event": own_end}
        for name, end in ends.items():
            whole = end <= last + timedelta(days=1) and (first is None or begin >= first)
            hit = any(
                each == iso and begin <= day < end
                for each, day in zip(listed["iso"], listed["date"], strict=True)
            )
            value = found[name].iloc[place]
            assert (None if pd.isna(value) else bool(value)) == (hit if whole else None)


@settings(max_examples=40, deadline=None)
@given(st.lists(row, min_size=2, max_size=10), events, st.randoms())
def test_the_order_of_rows_and_events_does_not_matter(told, happened, random) -> None:
    rows, mixed = rows_of(told), list(happened)
    random.shuffle(mixed)
    backwards = rows.iloc[::-1]
    there = with_windows(rows, events_of(happened), LAST)
    back = with_windows(backwards, events_of(mixed), LAST)
    pd.testing.assert_frame_equal(there, back.loc[there.index])


def test_longer_windows_hold_shorter_ones() -> None:
    generator = np.random.default_rng(6)
    days = generator.choice(600, 40, replace=False)
    rows = rows_of([(STATES[day % 3], int(day), 7) for day in days])
    found = with_windows(rows, events_of([(STATES[k % 3], 37 * k) for k in range(17)]), LAST)
    for short, long in (("event", "within_30"), ("within_30", "within_90"), ("within_90", "within_365")):
        both = found[short].notna() & found[long].notna()
        assert (found.loc[both, short] <= found.loc[both, long]).all()


def test_an_event_in_a_window_that_is_not_wholly_covered_is_no_outcome() -> None:
    rows = pd.DataFrame({"iso": ["MLI"], "as_of": [date(2019, 12, 15)]})
    found = with_windows(rows, events_of([("MLI", 715)]), LAST)
    assert found[["within_30", "within_90"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"iso": ["MLI", "MLI"]}, "told twice; keep one"),
        ({"iso": ["MLI", "ZZZ"]}, "'ZZZ': no state has this code"),
        ({"as_of": [START, None]}, "no as_of"),
    ],
)
def test_rows_that_are_wrong_are_named(change, said) -> None:
    rows = pd.DataFrame({"iso": ["MLI", "NER"], "as_of": [START, START]}).assign(**change)
    with pytest.raises(TableError, match=said):
        with_windows(rows, events_of([]), LAST)
    with pytest.raises(TableError, match="lack as_of"):
        with_windows(rows.drop(columns="as_of"), events_of([]), LAST)


def test_a_window_lasts_at_least_a_day() -> None:
    with pytest.raises(TableError, match="at least a day"):
        with_windows(rows_of([("MLI", 0, 7)]), events_of([]), LAST, (0,))


@settings(max_examples=60, deadline=None)
@given(events, st.lists(st.tuples(st.sampled_from(STATES), st.integers(-50, 760)), min_size=1, max_size=8))
def test_the_last_event_is_that_of_a_slow_search(happened, asked) -> None:
    listed = events_of(happened)
    timeline = Timeline.of(listed["iso"], listed["date"])
    iso = pd.Series([each for each, _ in asked], dtype="object")
    now = days_of(pd.Series([START + timedelta(days=day) for _, day in asked]))
    since, latest = timeline.days_since(iso, now), timeline.latest(iso, now)
    for place, (each, day) in enumerate(asked):
        before = [other for name, other in happened if name == each and other < day]
        assert np.isnan(since[place]) if not before else since[place] == day - max(before)
        assert latest[place] == -1 if not before else happened[latest[place]] == (each, max(before))


@pytest.mark.slow
def test_the_panel_is_the_one_that_the_page_describes() -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    paths = find_tables(HISTORY)
    panel = country_months(read_states(paths["states"]))
    first, last = covered("T2")
    found = with_windows(panel, target_events("T2", paths), last, covered_from=first)
    assert (len(panel), panel["iso"].nunique(), int(found["event"].sum())) == (121190, 177, 463)
    late = found[found["as_of"] >= "1990-01-01"]
    rates = [round(float(late[f"within_{days}"].mean()), 4) for days in HORIZONS]
    assert rates == [0.0018, 0.0052, 0.0195]
