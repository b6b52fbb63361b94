r"""Edmond 2013: a regime that bends what its people see, at a cost.

Special case: the global game with propaganda chosen to maximise survival net of a convex cost; belief is the exact
posterior of people who know that signals are bent, but not by how much.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from garrison.errors import ParameterError
from garrison.regime.cohorts import Floats

# Distances are in standard deviations of a person's noise; beyond this reach lies less than 1e-10 of them.
_REACH = 6.5
_DISTANCES = 4_001
_BIASES = 601


@dataclass(frozen=True, slots=True)
class Censor:
    r"""A regime that manipulates, and the people whom it faces.

    Attributes
    ----------
    cost_of_attack
        p, opportunity cost of joining, strictly between 0 and 1.
    precision
        alpha of each signal, above 0.
    n_signals
        How many signals each person has, at least 1 (their mean is what counts).
    weight, power
        Cost of a bias a in one source: weight a^power / power; weight above 0, power above 1 (convex).
    economies
        0: each further source costs as much as the first to bend; 1: one effort bends them all.
    """

    cost_of_attack: float
    precision: float
    n_signals: float = 1.0
    weight: float = 1.0
    power: float = 1.5
    economies: float = 0.0

    def __post_init__(self) -> None:
        if not 0.0 < self.cost_of_attack < 1.0:
            raise ParameterError(
                f"cost_of_attack is {self.cost_of_attack}: give a share strictly between 0 and 1."
            )
        if not (self.precision > 0 and self.n_signals >= 1 and self.weight > 0 and self.power > 1):
            raise ParameterError("precision and weight are above 0, n_signals at least 1, power above 1.")
        if not 0.0 <= self.economies <= 1.0:
            raise ParameterError(f"economies is {self.economies}: give 0 to 1.")

    @property
    def price_of_bending(self) -> float:
        r"""What it costs to bend by one standard deviation of a person's noise: all that the outcome hangs on.

        .. math:: c\, n^{1 - e}\, (\alpha n)^{-\gamma / 2}
        """
        total = self.precision * self.n_signals
        return float(self.weight * self.n_signals ** (1.0 - self.economies) * total ** (-self.power / 2.0))


@dataclass(frozen=True, slots=True)
class Manipulation:
    """Outcome: regimes of strength below `critical` fall; `bias_at_the_line` is what the weakest survivor adds."""

    critical: float
    bias_at_the_line: float


def critical_strength(censor: Censor) -> Manipulation:
    r"""Give the strength below which a manipulating regime falls.

    .. math:: a(t) = \arg\min_a\ \Phi(t - a) + C(a), \quad
              \theta^* = \Phi(t^* - a(t^*)) + C(a(t^*)), \quad
              \frac{1 - \Phi(t^*)}{1 - \Phi(t^*) + \int_{-\infty}^{t^*} \varphi(t - a(t))\,dt} = p

    Source: Edmond 2013. Derived with a diffuse prior, distances in standard deviations of the noise: t is how far the
    cut at which people still attack lies above the regime's strength; a survivor's bias depends on t alone, the
    weakest survivor is indifferent between fighting and falling (strength equals attack plus cost), and at the cut
    people give a fall the chance p. Without manipulation the integral is Phi and theta* = 1 - p. In these units the
    noise enters through the price of bending alone.

    Parameters
    ----------
    censor
        The regime and its people.

    Returns
    -------
    Manipulation
        The line, and the bias of the weakest survivor; accurate to about 0.001.

    Examples
    --------
    >>> bent = critical_strength(Censor(0.5, precision=4.0))
    >>> bent.critical < critical_without_manipulation(0.5)
    True
    """
    # More than the longest bias costs more than all that an attack can take.
    longest = (censor.power / censor.price_of_bending) ** (1.0 / censor.power)
    distance = np.linspace(-_REACH, _REACH + longest, _DISTANCES)
    bias, burden = _best_bias(censor, distance, longest)
    density = np.exp(-((distance - bias) ** 2) / 2.0) / math.sqrt(2.0 * math.pi)
    rises = (density[1:] + density[:-1]) / 2.0 * np.diff(distance)
    survivors = np.concatenate([[0.0], np.cumsum(rises)])
    fallen = ndtr(-distance)
    belief = fallen / np.maximum(fallen + survivors, np.finfo(np.float64).tiny)
    # Belief falls with the distance from 1 to 0, so that it passes p once.
    at = float(np.interp(-censor.cost_of_attack, -belief, distance))
    weakest = int(np.searchsorted(distance, at))
    share = float(np.interp(at, distance, burden))
    return Manipulation(share, float(bias[weakest]) / math.sqrt(censor.precision * censor.n_signals))


def critical_without_manipulation(cost_of_attack: float) -> float:
    """Give the line of a regime that bends nothing: 1 - p.

    Source: Edmond 2013 (benchmark); Morris and Shin 1998.

    Examples
    --------
    >>> critical_without_manipulation(0.25)
    0.75
    """
    return 1.0 - cost_of_attack


def _best_bias(censor: Censor, distance: Floats, longest: float) -> tuple[Floats, Floats]:
    """Bias that a survivor chooses at each distance, and the attack plus cost that it then bears."""
    biases = np.linspace(0.0, longest, _BIASES)
    costs = censor.price_of_bending * biases**censor.power / censor.power
    burden = ndtr(distance[:, None] - biases) + costs
    chosen = burden.argmin(axis=1)
    return biases[chosen], burden[np.arange(len(distance)), chosen]
