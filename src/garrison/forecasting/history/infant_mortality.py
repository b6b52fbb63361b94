"""Infant mortality, where it was observed."""

from __future__ import annotations

import pandas as pd

from garrison.forecasting.history.columns import numbers
from garrison.forecasting.history.country_years import country_years
from garrison.forecasting.history.sources import Path_, read_table


def read_infant_mortality(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read deaths under one year per thousand births: columns iso, gw, year, infant_mortality, line.

    Values that the table marks as filled in are left out: they are computed from later years.
    """
    frame = country_years(read_table(path, "infant_mortality", any_version=any_version), "gwcode", path)
    frame["infant_mortality"] = numbers(frame, "infmort", path)
    kept = frame[(frame["infant_mortality"] > 0) & ~frame["infmort_imputed"].str.lower().isin(["true", "1"])]
    return kept[["iso", "gw", "year", "infant_mortality", "line"]]
