"""The events that settle each target, from the tables of history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from garrison.forecasting.history.archigos import read_archigos
from garrison.forecasting.history.colpus import read_colpus
from garrison.forecasting.history.labels import labels
from garrison.forecasting.history.library import listed_events, need
from garrison.forecasting.history.powell_thyne import read_powell_thyne
from garrison.forecasting.targets import label_set_of, target

Paths = Mapping[str, Path]
COLUMNS = ["iso", "date", "sources"]


def breaks(paths: Paths, label_set: str) -> pd.DataFrame:
    """Give the dated, coup-type breaks of T1a: iso, date, sources."""
    return labels(listed_events(paths), label_set)[COLUMNS]


def coup_attempts(paths: Paths, label_set: str) -> pd.DataFrame:
    """Give the coup attempts of T2, successful or not, by one list: iso, date, sources."""
    reader = {"powell_thyne": read_powell_thyne, "colpus": read_colpus}[label_set]
    return reader(need(paths, label_set)).assign(sources=label_set)[COLUMNS]


def leader_removals(paths: Paths, label_set: str) -> pd.DataFrame:
    """Give the exits of leaders of T3 by Archigos, `irregular` or `foreign`: iso, date, sources."""
    exits = read_archigos(need(paths, "archigos"))
    return exits[exits[label_set]].assign(sources="archigos")[COLUMNS]


#: A function for each target.
RESOLVERS: dict[str, Callable[[Paths, str], pd.DataFrame]] = {
    "T1a": breaks,
    "T2": coup_attempts,
    "T3": leader_removals,
}


def target_events(code: str, paths: Paths, label_set: str | None = None) -> pd.DataFrame:
    """Give the events that settle a target within its covered time.

    Parameters
    ----------
    code
        Such as T2.
    paths
        Files by table name, as `find_tables` gives them.
    label_set
        What counts; the target's first if not given.

    Returns
    -------
    DataFrame
        iso, date, sources (tables that date it, joined by +), by state and day, one row an event.

    Raises
    ------
    ParameterError
        For an unknown target or label set.
    TableError
        If a table is missing or wrong.
    """
    asked = target(code)
    found = RESOLVERS[code](paths, label_set_of(asked, label_set))
    within = [asked.covered_from <= day <= asked.covered_until for day in found["date"]]
    return found[within].sort_values(COLUMNS, ignore_index=True)


def covered(code: str) -> tuple[date, date]:
    """Give the first and the last day of which a target's events are known.

    Examples
    --------
    >>> covered("T3")
    (datetime.date(1950, 1, 1), datetime.date(2015, 12, 31))
    """
    asked = target(code)
    return asked.covered_from, asked.covered_until
