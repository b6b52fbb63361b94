"""A factor of the crisis hazard: its levels, how each is made of independent effects, and levels never seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from garrison.forecasting.models.chances import Floats


@dataclass(frozen=True)
class PooledFactor:
    """Levels whose effects are pooled.

    Parameters
    ----------
    name
        Of the factor.
    levels
        In order; of a walk evenly spaced.
    walk
        True: each level is a step from the one before it, the first is the intercept's. False: levels are
        exchangeable about the intercept.
    """

    name: str
    levels: tuple[int | str, ...]
    walk: bool

    @property
    def loadings(self) -> Floats:
        """(level, effect): how levels add up independent effects of one scale."""
        n_levels = len(self.levels)
        if self.walk:
            return np.tril(np.ones((n_levels, n_levels)))[:, 1:]
        return np.eye(n_levels)

    def level_effects(self, effects: Floats) -> Floats:
        """Add up the independent effects. (draw, effect) to (draw, level).

        Parameters
        ----------
        effects
            (draw, effect)

        Returns
        -------
        ndarray
            (draw, level)

        Examples
        --------
        >>> PooledFactor("decade", (1990, 2000, 2010), True).level_effects(np.array([[0.5, 0.25]])).tolist()
        [[0.0, 0.5, 0.75]]
        """
        total: Floats = effects @ self.loadings.T
        return total

    def effect_of(self, level: int | str, effects: Floats, scale: Floats, seed: int) -> Floats:
        """Draw the effect of a level, seen or not.

        Parameters
        ----------
        level
            Any.
        effects
            (draw, level), of the levels seen.
        scale
            (draw,), of the factor.
        seed
            Of the draws for a level not seen.

        Returns
        -------
        ndarray
            (draw,): a level not seen is drawn from its prior, that of a walk by steps from the nearest end.

        Examples
        --------
        >>> factor = PooledFactor("decade", (2000, 2010), True)
        >>> factor.effect_of(2010, np.array([[0.0, 0.5]]), np.array([0.3]), 1).tolist()
        [0.5]
        """
        if level in self.levels:
            return effects[:, self.levels.index(level)]
        generator = np.random.Generator(np.random.Philox(seed))
        fresh: Floats = scale * generator.standard_normal(len(scale))
        if not self.walk:
            return fresh
        first, last = int(self.levels[0]), int(self.levels[-1])
        spacing = (last - first) / (len(self.levels) - 1) if last > first else _ONE_DECADE
        nearest = 0 if int(level) < first else -1
        n_steps = abs(int(level) - int(self.levels[nearest])) / spacing
        drawn: Floats = effects[:, nearest] + fresh * np.sqrt(n_steps)
        return drawn


_ONE_DECADE = 10


def scale_points(scale: float, n_points: int) -> Floats:
    """Give equally likely values of a half-normal scale.

    Parameters
    ----------
    scale
        Standard deviation of the normal that is folded.
    n_points
        1 or more.

    Returns
    -------
    ndarray
        (point,), its quantiles (i + 1/2) / n.

    Examples
    --------
    >>> scale_points(1.0, 3).round(2).tolist()
    [0.21, 0.67, 1.38]
    """
    shares: NDArray[np.float64] = (np.arange(n_points) + 0.5) / n_points
    points: Floats = scale * ndtri(0.5 + 0.5 * shares)
    return points
