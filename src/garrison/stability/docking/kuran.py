r"""Kuran 1989, 1991: people hide what they want; a small change of private views can turn a public.

Special case: Granovetter's crowd whose thresholds come from private discontent, with the hidden share beside the
public one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.errors import ParameterError
from garrison.regime.cohorts import Floats
from garrison.regime.thresholds import Thresholds
from garrison.stability.docking.granovetter import crowd_of_thresholds


@dataclass(frozen=True, slots=True)
class PublicAndPrivate:
    """Share that opposes in public at rest, and share that would if nobody looked."""

    public: float
    private: float

    @property
    def falsification(self) -> float:
        """The gap between the two: how many hide their view."""
        return self.private - self.public


def threshold_of(discontent: NDArray[Any] | float, pressure: float) -> Floats:
    r"""Give the share that must oppose in public before a person does.

    .. math:: T = \frac{1}{2}\left(1 - \frac{e}{r}\right)

    Source: Kuran 1989, 1991 (public preference maximises reputational plus expressive utility). Derived with linear
    reputation: siding with a public of which S oppose brings r(2S - 1) more for opposing than for supporting; speaking
    one's mind brings e; opposing is better once e + r(2S - 1) >= 0.

    Parameters
    ----------
    discontent
        e, expressive gain from opposing in public; negative for those who like the regime. Any shape.
    pressure
        r, weight of reputation, above 0.

    Returns
    -------
    ndarray
        Same shape; 0 or less opposes alone, above 1 never.

    Raises
    ------
    ParameterError
        If `pressure` is not above 0.

    Examples
    --------
    >>> threshold_of(np.array([-1.0, 0.0, 1.0]), 1.0).tolist()
    [1.0, 0.5, 0.0]
    """
    if not pressure > 0:
        raise ParameterError(f"pressure is {pressure}: reputation must weigh something.")
    return np.asarray((1.0 - np.asarray(discontent, dtype=np.float64) / pressure) / 2.0, dtype=np.float64)


def revolutionary_bandwagon(thresholds: NDArray[Any]) -> float:
    """Give the public opposition at which a society comes to rest, starting from none.

    Source: Kuran 1991 (sequences of thresholds).

    Parameters
    ----------
    thresholds
        (person,) share that must oppose before this person does, 0 to 1.

    Returns
    -------
    float
        0 to 1.

    Examples
    --------
    >>> revolutionary_bandwagon(np.array([0.0, 0.2, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0]))
    0.1
    """
    return crowd_of_thresholds(Thresholds.listed(thresholds)).at_rest()


def falsified_preferences(discontent: NDArray[Any], pressure: float) -> PublicAndPrivate:
    """Give public and private opposition of a society whose members differ in discontent.

    Source: Kuran 1989.

    Parameters
    ----------
    discontent
        (person,) expressive gain from opposing, negative for supporters.
    pressure
        Weight of reputation, above 0.

    Returns
    -------
    PublicAndPrivate
        Public opposition at rest from none, and the share of those whose discontent is above 0.

    Examples
    --------
    >>> falsified_preferences(np.array([0.3, 0.3, -0.5]), 1.0).falsification > 0.6
    True
    """
    public = revolutionary_bandwagon(threshold_of(discontent, pressure))
    return PublicAndPrivate(public, float(np.mean(np.asarray(discontent) > 0)))
