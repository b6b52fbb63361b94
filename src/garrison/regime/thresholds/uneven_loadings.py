"""A driver that some people feel more than others: loadings that differ from person to person."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from garrison.errors import ParameterError, nearest
from garrison.regime.cohorts import Floats
from garrison.regime.thresholds.thresholds import Thresholds

SHAPES_OF_LOADINGS = ("normal", "uniform")

# Nodes of the Gauss-Hermite rule: exact to rounding for every smooth link at spreads up to a few units.
_HERMITE_NODES = 64
# Below this width the integral's difference loses more digits than the average itself differs from its middle.
_NARROW = 1e-5


def share_with_uneven_loadings(
    thresholds: Thresholds,
    inclination: NDArray[Any] | float,
    spread: NDArray[Any] | float,
    shape: str = "normal",
) -> Floats:
    r"""Give the share that acts when a driver is felt more by some people than by others.

    .. math:: E_\nu\, F(x + s\,\nu), \quad \beta_i = \beta + \Lambda \nu_i,\ s = |\Lambda^\top \phi|

    Parameters
    ----------
    thresholds
        Distribution of z, independent of the loadings.
    inclination
        x at the mean loadings, any shape.
    spread
        s, same shape or one number, 0 or more: the standard deviation of what the driver adds (normal), or the
        whole width over which it is spread evenly (uniform).
    shape
        `normal` or `uniform`: how the loadings differ.

    Returns
    -------
    ndarray
        Shape of `inclination`, 0 to 1. Closed form for normal loadings on normal thresholds and for uniform
        loadings on every link; Gauss-Hermite quadrature for the rest. Source: random coefficients, needed for
        Epstein 2002, whose grievance and risk aversion are spread evenly.

    Raises
    ------
    ParameterError
        For an unknown shape or a negative spread.

    Examples
    --------
    >>> everyone = Thresholds.normal()
    >>> bool(share_with_uneven_loadings(everyone, -2.0, 1.0) > everyone.share_below(-2.0))
    True
    """
    if shape not in SHAPES_OF_LOADINGS:
        raise ParameterError(f"shape '{shape}' is unknown. {nearest(shape, SHAPES_OF_LOADINGS)}")
    at, width = np.broadcast_arrays(np.asarray(inclination, dtype=np.float64), spread)
    if not (width >= 0).all():
        raise ParameterError("the spread of a loading cannot be negative.")
    if shape == "uniform":
        return _averaged_over_a_width(thresholds, at, width)
    if thresholds.link == "normal":
        scale = np.sqrt(thresholds.spread**2 + width**2)
        return thresholds.with_unconditional(ndtr((at - thresholds.mean) / scale))
    nodes, weights = np.polynomial.hermite_e.hermegauss(_HERMITE_NODES)
    shares = thresholds.share_below(at[..., None] + width[..., None] * nodes)
    return np.asarray(shares @ (weights / weights.sum()), dtype=np.float64)


def _averaged_over_a_width(thresholds: Thresholds, at: Floats, width: NDArray[Any]) -> Floats:
    """Average F evenly over [x - w/2, x + w/2] by its integral; where the width is nothing, F itself."""
    narrow = width < _NARROW
    safe = np.where(narrow, 1.0, width)
    rise = thresholds.accumulated(at + safe / 2.0) - thresholds.accumulated(at - safe / 2.0)
    return np.where(narrow, thresholds.share_below(at), thresholds.with_unconditional(rise / safe))
