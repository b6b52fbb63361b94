"""Coup attempts listed by Powell and Thyne."""

from __future__ import annotations

import pandas as pd

from garrison.forecasting.history.columns import add_states, dates_of_parts
from garrison.forecasting.history.corrections import corrected
from garrison.forecasting.history.sources import Path_, read_table


def read_powell_thyne(path: Path_, *, any_version: bool = False, correct: bool = True) -> pd.DataFrame:
    """Read coup attempts: columns iso, gw, date, success, line.

    Parameters
    ----------
    path
        The file of events; `ccode` is the Correlates of War's number, `coup` 1 failed, 2 succeeded.
    any_version
        Read a file of another version too.
    correct
        Apply the table of corrections.
    """
    frame = read_table(path, "powell_thyne", any_version=any_version)
    frame = corrected(frame, "powell_thyne", correct)
    frame["date"] = dates_of_parts(frame, path, "powell_thyne")
    frame = add_states(frame, "ccode", "cow", path, ("country", "name"))
    frame["success"] = frame["coup"].astype(str).isin(["2", "2.0"])
    return frame[["iso", "gw", "date", "success", "line"]]
