"""The tables that features are made from, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from garrison.forecasting.history.archigos import read_leaders
from garrison.forecasting.history.income import read_income
from garrison.forecasting.history.infant_mortality import read_infant_mortality
from garrison.forecasting.history.library import need
from garrison.forecasting.history.mass_mobilization import read_protests
from garrison.forecasting.history.polity import read_polity
from garrison.forecasting.history.population import read_population
from garrison.forecasting.history.powell_thyne import read_powell_thyne
from garrison.forecasting.history.reign_elections import read_elections
from garrison.forecasting.history.reign_leaders import read_reign_leaders
from garrison.forecasting.history.reign_regimes import read_regimes
from garrison.forecasting.history.states import read_states
from garrison.forecasting.history.ucdp_conflict import read_conflicts
from garrison.forecasting.history.vdem_polyarchy import read_polyarchy


@dataclass(frozen=True)
class FeatureTables:
    """The tables of history that features are made from, each as its reader gives it."""

    coups: pd.DataFrame
    leaders: pd.DataFrame
    reign_leaders: pd.DataFrame
    regimes: pd.DataFrame
    elections: pd.DataFrame
    states: pd.DataFrame
    polyarchy: pd.DataFrame
    polity: pd.DataFrame
    income: pd.DataFrame
    population: pd.DataFrame
    infant_mortality: pd.DataFrame
    conflicts: pd.DataFrame
    protests: pd.DataFrame


def read_feature_tables(paths: Mapping[str, Path]) -> FeatureTables:
    """Read all tables that features are made from.

    Parameters
    ----------
    paths
        Files by table name, as `find_tables` gives them.

    Raises
    ------
    TableError
        If one is missing, or is not the known version.
    """
    return FeatureTables(
        coups=read_powell_thyne(need(paths, "powell_thyne")),
        leaders=read_leaders(need(paths, "archigos")),
        reign_leaders=read_reign_leaders(need(paths, "reign_leaders")),
        regimes=read_regimes(need(paths, "reign_regimes")),
        elections=read_elections(need(paths, "reign_elections")),
        states=read_states(need(paths, "states")),
        polyarchy=read_polyarchy(need(paths, "vdem_polyarchy")),
        polity=read_polity(need(paths, "polity")),
        income=read_income(need(paths, "income_raw"), need(paths, "income")),
        population=read_population(need(paths, "population")),
        infant_mortality=read_infant_mortality(need(paths, "infant_mortality")),
        conflicts=read_conflicts(need(paths, "ucdp_conflict")),
        protests=read_protests(need(paths, "mass_mobilization")),
    )
