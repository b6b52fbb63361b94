"""GDP per head as it was observed, by the World Development Indicators."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.history.columns import check_years, numbers, state_of, years
from garrison.forecasting.history.country_years import country_years
from garrison.forecasting.history.sources import Path_, read_table

#: The last year of the table without filled gaps; a state goes on from it only if one of the last years was observed.
LAST_OBSERVED_YEAR = 2013
YEARS_TO_GO_ON = 3


@cache
def sftg_codes() -> dict[str, str]:
    """Give ISO 3166-1 alpha-3 for the codes of the State Failure Task Force.

    Examples
    --------
    >>> sftg_codes()["AUS"], sftg_codes()["AUL"]
    ('AUT', 'AUS')
    """
    text = files(__package__).joinpath("sftg_codes.csv").read_text(encoding="utf8")
    return {row["sftg"]: row["iso"] for row in csv.DictReader(text.splitlines())}


def read_observed_income(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read GDP per head without filled gaps: columns iso, year, income (dollars of 2005), line."""
    frame = read_table(path, "income_raw", any_version=any_version)
    unknown = frame[~frame["sftgcode"].isin(list(sftg_codes()))]
    if len(unknown):
        row = unknown.iloc[0]
        raise TableError(
            f"{path}, line {row['line']}: sftgcode '{row['sftgcode']}' is no state known; correct the code, or take "
            "the row out"
        )
    frame["iso"] = frame["sftgcode"].map(sftg_codes())
    frame["year"] = years(frame, path)
    frame["income"] = numbers(frame, "wdi.gdppc", path, missing=("", "NA"))
    check_years(frame, path)
    kept = frame[(frame["income"] > 0) & (frame["year"] <= LAST_OBSERVED_YEAR)]
    return kept[["iso", "year", "income", "line"]]


def read_income(observed_path: Path_, filled_path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read GDP per head and its growth: columns iso, gw, year, income, growth.

    Parameters
    ----------
    observed_path
        The table without filled gaps, to 2013: all levels to 2013 are its own.
    filled_path
        The table to today: only its changes after 2013 are used, of states observed shortly before. What it holds for
        years before a state's first observation is computed from later years, and would look ahead.
    any_version
        Read files of another version too.

    Returns
    -------
    DataFrame
        income in dollars of 2005, growth as the change of its logarithm over the year before.
    """
    observed = read_observed_income(observed_path, any_version=any_version)
    filled = country_years(read_table(filled_path, "income", any_version=any_version), "gwcode", filled_path)
    filled["filled"] = numbers(filled, "NY.GDP.PCAP.KD", filled_path, missing=("", "NA"))
    last = observed.sort_values("year").groupby("iso", as_index=False).last()
    last = last[last["year"] > LAST_OBSERVED_YEAR - YEARS_TO_GO_ON]
    anchor = last.merge(filled[["iso", "year", "filled"]], on=["iso", "year"])
    anchor = anchor[anchor["filled"] > 0].rename(columns={"filled": "base", "year": "from_year"})
    later = filled.merge(anchor[["iso", "from_year", "income", "base"]], on="iso")
    later = later[(later["year"] > later["from_year"]) & (later["filled"] > 0)]
    later["income"] *= later["filled"] / later["base"]
    both = pd.concat([observed, later])[["iso", "year", "income"]]
    both = both.sort_values(["iso", "year"], ignore_index=True)
    change = np.log(both["income"]).groupby(both["iso"]).diff()
    both["growth"] = change.where(both.groupby("iso")["year"].diff() == 1)
    both.insert(1, "gw", [_gw(iso) for iso in both["iso"]])
    return both


@cache
def _gw(iso: str) -> int | None:
    state = state_of(iso, "alpha3")
    return state[1] if state else None
