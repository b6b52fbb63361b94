"""Campaigns of NAVCO 1.2, and whether forces defected in them."""

from __future__ import annotations

import pandas as pd

from garrison.forecasting.history.columns import numbers, years
from garrison.forecasting.history.navco_campaign_years import place_of
from garrison.forecasting.history.sources import Path_, read_table

_NUMBERS = {
    "NONVIOL": "nonviolent",
    "REGCHANGE": "regime_change",
    "SUCCESS": "success",
    "DURATION": "duration_days",
    "PERCENTAGE POPULAR PARTICIPATION": "peak_participation",
    "DEFECT": "defected",
}


def read_navco_campaigns(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read campaigns: columns campaign, iso, first_year, last_year and the numbers of NAVCO 1.2, line.

    `defected`, `nonviolent`, `regime_change`, `success` are 0 or 1; `peak_participation` (a share) and `duration_days`
    are known only when the campaign is over.
    """
    frame = read_table(path, "navco_1_2", any_version=any_version)
    frame["first_year"] = years(frame, path, "BYEAR")
    frame["last_year"] = years(frame, path, "EYEAR")
    frame["iso"] = [
        place_of("", str(name), line, path)
        for name, line in zip(frame["LOCATION"], frame["line"], strict=True)
    ]
    for column, name in _NUMBERS.items():
        frame[name] = numbers(frame, column, path, ("", "-99", "-99.0"))
    frame["campaign"] = frame["CAMPAIGN"]
    return frame[["campaign", "iso", "first_year", "last_year", *_NUMBERS.values(), "line"]]
