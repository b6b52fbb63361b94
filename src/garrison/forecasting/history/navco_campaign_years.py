"""Campaign-years of NAVCO 2.0, and the question whether forces defect in the next."""

from __future__ import annotations

import numpy as np
import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.history.columns import numbers, years
from garrison.forecasting.history.sources import Path_, read_table
from garrison.world import country_of_code

#: The state of a campaign in a year, each with its column in NAVCO 2.0.
STATE = {
    "nonviolent": "prim_method",
    "organisations": "camp_orgs",
    "size": "camp_size",
    "conflict_within": "camp_conf_intensity",
    "radical_flank": "rad_flank",
    "goals": "camp_goals",
    "structure": "camp_structure",
    "repression": "repression",
    "defected": "sec_defect",
    "officials_defected": "state_defect",
    "foreign_support_of_regime": "regime_support",
    "foreign_support_withdrawn": "wdrwl_support",
    "foreign_support_of_campaign": "camp_support",
    "sanctions": "sdirect",
    "world_media": "in_media",
    "own_media": "dom_media",
    "progress": "progress",
    "success": "success",
}
UNKNOWN = ("", "-99", "-99.0")

#: Places that NAVCO names by words of its own.
OTHER_PLACES = {"Tibet": "CHN", "West Papua": "IDN", "Palestinian Territories": "PSE", "Palestine": "PSE"}


def place_of(code: str, name: str, line: int, path: Path_) -> str:
    """Find the country or territory of a campaign by its number or its name.

    Raises
    ------
    TableError
        If neither is known.
    """
    found = OTHER_PLACES.get(name) or country_of_code(code, "cow") or country_of_code(name, "name")
    if found is None:
        raise TableError(f"{path}, line {line}: location '{name}' is no country known; correct the name")
    return found


def read_navco_campaign_years(path: Path_, *, any_version: bool = False) -> pd.DataFrame:
    """Read campaign-years: columns id, campaign, iso, year, age and the campaign's state (`STATE`), line.

    Whatever is coded unknown (-99) or left empty is missing.

    Raises
    ------
    TableError
        If a campaign has a year twice.
    """
    frame = read_table(path, "navco_2_0", any_version=any_version)
    frame["year"] = years(frame, path)
    frame["id"] = years(frame, path, "id")
    frame["age"] = numbers(frame, "cyear", path, UNKNOWN)
    frame["iso"] = [
        place_of(str(code), str(name), line, path)
        for code, name, line in zip(frame["lccode"], frame["location"], frame["line"], strict=True)
    ]
    values = {name: numbers(frame, column, path, UNKNOWN) for name, column in STATE.items()}
    frame = frame[["id", "campaign", "iso", "year", "age", "line"]].assign(**values)
    twice = frame[frame.duplicated(["id", "year"])]
    if len(twice):
        row = twice.iloc[0]
        raise TableError(
            f"{path}, line {row['line']}: campaign {row['id']} has {row['year']} twice; keep one"
        )
    columns = ["id", "campaign", "iso", "year", "age", *STATE, "line"]
    return frame[columns].sort_values(["id", "year"], ignore_index=True)


def defection_rows(campaign_years: pd.DataFrame) -> pd.DataFrame:
    """Ask of every campaign-year whether forces defect in the next.

    Parameters
    ----------
    campaign_years
        As the reader gives them.

    Returns
    -------
    DataFrame
        Campaign-years t whose t + 1 says whether forces defected: as_of (the first day of t + 1), the campaign's state
        at t, defected_before (in any year up to t, as far as coded), and defects_next. Country and as_of join what is
        known of the state.
    """
    following = campaign_years[["id", "year", "defected"]].assign(year=campaign_years["year"] - 1)
    following = following.rename(columns={"defected": "defects_next"})
    rows = campaign_years.merge(following, on=["id", "year"], how="left")
    known = rows["defected"].fillna(0.0).groupby(rows["id"]).cummax()
    rows["defected_before"] = known > 0
    rows["as_of"] = pd.to_datetime((rows["year"] + 1).astype(str) + "-01-01").astype("datetime64[s]")
    rows = rows[rows["defects_next"].notna()].reset_index(drop=True)
    rows["defects_next"] = rows["defects_next"] > 0
    return rows


def first_defection_rows(campaign_years: pd.DataFrame, *, as_in_the_note: bool = False) -> pd.DataFrame:
    """Keep campaign-years without a defection so far, and ask whether the next has the first.

    Parameters
    ----------
    campaign_years
        As the reader gives them.
    as_in_the_note
        Count a year that is not coded itself as never yet, whatever came before. The baseline of November 2026 did so
        (521 rows, 45 defections); 13 of its rows, 5 of them followed by a defection, belong to campaigns in which
        forces had defected already. Only for comparing with it.

    Returns
    -------
    DataFrame
        As `defection_rows`: 508 rows, 40 defections in NAVCO 2.0.
    """
    rows = defection_rows(campaign_years)
    never = ~rows["defected_before"]
    if as_in_the_note:
        never = never | np.isnan(rows["defected"])
    return rows[never].reset_index(drop=True)
