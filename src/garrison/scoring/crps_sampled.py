"""The continuous ranked probability score of forecasts given as draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from garrison.errors import TableError
from garrison.scoring.count_rows import sampled_rows
from garrison.scoring.forecast_rows import Floats, column

# Draws are sorted for so many numbers at a time, which bounds the copies to some 16 MB each.
_PIECE = 2_000_000


def crps_sampled(samples: ArrayLike, observed: ArrayLike, *, fair: bool = False) -> Floats:
    """Give the continuous ranked probability score of each row's draws: their distance from what was counted.

    Parameters
    ----------
    samples
        (row, draw), draws from the forecast of each row, such as the runs of an ensemble.
    observed
        (row,), what was counted or measured; finite.
    fair
        False scores the draws as if they were the whole forecast. True scores the distribution from which they come:
        the expected score no longer depends on how many there are, so that forecasts with different numbers of draws
        can be compared; a row may then score below 0.

    Returns
    -------
    array of float
        (row,), in units of what is counted: Σ_i |x_i - y| / m - Σ_ij |x_i - x_j| / (2 m²), with m (m - 1) in place of
        m² if `fair` (Gneiting and Raftery 2007, equation 21; Ferro 2014). 0 is perfect, lower is better; of
        a single draw it is the absolute error.

    Raises
    ------
    TableError
        If the samples are no table of finite numbers, a number is missing, there is no row, lengths differ, or `fair`
        has fewer than two draws a row.

    Notes
    -----
    Where most counts are 0, so is most of the mean score; see `crps_skill`. Scoring only the rows in which something
    happened is no way out: it rewards forecasts that are too high (Lerch et al. 2017).

    Examples
    --------
    >>> crps_sampled([[0, 1, 1, 4], [2, 2, 2, 2]], [1, 5]).round(4)
    array([0.25, 3.  ])
    >>> crps_sampled([[0, 1, 1, 4]], [1], fair=True).round(4)
    array([0.])
    """
    seen = column("observed", observed)
    draws = sampled_rows(samples, len(seen))
    n_draws = draws.shape[1]
    if fair and n_draws < 2:
        raise TableError("samples: a fair score needs two draws a row or more; this has 1.")
    # Of rising x_i, Σ_ij |x_i - x_j| / 2 = Σ_i (2 i - m - 1) x_i, i from 1.
    weights = (2.0 * np.arange(1, n_draws + 1) - n_draws - 1.0) / n_draws / (n_draws - fair)
    scores = np.empty(len(seen))
    piece = max(1, _PIECE // n_draws)
    for start in range(0, len(seen), piece):
        part = slice(start, start + piece)
        apart = np.sort(draws[part] - seen[part, None], axis=1)
        scores[part] = np.abs(apart).mean(axis=1) - apart @ weights
    return scores
