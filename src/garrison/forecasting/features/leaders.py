"""The leader in office: how long, how the leader came to it, how old, and whether a soldier."""

from __future__ import annotations

import numpy as np
import pandas as pd

from garrison.forecasting.features.definitions import day, frame_of, number
from garrison.forecasting.history.timeline import Days, Floats, Integers, Timeline, days_of


def leaders(
    rows: pd.DataFrame, listed: pd.DataFrame, reign_leaders: pd.DataFrame, coups: pd.DataFrame
) -> pd.DataFrame:
    """Describe the last leader who came to office before each row.

    Parameters
    ----------
    rows
        iso, as_of.
    listed
        As `read_leaders` gives them: iso, begin, irregular_entry. They count until Archigos ends.
    reign_leaders
        As `read_reign_leaders` gives them: iso, begin, birth_year, military_career. Tenure is theirs after Archigos
        ends; age and career are theirs throughout.
    coups
        As `read_powell_thyne` gives them: iso, date, success.

    Returns
    -------
    DataFrame
        leader_tenure, leader_entered_irregularly, leader_military_career, leader_age.
    """
    now, iso = days_of(rows["as_of"]), rows["iso"]
    first, later = (Timeline.of(table["iso"], table["begin"]) for table in (listed, reign_leaders))
    in_archigos, in_reign = first.latest(iso, now), later.latest(iso, now)
    archigos_knows = now <= day("last_leader_day") + 1
    since = np.where(archigos_knows, first.days_since(iso, now), later.days_since(iso, now))
    born = _of(reign_leaders["birth_year"], in_reign)
    found: dict[str, Floats] = {
        "leader_tenure": np.log1p(since / number("days_of_month")),
        "leader_entered_irregularly": np.where(
            archigos_knows,
            _of(listed["irregular_entry"], in_archigos),
            _of(entered_irregularly(reign_leaders, listed, coups), in_reign),
        ),
        "leader_military_career": _of(reign_leaders["military_career"], in_reign),
        "leader_age": (_years(now) - born) / number("years_of_decade"),
    }
    return frame_of(found, rows.index)


def entered_irregularly(reign_leaders: pd.DataFrame, listed: pd.DataFrame, coups: pd.DataFrame) -> pd.Series:
    """Say of each leader in REIGN, which does not tell it, whether the leader came to office against the rules.

    Parameters
    ----------
    reign_leaders
        iso, begin.
    listed
        Leaders by Archigos: iso, begin, irregular_entry.
    coups
        iso, date, success.

    Returns
    -------
    Series
        Archigos's word on a leader whose entry both date within a month of one another; else whether a coup succeeded
        within the month before the entry. 1 or 0, in the order of the leaders.
    """
    begin, iso = days_of(reign_leaders["begin"]), reign_leaders["iso"]
    told = same_leader(reign_leaders, listed)
    successes = coups[coups["success"]]
    month = np.timedelta64(int(number("days_from_coup_to_leader")), "D")
    seized = Timeline.of(successes["iso"], successes["date"]).count(iso, begin - month, begin + 1) > 0
    mark = np.where(told >= 0, _of(listed["irregular_entry"], told), seized.astype(np.float64))
    return pd.Series(mark, index=reign_leaders.index)


def same_leader(reign_leaders: pd.DataFrame, listed: pd.DataFrame) -> Integers:
    """Find each leader of REIGN in Archigos: the row with the nearest entry within a month, -1 without one.

    Parameters
    ----------
    reign_leaders, listed
        iso, begin.

    Examples
    --------
    >>> reign = pd.DataFrame({"iso": ["MLI", "MLI"], "begin": ["2013-09-04", "2012-04-12"]})
    >>> archigos = pd.DataFrame({"iso": ["MLI", "MLI"], "begin": ["2012-03-22", "2012-04-13"]})
    >>> same_leader(reign, archigos).tolist()
    [-1, 1]
    """
    ours, theirs = _entries(reign_leaders, "ours"), _entries(listed, "theirs")
    near = pd.merge_asof(
        ours[ours["begin"] <= day("last_leader_day")],
        theirs,
        on="begin",
        by="iso",
        direction="nearest",
        tolerance=pd.Timedelta(days=number("days_between_lists_of_leaders")),
    ).dropna(subset="theirs")
    found = np.full(len(reign_leaders), -1, dtype=np.int64)
    found[near["ours"].to_numpy()] = near["theirs"].to_numpy(dtype=np.int64)
    return found


def _entries(table: pd.DataFrame, numbered: str) -> pd.DataFrame:
    """Sort entries by day, the way that the nearest is found, with the number of each row."""
    entries = table[["iso"]].astype(object).reset_index(drop=True)
    entries["begin"] = days_of(table["begin"])
    entries[numbered] = np.arange(len(table))
    return entries.sort_values("begin", kind="stable")


def _years(now: Days) -> Floats:
    return np.asarray(now.astype("datetime64[Y]").astype(np.int64) + 1970, dtype=np.float64)


def _of(column: pd.Series, which: Integers) -> Floats:
    """Look up a column by row number; -1 is missing."""
    return np.append(column.to_numpy(dtype=np.float64), np.nan)[which]
