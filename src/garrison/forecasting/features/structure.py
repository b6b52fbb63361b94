"""The state's structure: its regime, wealth, size, wars and age, as late as the yearly tables know them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from garrison.forecasting.features.definitions import frame_of, lag, number
from garrison.forecasting.history.timeline import Floats, Timeline, days_of

AUTOCRACY_AT_MOST, DEMOCRACY_FROM = -6, 6
HIGHEST_POLITY2 = 10


def structure(
    rows: pd.DataFrame,
    *,
    polyarchy: pd.DataFrame,
    polity: pd.DataFrame,
    income: pd.DataFrame,
    population: pd.DataFrame,
    infant_mortality: pd.DataFrame,
    conflicts: pd.DataFrame,
    states: pd.DataFrame,
) -> pd.DataFrame:
    """Give the structure of each row's state.

    Parameters
    ----------
    rows
        iso, as_of.
    polyarchy, polity, income, population, infant_mortality, conflicts, states
        As their readers give them.

    Returns
    -------
    DataFrame
        Features as in `features.toml`: each value is of the year of as_of less its lag.
    """
    (democracy,) = of_year(rows, polyarchy, ["polyarchy"], lag("polyarchy"))
    (polity2,) = of_year(rows, polity, ["polity2"], lag("polity2"))
    level, growth = of_year(rows, income, ["income", "growth"], lag("log_income"))
    (people,) = of_year(rows, population, ["population"], lag("log_population"))
    (deaths,) = of_year(rows, infant_mortality, ["infant_mortality"], lag("log_infant_mortality"))
    found = {
        "polyarchy": democracy,
        "polyarchy_middle": 4.0 * democracy * (1.0 - democracy),
        "polity2": polity2 / HIGHEST_POLITY2,
        "anocracy": _flag((polity2 > AUTOCRACY_AT_MOST) & (polity2 < DEMOCRACY_FROM), np.isnan(polity2)),
        "democracy": _flag(polity2 >= DEMOCRACY_FROM, np.isnan(polity2)),
        "log_income": np.log(level),
        "income_growth": growth,
        "log_population": np.log(people),
        "log_infant_mortality": np.log(deaths),
        **_conflict(rows, conflicts),
        "log_years_independent": _years_independent(rows, states),
    }
    return frame_of(found, rows.index)


def of_year(rows: pd.DataFrame, table: pd.DataFrame, columns: Sequence[str], years_back: int) -> list[Floats]:
    """Look up columns of a yearly table in the year of as_of less a lag; missing where it has no row.

    Parameters
    ----------
    rows
        iso, as_of.
    table
        iso, year, and the columns; one row a state and year.
    columns
        Their names.
    years_back
        The lag.
    """
    wanted = pd.MultiIndex.from_arrays([rows["iso"], pd.to_datetime(rows["as_of"]).dt.year - years_back])
    listed = pd.MultiIndex.from_arrays([table["iso"], table["year"]])
    place = listed.get_indexer(wanted)
    return [
        np.append(table[column].to_numpy(dtype=np.float64, na_value=np.nan), np.nan)[place]
        for column in columns
    ]


def _flag(holds: np.ndarray, unknown: np.ndarray) -> Floats:
    return np.asarray(np.where(unknown, np.nan, holds.astype(np.float64)), dtype=np.float64)


def _conflict(rows: pd.DataFrame, conflicts: pd.DataFrame) -> dict[str, Floats]:
    """No row is peace: the table lists every conflict of the years that it covers."""
    number_of, war = of_year(rows, conflicts, ["conflicts", "war"], lag("armed_conflict"))
    return {"armed_conflict": (number_of > 0).astype(np.float64), "war": (war > 0).astype(np.float64)}


def _years_independent(rows: pd.DataFrame, states: pd.DataFrame) -> Floats:
    first = Timeline.of(states["iso"], states["first_day"])
    years = first.days_since(rows["iso"], days_of(rows["as_of"]) + 1) / number("days_of_year")
    return np.asarray(np.log1p(years), dtype=np.float64)
