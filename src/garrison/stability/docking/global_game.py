r"""Morris and Shin 1998, Angeletos and Werning 2006: attacking a regime of unknown strength.

Special case: z is the noise of each person's private signal, x the lead of the dearest signal at which people still
attack over the true strength; belief is the exact posterior.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from garrison.errors import ParameterError
from garrison.regime.cohorts import Floats
from garrison.regime.thresholds import Thresholds

# The two extremes are looked at on the probit scale, where a critical strength of 1e-15 is still a number.
_FURTHEST_SCORE = 37.0
_SCORES = 20_001


@dataclass(frozen=True, slots=True)
class Regime:
    """A regime under attack, as its people know it.

    Attributes
    ----------
    cost
        c: attack when the chance of success is at least this, strictly between 0 and 1.
    private_precision
        a_x of each person's own signal of the regime's strength, above 0.
    public_precision
        a_z of what everybody has heard, 0 or more; 0 is a diffuse prior.
    public_signal
        y, the strength that the public signal tells.
    """

    cost: float
    private_precision: float
    public_precision: float = 0.0
    public_signal: float = 0.5

    def __post_init__(self) -> None:
        if not 0.0 < self.cost < 1.0:
            raise ParameterError(f"cost is {self.cost}: give a share strictly between 0 and 1.")
        if not self.private_precision > 0 or not self.public_precision >= 0:
            raise ParameterError("precisions: the private one is above 0, the public one 0 or more.")

    @property
    def always_unique(self) -> bool:
        """Whether there is one critical strength whatever is heard: a_z / sqrt(a_x) <= sqrt(2 pi)."""
        return self.public_precision / math.sqrt(self.private_precision) <= math.sqrt(2.0 * math.pi)


def p_falls(regime: Regime, critical: float, signal: NDArray[Any] | float) -> Floats:
    r"""Give a person's belief that the regime falls: the exact posterior that its strength is below critical.

    .. math:: \Pr(\theta < \theta^* \mid x, y) = \Phi\left(\sqrt{a_x + a_z}\,
              \left(\theta^* - \frac{a_x x + a_z y}{a_x + a_z}\right)\right)

    Source: Angeletos and Werning 2006.

    Parameters
    ----------
    regime
        What people know.
    critical
        The strength below which the regime falls.
    signal
        x, private signals, any shape.

    Returns
    -------
    ndarray
        Same shape, 0 to 1.

    Examples
    --------
    >>> float(p_falls(Regime(0.5, 1.0), 0.5, 0.5))
    0.5
    """
    total = regime.private_precision + regime.public_precision
    mean = (
        regime.private_precision * np.asarray(signal) + regime.public_precision * regime.public_signal
    ) / total
    return np.asarray(ndtr(math.sqrt(total) * (critical - mean)), dtype=np.float64)


def dearest_signal(regime: Regime, critical: float) -> float:
    """Give the highest private signal at which attacking still pays, if others make `critical` the line.

    Source: Angeletos and Werning 2006 (indifference of the marginal attacker).

    Returns
    -------
    float
        The signal at which `p_falls` is exactly the cost.

    Examples
    --------
    >>> dearest_signal(Regime(0.5, 1.0), 0.4)
    0.4
    """
    total = regime.private_precision + regime.public_precision
    mean = critical - float(ndtri(regime.cost)) / math.sqrt(total)
    return (total * mean - regime.public_precision * regime.public_signal) / regime.private_precision


def share_attacking(regime: Regime, cut: float, strength: NDArray[Any] | float) -> Floats:
    """Give the share that attacks a regime of given strength, if people attack at signals up to `cut`.

    Source: Morris and Shin 1998. The kernel's line: thresholds are the noise of the signals, x is the distance
    between cut and strength in its units.

    Returns
    -------
    ndarray
        Shape of `strength`, 0 to 1.

    Examples
    --------
    >>> float(share_attacking(Regime(0.5, 1.0), 0.4, 0.4))
    0.5
    """
    inclination = math.sqrt(regime.private_precision) * (cut - np.asarray(strength, dtype=np.float64))
    return Thresholds.normal().share_below(inclination)


def critical_strengths(regime: Regime) -> tuple[float, ...]:
    r"""Give every strength that can be the line between regimes that fall and regimes that stand.

    .. math:: \Phi^{-1}(\theta^*) - \frac{a_z}{\sqrt{a_x}} (\theta^* - y) =
              \sqrt{1 + a_z / a_x}\;\Phi^{-1}(1 - c)

    Source: Angeletos and Werning 2006. Derived: the mass attacking at theta* equals theta* (so the cut is theta* plus
    its probit over sqrt a_x), and at the cut the posterior equals c; eliminate the cut.

    Parameters
    ----------
    regime
        What people know.

    Returns
    -------
    tuple of float
        In ascending order; one, or three where the public signal is too good. A diffuse prior gives 1 - c.

    Examples
    --------
    >>> [round(line, 6) for line in critical_strengths(Regime(0.3, 4.0, 1.0, 0.5))]
    [0.763661]
    """
    from scipy.optimize import brentq

    weight = regime.public_precision / math.sqrt(regime.private_precision)
    right = math.sqrt(1.0 + regime.public_precision / regime.private_precision) * float(
        ndtri(1.0 - regime.cost)
    )

    def gap(score: NDArray[Any] | float) -> Any:
        return score - weight * (ndtr(score) - regime.public_signal) - right

    # The probit of the line runs off as far as the public signal pushes it.
    furthest = max(_FURTHEST_SCORE, abs(right) + weight * (1.0 + abs(regime.public_signal)) + 1.0)
    scores = np.linspace(-furthest, furthest, _SCORES)
    gaps = gap(scores)
    exact = [float(ndtr(score)) for score in scores[gaps == 0]]
    crossed = [
        float(ndtr(brentq(gap, scores[left], scores[left + 1], xtol=1e-14)))
        for left in np.flatnonzero(gaps[:-1] * gaps[1:] < 0)
    ]
    return tuple(sorted(exact + crossed))


def response_to_news(regime: Regime, critical: float) -> float:
    r"""Say how far the critical strength moves with the public signal.

    .. math:: \frac{d\theta^*}{dy} = -\frac{w}{1/\varphi(\Phi^{-1}(\theta^*)) - w}, \quad w = a_z / \sqrt{a_x}

    Source: Morris and Shin 2002 (public news is overweighted because others read it as well). Derived from
    `critical_strengths` by the implicit function.

    Parameters
    ----------
    regime
        What people know.
    critical
        One of its critical strengths.

    Returns
    -------
    float
        Negative on stable lines: good news for the regime makes it harder to bring down.

    Examples
    --------
    >>> response_to_news(Regime(0.5, 1.0, 1.0), 0.5) < 0
    True
    """
    weight = regime.public_precision / math.sqrt(regime.private_precision)
    score = float(ndtri(critical))
    steepness = math.sqrt(2.0 * math.pi) * math.exp(score**2 / 2.0)
    return -weight / (steepness - weight)


def iterated_dominance(regime: Regime, *, from_above: bool) -> float:
    """Follow the reasoning of people who expect everybody (or nobody) to attack, until the line stands still.

    Source: Morris and Shin 1998. Where both ends lead to one line, reasoning alone decides the outcome.

    Parameters
    ----------
    regime
        What people know.
    from_above
        Begin with the belief that every regime falls; otherwise that none does.

    Returns
    -------
    float
        The largest or the smallest critical strength.

    Examples
    --------
    >>> game = Regime(0.3, 4.0, 1.0, 0.5)
    >>> abs(iterated_dominance(game, from_above=True) - iterated_dominance(game, from_above=False)) < 1e-9
    True
    """
    line = 1.0 if from_above else 0.0
    for _ in range(100_000):
        moved = _line_where_attack_equals_strength(regime, dearest_signal(regime, line))
        if abs(moved - line) < 1e-13:
            return moved
        line = moved
    return line


def _line_where_attack_equals_strength(regime: Regime, cut: float) -> float:
    from scipy.optimize import brentq

    def surplus(strength: float) -> float:
        return float(share_attacking(regime, cut, strength)) - strength

    return float(brentq(surplus, 0.0, 1.0, xtol=1e-15))
