"""Votes that took place before a forecast."""

from __future__ import annotations

import numpy as np
import pandas as pd

from garrison.forecasting.features.definitions import day, frame_of, number, states_without_election_rows
from garrison.forecasting.history.timeline import Floats, Timeline, days_of

MONTHS = 6


def elections(rows: pd.DataFrame, votes: pd.DataFrame) -> pd.DataFrame:
    """Say whether each row's state voted in the six months before it, and how.

    Parameters
    ----------
    rows
        iso, as_of.
    votes
        As `read_elections` gives them: iso, date, regular, lost.

    Returns
    -------
    DataFrame
        election_last_6_month, election_irregular_6_month, election_lost_6_month; missing where the list does not cover
        the state or the whole six months. A loss is known once the result is: some weeks after the vote.
    """
    now = days_of(rows["as_of"])
    begin = now - np.timedelta64(round(MONTHS * number("days_of_month")), "D")
    result = now - np.timedelta64(int(number("days_until_result")), "D")
    unlisted = rows["iso"].isin(list(states_without_election_rows())).to_numpy()
    unknown = unlisted | (begin < day("first_election_day"))
    found: dict[str, Floats] = {}
    for name, kept, until in (
        (f"election_last_{MONTHS}_month", votes, now),
        (f"election_irregular_{MONTHS}_month", votes[~votes["regular"]], now),
        (f"election_lost_{MONTHS}_month", votes[votes["lost"]], result),
    ):
        count = Timeline.of(kept["iso"], kept["date"]).count(rows["iso"], begin, until)
        found[name] = np.where(unknown, np.nan, count > 0)
    return frame_of(found, rows.index)
