"""The ridge logit: an event's log odds as a sum over features, each held near 0, at the level of recent years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from garrison.errors import ParameterError, TableError
from garrison.forecasting.models.anchoring import anchored_shift
from garrison.forecasting.models.chances import Floats, chance_of
from garrison.forecasting.models.constants import constant
from garrison.forecasting.models.contributions import Contribution
from garrison.forecasting.models.feature_table import days_of, feature_matrix, outcomes
from garrison.forecasting.models.one_thread import one_thread
from garrison.forecasting.models.ridge_logit import ridge_logit
from garrison.forecasting.models.standardising import Standardiser


@dataclass(frozen=True)
class RidgeLogit:
    """A fitted logistic hazard.

    Parameters
    ----------
    standardiser
        How features become columns.
    intercept
        Log odds of a row at the mean of all features, anchored.
    effects
        (column,), log odds for one spread of a column.
    penalty
        λ of the fit.
    anchor
        What anchoring added to the intercept; 0 without it.
    """

    standardiser: Standardiser
    intercept: float
    effects: Floats
    penalty: float
    anchor: float

    @classmethod
    def fit(
        cls,
        features: pd.DataFrame,
        happened: ArrayLike,
        *,
        penalty: float | None = None,
        anchored: bool = True,
        years: float | None = None,
    ) -> RidgeLogit:
        """Fit the effects on all rows, then set the level to that of the last years.

        Parameters
        ----------
        features
            (row, column), NaN where missing; `as_of` for anchoring. All columns but `iso` and `as_of` are features.
        happened
            (row,), whether the event came in the row's window.
        penalty
            λ, above 0; that of `constants.toml` if not given. `choose_penalty` finds one inside the training rows.
        anchored
            Whether the level is that of the last years only, however many years taught the effects.
        years
            How many; those of `constants.toml` if not given.

        Returns
        -------
        RidgeLogit
            logit p = b + Σ_j β_j z_j, z standardised, clamped to the range of training, gaps at the mean and flagged.

        Raises
        ------
        TableError
            If a feature is no number or infinite, an outcome is missing, or anchoring lacks `as_of`.
        ParameterError
            If the penalty is not above 0.
        UndefinedError
            If all outcomes are alike.

        Examples
        --------
        >>> random = np.random.default_rng(1)
        >>> rows = pd.DataFrame({"as_of": pd.date_range("1990-01-01", periods=300), "coups": random.poisson(1, 300)})
        >>> model = RidgeLogit.fit(rows, random.random(300) < 0.1 * (1 + rows["coups"]))
        >>> low, high = model.predict(pd.DataFrame({"coups": [0, 3]}))
        >>> bool(0 < low < high < 1)
        True
        """
        strength = constant("logit", "penalty") if penalty is None else penalty
        if not (strength > 0 and np.isfinite(strength)):
            raise ParameterError(f"penalty is {strength}: give a number above 0.")
        truths = outcomes(happened, len(features))
        standardiser = Standardiser.fit(features)
        columns = standardiser.transform(features)
        with one_thread("blas"):
            intercept, effects = ridge_logit(columns, truths, strength)
        shift = 0.0
        if anchored:
            shift = anchored_shift(intercept + columns @ effects, truths, days_of(features), years)
        return cls(standardiser, intercept + shift, effects, float(strength), shift)

    def log_odds(self, features: pd.DataFrame) -> Floats:
        """Give the log odds of rows.

        Parameters
        ----------
        features
            With the features that were fitted; others are passed over.

        Returns
        -------
        ndarray
            (row,)
        """
        return self.intercept + self.standardiser.transform(features) @ self.effects

    def predict(self, features: pd.DataFrame) -> Floats:
        """Give the chance of the event.

        Parameters
        ----------
        features
            With the features that were fitted; others are passed over.

        Returns
        -------
        ndarray
            (row,), strictly inside (0, 1).

        Raises
        ------
        TableError
            If a feature is not there, is no number or infinite.
        """
        return chance_of(self.log_odds(features))

    def contributions(self, features: pd.DataFrame) -> pd.DataFrame:
        """Give what each feature adds to the log odds of each row.

        Parameters
        ----------
        features
            With the features that were fitted.

        Returns
        -------
        DataFrame
            (row, feature); a row's sum and the intercept are its log odds. What a gap adds counts to its feature.
        """
        parts = self.standardiser.transform(features) * self.effects
        n_features = len(self.standardiser.names)
        added = parts[:, :n_features]
        added[:, list(self.standardiser.flagged)] += parts[:, n_features:]
        return pd.DataFrame(added, columns=list(self.standardiser.names), index=features.index)

    def why(self, row: pd.DataFrame) -> tuple[Contribution, ...]:
        """Say what moved the forecast of a row, the strongest first.

        Parameters
        ----------
        row
            A table of one row.

        Returns
        -------
        tuple of Contribution
            One for each feature.

        Raises
        ------
        TableError
            If there is not one row.

        Examples
        --------
        >>> rows = pd.DataFrame({"coups": [0.0, 1.0, 2.0, 3.0]})
        >>> model = RidgeLogit.fit(rows, [False, False, True, True], penalty=1.0, anchored=False)
        >>> print(model.why(rows.tail(1))[0])
        +1.27  coups: 3 (usually 1.5)
        """
        if len(row) != 1:
            raise TableError(f"a table of {len(row)} rows: give one, such as features.iloc[[3]].")
        names = self.standardiser.names
        values, added = feature_matrix(row, names)[0], self.contributions(row).to_numpy()[0]
        found = [
            Contribution(name, float(value), float(usual), float(moved))
            for name, value, usual, moved in zip(names, values, self.standardiser.means, added, strict=True)
        ]
        return tuple(sorted(found, key=lambda part: (-abs(part.log_odds), part.feature)))
