r"""Epstein 2002, model I: grievance against the fear of arrest, in the mean field.

Special case: civilians only; grievance and risk aversion are loadings spread evenly over people; fear is arrest by
enforcers per active person, in the form that the kernel uses on every floor.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from garrison.errors import ParameterError, nearest
from garrison.regime.cohorts import Floats
from garrison.regime.thresholds import Thresholds
from garrison.stability.docking.crowd import Crowd

ROUNDINGS = ("continuous", "floor", "nearest")
"""What is done with the number of enforcers per active person: nothing, rounded down, rounded."""


@dataclass(frozen=True, slots=True)
class Society:
    """A society of the model: the standard run's values unless given.

    Attributes
    ----------
    legitimacy
        L, 0 to below 1.
    threshold
        T, net grievance above which a person is active.
    enforcers, citizens
        Share of the places that each of the two fills.
    arrest_gain
        k of the chance of arrest.
    rounding
        One of `ROUNDINGS`; published ports differ in it, and results with them.
    """

    legitimacy: float
    threshold: float = 0.1
    enforcers: float = 0.04
    citizens: float = 0.7
    arrest_gain: float = 2.3
    rounding: str = "continuous"

    def __post_init__(self) -> None:
        if self.rounding not in ROUNDINGS:
            raise ParameterError(
                f"rounding '{self.rounding}' is unknown. {nearest(self.rounding, ROUNDINGS)}"
            )
        if not 0.0 <= self.legitimacy < 1.0:
            raise ParameterError(f"legitimacy is {self.legitimacy}: give a share below 1.")
        if not (self.enforcers >= 0 and self.citizens > 0 and self.arrest_gain > 0):
            raise ParameterError("enforcers 0 or more, citizens and arrest_gain above 0.")


def p_arrest(society: Society, active: Floats) -> Floats:
    r"""Give the chance of arrest that an active person expects.

    .. math:: P = 1 - e^{-k\,(C/A)_v}

    Source: Epstein 2002. The mean field takes enforcers per active person from the densities, C / (n a).

    Parameters
    ----------
    society
        Densities, k and rounding.
    active
        Share of the citizens who are active, any shape, 0 to 1.

    Returns
    -------
    ndarray
        Same shape, 0 to 1; 1 where nobody is active.

    Examples
    --------
    >>> round(float(p_arrest(Society(0.82), np.array(0.5))), 3)
    0.231
    """
    share = np.asarray(active, dtype=np.float64)
    if society.enforcers == 0:
        return np.zeros_like(share)
    with np.errstate(divide="ignore", over="ignore"):
        each = np.where(share > 0, society.enforcers / (society.citizens * share), np.inf)
    if society.rounding == "floor":
        each = np.floor(each)
    elif society.rounding == "nearest":
        each = np.rint(each)
    return np.asarray(1.0 - np.exp(-society.arrest_gain * each), dtype=np.float64)


def society_crowd(society: Society) -> Crowd:
    r"""Give the society as a crowd: who is active when a share is.

    .. math:: H (1 - L) - R\,P > T, \quad H, R \sim U(0, 1)

    Source: Epstein 2002. In the kernel's terms z = T - H(1 - L) is spread evenly over a width of 1 - L, and x = -R P
    has a loading spread evenly over a width of P about -P/2.

    Parameters
    ----------
    society
        The society.

    Returns
    -------
    Crowd
        Its response is the share active; nobody jailed is missing (the mean field has no jail).

    Examples
    --------
    >>> quiet = society_crowd(Society(0.82)).lowest()
    >>> round(quiet, 3)
    0.018
    """
    grievance = 1.0 - society.legitimacy
    thresholds = Thresholds.uniform(society.threshold - grievance, society.threshold)
    return Crowd(
        thresholds,
        lambda active: -p_arrest(society, active) / 2.0,
        lambda active: p_arrest(society, active),
    )


def ceiling_without_enforcers(legitimacy: float, threshold: float = 0.1) -> float:
    r"""Give the share that is active where nobody enforces: all whose grievance passes the threshold.

    .. math:: \Pr(H (1 - L) > T) = \max\left(0, 1 - \frac{T}{1 - L}\right)

    Source: Epstein 2002, derived from the rule with P = 0.

    Examples
    --------
    >>> round(ceiling_without_enforcers(0.82), 3)
    0.444
    """
    return max(0.0, 1.0 - threshold / (1.0 - legitimacy))
