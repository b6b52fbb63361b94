"""How large a difference between two forecasts the rows at hand could show."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from scipy.optimize import brentq
from scipy.stats import norm

from garrison.errors import ParameterError, TableError
from garrison.scoring.country_bootstrap import Bootstrap
from garrison.scoring.forecast_rows import share


@dataclass(frozen=True, slots=True)
class ComparisonPower:
    """The power of a comparison: the `standard_error` of its difference, over `n_countries`, tested at `level`.

    Examples
    --------
    >>> held = ComparisonPower(standard_error=0.01, n_countries=150, level=0.95)
    >>> round(held.power(0.02), 2), round(held.detectable(0.8), 3), held.countries_needed(0.02)
    (0.52, 0.028, 295)
    """

    standard_error: float
    n_countries: int
    level: float

    def power(self, difference: float) -> float:
        """Give the chance that a true difference would be told from none.

        Parameters
        ----------
        difference
            In the units of the comparison (mean score or skill); its sign does not matter.

        Returns
        -------
        float
            Φ(d - z) + Φ(-d - z), d the difference in standard errors, z the two-sided quantile of `level`: 1 - `level`
            at a difference of 0.

        Raises
        ------
        ParameterError
            If the difference is not finite.
        """
        if not abs(difference) < float("inf"):
            raise ParameterError(f"difference is {difference}: give a finite number.")
        apart, needed = abs(difference) / self.standard_error, norm.ppf((1.0 + self.level) / 2.0)
        return float(norm.cdf(apart - needed) + norm.cdf(-apart - needed))

    def detectable(self, power: float = 0.8) -> float:
        """Give the smallest true difference that would be told from none so often.

        Parameters
        ----------
        power
            Above 1 - `level`, below 1.

        Returns
        -------
        float
            The difference of which `power` is the chance, above 0; at a power of .8 and a level of .95 it is 2.80
            standard errors.

        Raises
        ------
        ParameterError
            If `power` is outside its range.
        """
        if share("power", power) <= 1.0 - self.level:
            raise ParameterError(
                f"power is {power}: even no difference is called one that often; give more than {1 - self.level:.3g}."
            )
        farthest = self.standard_error * float(norm.ppf((1.0 + self.level) / 2.0) + norm.ppf(power) + 1.0)
        found: float = brentq(lambda apart: self.power(apart) - power, 0.0, farthest, xtol=1e-12 * farthest)
        return found

    def countries_needed(self, difference: float, power: float = 0.8) -> int:
        """Give how many countries like these would tell a true difference from none so often.

        Parameters
        ----------
        difference
            In the units of the comparison, not 0.
        power
            As in `detectable`.

        Returns
        -------
        int
            C (detectable / difference)², rounded up: the standard error falls with the root of the countries.

        Raises
        ------
        ParameterError
            If the difference is 0 or not finite, or `power` is outside its range.
        """
        if not 0.0 < abs(difference) < float("inf"):
            raise ParameterError(f"difference is {difference}: give a finite number other than 0.")
        return ceil(self.n_countries * (self.detectable(power) / difference) ** 2)


def comparison_power(spread: Bootstrap) -> ComparisonPower:
    """Say how large a difference a comparison by country could have shown.

    Parameters
    ----------
    spread
        Of the difference: from `bootstrap_difference`, `bootstrap_skill`, `bootstrap_skill_difference` or another
        bootstrap by country whose value is 0 where there is nothing to find; its level is that of the test.

    Returns
    -------
    ComparisonPower
        Of the test that calls a difference one if it lies more than z standard errors from 0, the error being that of
        the bootstrap times √(C / (C - 1)), by which the error of C drawn countries falls short.

    Raises
    ------
    TableError
        If every draw is the same, so that there is no error to go by.

    Notes
    -----
    Ask for the power of a difference that would matter, not of the one that was found: the power of the estimate is
    its p-value in other words (Hoenig and Heisey 2001). With fewer than some thirty countries, or events in a few of
    them, the error is itself uncertain and the power is less than said.

    Examples
    --------
    >>> from garrison.scoring import bootstrap_difference
    >>> spread = bootstrap_difference([0.1, 0.2, 0.2, 0.3], [0.2, 0.2, 0.4, 0.3], ["A", "B", "C", "D"])
    >>> held = comparison_power(spread)
    >>> 0.12 < held.detectable() < 0.16, held.power(0.0).__round__(3)
    (True, 0.05)
    """
    error = spread.standard_error * (spread.n_countries / (spread.n_countries - 1)) ** 0.5
    if not error > 0:
        raise TableError("the difference is the same in every draw: there is no error to reckon power from.")
    return ComparisonPower(error, spread.n_countries, spread.level)
