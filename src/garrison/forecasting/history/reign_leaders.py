"""Leaders in office, by REIGN: it goes on where Archigos ends."""

from __future__ import annotations

import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.history.columns import dates_of_parts, numbers
from garrison.forecasting.history.reign_rows import LAST_DAY, reign_rows
from garrison.forecasting.history.sources import Path_

UNKNOWN = ("", "-99", "-99.0")

#: No, in part, yes.
CAREERS = (0.0, 0.5, 1.0)


def read_reign_leaders(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read leaders: columns iso, gw, begin, leader, birth_year, military_career (0 to 1), line.

    Parameters
    ----------
    path
        The list of leaders; `ccode` is the Correlates of War's number.
    any_version
        Read a file of another version too.

    Returns
    -------
    DataFrame
        Leaders who came to office before 2020; NaN is unknown. Whether a leader came against the rules is not told.

    Raises
    ------
    TableError
        For an unknown state, what is no day, a career that is neither yes, no nor in part, or a leader born after
        coming to office.
    """
    frame = reign_rows(path, "reign_leaders", "ccode", any_version=any_version)
    parts = frame.rename(columns={"syear": "year", "smonth": "month", "sdate": "day"})
    frame["begin"] = dates_of_parts(parts, path, "reign_leaders")
    frame = frame[[day <= LAST_DAY for day in frame["begin"]]].copy()
    frame["birth_year"] = numbers(frame, "birthyear", path, UNKNOWN)
    frame["military_career"] = numbers(frame, "militarycareer", path, UNKNOWN)
    _check(frame, path)
    return frame[["iso", "gw", "begin", "leader", "birth_year", "military_career", "line"]]


def _check(frame: pd.DataFrame, path: Path_) -> None:
    career = frame["military_career"]
    wrong = frame[career.notna() & ~career.isin(CAREERS)]
    if len(wrong):
        row = wrong.iloc[0]
        raise TableError(
            f"{path}, line {row['line']}: militarycareer '{row['militarycareer']}' is neither 0, 0.5 nor 1; leave "
            "empty what is unknown"
        )
    entry_year = pd.Series([day.year for day in frame["begin"]], index=frame.index, dtype="float64")
    unborn = frame[frame["birth_year"] >= entry_year]
    if len(unborn):
        row = unborn.iloc[0]
        raise TableError(
            f"{path}, line {row['line']}: born in {row['birthyear']}, in office since {row['begin']}; correct a year"
        )
