"""What the scores admit: probabilities beside outcomes, scores, levels; and how they refuse the rest.

A forecast and what happened stand in one row. Every refusal names the argument, the first bad row (counted from 0)
and what to do about it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from garrison.errors import ParameterError, TableError

Floats = NDArray[np.float64]


def column(name: str, values: ArrayLike) -> Floats:
    """Take numbers as one column.

    Parameters
    ----------
    name
        What the numbers are, for the error.
    values
        (row,), finite numbers; a truth value counts as 0 or 1.

    Returns
    -------
    array of float
        (row,)

    Raises
    ------
    TableError
        If there is no row, more than one axis, something that is no number, or a number that is not finite.

    Examples
    --------
    >>> column("deaths", [1, 2, 2])
    array([1., 2., 2.])
    """
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise TableError(f"{name}: something in it is no number; give one number a row.") from None
    if numbers.ndim != 1:
        raise TableError(f"{name} has the shape {numbers.shape}: give one axis, a number for each row.")
    if not numbers.size:
        raise TableError(f"{name} is empty: a score needs at least one row.")
    refuse_rows(name, numbers, ~np.isfinite(numbers), "leave such rows out, or forecast and observe them")
    return numbers


def refuse_rows(name: str, numbers: Floats, bad: NDArray[np.bool_], remedy: str) -> None:
    """Refuse a column if any of its rows is bad, naming the first.

    Parameters
    ----------
    name
        What the numbers are, for the error.
    numbers
        (row,)
    bad
        (row,), which of them will not do.
    remedy
        What to do about them, the end of the error's sentence.

    Raises
    ------
    TableError
        If any will not do.

    Examples
    --------
    >>> refuse_rows("p", np.array([0.5]), np.array([False]), "give a probability")
    """
    if bad.any():
        row = int(np.argmax(bad))
        raise TableError(f"{name}: row {row} is {numbers[row]:g} ({int(bad.sum())} such); {remedy}.")


def same_length(**columns: NDArray[Any]) -> None:
    """Refuse columns that differ in length.

    Parameters
    ----------
    columns
        By name, for the error.

    Raises
    ------
    TableError
        If they do.

    Examples
    --------
    >>> same_length(one=np.ones(2), other=np.zeros(2))
    """
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise TableError(f"rows differ: {told}; give every forecast beside its own outcome.")


def chances(name: str, values: ArrayLike) -> Floats:
    """Take probabilities as one column.

    Parameters
    ----------
    name
        What they are, for the error.
    values
        (row,), 0 to 1.

    Returns
    -------
    array of float
        (row,)

    Raises
    ------
    TableError
        As `column` does, and if a number is below 0 or above 1.

    Examples
    --------
    >>> chances("p", [0, 0.5])
    array([0. , 0.5])
    """
    numbers = column(name, values)
    refuse_rows(
        name,
        numbers,
        (numbers < 0) | (numbers > 1),
        "give a probability, 0 to 1 (a percentage: divide by 100)",
    )
    return numbers


def forecast_rows(p: ArrayLike, outcomes: ArrayLike) -> tuple[Floats, Floats]:
    """Take the forecast probability of an event beside whether it happened.

    Parameters
    ----------
    p
        (row,), 0 to 1.
    outcomes
        (row,), 1 or True where the event happened, 0 or False where not.

    Returns
    -------
    tuple of two arrays of float
        Probabilities and outcomes, (row,) each.

    Raises
    ------
    TableError
        If a probability is outside [0, 1], an outcome is neither 0 nor 1, a number is missing, there is no row, or
        the two differ in length.

    Examples
    --------
    >>> forecast_rows([0.5, 0.25], [True, False])
    (array([0.5 , 0.25]), array([1., 0.]))
    """
    probabilities, happened = chances("p", p), column("outcomes", outcomes)
    refuse_rows("outcomes", happened, (happened != 0) & (happened != 1), "an outcome is 0 or 1")
    same_length(p=probabilities, outcomes=happened)
    return probabilities, happened


def both_classes(happened: Floats, what: str) -> None:
    """Refuse outcomes of which none is an event, or all are.

    Parameters
    ----------
    happened
        (row,), 0 or 1.
    what
        The thing that is not defined then, for the error.

    Raises
    ------
    TableError
        If so.

    Examples
    --------
    >>> both_classes(np.array([0.0, 1.0]), "the ROC curve")
    """
    if not happened.any():
        raise TableError(
            f"no events among {len(happened)} rows: {what} is not defined; use the Brier or log score, "
            "or a longer period."
        )
    if happened.all():
        raise TableError(
            f"no non-events among {len(happened)} rows: {what} is not defined; use the Brier or log score, "
            "or add the rows in which nothing happened."
        )


def share(name: str, value: float) -> float:
    """Take a level, power or other share strictly between 0 and 1.

    Parameters
    ----------
    name
        What it is, for the error.
    value
        The share.

    Returns
    -------
    float
        The share.

    Raises
    ------
    ParameterError
        If it is not strictly between 0 and 1.

    Examples
    --------
    >>> share("level", 0.9)
    0.9
    """
    if not 0 < value < 1:
        raise ParameterError(f"{name} is {value}: give a share strictly between 0 and 1, such as 0.9.")
    return float(value)


def at_least(name: str, value: int, least: int) -> int:
    """Take a whole number that is not below some least one.

    Parameters
    ----------
    name
        What it is, for the error.
    value
        The number.
    least
        The lowest that will do.

    Returns
    -------
    int
        The number.

    Raises
    ------
    ParameterError
        If it is below, or not whole.

    Examples
    --------
    >>> at_least("n_draws", 1000, 2)
    1000
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise ParameterError(f"{name} is {value!r}: give a whole number, {least} or more.")
    return int(value)
