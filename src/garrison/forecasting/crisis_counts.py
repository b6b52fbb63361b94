"""The counts behind the base rate: weeks at risk and breaks by age of the crisis, class of regime and decade."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from garrison.forecasting.age_classes import FIRST_WEEKS
from garrison.forecasting.features import FeatureTables, feature_table, read_feature_tables
from garrison.forecasting.features.regime_class import regime_class
from garrison.forecasting.history.library import build_crisis_set
from garrison.forecasting.targets import target

COLUMNS = ["label_rule", "age_from_week", "regime_class", "decade", "crisis_weeks", "events"]


def crisis_rows(paths: Mapping[str, Path], label_set: str, tables: FeatureTables) -> pd.DataFrame:
    """Give the crisis-weeks of a label set with their features and the class of regime.

    Parameters
    ----------
    paths, tables
        The user's files by table name, and those of them that features are made from.
    label_set
        What counts as a break.

    Returns
    -------
    DataFrame
        Of `CrisisSet.rows`, with `regime_class` and every feature.
    """
    rows = build_crisis_set(paths, label_set).rows()
    features = feature_table(rows, tables)
    rows["regime_class"] = regime_class(features["polyarchy"])
    return pd.concat([rows, features], axis=1)


def crisis_counts(paths: Mapping[str, Path]) -> pd.DataFrame:
    """Count weeks at risk and breaks, for every rule of what counts as a break.

    Parameters
    ----------
    paths
        The user's files by table name.

    Returns
    -------
    DataFrame
        label_rule, age_from_week (first week of the age class), regime_class, decade, crisis_weeks, events; only
        combinations that occur. `crisis_hazard.csv` is this table.
    """
    tables = read_feature_tables(paths)
    parts = []
    for rule in target("T1a").label_sets:
        rows = crisis_rows(paths, rule, tables)
        ages = np.asarray(FIRST_WEEKS)
        rows["age_from_week"] = ages[np.searchsorted(ages, rows["week"], side="right") - 1]
        rows["decade"] = rows["as_of"].dt.year // 10 * 10
        keys = ["age_from_week", "regime_class", "decade"]
        counted = rows.groupby(keys)["event"].agg(crisis_weeks="size", events="sum").reset_index()
        parts.append(counted.assign(label_rule=rule))
    return pd.concat(parts, ignore_index=True)[COLUMNS].astype({"events": int})
