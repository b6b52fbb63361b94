"""What became of a run: the day of the break, the day on which the ranks alone refused, the name of a state."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.regime.cohorts import CIVILIANS, ELITE, OFFICERS, TROOPS
from garrison.regime.value_tables import value_table

HOLD, STALEMATE, HOLLOW, BREAK = "HOLD", "STALEMATE", "HOLLOW", "BREAK"
ATTRACTORS = (HOLD, STALEMATE, HOLLOW, BREAK)


@functools.cache
def thresholds() -> dict[str, float]:
    """Give the lines between the four states, from `outcomes.toml`.

    Returns
    -------
    dict
        Name of the line to the share at which it lies.

    Examples
    --------
    >>> thresholds()["break_officers"]
    0.5
    """
    return {name: float(row["value"]) for name, row in _lines().items()}


def _lines() -> dict[str, Any]:
    return tomllib.loads(
        resources.files("garrison.engines").joinpath("outcomes.toml").read_text(encoding="utf-8")
    )


def line_table() -> str:
    """Write the lines between states and the rules of coups and ends as a Markdown table.

    Returns
    -------
    str
        One row a line of `outcomes.toml`.

    Examples
    --------
    >>> line_table().splitlines()[0]
    '| what | value | unit | range | source | why |'
    """
    return "\n".join(value_table(list(_lines().items()))) + "\n"


def is_break(shares: NDArray[Any]) -> NDArray[np.bool_]:
    """Say whether a service or the command has broken: half of the officers, or the elite past its line.

    Parameters
    ----------
    shares
        (..., cohort) share openly defying.

    Returns
    -------
    ndarray
        Boolean, without the last axis.

    Examples
    --------
    >>> is_break(np.array([0.0, 0.9, 0.1, 0.1])), is_break(np.array([0.0, 0.0, 0.0, 0.4]))
    (np.False_, np.True_)
    """
    line = thresholds()
    broken: NDArray[np.bool_] = (shares[..., OFFICERS] >= line["break_officers"]) | (
        shares[..., ELITE] >= line["break_elite"]
    )
    return broken


def is_hollow(shares: NDArray[Any]) -> NDArray[np.bool_]:
    """Say whether the ranks refuse while officers and elite stay; shapes as `is_break`.

    Returns
    -------
    ndarray
        Boolean, without the last axis.

    Examples
    --------
    >>> is_hollow(np.array([0.0, 0.9, 0.1, 0.1])), is_hollow(np.array([0.0, 0.9, 0.9, 0.1]))
    (np.True_, np.False_)
    """
    refusing: NDArray[np.bool_] = shares[..., TROOPS] >= thresholds()["hollow_troops"]
    return refusing & ~is_break(shares)


def name_of_state(shares: NDArray[Any]) -> NDArray[np.str_]:
    """Name the state of each run by the thresholds.

    Parameters
    ----------
    shares
        (..., cohort).

    Returns
    -------
    ndarray
        HOLD, STALEMATE, HOLLOW or BREAK, without the last axis.

    Examples
    --------
    >>> name_of_state(np.array([[0.01, 0.02, 0.0, 0.0], [0.2, 0.7, 0.0, 0.0]])).tolist()
    ['HOLD', 'HOLLOW']
    """
    crowded = shares[..., CIVILIANS] >= thresholds()["stalemate_civilians"]
    return np.select([is_break(shares), is_hollow(shares), crowded], [BREAK, HOLLOW, STALEMATE], HOLD)


def first_day(happened: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Give the first day on which something happened in each run, -1 where it never did.

    Parameters
    ----------
    happened
        (run, day).

    Returns
    -------
    ndarray
        (run,).

    Examples
    --------
    >>> first_day(np.array([[False, True, True], [False, False, False]])).tolist()
    [1, -1]
    """
    first: NDArray[np.int64] = np.where(happened.any(axis=1), happened.argmax(axis=1), -1)
    return first
