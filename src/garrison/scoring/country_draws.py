"""Whole countries drawn with replacement, as many as there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from garrison.scoring.country_codes import country_codes
from garrison.scoring.forecast_rows import Floats, at_least

# Arrays over (draw, row) are made for so many numbers at a time, which bounds each to some 16 MB.
_PIECE = 2_000_000


@dataclass(frozen=True, slots=True)
class CountryDraws:
    """Which countries each draw holds: `codes` (row,) numbers each row's country, `picks` (draw, country) draws them.

    Examples
    --------
    >>> draws = country_draws(["A", "A", "B"], n_draws=3, seed=0)
    >>> draws.picks.shape, [rows.tolist() for rows in draws.rows()]
    ((3, 2), [[2, 2], [2, 0, 1], [0, 1, 0, 1]])
    """

    codes: NDArray[np.intp]
    n_countries: int
    picks: NDArray[np.intp]

    def pieces(self, width: int) -> Iterator[tuple[slice, Floats]]:
        """Give how often each draw holds each country, (draw, country), for some draws at a time.

        Parameters
        ----------
        width
            Numbers that the caller makes of each draw; sets how many draws come at once.

        Yields
        ------
        tuple
            The place of these draws among all, and their counts.
        """
        n_draws, n_countries = self.picks.shape
        step = max(1, _PIECE // max(width, n_countries))
        for start in range(0, n_draws, step):
            picked = self.picks[start : start + step]
            cells = (np.arange(len(picked))[:, None] * n_countries + picked).ravel()
            often = np.bincount(cells, minlength=len(picked) * n_countries).reshape(len(picked), n_countries)
            yield slice(start, start + len(picked)), often.astype(np.float64)

    def rows(self) -> Iterator[NDArray[np.intp]]:
        """Give the rows of each draw: those of its countries, one country after another, each in its own order.

        Yields
        ------
        array of int
            (drawn row,), a country's rows as often as it was drawn.
        """
        order = np.argsort(self.codes, kind="stable")
        sizes = np.bincount(self.codes, minlength=self.n_countries)
        starts = np.cumsum(sizes) - sizes
        for picked in self.picks:
            lengths = sizes[picked]
            ends = np.cumsum(lengths)
            yield order[np.repeat(starts[picked] - ends + lengths, lengths) + np.arange(ends[-1])]

    def totals(self, columns: Floats) -> Floats:
        """Give the sum of columns over the rows of each draw.

        Parameters
        ----------
        columns
            (row, column)

        Returns
        -------
        array of float
            (draw, column)
        """
        by_country = np.column_stack(
            [np.bincount(self.codes, weights=part, minlength=self.n_countries) for part in columns.T]
        )
        return np.concatenate([often @ by_country for _, often in self.pieces(columns.shape[1])])


def country_draws(countries: ArrayLike, n_draws: int, seed: int) -> CountryDraws:
    """Draw whole countries with replacement, as many as there are.

    Parameters
    ----------
    countries
        (row,), the country of each row.
    n_draws
        2 or more; draw i is the same however many follow.
    seed
        Of the random numbers.

    Returns
    -------
    CountryDraws
        The order of rows does not change which countries a draw holds.

    Raises
    ------
    TableError
        If a row has no country, or there are fewer than two.
    ParameterError
        If `n_draws` is below 2.

    Examples
    --------
    >>> country_draws(["A", "A", "B"], n_draws=100, seed=0).totals(np.ones((3, 1))).mean().round(1)
    np.float64(2.9)
    """
    codes, n_countries = country_codes(countries)
    drawn = at_least("n_draws", n_draws, 2)
    picks = np.random.default_rng(seed).integers(0, n_countries, size=(drawn, n_countries))
    return CountryDraws(codes, n_countries, picks.astype(np.intp, copy=False))
