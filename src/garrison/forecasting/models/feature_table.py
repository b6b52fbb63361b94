"""Tables of rows as the models take them: features as numbers, the day and country of a row, what happened.

A row is (iso, as_of): the forecast made for a country at the beginning of a day. `iso` and `as_of` stand as columns
or in the index; every other column is a feature, NaN where missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from garrison.errors import TableError, nearest
from garrison.forecasting.models.chances import Days, Floats, Truths

#: What a row is, and no feature of it.
ROW_KEYS = ("iso", "as_of")


def feature_names(features: pd.DataFrame) -> tuple[str, ...]:
    """Give the columns that are features: all but `iso` and `as_of`.

    Examples
    --------
    >>> feature_names(pd.DataFrame({"iso": ["MLI"], "as_of": ["2012-03-01"], "log_protests": [0.7]}))
    ('log_protests',)
    """
    return tuple(str(name) for name in features.columns if name not in ROW_KEYS)


def feature_matrix(features: pd.DataFrame, names: Sequence[str]) -> Floats:
    """Take named features as numbers.

    Parameters
    ----------
    features
        (row, column); other columns are passed over.
    names
        Of the features.

    Returns
    -------
    ndarray
        (row, feature), NaN where missing.

    Raises
    ------
    TableError
        If a column is not there, is no number, or holds an infinite one.

    Examples
    --------
    >>> feature_matrix(pd.DataFrame({"iso": ["MLI"], "polyarchy": [0.4]}), ["polyarchy"])
    array([[0.4]])
    """
    absent = [name for name in names if name not in features.columns]
    if absent:
        raise TableError(
            f"the table has no column '{absent[0]}' ({len(absent)} such): give the features that the model was "
            f"fitted to. {nearest(absent[0], map(str, features.columns))}"
        )
    chosen = features[list(names)]
    try:
        matrix = chosen.to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError):
        wrong = next(name for name in names if not pd.api.types.is_numeric_dtype(features[name]))
        raise TableError(
            f"column '{wrong}' holds something that is no number: code it, or drop it."
        ) from None
    if np.isinf(matrix).any():
        row, place = np.argwhere(np.isinf(matrix))[0]
        raise TableError(f"column '{names[place]}', row {row}: infinite; a missing value is NaN.")
    return matrix


def outcomes(happened: ArrayLike, n_rows: int) -> Truths:
    """Take what happened: one truth value for each row.

    Parameters
    ----------
    happened
        (row,), True or 1 where the event happened.
    n_rows
        Rows that they must answer.

    Returns
    -------
    ndarray of bool
        (row,)

    Raises
    ------
    TableError
        If one is missing or neither true nor false, or their number differs.

    Examples
    --------
    >>> outcomes([0, 1], 2)
    array([False,  True])
    """
    values = happened if isinstance(happened, pd.Series) else pd.Series(np.asarray(happened))
    if len(values) != n_rows:
        raise TableError(f"{len(values)} outcomes for {n_rows} rows: give one for each row.")
    if values.isna().any():
        row = int(np.argmax(values.isna().to_numpy()))
        raise TableError(f"row {row} has no outcome: leave rows out whose windows are not fully covered.")
    numbers = values.to_numpy()
    if not np.isin(numbers.astype(object), (0, 1)).all():
        raise TableError(f"an outcome is True or False, not {numbers.tolist()[0]!r} and others.")
    return numbers.astype(np.bool_)


def _key(features: pd.DataFrame, key: str, purpose: str) -> NDArray[Any]:
    if key in features.columns:
        return features[key].to_numpy()
    if key in features.index.names:
        return features.index.get_level_values(key).to_numpy()
    raise TableError(f"the table has no column '{key}': {purpose}.")


def days_of(features: pd.DataFrame) -> Days:
    """Give the day of each row.

    Parameters
    ----------
    features
        With `as_of` as a column or in the index.

    Returns
    -------
    ndarray of datetime64[D]
        (row,)

    Raises
    ------
    TableError
        If there is none, or it cannot be read.

    Examples
    --------
    >>> days_of(pd.DataFrame({"as_of": ["2012-03-01"]}))
    array(['2012-03-01'], dtype='datetime64[D]')
    """
    given = _key(features, "as_of", "add the day on which each forecast is made")
    try:
        days = pd.to_datetime(pd.Series(given), format="ISO8601").to_numpy().astype("datetime64[D]")
    except (TypeError, ValueError) as error:
        raise TableError(f"column 'as_of' holds something that is no day ({error}).") from None
    if np.isnat(days).any():
        raise TableError(f"as_of: row {int(np.argmax(np.isnat(days)))} has no day.")
    return days


def countries_of(features: pd.DataFrame) -> NDArray[np.str_]:
    """Give the country of each row.

    Parameters
    ----------
    features
        With `iso` as a column or in the index.

    Returns
    -------
    ndarray of str
        (row,)

    Raises
    ------
    TableError
        If there is none.

    Examples
    --------
    >>> countries_of(pd.DataFrame({"iso": ["MLI"]})).tolist()
    ['MLI']
    """
    given = _key(features, "iso", "add the country of each row")
    missing = pd.isna(given)
    if missing.any():
        raise TableError(f"iso: row {int(np.argmax(missing))} has no country.")
    return given.astype(np.str_)
