"""Published coup forecasts: Beger and Ward, country-years."""

from __future__ import annotations

import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.history.columns import add_states, numbers, years
from garrison.forecasting.history.sources import Path_, read_table, source


def read_beger_ward(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read forecasts for a year, made before it: columns iso, gw, as_of, for_year, outcome, observed, p, line.

    `outcome` is attempt, coup or failed; `observed` is theirs (Powell & Thyne); rows without it (2020) are left
    out.

    Raises
    ------
    TableError
        If p is no chance, or a country-year has one outcome twice.
    """
    frame = read_table(path, "beger_ward", any_version=any_version)
    frame["for_year"] = years(frame, path, "for_year")
    frame["p"] = numbers(frame, "p", path)
    frame["observed"] = numbers(frame, "observed", path, missing=("", "NA"))
    check_chances(frame, path)
    frame = add_states(frame, "gwcode", "gw", path)
    twice = frame[frame.duplicated(["iso", "for_year", "outcome"])]
    if len(twice):
        row = twice.iloc[0]
        raise TableError(
            f"{path}, line {row['line']}: {row['iso']} {row['for_year']} is told twice; keep one row"
        )
    frame = frame[
        frame["observed"].notna() & (frame["for_year"] <= source("beger_ward").last_day.year)
    ].copy()
    frame["observed"] = frame["observed"] > 0
    frame["as_of"] = pd.to_datetime(frame["for_year"].astype(str) + "-01-01").astype("datetime64[s]")
    return frame[["iso", "gw", "as_of", "for_year", "outcome", "observed", "p", "line"]]


def check_chances(frame: pd.DataFrame, path: Path_) -> None:
    """Refuse forecasts that are no chances.

    Raises
    ------
    TableError
        With file and line.
    """
    wrong = frame[~frame["p"].between(0, 1)]
    if len(wrong):
        row = wrong.iloc[0]
        raise TableError(f"{path}, line {row['line']}: p {row['p']} is no chance; it lies from 0 to 1")
