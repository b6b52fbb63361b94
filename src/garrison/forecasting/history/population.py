"""Population of states."""

from __future__ import annotations

import pandas as pd

from garrison.forecasting.history.columns import numbers
from garrison.forecasting.history.country_years import country_years
from garrison.forecasting.history.sources import Path_, read_table


def read_population(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read population since 1945: columns iso, gw, year, population (thousands), line."""
    frame = country_years(read_table(path, "population", any_version=any_version), "gwcode", path)
    frame["population"] = numbers(frame, "pop", path)
    kept = frame[frame["population"] > 0]
    return kept[["iso", "gw", "year", "population", "line"]]
