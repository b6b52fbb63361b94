"""The leader in office: how long, and how the leader came to it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from garrison.forecasting.features.definitions import day, frame_of, number
from garrison.forecasting.history.timeline import Timeline, days_of


def leaders(rows: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Give the tenure of the last leader who came to office before each row, and whether against the rules.

    Parameters
    ----------
    rows
        iso, as_of.
    listed
        As `read_leaders` gives them: iso, begin, irregular_entry.

    Returns
    -------
    DataFrame
        leader_tenure, leader_entered_irregularly; missing after the last listed day, when a newer leader may be in
        office.
    """
    now = days_of(rows["as_of"])
    timeline = Timeline.of(listed["iso"], listed["begin"])
    which = timeline.latest(rows["iso"], now)
    unknown = (which < 0) | (now > day("last_leader_day") + 1)
    months = timeline.days_since(rows["iso"], now) / number("days_of_month")
    irregular = np.append(listed["irregular_entry"].to_numpy(dtype=np.float64), np.nan)[which]
    found = {
        "leader_tenure": np.where(unknown, np.nan, np.log1p(months)),
        "leader_entered_irregularly": np.where(unknown, np.nan, irregular),
    }
    return frame_of(found, rows.index)
