"""The stacker: how far the model's evidence moves the base rate, and whether it has earned it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from garrison.forecasting.models.odds_shift import Floats, base_rates, shifted, stacker_constant


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
        return cls(
            stacker_constant("weight_mean"), stacker_constant("weight_sd"), stacker_constant("tempering")
        )

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
        from garrison.forecasting.models.stacker_learning import learned

        found = learned(pi, log_ratio, happened, countries, rows_per_window=rows_per_window)
        if found is None:
            return cls.prior()
        return cls(
            found.weight,
            found.weight_sd,
            found.tempering,
            found.n_events,
            found.n_countries,
            found.skill_low,
        )

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
        return shifted(pi, log_ratio, self.weight, self.tempering)

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
        rates = base_rates(pi)
        weights = self.weight + self.weight_sd * generator.standard_normal(rates.shape)
        return shifted(rates, log_ratio, weights, self.tempering)
