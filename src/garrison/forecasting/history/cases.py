"""Hand-dated decisions of the forces in known cases: one label set uses them, nothing is trained on them."""

from __future__ import annotations

import pandas as pd

from garrison.forecasting.history.columns import add_states, dates
from garrison.forecasting.history.sources import Path_, read_table


def read_cases(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read dated decisions: columns iso, gw, date, outcome, line. Cases without a date are left out."""
    frame = read_table(path, "cases", any_version=any_version)
    frame = frame[frame["military_decision_date"] != ""].copy()
    frame["date"] = dates(frame, "military_decision_date", path, "cases")
    frame = add_states(frame, "gwcode", "gw", path)
    return frame[["iso", "gw", "date", "outcome", "line"]]
