"""Pooling: several forecasts of the same rows become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import expit, logit

from garrison.errors import ParameterError, TableError
from garrison.forecasting.models.chances import Floats, Truths, chance_of, inside
from garrison.forecasting.models.constants import constant
from garrison.forecasting.models.feature_table import feature_matrix, feature_names, outcomes

_TOLERANCE = 1e-12


@dataclass(frozen=True)
class LogOddsPool:
    """Weights of forecasts in log odds.

    Parameters
    ----------
    names
        Of the forecasts.
    weights
        (forecast,), 0 or more.
    centre
        m, the mean log odds of the forecasts that it was fitted to.
    intercept
        c, added to the log odds.
    """

    names: tuple[str, ...]
    weights: Floats
    centre: float
    intercept: float

    @classmethod
    def equal(cls, names: Sequence[str]) -> LogOddsPool:
        """Weigh all alike: what a pool is before it has learned anything.

        Parameters
        ----------
        names
            Of the forecasts, one or more.

        Returns
        -------
        LogOddsPool

        Raises
        ------
        TableError
            If there is none.

        Examples
        --------
        >>> LogOddsPool.equal(["logit", "boosting"]).weights.tolist()
        [0.5, 0.5]
        """
        if not names:
            raise TableError("no forecast to pool: give one column for each.")
        return cls(tuple(names), np.full(len(names), 1.0 / len(names)), 0.0, 0.0)

    @classmethod
    def fit(
        cls, forecasts: pd.DataFrame, happened: ArrayLike, *, rows_per_window: float = 1.0
    ) -> LogOddsPool:
        """Learn weights from forecasts that were made out of sample.

        Parameters
        ----------
        forecasts
            (row, forecast), probabilities of rows that none of the models was fitted to; `iso` and `as_of` are passed
            over.
        happened
            (row,)
        rows_per_window
            How many rows of a country lie in one window; so many count as one observation.

        Returns
        -------
        LogOddsPool
            logit p = m + c + Σ_k w_k (logit p_k - m), w_k >= 0, that maximise log likelihood / rows_per_window
            - Σ_k (w_k - 1/K)² / (2 s²) - c² / (2 t²), s and t of `constants.toml`: with few events the weights stay
            near equal. Centred at m, the weights tell how bold the pool is and leave its level to c.

        Raises
        ------
        TableError
            If a probability is missing or outside [0, 1], or an outcome is missing.
        ParameterError
            If `rows_per_window` is below 1.

        Examples
        --------
        >>> random = np.random.default_rng(1)
        >>> p = random.beta(1, 9, 3000)
        >>> forecasts = pd.DataFrame({"knows": p, "guesses": random.permutation(p)})
        >>> knows, guesses = LogOddsPool.fit(forecasts, random.random(3000) < p).weights
        >>> bool(knows > 0.8 > 0.2 > guesses)
        True

        Source: Genest and Zidek 1986, Statistical Science 1(1) (logarithmic pool); Satopää et al. 2014,
        International Journal of Forecasting 30(2) (log odds with a learned level and extremity).
        """
        if not rows_per_window >= 1:
            raise ParameterError(f"rows_per_window is {rows_per_window}: one row or more lie in a window.")
        start = cls.equal(feature_names(forecasts))
        odds = _log_odds(forecasts, start.names)
        centre = float(odds.mean())
        truths = outcomes(happened, len(odds))
        begin = np.concatenate([[start.intercept], start.weights])
        found = minimize(
            _loss,
            begin,
            args=(odds - centre, centre, truths, rows_per_window),
            jac=True,
            method="L-BFGS-B",
            bounds=[(None, None)] + [(0.0, None)] * len(start.names),
            options={"ftol": _TOLERANCE, "gtol": _TOLERANCE, "maxiter": 1000},
        )
        return cls(start.names, np.asarray(found.x[1:]), centre, float(found.x[0]))

    def predict(self, forecasts: pd.DataFrame) -> Floats:
        """Pool forecasts.

        Parameters
        ----------
        forecasts
            With the columns that were fitted.

        Returns
        -------
        ndarray
            (row,), strictly inside (0, 1).

        Raises
        ------
        TableError
            As `fit` does.
        """
        apart = _log_odds(forecasts, self.names) - self.centre
        return chance_of(self.centre + self.intercept + apart @ self.weights)


def _log_odds(forecasts: pd.DataFrame, names: Sequence[str]) -> Floats:
    p = feature_matrix(forecasts, names)
    bad = ~((p >= 0) & (p <= 1))
    if bad.any():
        row, place = np.argwhere(bad)[0]
        raise TableError(
            f"forecast '{names[place]}', row {row} is {p[row, place]}: give probabilities, 0 to 1; leave "
            "out rows that a model did not forecast."
        )
    odds: Floats = logit(inside(p))
    return odds


def _loss(
    values: Floats, odds: Floats, centre: float, happened: Truths, rows_per_window: float
) -> tuple[float, Floats]:
    """Penalised loss and its gradient, of centred log odds; the intercept comes first."""
    line = centre + values[0] + odds @ values[1:]
    off = (expit(line) - happened) / rows_per_window
    apart = (values[1:] - 1.0 / odds.shape[1]) / constant("pool", "weight_sd")
    level = values[0] / constant("pool", "intercept_sd")
    loss = (np.logaddexp(0.0, line).sum() - line[happened].sum()) / rows_per_window
    gradient = np.concatenate(
        [
            [off.sum() + level / constant("pool", "intercept_sd")],
            odds.T @ off + apart / constant("pool", "weight_sd"),
        ]
    )
    return float(loss + 0.5 * (apart @ apart) + 0.5 * level**2), gradient
