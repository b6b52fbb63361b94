r"""Makowsky and Rubin 2013: how far people see, and how much is decided at the centre.

Special case: places in a ring, each a crowd of its own; M is the mean over the places within sight, and the centre
weighs on everybody alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.engines import revise
from garrison.errors import ParameterError, UndefinedError
from garrison.regime.cohorts import Floats
from garrison.regime.thresholds import Thresholds
from garrison.stability.docking.kernel_terms import impression_of

_MOST_STEPS = 100_000
_NEAR_ENOUGH = 1e-12


@dataclass(frozen=True, slots=True)
class Ring:
    """Places in a ring.

    The values given beforehand illustrate; they estimate nothing.

    Attributes
    ----------
    level
        Inclination to oppose of a place of mean discontent with nobody watching, probit units.
    peers, half
        Weight of the opposition within sight, and the share that makes half of the impression.
    sight
        How many places to either side are seen, 0 or more.
    centralisation
        How much the centre weighs on those who oppose in public, probit units, 0 or more.
    """

    level: float = -0.3
    peers: float = 1.6
    half: float = 0.15
    sight: int = 1
    centralisation: float = 1.0

    def __post_init__(self) -> None:
        if self.sight < 0 or self.centralisation < 0 or not self.half > 0:
            raise ParameterError("sight and centralisation are 0 or more, half is above 0.")


def opposition_at_rest(ring: Ring, discontent: NDArray[Any], start: NDArray[Any] | float = 0.0) -> Floats:
    r"""Give the public opposition of each place once all have come to rest.

    .. math:: x_k = b + d_k - A + \beta_M \frac{\bar p_k}{\bar p_k + h}, \quad
              \bar p_k = \frac{1}{2r + 1} \sum_{|j - k| \le r} p_j

    Source: Makowsky and Rubin 2013 (centralised authority, network range), as a case of the kernel.

    Parameters
    ----------
    ring
        How places are tied to each other and to the centre.
    discontent
        d, (place,), probit units.
    start
        Opposition at first, (place,) or one number.

    Returns
    -------
    ndarray
        (place,), 0 to 1.

    Raises
    ------
    ParameterError
        If there are fewer places than are within sight.
    UndefinedError
        If they do not come to rest.

    Examples
    --------
    >>> opposition_at_rest(Ring(), np.zeros(5)).shape
    (5,)
    """
    local = np.asarray(discontent, dtype=np.float64)
    offsets = np.arange(-ring.sight, ring.sight + 1)
    if len(local) < len(offsets):
        raise ParameterError(
            f"{len(local)} places, but {len(offsets)} within sight: add places or see less far."
        )
    within_sight = (np.arange(len(local))[:, None] + offsets) % len(local)
    link = Thresholds.normal()
    here = np.broadcast_to(np.asarray(start, dtype=np.float64), local.shape).copy()
    for _ in range(_MOST_STEPS):
        seen = here[within_sight].mean(axis=1)
        standing = ring.level + local - ring.centralisation
        drawn_to = link.share_below(standing + ring.peers * impression_of(seen, ring.half))
        after = revise(here, drawn_to, 1.0)
        if np.abs(after - here).max() < _NEAR_ENOUGH:
            return after
        here = after
    raise UndefinedError(f"the places had not come to rest after {_MOST_STEPS} steps.")


def private_opposition(ring: Ring, discontent: NDArray[Any]) -> Floats:
    """Give the opposition of each place if nobody watched and the centre weighed nothing; (place,).

    Source: Kuran 1991 (private preference).

    Examples
    --------
    >>> private_opposition(Ring(level=0.0), np.zeros(3)).tolist()
    [0.5, 0.5, 0.5]
    """
    return Thresholds.normal().share_below(ring.level + np.asarray(discontent, dtype=np.float64))
