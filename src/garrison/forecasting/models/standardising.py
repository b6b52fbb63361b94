"""Standardising: features as multiples of their spread in training, clamped to its range, gaps filled and flagged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.models.chances import Floats
from garrison.forecasting.models.feature_table import feature_matrix, feature_names

#: A spread below so small a share of the size is rounding: the feature is constant.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class Standardiser:
    """How features become columns of a regression.

    Parameters
    ----------
    names
        (feature,)
    means, spreads, lows, highs
        (feature,), of the values seen in training; the spread of a constant feature is 1.
    gap_means, gap_spreads
        (flag,), of the flags that say that a value is missing, for features with gaps in training.
    flagged
        (flag,), the places of those features.
    """

    names: tuple[str, ...]
    means: Floats
    spreads: Floats
    lows: Floats
    highs: Floats
    flagged: tuple[int, ...]
    gap_means: Floats
    gap_spreads: Floats

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns made: the features, then a flag for each that had gaps."""
        return (*self.names, *(f"{self.names[place]} missing" for place in self.flagged))

    @classmethod
    def fit(cls, features: pd.DataFrame) -> Standardiser:
        """Learn mean, spread and range of each feature.

        Parameters
        ----------
        features
            (row, column), NaN where missing; all columns but `iso` and `as_of` are features.

        Returns
        -------
        Standardiser
            A feature without any value counts as constant.

        Raises
        ------
        TableError
            If there is no row or no feature, or one is no number or infinite.

        Examples
        --------
        >>> Standardiser.fit(pd.DataFrame({"polyarchy": [0.2, 0.4, np.nan]})).columns
        ('polyarchy', 'polyarchy missing')
        """
        names = feature_names(features)
        if not names or not len(features):
            raise TableError(f"a table of {len(features)} rows and {len(names)} features: give some of each.")
        matrix = feature_matrix(features, names)
        gaps = np.isnan(matrix)
        empty = gaps.all(axis=0)
        filled = np.where(empty, 0.0, matrix)
        seen = np.maximum((~np.isnan(filled)).sum(axis=0), 1)
        means = np.where(np.isnan(filled), 0.0, filled).sum(axis=0) / seen
        off = np.where(np.isnan(filled), 0.0, filled - means)
        flagged = tuple(np.flatnonzero(gaps.any(axis=0) & ~empty).tolist())
        flags = gaps[:, list(flagged)]
        return cls(
            names=names,
            means=means,
            spreads=_spread(np.sqrt((off**2).sum(axis=0) / seen), np.abs(means)),
            lows=np.nanmin(filled, axis=0),
            highs=np.nanmax(filled, axis=0),
            flagged=flagged,
            gap_means=flags.mean(axis=0),
            gap_spreads=_spread(flags.std(axis=0), np.ones(len(flagged))),
        )

    def transform(self, features: pd.DataFrame) -> Floats:
        """Clamp, fill and scale.

        Parameters
        ----------
        features
            With the features that were fitted.

        Returns
        -------
        ndarray
            (row, column): (x - mean) / spread, x clamped to the range of training, 0 where missing; then the flags,
            scaled alike. A gap in a feature that never had one counts as the mean.

        Raises
        ------
        TableError
            If a feature is not there, is no number or infinite.

        Examples
        --------
        >>> fitted = Standardiser.fit(pd.DataFrame({"protests": [0.0, 2.0]}))
        >>> fitted.transform(pd.DataFrame({"protests": [900.0, np.nan]})).tolist()
        [[1.0], [0.0]]
        """
        matrix = feature_matrix(features, self.names)
        gaps = np.isnan(matrix)
        scaled = (np.clip(matrix, self.lows, self.highs) - self.means) / self.spreads
        scaled[gaps] = 0.0
        if not self.flagged:
            return scaled
        flags = (gaps[:, list(self.flagged)] - self.gap_means) / self.gap_spreads
        return np.hstack([scaled, flags])


def _spread(spread: Floats, size: Floats) -> Floats:
    return np.where(spread > _ROUNDING * np.maximum(size, 1e-300), spread, 1.0)
