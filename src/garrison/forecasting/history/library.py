"""All tables of history together, as a folder of the user's holds them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.history.archigos import read_archigos
from garrison.forecasting.history.cases import read_cases
from garrison.forecasting.history.cline import read_cline
from garrison.forecasting.history.colpus import read_colpus
from garrison.forecasting.history.crisis_set import CrisisSet, crisis_set, qualifying
from garrison.forecasting.history.labels import entries, labels
from garrison.forecasting.history.mass_mobilization import read_protests
from garrison.forecasting.history.polity import read_polity
from garrison.forecasting.history.powell_thyne import read_powell_thyne
from garrison.forecasting.history.sources import Path_, sources
from garrison.forecasting.history.table_check import check_found
from garrison.forecasting.history.table_search import search_tables
from garrison.forecasting.history.vdem_polyarchy import read_polyarchy


def find_tables(folder: Path_) -> dict[str, Path]:
    """Find the known tables below a folder by the names of their files.

    Parameters
    ----------
    folder
        Its subfolders are searched too. Of several files of a name the first of the known version counts, else the
        first.
    """
    check = check_found(search_tables(folder))
    return {name: table.path for name, table in check.tables.items() if table.path is not None}


def listed_events(paths: Mapping[str, Path], *, correct: bool = True) -> pd.DataFrame:
    """Read the four lists and the cases: every entry that counts as a break.

    Parameters
    ----------
    paths
        Files by table name, as `find_tables` gives them.
    correct
        Apply the table of corrections.
    """
    return entries(
        read_powell_thyne(need(paths, "powell_thyne"), correct=correct),
        read_colpus(need(paths, "colpus"), correct=correct),
        read_cline(need(paths, "cline"), correct=correct),
        read_archigos(need(paths, "archigos"), correct=correct),
        read_cases(need(paths, "cases")),
    )


def build_crisis_set(
    paths: Mapping[str, Path], label_set: str = "strict", *, correct: bool = True
) -> CrisisSet:
    """Run the rule of the risk set on the tables of a folder.

    Parameters
    ----------
    paths
        Files by table name.
    label_set
        Which breaks count.
    correct
        Apply the table of corrections.
    """
    rows = qualifying_protests(paths)
    return crisis_set(rows, labels(listed_events(paths, correct=correct), label_set))


#: The tables that make the risk set; the lists of breaks are not among them.
RISK_SET_TABLES = ("mass_mobilization", "vdem_polyarchy", "polity")


def qualifying_protests(paths: Mapping[str, Path]) -> pd.DataFrame:
    """Read the protests that make a crisis: columns iso, gw, begin, end, autocratic. No list of breaks is opened.

    Parameters
    ----------
    paths
        Files by table name.
    """
    return qualifying(
        read_protests(need(paths, "mass_mobilization")),
        read_polyarchy(need(paths, "vdem_polyarchy")),
        read_polity(need(paths, "polity")),
    )


def need(paths: Mapping[str, Path], name: str) -> Path:
    """Give the file of a table, or say where to get it.

    Raises
    ------
    TableError
        If it is not there.
    """
    if name not in paths:
        known = sources()[name]
        raise TableError(
            f"{known.title} ({known.file}) is not among your data; get it from {known.where}, then name its folder "
            "with garrison data use PATH"
        )
    return paths[name]
