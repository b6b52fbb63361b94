"""The crisis that a crisis-week belongs to: its age, how long it has been silent, its class."""

from __future__ import annotations

import numpy as np
import pandas as pd

from garrison.forecasting.features.definitions import frame_of
from garrison.forecasting.history.timeline import Floats, Timeline, days_of

#: The columns that only crisis-weeks have.
COLUMNS = ("onset", "week", "weeks_since_escalation")


def crisis(rows: pd.DataFrame, protests: pd.DataFrame) -> pd.DataFrame:
    """Give age, silence and class of each row's crisis.

    Parameters
    ----------
    rows
        iso, as_of, onset, week, weeks_since_escalation, as `CrisisSet.rows` gives them.
    protests
        As `read_protests` gives them.

    Returns
    -------
    DataFrame
        Features as in `features.toml`. On its first day a crisis has no class yet, it is missing: what the protest that
        opens it asks is known from the day after.
    """
    now, onset = days_of(rows["as_of"]), days_of(rows["onset"])
    fresh = now <= onset
    demands = protests[protests["removal"]]
    removal = Timeline.of(demands["iso"], demands["begin"])
    deadly = protests[protests["killings"]]
    killings = Timeline.of(deadly["iso"], deadly["end"])
    found: dict[str, Floats] = {
        "crisis_age": np.log1p(rows["week"].to_numpy(dtype=np.float64)),
        "crisis_since_escalation": np.log1p(rows["weeks_since_escalation"].to_numpy(dtype=np.float64)),
        "crisis_removal": np.where(fresh, np.nan, removal.count(rows["iso"], onset, now) > 0),
        "crisis_killings": np.where(fresh, np.nan, killings.count(rows["iso"], onset, now) > 0),
    }
    return frame_of(found, rows.index)
