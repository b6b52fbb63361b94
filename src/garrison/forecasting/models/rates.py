"""Rates as forecasts: the constant rate of recent years, a country's own rate shrunk to it, persistence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar
from scipy.special import gammaln

from garrison.errors import ParameterError
from garrison.forecasting.models.anchoring import recent_rows, smoothed_rate
from garrison.forecasting.models.chances import Days, Floats, Truths, inside
from garrison.forecasting.models.constants import constant
from garrison.forecasting.models.feature_table import countries_of, days_of, feature_matrix, outcomes

#: Expected events within which empirical Bayes looks for the strength of shrinkage.
_WEAKEST, _STRONGEST = 0.01, 1000.0


@dataclass(frozen=True, slots=True)
class ConstantRate:
    """The rate of the last years before the end of training: what everybody knew.

    Parameters
    ----------
    rate
        Inside (0, 1).
    n_events, n_rows
        Of those years.
    """

    rate: float
    n_events: int
    n_rows: int

    @classmethod
    def fit(cls, features: pd.DataFrame, happened: ArrayLike, *, years: float | None = None) -> ConstantRate:
        """Take the rate of the last years.

        Parameters
        ----------
        features
            With `as_of`; the last one is the end of training.
        happened
            (row,), whether the event came in the row's window.
        years
            Those of `constants.toml` if not given.

        Returns
        -------
        ConstantRate
            (k + 1/2) / (n + 1), of the k events in n rows of those years.

        Raises
        ------
        TableError
            If there is no day, or an outcome is missing.

        Examples
        --------
        >>> months = pd.DataFrame({"as_of": pd.date_range("1980-01-01", periods=480, freq="MS")})
        >>> ConstantRate.fit(months, months["as_of"].dt.year == 1985).n_events
        0
        >>> ConstantRate.fit(months, months["as_of"].dt.year == 2009).n_events
        12
        """
        days, truths = days_of(features), outcomes(happened, len(features))
        return cls._of(days, truths, years)

    @classmethod
    def _of(cls, days: Days, happened: Truths, years: float | None) -> ConstantRate:
        recent = recent_rows(days, years)
        n_events, n_rows = int(happened[recent].sum()), int(recent.sum())
        return cls(smoothed_rate(n_events, n_rows), n_events, n_rows)

    def predict(self, features: pd.DataFrame) -> Floats:
        """Give every row the same rate.

        Parameters
        ----------
        features
            Any columns.

        Returns
        -------
        ndarray
            (row,)
        """
        return inside(np.full(len(features), self.rate))


@dataclass(frozen=True)
class CountryRate:
    """The recent rate of all countries times how many more events a country has had than expected of it.

    Parameters
    ----------
    base
        The constant rate.
    ratios
        By country, θ = (k + m) / (E + m).
    prior_events
        m.
    """

    base: ConstantRate
    ratios: dict[str, float]
    prior_events: float

    @classmethod
    def fit(
        cls,
        features: pd.DataFrame,
        happened: ArrayLike,
        *,
        prior_events: float | Literal["empirical"] | None = None,
        rows_per_window: float = 1.0,
        years: float | None = None,
    ) -> CountryRate:
        """Shrink each country's history towards that of all countries in the same years.

        Parameters
        ----------
        features
            With `iso` and `as_of`.
        happened
            (row,)
        prior_events
            m, the strength of the shrinkage; `"empirical"` takes the likeliest, none the one of `constants.toml`.
        rows_per_window
            How many rows of a country lie in one window: 12 for months forecast a year ahead. One event is then seen
            by 12 rows and counts once.
        years
            Of the constant rate.

        Returns
        -------
        CountryRate
            k ~ Poisson(θ E), θ ~ Gamma(m, m): E sums, over a country's rows, the rate of all countries in that
            calendar year, so that a country is not called dangerous for having been observed in dangerous times.

        Raises
        ------
        TableError
            If a day or a country is missing, or an outcome.
        ParameterError
            If `prior_events` or `rows_per_window` is out of range.

        Examples
        --------
        >>> rows = pd.DataFrame({"iso": ["MLI"] * 240 + ["NOR"] * 240,
        ...                      "as_of": list(pd.date_range("1990-01-01", periods=240, freq="MS")) * 2})
        >>> model = CountryRate.fit(rows, np.arange(480) % 60 == 7 * (np.arange(480) < 240))
        >>> model.ratios["MLI"] > 0
        True

        Source: Clayton and Kaldor 1987, Biometrics 43(3) (gamma-Poisson standardised ratios).
        """
        if not rows_per_window >= 1:
            raise ParameterError(f"rows_per_window is {rows_per_window}: one row or more lie in a window.")
        days, truths = days_of(features), outcomes(happened, len(features))
        years_of_rows = days.astype("datetime64[Y]")
        frame = pd.DataFrame({"iso": countries_of(features), "year": years_of_rows, "happened": truths})
        frame["expected"] = frame.groupby("year")["happened"].transform("mean")
        sums = frame.groupby("iso")[["happened", "expected"]].sum() / rows_per_window
        seen, expected = sums["happened"].to_numpy(np.float64), sums["expected"].to_numpy(np.float64)
        strength = _strength(prior_events, seen, expected)
        ratios = (seen + strength) / (expected + strength)
        return cls(
            ConstantRate._of(days, truths, years),
            {str(iso): float(ratio) for iso, ratio in zip(sums.index, ratios, strict=True)},
            strength,
        )

    def predict(self, features: pd.DataFrame) -> Floats:
        """Give each row its country's rate; an unknown country has that of all.

        Parameters
        ----------
        features
            With `iso`.

        Returns
        -------
        ndarray
            (row,), 1 - (1 - rate)^θ.
        """
        ratios = np.array([self.ratios.get(str(iso), 1.0) for iso in countries_of(features)])
        return inside(-np.expm1(ratios * np.log1p(-self.base.rate)))


def _strength(prior_events: float | str | None, seen: Floats, expected: Floats) -> float:
    if prior_events == "empirical":
        return likeliest_shrinkage(seen, expected)
    given = constant("country_rate", "prior_events") if prior_events is None else prior_events
    if isinstance(given, str) or not given > 0:
        raise ParameterError(f"prior_events is {given!r}: give a number above 0, or 'empirical'.")
    return float(given)


def likeliest_shrinkage(seen: Floats, expected: Floats) -> float:
    """Find the strength of shrinkage under which the countries' counts are likeliest.

    Parameters
    ----------
    seen, expected
        (country,), events and expected events.

    Returns
    -------
    float
        m that maximises the negative binomial likelihood Π Γ(m + k) / Γ(m) · m^m / (m + E)^(m + k), within
        [0.01, 1000].

    Examples
    --------
    >>> alike = likeliest_shrinkage(np.array([2.0, 2.0, 2.0]), np.array([2.0, 2.0, 2.0]))
    >>> unlike = likeliest_shrinkage(np.array([9.0, 0.0, 0.0]), np.array([3.0, 3.0, 3.0]))
    >>> alike > 100 > 1 > unlike
    True

    Source: Clayton and Kaldor 1987, Biometrics 43(3).
    """

    def loss(log_strength: float) -> float:
        m = np.exp(log_strength)
        terms = gammaln(m + seen) - gammaln(m) + m * np.log(m) - (m + seen) * np.log(m + expected)
        return -float(terms.sum())

    found = minimize_scalar(loss, bounds=(np.log(_WEAKEST), np.log(_STRONGEST)), method="bounded")
    return float(np.exp(found.x))


@dataclass(frozen=True)
class Persistence:
    """What was goes on: the recent rate of rows that come after an event, and of those that do not.

    Parameters
    ----------
    column
        The feature that says whether an event came lately.
    base
        The constant rate; also for rows of which it is not known.
    after, otherwise
        Rates of rows after an event (the feature is above 0), and of the others.
    """

    column: str
    base: ConstantRate
    after: float
    otherwise: float

    @classmethod
    def fit(
        cls, features: pd.DataFrame, happened: ArrayLike, *, column: str, years: float | None = None
    ) -> Persistence:
        """Take both rates over the last years, each shrunk towards the rate of all.

        Parameters
        ----------
        features
            With `as_of` and `column`.
        happened
            (row,)
        column
            The feature that says whether an event came lately: above 0 where it did.
        years
            Those of `constants.toml` if not given.

        Returns
        -------
        Persistence
            (k + w r) / (n + w) in each group, r the constant rate, w rows of `constants.toml`.

        Raises
        ------
        TableError
            If the column, a day or an outcome is missing.

        Examples
        --------
        >>> rows = pd.DataFrame({"as_of": pd.date_range("1990-01-01", periods=400, freq="MS"),
        ...                      "coups_last_year": [1.0] * 200 + [0.0] * 200})
        >>> model = Persistence.fit(rows, [True, False] * 100 + [False] * 200, column="coups_last_year")
        >>> model.after > model.base.rate > model.otherwise
        True
        """
        days, truths = days_of(features), outcomes(happened, len(features))
        base = ConstantRate._of(days, truths, years)
        lately = feature_matrix(features, [column])[:, 0]
        recent = recent_rows(days, years)
        weight = constant("persistence", "prior_rows")

        def rate(group: Truths) -> float:
            chosen = truths[recent & group]
            return float((chosen.sum() + weight * base.rate) / (len(chosen) + weight))

        return cls(column, base, rate(lately > 0), rate(lately <= 0))

    def predict(self, features: pd.DataFrame) -> Floats:
        """Give each row the rate of its group.

        Parameters
        ----------
        features
            With the column.

        Returns
        -------
        ndarray
            (row,)
        """
        lately = feature_matrix(features, [self.column])[:, 0]
        known = np.where(lately > 0, self.after, self.otherwise)
        return inside(np.where(np.isnan(lately), self.base.rate, known))
