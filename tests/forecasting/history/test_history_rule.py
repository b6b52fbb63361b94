"""The rule of the risk set: weeks by hand, laws, and counts beside the reference."""

import importlib.util
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.forecasting.history.crisis_set import CrisisSet, crisis_set, qualifying
from garrison.forecasting.history.labels import LABEL_SETS, labels
from garrison.forecasting.history.library import build_crisis_set, find_tables
from garrison.forecasting.history.mass_mobilization import is_large

ROOT = Path(__file__).parents[3]
HISTORY = ROOT.parent / "shared" / "data" / "history"
START = date(2010, 1, 1)


def protests_of(spans: list[tuple[int, int]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "iso": "VEN",
            "gw": 101,
            "begin": [START + timedelta(days=begin) for begin, _ in spans],
            "end": [START + timedelta(days=begin + length) for begin, length in spans],
            "autocratic": True,
        }
    )


def breaks_of(days: list[int]) -> pd.DataFrame:
    return pd.DataFrame({"iso": ["VEN"] * len(days), "date": [START + timedelta(days=day) for day in days]})


def run(spans: list[tuple[int, int]], breaks: list[int] | None = None) -> CrisisSet:
    return crisis_set(protests_of(spans), breaks_of(breaks or []))


def reference_tool() -> ModuleType:
    path = ROOT / "tools" / "crisis_weeks_reference.py"
    spec = importlib.util.spec_from_file_location("crisis_weeks_reference", path)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


TOOL = reference_tool()


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


@pytest.mark.parametrize("day", [-20, -1, 91, 120, 150])
def test_a_break_outside_of_a_crisis_moves_nothing(day: int) -> None:
    # The first crisis is at risk from day 0 to 90, the second from day 160 on.
    assert run([(0, 0), (160, 0)], [day]).crises["weeks"].tolist() == [13, 13]


@pytest.mark.parametrize(
    ("autocratic", "weeks"),
    [([True, False], [16]), ([False, True], []), ([True, True], [16]), ([False, False], [])],
)
def test_a_crisis_goes_by_what_the_state_was_at_its_onset(autocratic: list[bool], weeks: list[int]) -> None:
    rows = protests_of([(0, 0), (20, 0)]).assign(autocratic=autocratic)
    assert crisis_set(rows, breaks_of([])).crises["weeks"].tolist() == weeks


def test_the_aftermath_of_a_break_is_none_of_the_set_in_a_crisis_outside_it_either() -> None:
    rows = protests_of([(0, 0), (30, 0), (200, 0)]).assign(autocratic=[False, True, True])
    assert crisis_set(rows, breaks_of([4])).crises["onset"].tolist() == [START + timedelta(days=200)]


@pytest.mark.parametrize(
    ("category", "told", "large"),
    [
        ("5000-10000", "10000", True),  # as told, at least 10,000
        ("5000-10000", "<10000", False),
        ("5000-10000", "nearly 10000", False),
        ("5000-10000", "7000-15000", False),
        ("", "1500-10000", False),  # of a range the lower end
        ("", "100s-10000s", False),
        ("", "Between 11000 and 45000", True),
        ("", "nearly 20,000", True),
        ("", "10000s", True),
        (">10000", "1000s-23000", True),
        ("", "", False),
    ],
)
def test_at_least_ten_thousand(category: str, told: str, large: bool) -> None:
    assert is_large(category, told) == large


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
    assert kept["autocratic"].tolist() == [False, True, True]
    assert qualifying(protests, polyarchy[:0], polity[:0])["autocratic"].tolist() == [False] * 3


def test_small_political_demands_make_no_crisis() -> None:
    protests = protests_of([(0, 0), (1, 0), (2, 0), (3, 0)]).drop(columns="autocratic")
    protests = protests.assign(
        removal=[True, False, False, False],
        political=[False, True, True, False],
        large=[False, True, False, True],
    )
    values = pd.DataFrame({"iso": ["VEN"], "year": [2009], "polyarchy": [0.1], "polity2": [-9]})
    assert qualifying(protests, values, values)["begin"].tolist() == [START, START + timedelta(days=1)]


spans_of = st.lists(st.tuples(st.integers(0, 700), st.integers(0, 40)), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(spans_of, st.lists(st.integers(0, 700), max_size=3), st.randoms())
def test_the_order_of_rows_does_not_matter(spans, breaks, random) -> None:
    mixed = list(spans)
    random.shuffle(mixed)
    pd.testing.assert_frame_equal(run(spans, breaks).weeks, run(mixed, breaks).weeks)


@settings(max_examples=60, deadline=None)
@given(spans_of, st.lists(st.integers(-60, 760), max_size=4), st.randoms())
def test_the_rule_gives_what_a_second_writing_of_it_gives(spans, breaks, random) -> None:
    rows = protests_of(spans)
    first = {begin: random.random() < 0.7 for begin in rows["begin"]}
    rows = rows.assign(autocratic=[first[begin] for begin in rows["begin"]])
    found = crisis_set(rows, breaks_of(breaks))
    assert TOOL.crises_of_the_product(found) == TOOL.crises_of(rows, breaks_of(breaks))


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
        ("strict", 615, 10656, 26, 22),
        ("two_of_four", 614, 10782, 17, 14),
        ("strict+cases", 617, 10562, 33, 28),
    ],
)
def test_counts_are_those_that_the_decision_explains(label_set, crises, weeks, events, states) -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    counts = build_crisis_set(find_tables(HISTORY), label_set).counts()
    assert counts == {"crises": crises, "weeks": weeks, "events": events, "states": states}


#: Crises, weeks, breaks and states with one of the reference of November 2026.
REFERENCE = {
    "strict": [591, 10247, 26, 22],
    "two_of_four": [590, 10397, 16, 13],
    "strict+cases": [593, 10167, 32, 27],
}


@pytest.mark.slow
@pytest.mark.parametrize("label_set", LABEL_SETS)
def test_every_difference_from_the_reference_is_a_reading_that_the_decision_names(label_set) -> None:
    if not (HISTORY / "crisis_weeks").exists():
        pytest.skip("the historical data are not beside this checkout")
    paths = find_tables(HISTORY)
    product = TOOL.crises_of_the_product(build_crisis_set(paths, label_set))
    assert TOOL.crises_read(paths, label_set) == product
    reference = TOOL.crises_of_the_reference(HISTORY, label_set)
    assert TOOL.counted(reference) == REFERENCE[label_set]
    assert TOOL.crises_read(paths, label_set, list(TOOL.READINGS)) == reference
