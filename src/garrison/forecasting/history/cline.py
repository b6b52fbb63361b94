"""Coups, attempts and conspiracies listed by the Cline Center."""

from __future__ import annotations

import pandas as pd

from garrison.forecasting.history.columns import add_states, dates_of_parts
from garrison.forecasting.history.corrections import corrected
from garrison.forecasting.history.sources import Path_, read_table


def read_cline(path: Path_, *, any_version: bool = False, correct: bool = True) -> pd.DataFrame:
    """Read events: columns iso, gw, date, kind (coup, attempted, conspiracy, none), military, dissident, line.

    Parameters
    ----------
    path
        The events; `cowcode` is the Correlates of War's number.
    any_version
        Read a file of another version too.
    correct
        Apply the table of corrections.
    """
    frame = corrected(read_table(path, "cline", any_version=any_version), "cline", correct)
    frame["date"] = dates_of_parts(frame, path, "cline")
    frame = add_states(frame, "cowcode", "cow", path, ("country", "name"))
    frame["kind"] = frame["event_type"]
    for column in ("military", "dissident"):
        frame[column] = frame[column].astype(str).isin(["1", "1.0"])
    return frame[["iso", "gw", "date", "kind", "military", "dissident", "line"]]
