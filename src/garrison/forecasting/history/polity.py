"""Polity2, the fallback where V-Dem has no value."""

from __future__ import annotations

import pandas as pd

from garrison.forecasting.history.columns import add_states, check_years, state_of, whole_number
from garrison.forecasting.history.sources import Path_, read_table

FIRST_YEAR = 1945


def read_polity(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read Polity2 since 1945: columns iso, gw, year, polity2 (-10 to 10), line.

    Where one state followed another within a year, both are listed; the one whose rows go on longer counts.
    """
    frame = read_table(path, "polity", any_version=any_version)
    frame["year"] = [
        whole_number(year, "year", line, path)
        for year, line in zip(frame["year"], frame["line"], strict=True)
    ]
    kept = frame[(frame["year"] >= FIRST_YEAR) & (frame["polity2"] != "") & (frame["GWn"] != "")]
    kept = kept[[state_of(str(code), "gw") is not None for code in kept["GWn"]]]
    kept = add_states(kept, "GWn", "gw", path)
    kept["polity2"] = pd.to_numeric(kept["polity2"])
    last = kept.groupby("scode")["year"].max()
    kept["last"] = kept["scode"].map(last)
    kept = kept.sort_values(["iso", "year", "last", "scode"])
    # Two rows under one code are an error of the file; under two codes, a succession.
    check_years(kept[~kept.duplicated(["iso", "year"]) | kept.duplicated(["scode", "year"])], path)
    kept["own"] = pd.to_numeric(kept["GWn"]) == kept["gw"]
    kept = kept.sort_values(["iso", "year", "own", "last", "scode"])
    kept = kept.drop_duplicates(["iso", "year"], keep="last").sort_values("line")
    return kept[["iso", "gw", "year", "polity2", "line"]]
