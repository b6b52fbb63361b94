"""How leaders left office, by Archigos."""

from __future__ import annotations

import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.history.columns import add_states, dates
from garrison.forecasting.history.corrections import corrected
from garrison.forecasting.history.sources import Path_, read_table

#: States that passed before 1946 have no number in use; leaders who left before then are not read.
FIRST_EXIT = "1946-01-01"

#: Past states without a number in use (Zanzibar, Tibet, South Vietnam): their leaders are not read.
PASSED = (511, 711, 817)


def read_archigos(path: Path_, *, any_version: bool = False, correct: bool = True) -> pd.DataFrame:
    """Read exits of leaders since 1946: columns iso, gw, date, leader, exit, by_military, foreign, irregular, line.

    Parameters
    ----------
    path
        The leaders; `gwcode` is the number of Gleditsch and Ward.
    any_version
        Read a file of another version too.
    correct
        Apply the table of corrections.

    Notes
    -----
    `irregular` leaves foreign removals (`foreign`) out: a capture by another state is no break of one's own forces.
    """
    frame = corrected(read_table(path, "archigos", any_version=any_version), "archigos", correct)
    frame = frame[(frame["enddate"] >= FIRST_EXIT) & (frame["exit"] != "Still in Office")].copy()
    unknown = frame[frame["exit"] == ""]
    if len(unknown):
        raise TableError(
            f"{path}, line {unknown.iloc[0]['line']}: exit is empty; write Regular, Irregular, Foreign or Unknown"
        )
    frame = frame[~pd.to_numeric(frame["gwcode"], errors="coerce").isin(PASSED)].copy()
    frame["date"] = dates(frame, "enddate", path, "archigos")
    frame = add_states(frame, "gwcode", "gw", path)
    frame["by_military"] = frame["exitcode"].str.startswith("Removed by Military")
    frame["foreign"] = frame["exit"] == "Foreign"
    frame["irregular"] = frame["exit"] == "Irregular"
    return frame[["iso", "gw", "date", "leader", "exit", "by_military", "foreign", "irregular", "line"]]


def read_leaders(path: Path_, *, any_version: bool = False, correct: bool = True) -> pd.DataFrame:
    """Read leaders in office since 1946: columns iso, gw, begin, leader, irregular_entry, line.

    Parameters
    ----------
    path
        The leaders; `gwcode` is the number of Gleditsch and Ward.
    any_version
        Read a file of another version too.
    correct
        Apply the table of corrections.

    Notes
    -----
    `irregular_entry` holds for entries against the rules and for impositions by another state.
    """
    frame = corrected(read_table(path, "archigos", any_version=any_version), "archigos", correct)
    frame = frame[frame["enddate"] >= FIRST_EXIT]
    frame = frame[~pd.to_numeric(frame["gwcode"], errors="coerce").isin(PASSED)].copy()
    frame["begin"] = dates(frame, "startdate", path, "archigos")
    frame = add_states(frame, "gwcode", "gw", path)
    frame["irregular_entry"] = frame["entry"].isin(["Irregular", "Foreign Imposition"])
    return frame[["iso", "gw", "begin", "leader", "irregular_entry", "line"]]
