"""Electoral democracy (polyarchy) by V-Dem."""

from __future__ import annotations

import pandas as pd

from garrison.forecasting.history.columns import add_states, check_years, state_of, whole_number
from garrison.forecasting.history.sources import Path_, read_table

FIRST_YEAR = 1945


def read_polyarchy(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read polyarchy of independent states since 1945: columns iso, gw, year, polyarchy (0 to 1), line.

    Rows without a number of Gleditsch and Ward, or of a territory that has none in use, are left out, as are rows
    without a value.
    """
    frame = read_table(path, "vdem_polyarchy", any_version=any_version)
    frame["year"] = [
        whole_number(year, "year", line, path)
        for year, line in zip(frame["year"], frame["line"], strict=True)
    ]
    kept = frame[(frame["year"] >= FIRST_YEAR) & (frame["v2x_polyarchy"] != "") & (frame["GWn"] != "")]
    kept = kept[[state_of(str(code), "gw") is not None for code in kept["GWn"]]]
    kept = add_states(kept, "GWn", "gw", path)
    kept["polyarchy"] = pd.to_numeric(kept["v2x_polyarchy"])
    # A part that has passed into the state (South Yemen) stands beside it: the state's own row counts.
    own = pd.to_numeric(kept["GWn"]) == kept["gw"]
    shared = kept.duplicated(["iso", "year"], keep=False)
    kept = kept[own | ~shared]
    check_years(kept, path)
    return kept[["iso", "gw", "year", "polyarchy", "line"]]
