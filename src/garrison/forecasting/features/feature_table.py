"""All features of rows, joined."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.features.coup_history import coup_history
from garrison.forecasting.features.crisis import COLUMNS as CRISIS_COLUMNS
from garrison.forecasting.features.crisis import crisis
from garrison.forecasting.features.definitions import feature_definitions
from garrison.forecasting.features.elections import elections
from garrison.forecasting.features.feature_tables import FeatureTables, read_feature_tables
from garrison.forecasting.features.leaders import leaders
from garrison.forecasting.features.protest import protest
from garrison.forecasting.features.regimes import regimes
from garrison.forecasting.features.structure import structure
from garrison.forecasting.history.timeline import days_of
from garrison.forecasting.history.windows import check_rows

#: Rows that begin later are kept back.
LAST_AS_OF = date(2020, 1, 1)


def feature_table(rows: pd.DataFrame, tables: FeatureTables | Mapping[str, Path]) -> pd.DataFrame:
    """Give the features of rows of any unit, as far as they were known before each row's as_of.

    Parameters
    ----------
    rows
        iso and as_of; crisis-weeks have their features of the crisis too (`CrisisSet.rows`). A state may have more rows
        a day (campaigns).
    tables
        The tables, or their files by name as `find_tables` gives them.

    Returns
    -------
    DataFrame
        Float columns in the order of `features.toml`, with the index of the rows; NaN is missing, every value lies
        within the range of its feature.

    Raises
    ------
    TableError
        For rows that are none, rows after 2019, or a table that is missing or wrong.
    """
    check_rows(rows, unique=False)
    late = days_of(rows["as_of"]) > np.datetime64(LAST_AS_OF, "D")
    if late.any():
        raise TableError(
            f"{int(late.sum())} rows are made after {LAST_AS_OF}: what came after 2019 is kept back; leave them out"
        )
    known = tables if isinstance(tables, FeatureTables) else read_feature_tables(tables)
    parts = [
        coup_history(rows, known.coups),
        leaders(rows, known.leaders, known.reign_leaders, known.coups),
        regimes(rows, known.regimes),
        elections(rows, known.elections),
        structure(
            rows,
            polyarchy=known.polyarchy,
            polity=known.polity,
            income=known.income,
            population=known.population,
            infant_mortality=known.infant_mortality,
            conflicts=known.conflicts,
            states=known.states,
        ),
        protest(rows, known.protests),
    ]
    if all(column in rows for column in CRISIS_COLUMNS):
        parts.append(crisis(rows, known.protests))
    joined = pd.concat(parts, axis=1)
    return joined[[name for name in feature_definitions() if name in joined]]
