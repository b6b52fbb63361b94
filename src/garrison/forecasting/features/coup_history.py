"""Coups that the state, its neighbours and the world have seen."""

from __future__ import annotations

import numpy as np
import pandas as pd

from garrison.forecasting.features.definitions import day, frame_of, number
from garrison.forecasting.features.neighbourhood import neighbourhood_of
from garrison.forecasting.history.timeline import Days, Floats, Timeline, days_of

YEARS = (1, 5, 10, 20)
YEARS_NEARBY = (1, 5)
YEARS_OF_WORLD = 5
HALF_LIVES_OF_ATTEMPTS = (1, 5, 15)
HALF_LIVES_OF_SUCCESSES = (5, 15)
WORLD = "world"


def coup_history(rows: pd.DataFrame, coups: pd.DataFrame) -> pd.DataFrame:
    """Count the coup attempts and successes before each row, near and far, and how fresh the last one is.

    Parameters
    ----------
    rows
        iso, as_of.
    coups
        As `read_powell_thyne` gives them: iso, date, success.

    Returns
    -------
    DataFrame
        Features as in `features.toml`; only what happened before as_of enters.
    """
    now, iso = days_of(rows["as_of"]), rows["iso"]
    attempts = Timeline.of(coups["iso"], coups["date"])
    won = coups[coups["success"]]
    successes = Timeline.of(won["iso"], won["date"])
    nearby = Timeline.of(neighbourhood_of(coups["iso"]), coups["date"])
    world = Timeline.of(pd.Series(WORLD, index=coups.index, dtype=object), coups["date"])
    since = attempts.days_since(iso, now)
    found: dict[str, Floats] = {}
    for years in HALF_LIVES_OF_ATTEMPTS:
        found[f"coup_attempt_decay_{years}_year"] = decay(since, years)
    for years in HALF_LIVES_OF_SUCCESSES:
        found[f"coup_success_decay_{years}_year"] = decay(successes.days_since(iso, now), years)
    found["log_months_since_coup_attempt"] = _log_months(since, now)
    for years in YEARS:
        begin = _years_before(now, years)
        found[f"coup_attempts_{years}_year"] = np.log1p(attempts.count(iso, begin, now))
        found[f"coup_successes_{years}_year"] = np.log1p(successes.count(iso, begin, now))
    region = neighbourhood_of(iso)
    for years in YEARS_NEARBY:
        begin = _years_before(now, years)
        others = nearby.count(region, begin, now) - attempts.count(iso, begin, now)
        found[f"coup_attempts_nearby_{years}_year"] = np.log1p(others)
    everywhere = world.count(
        pd.Series(WORLD, index=rows.index, dtype=object), _years_before(now, YEARS_OF_WORLD), now
    )
    found["coup_attempts_world_5_year"] = np.log1p(everywhere)
    return frame_of(found, rows.index)


def decay(days_since: Floats, half_life_years: int) -> Floats:
    """Halve a memory every so many years: 2^(-years since / half-life), 0 where there is nothing to remember.

    Examples
    --------
    >>> decay(np.array([0.0, 365.25, np.nan]), 1).tolist()
    [1.0, 0.5, 0.0]
    """
    years = days_since / number("days_of_year")
    return np.asarray(np.nan_to_num(np.exp2(-years / half_life_years), nan=0.0), dtype=np.float64)


def _log_months(since: Floats, now: Days) -> Floats:
    listed = (now - day("first_coup_day")).astype("timedelta64[D]").astype(np.float64)
    days = np.where(np.isnan(since), np.maximum(listed, 0.0), since)
    return np.asarray(np.log1p(days / number("days_of_month")), dtype=np.float64)


def _years_before(now: Days, years: int) -> Days:
    return now - np.timedelta64(round(years * number("days_of_year")), "D")
