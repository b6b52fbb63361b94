"""Terms of the kernel that docked models share with it, taken over whole curves of shares."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.regime.cohorts import Floats
from garrison.regime.perception import impression
from garrison.regime.punishment import risk_in_the_ranks


def impression_of(share: NDArray[Any] | float, half: float) -> Floats:
    """Give the impression that a share makes, m / (m + h), for an array of shares; the kernel's own function.

    Examples
    --------
    >>> impression_of(np.array([0.0, 0.2]), 0.2).tolist()
    [0.0, 0.5]
    """
    return np.asarray(np.vectorize(impression, otypes=[np.float64])(share, half), dtype=np.float64)


def risk_of_refusing(gain: float, share: NDArray[Any] | float, capacity: float) -> Floats:
    """Give a refuser's risk where officers are loyal, for an array of shares; the kernel's own function.

    Examples
    --------
    >>> risk_of_refusing(2.0, np.array([1.0]), 0.25).tolist()
    [0.0]
    """
    risk = np.vectorize(risk_in_the_ranks, otypes=[np.float64])(gain, 1.0, share, capacity)
    return np.asarray(risk, dtype=np.float64)
