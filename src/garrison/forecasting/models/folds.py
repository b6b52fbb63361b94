"""Folds inside the training rows: other countries, and only what was known before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from garrison.errors import ParameterError, TableError
from garrison.forecasting.models.chances import Days
from garrison.forecasting.models.constants import constant

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Fold:
    """Rows to fit to and rows to score on: places in the table."""

    fit: Places
    score: Places


def country_groups(countries: NDArray[np.str_], n_groups: int) -> Places:
    """Put countries into groups of like number.

    Parameters
    ----------
    countries
        (row,)
    n_groups
        2 or more.

    Returns
    -------
    ndarray of int
        (row,), the group of the row's country: the countries in alphabetical order are dealt out in turn.

    Raises
    ------
    ParameterError
        If there are fewer than two groups.
    TableError
        If there are fewer than two countries.

    Examples
    --------
    >>> country_groups(np.array(["VEN", "EGY", "VEN", "MLI"]), 2).tolist()
    [0, 0, 0, 1]
    """
    if n_groups < 2:
        raise ParameterError(f"n_groups is {n_groups}: give 2 or more.")
    known, codes = np.unique(countries, return_inverse=True)
    if len(known) < 2:
        raise TableError(f"{len(known)} country: folds by country need at least two.")
    return (codes % n_groups).astype(np.intp)


def country_time_folds(
    days: Days,
    countries: NDArray[np.str_],
    horizon_days: int,
    *,
    n_groups: int | None = None,
    n_blocks: int | None = None,
) -> list[Fold]:
    """Make folds whose scored rows share no country and no time with the rows that are fitted to.

    Parameters
    ----------
    days, countries
        (row,)
    horizon_days
        Of the windows: a row is fitted to only if its window had closed when the scored block begins.
    n_groups, n_blocks
        Groups of countries, and blocks of time in the later half; those of `constants.toml` if not given.

    Returns
    -------
    list of Fold
        One for each group and block in which both parts hold rows.

    Raises
    ------
    TableError, ParameterError
        As `country_groups` does.

    Examples
    --------
    >>> days = np.repeat(np.arange("2000-01-01", "2000-01-09", dtype="datetime64[D]"), 2)
    >>> folds = country_time_folds(days, np.array(["EGY", "MLI"] * 8), 1, n_groups=2, n_blocks=2)
    >>> len(folds), folds[0].fit.tolist(), folds[0].score.tolist()
    (4, [1, 3, 5, 7], [8, 10])
    """
    groups = country_groups(countries, n_groups or int(constant("folds", "country_groups")))
    blocks = n_blocks or int(constant("folds", "time_blocks"))
    ordered = np.sort(days)
    # Blocks hold like numbers of rows; a day is never cut in two.
    begins = [ordered[len(days) * (blocks + block) // (2 * blocks)] for block in range(blocks)]
    ends = [*begins[1:], ordered[-1] + np.timedelta64(1, "D")]
    closed = days + np.timedelta64(horizon_days, "D")
    folds = []
    for begin, end in zip(begins, ends, strict=True):
        for group in range(int(groups.max()) + 1):
            fit = np.flatnonzero((groups != group) & (closed <= begin))
            score = np.flatnonzero((groups == group) & (days >= begin) & (days < end))
            if len(fit) and len(score):
                folds.append(Fold(fit, score))
    return folds
