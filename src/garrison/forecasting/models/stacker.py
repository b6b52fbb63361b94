"""The stacker: how far the model's evidence moves the base rate, and whether it has earned it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from garrison.errors import ParameterError, TableError
from garrison.forecasting.base_rate import constants
from garrison.forecasting.models.feature_table import Floats, Truths, outcomes
from garrison.forecasting.models.folds import Places, country_groups
from garrison.scoring import bootstrap_skill, log_scores

_STEPS, _CLOSE = 50, 1e-10


def _constant(key: str) -> float:
    return float(constants()["stacker"][key]["value"])


def shifted(pi: ArrayLike, log_ratio: ArrayLike, weight: ArrayLike, tempering: float = 1.0) -> Floats:
    """Move a base rate by a part of the model's shift of the log odds.

    Parameters
    ----------
    pi
        Base rates, inside (0, 1).
    log_ratio
        log LR, posterior against prior log odds of the model, natural logarithm; NaN where the model says nothing.
    weight
        a.
    tempering
        η.

    Returns
    -------
    ndarray
        p with logit p = logit π + a · clip(η log LR, -ln C, ln C), C of `constants.toml`; the three are broadcast.
        Exactly π where the shift is 0.

    Examples
    --------
    >>> shifted(0.02, [0.0, np.nan, np.log(4.0)], 0.5).round(4).tolist()
    [0.02, 0.02, 0.0392]
    """
    shift = np.asarray(weight, dtype=np.float64) * clipped_shift(log_ratio, tempering)
    rates = np.asarray(pi, dtype=np.float64)
    moved: Floats = np.where(shift == 0.0, rates, expit(logit(rates) + shift))
    return moved


def clipped_shift(log_ratio: ArrayLike, tempering: float = 1.0) -> Floats:
    """Give the tempered and clipped shift of the log odds, 0 where the model says nothing.

    Examples
    --------
    >>> clipped_shift([100.0, np.nan, -1.0], 0.5).round(3).tolist()
    [2.303, 0.0, -0.5]
    """
    limit = np.log(_constant("clip"))
    given = np.asarray(log_ratio, dtype=np.float64)
    known = np.where(np.isnan(given), 0.0, given)
    return np.clip(tempering * known, -limit, limit)


@dataclass(frozen=True)
class Stacker:
    """How the model's evidence enters the forecast.

    Parameters
    ----------
    weight, weight_sd
        a and how unsure it is.
    tempering
        η, the power put on the ratio of odds.
    n_events, n_countries
        Events that it was fitted to and the countries that had them; 0 for the prior.
    skill_low
        Lower bound of its log skill over the base rate in countries that were left out; minus infinity for the prior.
    """

    weight: float
    weight_sd: float
    tempering: float
    n_events: int = 0
    n_countries: int = 0
    skill_low: float = -np.inf

    @classmethod
    def prior(cls) -> Stacker:
        """Give the stacker as it stands before anything was scored.

        Examples
        --------
        >>> Stacker.prior().proven
        False
        """
        return cls(_constant("weight_mean"), _constant("weight_sd"), _constant("tempering"))

    @classmethod
    def fit(
        cls,
        pi: ArrayLike,
        log_ratio: ArrayLike,
        happened: ArrayLike,
        countries: ArrayLike,
        *,
        rows_per_window: float = 1.0,
    ) -> Stacker:
        """Learn weight and tempering from forecasts that have come due.

        Parameters
        ----------
        pi
            (row,), the base rate noted with each forecast.
        log_ratio
            (row,), log LR; NaN where the model said nothing.
        happened
            (row,)
        countries
            (row,)
        rows_per_window
            How many rows of a country lie in one window; so many count as one observation.

        Returns
        -------
        Stacker
            The prior while there are fewer events, or countries with one, than `constants.toml` asks for. Otherwise η
            of its grid with the best log score in countries left out, and a at the maximum of log likelihood /
            rows_per_window + log Normal(a; .5, .25), with the curvature there as its precision. `skill_low` comes
            from forecasts in which η and a both were chosen without the country.

        Raises
        ------
        TableError
            If a base rate is not inside (0, 1), an outcome is missing, or lengths differ.
        ParameterError
            If `rows_per_window` is below 1.
        """
        rows = _rows(pi, log_ratio, happened, countries, rows_per_window)
        hit = rows.happened
        n_events, n_countries = int(hit.sum()), len(np.unique(rows.countries[hit]))
        if n_events < _constant("least_events") or n_countries < _constant("least_countries"):
            return cls.prior()
        everything = np.ones(len(hit), dtype=np.bool_)
        tempering = _best_tempering(rows, everything)
        weight, spread = _weight(rows, everything, tempering)
        scores = log_scores(_left_out(rows), hit), log_scores(rows.pi, hit)
        skill = bootstrap_skill(*scores, rows.countries)
        return cls(weight, spread, tempering, n_events, n_countries, skill.low)

    @property
    def proven(self) -> bool:
        """Whether forecasts of countries left out beat the base rate with a lower bound above 0."""
        return self.skill_low > 0.0

    def predict(self, pi: ArrayLike, log_ratio: ArrayLike) -> Floats:
        """Give what the model would say.

        Parameters
        ----------
        pi, log_ratio
            As in `fit`; broadcast.

        Returns
        -------
        ndarray
            logit p = logit π + a · clip(η log LR, -ln C, ln C); exactly π where the model says nothing.

        Examples
        --------
        >>> Stacker.prior().predict(0.02, [0.0, 50.0]).round(3).tolist()
        [0.02, 0.061]
        """
        return shifted(_rates(pi), log_ratio, self.weight, self.tempering)

    def headline(self, pi: ArrayLike, log_ratio: ArrayLike) -> Floats:
        """Give the number that is printed large: the base rate until the stacker has proven skill.

        Parameters
        ----------
        pi, log_ratio
            As in `fit`; broadcast.

        Returns
        -------
        ndarray

        Examples
        --------
        >>> Stacker.prior().headline(0.02, 2.0).tolist()
        0.02
        """
        used = self if self.proven else replace(self, weight=0.0)
        return used.predict(pi, log_ratio)

    def draw(self, pi: ArrayLike, log_ratio: ArrayLike, generator: np.random.Generator) -> Floats:
        """Draw what the model would say, over what is unsure of base rate, ratio and weight.

        Parameters
        ----------
        pi
            (draw,), draws of the base rate.
        log_ratio
            (draw,) or a number.
        generator
            Of the weights.

        Returns
        -------
        ndarray
            (draw,)

        Examples
        --------
        >>> generator = np.random.Generator(np.random.Philox(1))
        >>> drawn = Stacker.prior().draw(np.full(1000, 0.02), 1.0, generator)
        >>> bool(0.02 < drawn.mean() < 0.05)
        True
        """
        rates = _rates(pi)
        weights = self.weight + self.weight_sd * generator.standard_normal(rates.shape)
        return shifted(rates, log_ratio, weights, self.tempering)


def leave_country_out(
    pi: ArrayLike,
    log_ratio: ArrayLike,
    happened: ArrayLike,
    countries: ArrayLike,
    *,
    rows_per_window: float = 1.0,
) -> Floats:
    """Forecast each group of countries with weight and tempering learned from the others.

    Parameters
    ----------
    pi, log_ratio, happened, countries, rows_per_window
        As in `Stacker.fit`.

    Returns
    -------
    ndarray
        (row,), forecasts to be scored.

    Raises
    ------
    TableError, ParameterError
        As `Stacker.fit` does.

    Examples
    --------
    >>> leave_country_out([0.1, 0.1], [0.0, 0.0], [False, True], ["EGY", "MLI"]).tolist()
    [0.1, 0.1]
    """
    return _left_out(_rows(pi, log_ratio, happened, countries, rows_per_window))


@dataclass(frozen=True)
class _Rows:
    pi: Floats
    log_ratio: Floats
    happened: Truths
    countries: NDArray[np.str_]
    groups: Places
    rows_per_window: float


def _rows(
    pi: ArrayLike, log_ratio: ArrayLike, happened: ArrayLike, countries: ArrayLike, rows_per_window: float
) -> _Rows:
    if not rows_per_window >= 1:
        raise ParameterError(f"rows_per_window is {rows_per_window}: one row or more lie in a window.")
    rates = _rates(pi)
    ratios, names = np.asarray(log_ratio, dtype=np.float64), np.asarray(countries).astype(np.str_)
    if not rates.shape == ratios.shape == names.shape or rates.ndim != 1:
        raise TableError(
            f"shapes differ: base rates {rates.shape}, ratios {ratios.shape}, countries {names.shape}; "
            "give one of each a row."
        )
    groups = country_groups(names, int(_constant("country_groups")))
    return _Rows(rates, ratios, outcomes(happened, len(rates)), names, groups, rows_per_window)


def _rates(pi: ArrayLike) -> Floats:
    rates = np.asarray(pi, dtype=np.float64)
    if not ((rates > 0) & (rates < 1)).all():
        raise TableError("a base rate is not strictly between 0 and 1: give probabilities.")
    return rates


def _weight(rows: _Rows, chosen: Truths, tempering: float) -> tuple[float, float]:
    """Find the weight at the maximum of its posterior, and its standard deviation, by Newton's method."""
    mean, precision = _constant("weight_mean"), _constant("weight_sd") ** -2
    base = logit(rows.pi[chosen])
    shift = clipped_shift(rows.log_ratio[chosen], tempering)
    weight, curvature = mean, precision
    hit, rows_per_window = rows.happened[chosen], rows.rows_per_window
    for _ in range(_STEPS):
        chance = expit(base + weight * shift)
        slope = float(shift @ (hit - chance)) / rows_per_window - precision * (weight - mean)
        curvature = float(shift**2 @ (chance * (1.0 - chance))) / rows_per_window + precision
        step = float(np.clip(slope / curvature, -1.0, 1.0))
        weight += step
        if abs(step) < _CLOSE:
            break
    return float(weight), float(curvature**-0.5)


def _best_tempering(rows: _Rows, chosen: Truths) -> float:
    """Choose η by the log score of countries left out of the chosen rows; of equals the nearest to the prior's."""
    usual = _constant("tempering")
    low, high = constants()["stacker"]["tempering"]["range"]
    grid = np.linspace(float(low), float(high), int(_constant("tempering_points"))).tolist()
    grid.sort(key=lambda value: abs(value - usual))
    return float(min(grid, key=lambda value: _loss_left_out(rows, chosen, value)))


def _loss_left_out(rows: _Rows, chosen: Truths, tempering: float) -> float:
    loss = 0.0
    for group in np.unique(rows.groups[chosen]):
        held = chosen & (rows.groups == group)
        weight, _ = _weight(rows, chosen & ~held, tempering)
        p = shifted(rows.pi[held], rows.log_ratio[held], weight, tempering)
        loss += float(log_scores(p, rows.happened[held]).sum())
    return round(loss, 9)


def _left_out(rows: _Rows) -> Floats:
    p = rows.pi.copy()
    for group in np.unique(rows.groups):
        held = rows.groups == group
        tempering = _best_tempering(rows, ~held)
        weight, _ = _weight(rows, ~held, tempering)
        p[held] = shifted(rows.pi[held], rows.log_ratio[held], weight, tempering)
    return p
