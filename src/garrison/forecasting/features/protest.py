"""Protests before a forecast, by what was known of them on its day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from garrison.forecasting.features.definitions import day, frame_of, number, states_without_protest_rows
from garrison.forecasting.history.timeline import Floats, Timeline, days_of

MONTHS = (1, 3, 12)

#: Kinds of protest by the column that marks them, and the day from which the mark is known: a crowd and its demand are
#: reported when the protest begins, its size and its violence are told of the whole protest, so that they count once it
#: has ended.
KINDS = (
    ("protests", None, "begin"),
    ("protests_removal", "removal", "begin"),
    ("protests_violent", "violent", "end"),
    ("protests_large", "large", "end"),
    ("protests_killings", "killings", "end"),
)


def protest(rows: pd.DataFrame, protests: pd.DataFrame) -> pd.DataFrame:
    """Count protests in the last month, 3 and 12 months before each row.

    Parameters
    ----------
    rows
        iso, as_of.
    protests
        As `read_protests` gives them.

    Returns
    -------
    DataFrame
        log(1 + number) by kind and window; missing where the list does not cover the state or the whole window: nothing
        listed before 1990 is not nothing.
    """
    now = days_of(rows["as_of"])
    uncovered = (now > day("last_protest_day") + 1) | rows["iso"].isin(
        list(states_without_protest_rows())
    ).to_numpy()
    found: dict[str, Floats] = {}
    for name, mark, known_from in KINDS:
        kept = protests[protests[mark]] if mark else protests
        timeline = Timeline.of(kept["iso"], kept[known_from])
        for months in MONTHS:
            begin = now - np.timedelta64(round(months * number("days_of_month")), "D")
            counted = np.log1p(timeline.count(rows["iso"], begin, now))
            missing = uncovered | (begin < day("first_protest_day"))
            found[f"{name}_{months}_month"] = np.where(missing, np.nan, counted)
    return frame_of(found, rows.index)
