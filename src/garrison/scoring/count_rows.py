"""What the scores of counts admit: counts, parameters of their forecasts, draws from them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from garrison.errors import TableError
from garrison.scoring.forecast_rows import Floats, column, refuse_rows, same_length


def counts(name: str, values: ArrayLike) -> Floats:
    """Take numbers of things as one column.

    Parameters
    ----------
    name
        What is counted, for the error.
    values
        (row,), whole numbers, 0 or more.

    Returns
    -------
    array of float
        (row,)

    Raises
    ------
    TableError
        As `column` does, and if a number is negative or not whole.

    Examples
    --------
    >>> counts("deaths", [0, 3])
    array([0., 3.])
    """
    numbers = column(name, values)
    refuse_rows(
        name, numbers, (numbers < 0) | (numbers != np.floor(numbers)), "a count is a whole number, 0 or more"
    )
    return numbers


def positive(name: str, values: ArrayLike, n_rows: int) -> Floats:
    """Take a parameter above 0, one for all rows or one a row.

    Parameters
    ----------
    name
        The parameter, for the error.
    values
        A number or (row,), above 0.
    n_rows
        Rows to be served.

    Returns
    -------
    array of float
        (row,)

    Raises
    ------
    TableError
        As `column` does, if a number is not above 0, or if the length is not `n_rows`.

    Examples
    --------
    >>> positive("mean", 2.0, 3)
    array([2., 2., 2.])
    """
    given = np.asarray(values)
    numbers = column(name, np.full(n_rows, given) if given.ndim == 0 else given)
    refuse_rows(name, numbers, numbers <= 0, "give a number above 0")
    same_length(observed=np.empty(n_rows), **{name: numbers})
    return numbers


def sampled_rows(samples: ArrayLike, n_rows: int) -> Floats:
    """Take draws from the forecast of each row as one table.

    Parameters
    ----------
    samples
        (row, draw), finite numbers, at least one draw a row.
    n_rows
        Rows to be served.

    Returns
    -------
    array of float
        (row, draw)

    Raises
    ------
    TableError
        If they are no table, a number is not finite, or the rows are not `n_rows`.

    Examples
    --------
    >>> sampled_rows([[0, 2, 3]], 1)
    array([[0., 2., 3.]])
    """
    try:
        draws = np.asarray(samples, dtype=np.float64)
    except (TypeError, ValueError):
        raise TableError(
            "samples: something in it is no number, or rows differ in their number of draws; give a table "
            "(row, draw)."
        ) from None
    if draws.ndim != 2 or not draws.shape[1]:
        raise TableError(f"samples has the shape {draws.shape}: give (row, draw), at least one draw a row.")
    bad = ~np.isfinite(draws).all(axis=1)
    if bad.any():
        raise TableError(
            f"samples: row {int(np.argmax(bad))} holds a number that is not finite ({int(bad.sum())} such rows); "
            "leave such runs out of every row, or draw them anew."
        )
    same_length(observed=np.empty(n_rows), samples=draws)
    return draws
