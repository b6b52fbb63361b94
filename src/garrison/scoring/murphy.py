"""Murphy's decomposition of the Brier score in bins, exact with what bins hide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from garrison.errors import ParameterError
from garrison.scoring.brier import brier_score
from garrison.scoring.forecast_rows import Floats, both_classes, forecast_rows


@dataclass(frozen=True, slots=True)
class Murphy:
    """The Brier score and its five parts.

    score = reliability - resolution + uncertainty + within_bin_variance - within_bin_covariance. Of each bin that
    holds rows: mean `forecast`, `rate` of events, `n_rows`.
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within_bin_variance: float
    within_bin_covariance: float
    forecast: Floats
    rate: Floats
    n_rows: Floats


def murphy_decomposition(p: ArrayLike, outcomes: ArrayLike, edges: ArrayLike | None = None) -> Murphy:
    """Take the Brier score apart in bins of the forecast.

    Parameters
    ----------
    p
        (row,), forecast probability of the event, 0 to 1.
    outcomes
        (row,), 1 where the event happened, 0 where not.
    edges
        (bin + 1,), rising from 0 to 1; a bin holds its lower edge, the last one 1 as well. None makes each distinct
        forecast a bin of its own, as Murphy did.

    Returns
    -------
    Murphy
        With n_k rows, mean forecast f_k and event rate o_k of bin k, rate o of all N rows: reliability
        Σ n_k (f_k - o_k)² / N (0 is best), resolution Σ n_k (o_k - o)² / N, uncertainty o (1 - o) (Murphy 1973,
        equation 12), and what is lost by binning: Σ (f - f_k)² / N, the variance within bins, and
        2 Σ (f - f_k)(y - o_k) / N, the covariance (Stephenson, Coelho and Jolliffe 2008, section 2). Both are 0 where
        each bin holds one forecast.

    Raises
    ------
    TableError
        If a probability is outside [0, 1], an outcome is neither 0 nor 1, a number is missing, there is no row, the
        two differ in length, or there are no events or no non-events.
    ParameterError
        If the edges do not rise from 0 to 1.

    Notes
    -----
    The parts hang on the bins; `corp_decomposition` needs none. Tenths put every forecast of a rare event into the
    first bin: take edges such as 0, .005, .01, .02, .05, .1, 1.

    Examples
    --------
    >>> parts = murphy_decomposition([0.1, 0.1, 0.6, 0.6], [0, 0, 0, 1])
    >>> [round(part, 4) for part in (parts.score, parts.reliability, parts.resolution, parts.uncertainty)]
    [0.135, 0.01, 0.0625, 0.1875]
    """
    probabilities, happened = forecast_rows(p, outcomes)
    both_classes(happened, "a decomposition")
    if edges is None:
        bins = np.unique(probabilities, return_inverse=True)[1]
    else:
        bounds = _admitted_edges(edges)
        bins = np.clip(np.searchsorted(bounds, probabilities, side="right") - 1, 0, len(bounds) - 2)
        bins = np.unique(bins, return_inverse=True)[1]
    sizes = np.bincount(bins).astype(np.float64)
    forecast = np.bincount(bins, weights=probabilities) / sizes
    rate = np.bincount(bins, weights=happened) / sizes
    total, overall = len(happened), happened.mean()
    off_forecast, off_rate = probabilities - forecast[bins], happened - rate[bins]
    return Murphy(
        score=brier_score(probabilities, happened),
        reliability=float(sizes @ (forecast - rate) ** 2 / total),
        resolution=float(sizes @ (rate - overall) ** 2 / total),
        uncertainty=float(overall * (1.0 - overall)),
        within_bin_variance=float(off_forecast @ off_forecast / total),
        within_bin_covariance=float(2.0 * off_forecast @ off_rate / total),
        forecast=forecast,
        rate=rate,
        n_rows=sizes,
    )


def _admitted_edges(edges: ArrayLike) -> Floats:
    bounds = np.asarray(edges, dtype=np.float64)
    rising = bounds.ndim == 1 and len(bounds) > 1 and bool((np.diff(bounds) > 0).all())
    if not rising or bounds[0] != 0 or bounds[-1] != 1:
        raise ParameterError("edges: give numbers that rise from 0 to 1, such as 0, 0.01, 0.05, 0.2, 1.")
    return bounds
