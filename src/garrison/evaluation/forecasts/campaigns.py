"""The first defection of a campaign (NAVCO 2.0): a benchmark of its own, with countries left out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from garrison.forecasting.features import FeatureTables, feature_table
from garrison.forecasting.history.library import need
from garrison.forecasting.history.navco_campaign_years import (
    STATE,
    first_defection_rows,
    read_navco_campaign_years,
)

#: The question's name.
CAMPAIGNS = "first defection"
#: A campaign-year asks of the next year.
HORIZON_DAYS = 365


def campaign_rows(
    paths: Mapping[str, Path], tables: FeatureTables, *, as_in_the_note: bool = False
) -> pd.DataFrame:
    """Give campaign-years without a defection so far, with what was known of campaign and state.

    Parameters
    ----------
    paths, tables
        The user's files, and those of them that features are made from.
    as_in_the_note
        The 521 rows of the baseline of November 2026, 13 of which follow a defection; only to compare with it.

    Returns
    -------
    DataFrame
        iso, as_of, within_365, the campaign's state, and the state's structure.
    """
    years = read_navco_campaign_years(need(paths, "navco_2_0"))
    rows = first_defection_rows(years, as_in_the_note=as_in_the_note)
    asked = rows["defects_next"].astype("boolean")
    campaign = [*(name for name in STATE if name in rows), "age"]
    features = feature_table(rows[["iso", "as_of"]], tables)
    return pd.concat([rows[["iso", "as_of", *campaign]], features], axis=1).assign(within_365=asked)
