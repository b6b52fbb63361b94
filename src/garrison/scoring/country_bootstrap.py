"""The bootstrap by country: how far a statistic would move with other countries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from garrison.errors import TableError
from garrison.scoring.country_draws import country_draws
from garrison.scoring.forecast_rows import Floats, same_length, share


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """A statistic of all rows, its percentile interval (`low`, `high`) at `level`, and every draw; (draw,).

    A draw in which the statistic is not defined, such as a ranking without an event, is NaN and left out.
    """

    estimate: float
    low: float
    high: float
    standard_error: float
    level: float
    n_countries: int
    draws: Floats

    @property
    def n_undefined(self) -> int:
        """Draws in which the statistic is not defined."""
        return int(np.isnan(self.draws).sum())


def bootstrap_weighted(
    statistic: Callable[[Floats], Floats],
    countries: ArrayLike,
    *,
    level: float = 0.95,
    n_draws: int = 1000,
    seed: int = 0,
) -> Bootstrap:
    """Bootstrap any statistic that takes how often each row counts.

    Parameters
    ----------
    statistic
        Takes weights (draw, row), whole numbers from 0, gives (draw,); NaN where it is not defined.
    countries
        (row,), the country of each row; whole countries are drawn, with replacement, as many as there are.
    level
        Of the percentile interval, between 0 and 1.
    n_draws
        2 or more; draw i is the same however many follow.
    seed
        Of the random numbers. The order of rows does not matter.

    Returns
    -------
    Bootstrap
        Percentile interval of the cluster bootstrap (Efron and Tibshirani 1993, equation 13.5; Davison and Hinkley
        1997, section 3.8). With few countries it is too narrow.

    Raises
    ------
    TableError
        If a row has no country, there are fewer than two, the statistic does not give one number a draw, is infinite,
        or is defined in fewer than two draws.
    ParameterError
        If `level` or `n_draws` is outside its range.

    Examples
    --------
    >>> from garrison.scoring import pr_auc
    >>> p, y = [0.9, 0.2, 0.8, 0.1, 0.3, 0.2], [1, 0, 1, 0, 0, 1]
    >>> found = bootstrap_weighted(lambda w: pr_auc(p, y, w), ["A", "A", "B", "B", "C", "C"], n_draws=200)
    >>> found.low <= found.estimate <= found.high
    True
    """
    inside, drawn = share("level", level), country_draws(countries, n_draws, seed)
    draws = np.empty(len(drawn.picks))
    for part, often in drawn.pieces(len(drawn.codes)):
        draws[part] = _one_a_draw(statistic(np.take(often, drawn.codes, axis=1)), len(often))
    estimate = _one_a_draw(statistic(np.ones((1, len(drawn.codes)))), 1)[0]
    return _summed_up(draws, estimate, inside, drawn.n_countries)


def bootstrap_rows(
    statistic: Callable[[NDArray[np.intp]], float],
    countries: ArrayLike,
    *,
    level: float = 0.95,
    n_draws: int = 1000,
    seed: int = 0,
) -> Bootstrap:
    """Bootstrap any statistic of some rows; slower than `bootstrap_weighted`, for functions that take no weights.

    Parameters
    ----------
    statistic
        Takes the places of the drawn rows, (drawn row,), a country's rows as often as it was drawn; gives a number, or
        NaN where it is not defined. A draw that it refuses with a `TableError`, such as one without an event, is
        undefined as well.
    countries, level, n_draws, seed
        As in `bootstrap_weighted`; the same seed draws the same countries.

    Returns
    -------
    Bootstrap
        As of `bootstrap_weighted`.

    Raises
    ------
    TableError
        As `bootstrap_weighted` does; if the statistic refuses all rows, for the reason it gives.
    ParameterError
        If `level` or `n_draws` is outside its range.

    Examples
    --------
    >>> from garrison.scoring import corp_decomposition
    >>> p, y = np.array([0.9, 0.2, 0.8, 0.1, 0.3, 0.2]), np.array([1, 0, 1, 0, 0, 1])
    >>> def discrimination(rows):
    ...     return corp_decomposition(p[rows], y[rows]).discrimination
    >>> found = bootstrap_rows(discrimination, ["A", "A", "B", "B", "C", "C"], n_draws=200)
    >>> round(found.estimate, 3), found.low <= found.estimate <= found.high
    (0.139, True)
    """
    inside, drawn = share("level", level), country_draws(countries, n_draws, seed)
    estimate = float(statistic(np.arange(len(drawn.codes))))
    draws = np.full(len(drawn.picks), np.nan)
    for draw, rows in enumerate(drawn.rows()):
        try:
            draws[draw] = float(statistic(rows))
        except TableError:
            continue
    return _summed_up(draws, estimate, inside, drawn.n_countries)


def bootstrap_totals(
    statistic: Callable[[Floats], Floats],
    columns: ArrayLike,
    countries: ArrayLike,
    *,
    level: float = 0.95,
    n_draws: int = 1000,
    seed: int = 0,
) -> Bootstrap:
    """Bootstrap any statistic of column totals, such as a mean or a ratio; the fastest way, whatever the rows.

    Parameters
    ----------
    statistic
        Takes the totals of the columns over the rows of each draw, (draw, column), gives (draw,); NaN or infinite
        where it is not defined.
    columns
        (row, column), finite; give a column of ones for the number of rows.
    countries, level, n_draws, seed
        As in `bootstrap_weighted`; the same seed draws the same countries.

    Returns
    -------
    Bootstrap
        As of `bootstrap_weighted`.

    Raises
    ------
    TableError, ParameterError
        As `bootstrap_weighted` does; if the columns are no table of finite numbers, or lengths differ.

    Examples
    --------
    >>> table = [[3, 1], [0, 1], [2, 1]]
    >>> found = bootstrap_totals(lambda t: t[:, 0] / t[:, 1], table, ["A", "B", "C"], n_draws=200)
    >>> round(found.estimate, 3), round(found.low, 3), round(found.high, 3)
    (1.667, 0.0, 3.0)
    """
    table = np.asarray(columns, dtype=np.float64)
    if table.ndim != 2 or not table.size or not np.isfinite(table).all():
        raise TableError(
            f"columns has the shape {table.shape}: give a table (row, column) of finite numbers (clip log scores)."
        )
    same_length(columns=table, countries=np.asarray(countries))
    inside, drawn = share("level", level), country_draws(countries, n_draws, seed)
    with np.errstate(invalid="ignore", divide="ignore"):
        draws = np.array(_one_a_draw(statistic(drawn.totals(table)), len(drawn.picks)))
        estimate = _one_a_draw(statistic(table.sum(axis=0, keepdims=True)), 1)[0]
    draws[~np.isfinite(draws)] = np.nan
    return _summed_up(draws, estimate, inside, drawn.n_countries)


def _one_a_draw(values: Floats, n_draws: int) -> Floats:
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.shape != (n_draws,):
        raise TableError(
            f"the statistic gave the shape {numbers.shape} for {n_draws} draws: it takes (draw, ...) and gives one "
            "number a draw."
        )
    return numbers


def _summed_up(draws: Floats, estimate: float, level: float, n_countries: int) -> Bootstrap:
    if np.isinf(draws).any() or np.isinf(estimate):
        raise TableError("the statistic is infinite in some draws: clip log scores first.")
    defined = draws[~np.isnan(draws)]
    if len(defined) < 2:
        raise TableError("the statistic is defined in fewer than two draws: score rows with more events.")
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    error = float(defined.std(ddof=1))
    return Bootstrap(float(estimate), float(low), float(high), error, level, n_countries, draws)
