"""Votes that decide who leads a state, and referendums, by REIGN."""

from __future__ import annotations

from calendar import monthrange

import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.history.columns import dates_of_parts, whole_number
from garrison.forecasting.history.reign_rows import LAST_DAY, reign_rows
from garrison.forecasting.history.sources import Path_

#: A row that tells of a vote begins so; the others tell of announcements, deadlines and delays, coded in hindsight.
VOTE = "vote,"
KINDS = ("L", "X", "R")


def read_elections(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read votes that took place: columns iso, gw, date, kind, regular, lost, line.

    Parameters
    ----------
    path
        The list of elections; `ccode` is the Correlates of War's number.
    any_version
        Read a file of another version too.

    Returns
    -------
    DataFrame
        Votes before 2020: for the assembly that makes the leader (kind L), for the leader (X), on a question (R).
        `regular` is a vote by the regular schedule, `lost` one that those in power lost; of a round that decides
        nothing yet, neither side has lost. A vote whose day is not known has the last day of its month.

    Raises
    ------
    TableError
        For an unknown state or kind, or what is no day.

    Notes
    -----
    Announcements, deadlines and what was still to come are not read: they were coded after the fact.
    """
    frame = reign_rows(path, "reign_elections", "ccode", any_version=any_version, other=("country", "name"))
    frame = frame[frame["event"].str.lower().str.startswith(VOTE)].copy()
    wrong = frame[~frame["type"].isin(KINDS)]
    if len(wrong):
        row = wrong.iloc[0]
        raise TableError(f"{path}, line {row['line']}: type '{row['type']}' is none of {', '.join(KINDS)}")
    frame = frame.rename(columns={"elec_year": "year", "elec_month": "month", "elec_day": "day"})
    frame["day"] = _days(frame, path)
    frame["date"] = dates_of_parts(frame, path, "reign_elections")
    frame = frame[[day <= LAST_DAY for day in frame["date"]]].copy()
    frame["kind"] = frame["type"]
    frame["regular"] = frame["regular"] == "Y"
    frame["lost"] = frame["victory"] == "N"
    return frame[["iso", "gw", "date", "kind", "regular", "lost", "line"]]


def _days(frame: pd.DataFrame, path: Path_) -> list[str]:
    """Give the days as written, the month's last where there is none."""
    written = []
    for line, year, month, day in zip(
        frame["line"], frame["year"], frame["month"], frame["day"], strict=True
    ):
        if day:
            written.append(str(day))
            continue
        of_year, of_month = (
            whole_number(value, name, line, path)
            for value, name in ((year, "elec_year"), (month, "elec_month"))
        )
        if not 1 <= of_month <= 12 or of_year < 1:
            raise TableError(f"{path}, line {line}: '{year}-{month}' is no month; write year and 1 to 12")
        written.append(str(monthrange(of_year, of_month)[1]))
    return written
