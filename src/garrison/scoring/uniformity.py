"""Whether places in forecasts are spread evenly, as those in calibrated forecasts are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom, cramervonmises

from garrison.errors import TableError
from garrison.scoring.country_draws import CountryDraws, country_draws
from garrison.scoring.forecast_rows import Floats, at_least, chances, same_length, share

# Distances between distributions are taken over so many steps of [0, 1].
_STEPS = 200


@dataclass(frozen=True, slots=True)
class Uniformity:
    """The histogram of places, with where it would lie if they were uniform.

    `edges` (bin + 1,) of the bins; of each bin the `density` (1 where uniform), `low` and `high` (the band). `p_value`
    is the chance of uniform places at least as far from evenly spread, over all of [0, 1].
    """

    level: float
    edges: Floats
    density: Floats
    low: Floats
    high: Floats
    n_rows: int
    p_value: float


def uniformity(
    places: ArrayLike,
    countries: ArrayLike | None = None,
    *,
    n_bins: int = 10,
    level: float = 0.9,
    n_draws: int = 1000,
    seed: int = 0,
) -> Uniformity:
    """Say whether places are spread evenly over [0, 1], and where not.

    Parameters
    ----------
    places
        (row,), 0 to 1, from `randomised_transform`.
    countries
        (row,), the country of each row; widens the band for rows of one country that hang together. None takes rows as
        independent.
    n_bins
        Bins of equal width, 2 or more.
    level
        Share of uniform histograms inside the band, at each bin by itself; between 0 and 1.
    n_draws, seed
        Of the bootstrap by country, as in `bootstrap_weighted`; not used without countries.

    Returns
    -------
    Uniformity
        Without countries the band lies between binomial quantiles and the p-value is that of Cramér and von Mises'
        ∫ (F(u) - u)² du, F the share of places up to u. With countries both come from whole countries drawn with
        replacement: how far draws lie from F says how far F may lie from uniform (Davison and Hinkley 1997, section
        4.4).

    Raises
    ------
    TableError
        If a place is outside [0, 1] or missing, there are fewer than two rows, lengths differ, a row has no
        country, or there are fewer than two.
    ParameterError
        If `n_bins`, `level` or `n_draws` is outside its range.

    Notes
    -----
    At a level of .9 one bin in ten lies outside by chance. With fewer than some thirty countries the band is too narrow
    and the p-value too small.

    Examples
    --------
    >>> from garrison.scoring import poisson_bounds, randomised_transform
    >>> observed = np.random.default_rng(0).poisson(3.0, 500)
    >>> uniformity(randomised_transform(*poisson_bounds(3.0, observed))).p_value > 0.1
    True
    >>> uniformity(randomised_transform(*poisson_bounds(2.0, observed))).density.argmax()
    np.int64(9)
    """
    rows = chances("places", places)
    bins, inside = at_least("n_bins", n_bins, 2), share("level", level)
    if len(rows) < 2:
        raise TableError("places: one row; whether places are spread evenly can be told of two or more.")
    if countries is None:
        density = _steps(rows, np.zeros(len(rows), dtype=np.intp), bins, 1)[0] * bins / len(rows)
        tails = np.array([(1.0 - inside) / 2.0, (1.0 + inside) / 2.0])
        low, high = (np.full(bins, end) for end in binom.ppf(tails, len(rows), 1.0 / bins) * bins / len(rows))
        p_value = float(cramervonmises(rows, "uniform").pvalue)
    else:
        same_length(places=rows, countries=np.asarray(countries))
        density, low, high, p_value = _by_country(rows, country_draws(countries, n_draws, seed), bins, inside)
    return Uniformity(inside, np.linspace(0.0, 1.0, bins + 1), density, low, high, len(rows), p_value)


def _steps(rows: Floats, codes: NDArray[np.intp], n_steps: int, n_countries: int) -> Floats:
    """Rows of each country at each step of [0, 1]: (country, step)."""
    step = np.minimum((rows * n_steps).astype(np.intp), n_steps - 1)
    held = np.bincount(codes * n_steps + step, minlength=n_countries * n_steps)
    return held.reshape(n_countries, n_steps).astype(np.float64)


def _by_country(
    rows: Floats, drawn: CountryDraws, bins: int, level: float
) -> tuple[Floats, Floats, Floats, float]:
    """Density, low and high of each bin, and the p-value, from draws of whole countries."""
    fine = -(-_STEPS // bins)
    held = _steps(rows, drawn.codes, bins * fine, drawn.n_countries)
    even = np.arange(1, bins * fine + 1) / (bins * fine)

    def shapes(totals: Floats) -> tuple[Floats, Floats]:
        n_rows = totals.sum(axis=1, keepdims=True)
        return totals.reshape(-1, bins, fine).sum(axis=2) * bins / n_rows, np.cumsum(totals, axis=1) / n_rows

    density, up_to = shapes(held.sum(axis=0, keepdims=True))
    drawn_density, drawn_up_to = shapes(
        np.concatenate([often @ held for _, often in drawn.pieces(bins * fine)])
    )
    # The spread of C drawn countries falls short by (C - 1) / C.
    short = drawn.n_countries / (drawn.n_countries - 1)
    reach = np.quantile(np.abs(drawn_density - density), level, axis=0) * np.sqrt(short)
    apart = ((drawn_up_to - up_to) ** 2).mean(axis=1) * short
    as_far = int((apart >= ((up_to - even) ** 2).mean() - 1e-15).sum())
    return density[0], np.maximum(1.0 - reach, 0.0), 1.0 + reach, (1 + as_far) / (1 + len(apart))
