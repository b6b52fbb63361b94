"""Coups listed by Colpus."""

from __future__ import annotations

import pandas as pd

from garrison.forecasting.history.columns import add_states, dates
from garrison.forecasting.history.corrections import corrected
from garrison.forecasting.history.sources import Path_, read_table


def read_colpus(path: Path_, *, any_version: bool = False, correct: bool = True) -> pd.DataFrame:
    """Read coups: columns iso, gw, date, military, success, line.

    Parameters
    ----------
    path
        The master list; `ccode` is the Correlates of War's number.
    any_version
        Read a file of another version too.
    correct
        Apply the table of corrections.
    """
    frame = corrected(read_table(path, "colpus", any_version=any_version), "colpus", correct)
    frame["date"] = dates(frame, "date", path, "colpus")
    frame = add_states(frame, "ccode", "cow", path, ("statenme", "name"))
    frame["military"] = frame["milcoup"] == "Military Coup"
    frame["success"] = frame["success"].astype(str).isin(["1", "1.0"])
    return frame[["iso", "gw", "date", "military", "success", "line"]]
