"""Independent states by Gleditsch and Ward."""

from __future__ import annotations

from datetime import date

import pandas as pd

from garrison.forecasting.history.columns import add_states, dates, state_of
from garrison.forecasting.history.sources import Path_, read_table


def read_states(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read independent states since 1946: columns iso, gw, first_day, last_day, line.

    A state that lasts to the list's last day goes on: its `last_day` is the greatest day there is.
    """
    frame = read_table(path, "states", any_version=any_version)
    frame["first_day"] = dates(frame, "startdate", path, "states")
    frame["last_day"] = dates(frame, "enddate", path, "states")
    last = frame["last_day"].max() if len(frame) else date.max
    frame = frame[[day >= date(1946, 1, 1) for day in frame["last_day"]]]
    frame = frame[[state_of(str(code), "gw") is not None for code in frame["gwcode"]]]
    frame = add_states(frame, "gwcode", "gw", path)
    frame["last_day"] = [date.max if day == last else day for day in frame["last_day"]]
    return frame[["iso", "gw", "first_day", "last_day", "line"]]
