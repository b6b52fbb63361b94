"""The bootstrap by country: how far a score would move with other countries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from garrison.errors import TableError
from garrison.scoring.forecast_rows import Floats, at_least, column, country_codes, same_length, share

# Rows of weights are made for so many numbers at a time, which bounds the memory to some 16 MB.
_PIECE = 2_000_000


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
        Takes weights (draw, row), whole numbers from 0, gives (draw,).
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
        If a row has no country, there are fewer than two, or fewer than two draws define the statistic.
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
    codes, n_countries = country_codes(countries)
    inside, drawn = share("level", level), at_least("n_draws", n_draws, 2)
    picks = np.random.default_rng(seed).integers(0, n_countries, size=(drawn, n_countries))
    draws = np.empty(drawn)
    piece = max(1, _PIECE // max(len(codes), n_countries))
    for start in range(0, drawn, piece):
        part = picks[start : start + piece]
        cells = (np.arange(len(part))[:, None] * n_countries + part).ravel()
        often = np.bincount(cells, minlength=len(part) * n_countries).reshape(len(part), n_countries)
        draws[start : start + piece] = statistic(often[:, codes].astype(np.float64))
    defined = draws[~np.isnan(draws)]
    if len(defined) < 2:
        raise TableError("the statistic is defined in fewer than two draws: score rows with more events.")
    low, high = np.quantile(defined, [(1 - inside) / 2, (1 + inside) / 2])
    estimate = float(statistic(np.ones((1, len(codes))))[0])
    return Bootstrap(
        estimate, float(low), float(high), float(defined.std(ddof=1)), inside, n_countries, draws
    )


def bootstrap_difference(
    scores: ArrayLike,
    other_scores: ArrayLike,
    countries: ArrayLike,
    *,
    level: float = 0.95,
    n_draws: int = 1000,
    seed: int = 0,
) -> Bootstrap:
    """Bootstrap the mean paired difference of two forecasts' scores; give zeros for the mean of one.

    Parameters
    ----------
    scores, other_scores
        (row,), losses of the same rows by the same rule.
    countries, level, n_draws, seed
        As in `bootstrap_weighted`.

    Returns
    -------
    Bootstrap
        Of mean(scores - other_scores); below 0 the first forecast is better.

    Raises
    ------
    TableError, ParameterError
        As `bootstrap_weighted` does; if lengths differ or a score is not finite (clip log scores).

    Examples
    --------
    >>> found = bootstrap_difference([0.1, 0.2, 0.2], [0.2, 0.2, 0.4], ["A", "B", "C"])
    >>> round(found.estimate, 3), found.high <= 0
    (-0.1, True)
    """
    own, others = column("scores", scores), column("other_scores", other_scores)
    same_length(scores=own, other_scores=others, countries=np.asarray(countries))
    apart = own - others
    return bootstrap_weighted(
        lambda weights: weights @ apart / weights.sum(axis=1),
        countries,
        level=level,
        n_draws=n_draws,
        seed=seed,
    )


def bootstrap_skill(
    scores: ArrayLike,
    reference_scores: ArrayLike,
    countries: ArrayLike,
    *,
    level: float = 0.95,
    n_draws: int = 1000,
    seed: int = 0,
) -> Bootstrap:
    """Bootstrap the skill of a forecast against a reference.

    Parameters
    ----------
    scores, reference_scores
        (row,), losses of the same rows by the same rule.
    countries, level, n_draws, seed
        As in `bootstrap_weighted`.

    Returns
    -------
    Bootstrap
        Of 1 - mean(scores) / mean(reference_scores).

    Raises
    ------
    TableError, ParameterError
        As `bootstrap_weighted` does; if lengths differ or a score is not finite (clip log scores).

    Examples
    --------
    >>> found = bootstrap_skill([0.1, 0.2, 0.2], [0.2, 0.2, 0.4], ["A", "B", "C"])
    >>> round(found.estimate, 3)
    0.375
    """
    own, others = column("scores", scores), column("reference_scores", reference_scores)
    same_length(scores=own, reference_scores=others, countries=np.asarray(countries))

    def statistic(weights: Floats) -> Floats:
        with np.errstate(invalid="ignore", divide="ignore"):
            skills: Floats = 1.0 - (weights @ own) / (weights @ others)
        skills[~np.isfinite(skills)] = np.nan
        return skills

    return bootstrap_weighted(statistic, countries, level=level, n_draws=n_draws, seed=seed)
