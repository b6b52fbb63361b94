"""Armed conflict within states, by UCDP and PRIO."""

from __future__ import annotations

import pandas as pd

from garrison.forecasting.history.columns import add_states, check_years, numbers, state_of, years
from garrison.forecasting.history.sources import Path_, read_table

#: Conflicts of a government with groups of its own state; "II" has foreign troops on one side.
WITHIN_STATES = ("intrastate", "II")
WAR = 2


def read_conflicts(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read conflict within states: columns iso, gw, year, conflicts, war.

    One row a state and year that had any: how many conflicts of at least 25 deaths, and whether one had 1,000.
    States without a number in use (Hyderabad) are left out.
    """
    frame = read_table(path, "ucdp_conflict", any_version=any_version)
    frame["year"] = years(frame, path)
    frame["intensity"] = numbers(frame, "intensity_level", path)
    frame = frame[frame["type_of_conflict"].isin(WITHIN_STATES)]
    frame = frame[[state_of(str(code), "gw") is not None for code in frame["gwno_a"]]]
    frame = add_states(frame, "gwno_a", "gw", path)
    frame["war"] = frame["intensity"] == WAR
    found = frame.groupby(["iso", "gw", "year"], as_index=False).agg(
        conflicts=("conflict_id", "nunique"), war=("war", "any"), line=("line", "first")
    )
    check_years(found, path)
    return found[["iso", "gw", "year", "conflicts", "war"]]
