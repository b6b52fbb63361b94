"""The kind of regime that was in force a year before."""

from __future__ import annotations

import numpy as np
import pandas as pd

from garrison.forecasting.features.definitions import frame_of, number
from garrison.forecasting.history.reign_regimes import CLASSES
from garrison.forecasting.history.timeline import Floats, Timeline, days_of


def regimes(rows: pd.DataFrame, spells: pd.DataFrame) -> pd.DataFrame:
    """Give the classes of the regime that was in force a year before each row.

    Parameters
    ----------
    rows
        iso, as_of.
    spells
        As `read_regimes` gives them: iso, begin, end, military, personal, party, monarchy.

    Returns
    -------
    DataFrame
        regime_military, regime_personal, regime_party, regime_monarchy; missing where none was in force that day. What
        changed since does not enter, neither a new regime nor the end of the old one.
    """
    then = days_of(rows["as_of"]) - np.timedelta64(int(number("days_since_regime")), "D")
    which = Timeline.of(spells["iso"], spells["begin"]).latest(rows["iso"], then + 1)
    end = np.append(days_of(spells["end"]), np.datetime64("NaT", "D"))[which]
    in_force = then <= end
    found: dict[str, Floats] = {}
    for name in CLASSES:
        marks = np.append(spells[name].to_numpy(dtype=np.float64), np.nan)[which]
        found[f"regime_{name}"] = np.where(in_force, marks, np.nan)
    return frame_of(found, rows.index)
