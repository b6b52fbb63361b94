"""Gradient boosting: the challenger that may find interactions, held short and set to the level of recent years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from garrison.errors import TableError, UndefinedError
from garrison.forecasting.models.anchoring import anchored_shift
from garrison.forecasting.models.chances import Floats, chance_of
from garrison.forecasting.models.constants import constant
from garrison.forecasting.models.feature_table import days_of, feature_matrix, feature_names, outcomes
from garrison.forecasting.models.one_thread import one_thread


@dataclass(frozen=True)
class Boosting:
    """Fitted trees.

    Parameters
    ----------
    names
        Of the features.
    trees
        scikit-learn's classifier.
    anchor
        What anchoring adds to all log odds; 0 without it.
    """

    names: tuple[str, ...]
    trees: Any
    anchor: float

    @classmethod
    def fit(
        cls,
        features: pd.DataFrame,
        happened: ArrayLike,
        *,
        anchored: bool = True,
        years: float | None = None,
    ) -> Boosting:
        """Fit shallow trees, a fixed number of small steps, then set the level to that of the last years.

        Parameters
        ----------
        features
            (row, column), NaN where missing; `as_of` for anchoring. All columns but `iso` and `as_of` are features.
        happened
            (row,)
        anchored, years
            As in `RidgeLogit.fit`.

        Returns
        -------
        Boosting
            The same for the same rows.

        Raises
        ------
        TableError
            If a feature is no number or infinite, an outcome is missing, or anchoring lacks `as_of`.
        UndefinedError
            If all outcomes are alike.

        Examples
        --------
        >>> random = np.random.default_rng(1)
        >>> rows = pd.DataFrame({"as_of": pd.date_range("1990-01-01", periods=900), "coups": random.poisson(1, 900)})
        >>> model = Boosting.fit(rows, random.random(900) < 0.2 * (rows["coups"] > 1))
        >>> low, high = model.predict(pd.DataFrame({"coups": [0, 3]}))
        >>> bool(0 < low < high < 1)
        True

        Source: Friedman 2001, Annals of Statistics 29(5); the trees are scikit-learn's.
        """
        truths = outcomes(happened, len(features))
        names = feature_names(features)
        if not names or not len(features):
            raise TableError(f"a table of {len(features)} rows and {len(names)} features: give some of each.")
        if truths.all() or not truths.any():
            raise UndefinedError("all outcomes are alike: trees learn nothing; take a constant rate.")
        matrix = feature_matrix(features, names)
        trees = _classifier()
        with one_thread("openmp"):
            trees = trees.fit(matrix, truths)
        shift = 0.0
        if anchored:
            shift = anchored_shift(_raw(trees, matrix), truths, days_of(features), years)
        return cls(names, trees, shift)

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
        return chance_of(self.anchor + _raw(self.trees, feature_matrix(features, self.names)))


def _raw(trees: Any, matrix: Floats) -> Floats:
    """Give the trees' log odds."""
    with one_thread("openmp"):
        odds = trees.decision_function(matrix)
    return np.asarray(odds, dtype=np.float64)


def _classifier() -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    def of(key: str) -> float:
        return constant("boosting", key)

    return HistGradientBoostingClassifier(
        learning_rate=of("step"),
        max_iter=int(of("rounds")),
        max_leaf_nodes=int(of("leaves")),
        min_samples_leaf=int(of("rows_a_leaf")),
        l2_regularization=of("penalty"),
        early_stopping=False,
        random_state=int(of("seed")),
    )
