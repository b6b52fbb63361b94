"""Published forecasts of irregular leader change: the ensemble of Beger, Dorff and Ward, country-months."""

from __future__ import annotations

import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.history.beger_ward import check_chances
from garrison.forecasting.history.columns import add_states, dates, numbers
from garrison.forecasting.history.sources import Path_, read_table

#: Names that only this table writes.
OTHER_NAMES = {"Congo, DRC": "Democratic Republic of the Congo"}


def read_ilc(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read forecasts for a month: columns iso, gw, as_of (its first day), observed, p (of the ensemble), line.

    Months without an outcome, the last half year, are left out.

    Raises
    ------
    TableError
        If p is no chance, or a country-month is told twice.
    """
    frame = read_table(path, "ilc", any_version=any_version)
    frame["as_of"] = pd.to_datetime(dates(frame, "date", path, "ilc")).astype("datetime64[s]")
    frame["p"] = numbers(frame, "ch.Ensemble", path)
    frame["observed"] = numbers(frame, "irr.t", path)
    check_chances(frame, path)
    frame["country"] = frame["country"].replace(OTHER_NAMES)
    frame = add_states(frame, "country", "name", path)
    twice = frame[frame.duplicated(["iso", "as_of"])]
    if len(twice):
        row = twice.iloc[0]
        raise TableError(
            f"{path}, line {row['line']}: {row['country']} {row['date']} is told twice; keep one row"
        )
    frame = frame[frame["observed"].notna()].copy()
    frame["observed"] = frame["observed"] > 0
    return frame[["iso", "gw", "as_of", "observed", "p", "line"]]
