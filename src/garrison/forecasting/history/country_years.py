"""Country-years of the published tables: one row a state and year."""

from __future__ import annotations

import pandas as pd

from garrison.forecasting.history.columns import add_states, check_years, state_of, years
from garrison.forecasting.history.sources import Path_

FIRST_YEAR = 1945


def country_years(frame: pd.DataFrame, column: str, path: Path_, scheme: str = "gw") -> pd.DataFrame:
    """Add iso, gw and year to a table of country-years, and keep one row of each.

    Parameters
    ----------
    frame
        As `read_table` gives it.
    column, scheme
        Where the state's code stands and what it is.
    path
        Named in errors.

    Returns
    -------
    DataFrame
        Rows since 1945 of states that are known. Where a part that has passed into a state stands beside it (South
        Yemen), the state's own row counts.

    Raises
    ------
    TableError
        For a country-year told twice, a year missing within the table, or what is no year.
    """
    frame = frame.assign(year=years(frame, path))
    kept = frame[frame["year"] >= FIRST_YEAR]
    kept = kept[[state_of(str(code), scheme) is not None for code in kept[column]]]
    kept = add_states(kept, column, scheme, path)
    own = pd.to_numeric(kept[column], errors="coerce") == kept["gw"]
    shared = kept.duplicated(["iso", "year"], keep=False)
    kept = kept[own | ~shared]
    check_years(kept, path)
    return kept
