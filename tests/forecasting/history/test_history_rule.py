"""The rule of the risk set: weeks by hand, laws, and counts beside the reference."""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.forecasting.history.crisis_set import CrisisSet, crisis_set, qualifying
from garrison.forecasting.history.labels import LABEL_SETS, labels
from garrison.forecasting.history.library import build_crisis_set, find_tables

HISTORY = Path(__file__).parents[4] / "shared" / "data" / "history"
START = date(2010, 1, 1)


def run(spans: list[tuple[int, int]], breaks: list[int] | None = None) -> CrisisSet:
    rows = pd.DataFrame(
        {
            "iso": "VEN",
            "gw": 101,
            "begin": [START + timedelta(days=begin) for begin, _ in spans],
            "end": [START + timedelta(days=begin + length) for begin, length in spans],
        }
    )
    days = [START + timedelta(days=day) for day in breaks or []]
    return crisis_set(rows, pd.DataFrame({"iso": ["VEN"] * len(days), "date": days}))


@pytest.mark.parametrize(
    ("spans", "weeks"),
    [
        ([(0, 0)], [13]),  # days 0, 7, ... 84; 91 is more than 90 days after
        ([(0, 1)], [14]),  # the protest's second day carries to day 91
        ([(0, 0), (90, 0)], [26]),  # a gap of 90 chains: to day 175 of 180
        ([(0, 0), (91, 0)], [13, 13]),  # a gap of 91 does not
    ],
)
def test_weeks_by_hand(spans: list[tuple[int, int]], weeks: list[int]) -> None:
    assert run(spans).crises["weeks"].tolist() == weeks


def test_a_break_ends_the_crisis_and_its_aftermath_is_not_at_risk() -> None:
    found = run([(0, 0), (20, 0), (106, 0), (107, 0)], [17])
    assert found.crises["weeks"].tolist() == [3, 13]
    assert found.crises["onset"].tolist() == [START, START + timedelta(days=107)]
    assert found.weeks["event"].tolist() == [False, False, True] + [False] * 13
    assert found.weeks["within_30"].tolist()[:3] == [True, True, True]


def test_the_end_of_the_covered_time_is_censored() -> None:
    found = run([((date(2019, 12, 20) - START).days, 0)])
    assert found.crises[["weeks", "censored"]].to_numpy().tolist() == [[2, True]]
    assert found.weeks["within_30"].isna().all()


def test_the_year_before_decides() -> None:
    protests = pd.DataFrame(
        {"iso": "VEN", "gw": 101, "begin": [date(2010, 5, 1), date(2011, 5, 1), date(2012, 5, 1)]}
    )
    protests = protests.assign(end=protests["begin"], removal=True, political=False, large=False)
    polyarchy = pd.DataFrame({"iso": "VEN", "year": [2009, 2010], "polyarchy": [0.5, 0.49]})
    polity = pd.DataFrame({"iso": "VEN", "year": [2009, 2011], "polity2": [-9, 5]})
    kept = qualifying(protests, polyarchy, polity)
    assert kept["begin"].tolist() == [date(2011, 5, 1), date(2012, 5, 1)]


spans_of = st.lists(st.tuples(st.integers(0, 700), st.integers(0, 40)), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(spans_of, st.lists(st.integers(0, 700), max_size=3), st.randoms())
def test_the_order_of_rows_does_not_matter(spans, breaks, random) -> None:
    mixed = list(spans)
    random.shuffle(mixed)
    pd.testing.assert_frame_equal(run(spans, breaks).weeks, run(mixed, breaks).weeks)


@settings(max_examples=40, deadline=None)
@given(spans_of, st.integers(0, 700), st.integers(0, 40))
def test_a_later_protest_never_changes_earlier_weeks(spans, begin, length) -> None:
    def known(found: CrisisSet) -> list[object]:
        early = found.weeks[found.weeks["day"] < START + timedelta(days=begin)]
        return early[["crisis", "week", "day", "weeks_since_escalation"]].to_numpy().tolist()

    assert known(run(spans)) == known(run([*spans, (begin, length)]))


def listed(rows: list[tuple[int, str]]) -> pd.DataFrame:
    days = [START + timedelta(days=day) for day, _ in rows]
    return pd.DataFrame({"iso": "MLI", "gw": 432, "date": days, "source": [name for _, name in rows]})


def test_three_label_sets_side_by_side() -> None:
    rows = listed([(3, "cases"), (10, "colpus"), (24, "cline"), (25, "archigos"), (60, "cases")])
    days = {name: [(day - START).days for day in labels(rows, name)["date"]] for name in LABEL_SETS}
    assert days == {"strict": [10, 25], "two_of_four": [10], "strict+cases": [3, 24, 60]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("label_set", "crises", "weeks", "events", "states"),
    [
        ("strict", 613, 10631, 24, 21),
        ("two_of_four", 613, 10760, 15, 12),
        ("strict+cases", 615, 10537, 31, 27),
    ],
)
def test_counts_are_those_that_the_decision_explains(label_set, crises, weeks, events, states) -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    counts = build_crisis_set(find_tables(HISTORY), label_set).counts()
    assert counts == {"crises": crises, "weeks": weeks, "events": events, "states": states}
