r"""Watts 2002: rare, large cascades on a sparse network of people who each watch a few others.

Special case: M is the share of a person's own neighbours that acts, thresholds are shares of neighbours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, pdtr, xlogy

from garrison.errors import ParameterError
from garrison.regime.cohorts import Floats
from garrison.regime.thresholds import Thresholds

# Degrees beyond this many standard deviations of the Poisson distribution do not occur.
_SPREADS = 12.0
# A tie of a threshold with a fraction of neighbours counts as met.
_TIE = 1e-12


@dataclass(frozen=True, slots=True)
class Window:
    """Mean numbers of neighbours between which a single person can set off a global cascade."""

    low: float
    high: float


def most_neighbours_of_the_vulnerable(threshold: float) -> int:
    """Give the largest number of neighbours of whom a single one is enough: floor(1 / threshold).

    Source: Watts 2002 (vulnerable vertices).

    Examples
    --------
    >>> most_neighbours_of_the_vulnerable(0.18)
    5
    """
    if not 0.0 < threshold <= 1.0:
        raise ParameterError(f"threshold is {threshold}: give a share of neighbours above 0, at most 1.")
    return math.floor(1.0 / threshold + _TIE)


def cascade_window(threshold: float) -> Window:
    r"""Give the window of mean degrees in which vulnerable people form a connected cluster.

    .. math:: \sum_k k (k - 1)\,\rho_k\, p_k = z \iff z \Pr(\mathrm{Poisson}(z) \le K - 2) = 1,
              \quad K = \lfloor 1 / \phi \rfloor

    Source: Watts 2002, equation of the cascade condition G0''(1) = z. Derived for a Poisson graph:
    k(k - 1) p_k(z) = z squared p_{k-2}(z).

    Parameters
    ----------
    threshold
        phi, share of neighbours, the same for all; above 0 and at most 1/2.

    Returns
    -------
    Window
        Both ends.

    Raises
    ------
    ParameterError
        Where there is no such window.

    Examples
    --------
    >>> window = cascade_window(0.18)
    >>> round(window.low, 4), round(window.high, 4)
    (1.0207, 5.7647)
    """
    from scipy.optimize import brentq

    allowed = most_neighbours_of_the_vulnerable(threshold) - 2

    def excess(mean_degree: float) -> float:
        return mean_degree * float(pdtr(allowed, mean_degree)) - 1.0

    degrees = np.linspace(0.5, max(10.0, 4.0 * (allowed + 2.0)), 4001)
    above = [bool(excess(float(degree)) > 0) for degree in degrees]
    if allowed < 0 or not any(above):
        raise ParameterError(f"threshold {threshold}: no mean degree lets a single person set off a cascade.")
    first, last = above.index(True), len(above) - 1 - above[::-1].index(True)
    low = brentq(excess, degrees[first - 1], degrees[first], xtol=1e-13)
    high = brentq(excess, degrees[last], degrees[last + 1], xtol=1e-13)
    return Window(float(low), float(high))


def p_global_cascade(threshold: float, mean_degree: float) -> float:
    r"""Give the chance that one person, chosen at random, sets off a global cascade.

    .. math:: u = \sum_{k} \frac{k p_k}{z}\,[1 - \rho_k + \rho_k u^{k-1}], \quad S = 1 - \sum_k p_k u^k

    Source: Watts 2002 (extended vulnerable cluster), Newman, Strogatz and Watts 2001. u is the chance that an edge
    leads to nobody of the vulnerable giant cluster.

    Parameters
    ----------
    threshold
        phi, share of neighbours.
    mean_degree
        z of the Poisson graph, above 0.

    Returns
    -------
    float
        0 outside the window.

    Examples
    --------
    >>> p_global_cascade(0.18, 7.0)
    0.0
    """
    from scipy.optimize import brentq

    vulnerable = most_neighbours_of_the_vulnerable(threshold)
    window_mean = mean_degree * float(pdtr(vulnerable - 2, mean_degree)) if vulnerable >= 2 else 0.0
    if window_mean <= 1.0:
        return 0.0
    excess_degree = np.arange(vulnerable)
    # Along an edge a neighbour of degree k is met with chance k p_k / z = p_{k-1}.
    met = _poisson(mean_degree, vulnerable - 1)

    def gap(missed: float) -> float:
        return 1.0 - float(met.sum()) + float((met * missed**excess_degree).sum()) - missed

    missed = float(brentq(gap, 0.0, 1.0 - 1e-9, xtol=1e-14))
    return 1.0 - math.exp(mean_degree * (missed - 1.0))


def share_reached(thresholds: Thresholds, mean_degree: float, seeds: float) -> float:
    r"""Give the share that acts in the end when a share of seeds acts from the beginning.

    .. math:: q \leftarrow \rho_0 + (1 - \rho_0) \sum_k \frac{k p_k}{z} \sum_m \binom{k-1}{m} q^m (1-q)^{k-1-m} F(m/k)

    Source: Gleeson and Cahalane 2007, the mean field of Watts 2002; the kernel's line with M drawn from the
    neighbours of each person.

    Parameters
    ----------
    thresholds
        Share of neighbours that must act.
    mean_degree
        z of the Poisson graph, above 0.
    seeds
        Share that acts from the beginning, 0 to 1.

    Returns
    -------
    float
        0 to 1.

    Examples
    --------
    >>> share_reached(Thresholds.listed(np.array([0.18])), 3.0, 0.001) > 0.9
    True
    """
    most = math.ceil(mean_degree + _SPREADS * math.sqrt(mean_degree) + _SPREADS)
    p_degree = _poisson(mean_degree, most)
    # Along an edge the number of further neighbours is Poisson with the same mean.
    by_edge = [_BestResponse.of(thresholds, k + 1, k) for k in range(most + 1)]
    by_person = [_BestResponse.of(thresholds, k, k) for k in range(most + 1)]

    def pushed(acting: float, who: list[_BestResponse]) -> float:
        return seeds + (1.0 - seeds) * sum(
            float(p) * each.at(acting) for p, each in zip(p_degree, who, strict=True)
        )

    acting = seeds
    for _ in range(100_000):
        after = pushed(acting, by_edge)
        if abs(after - acting) < 1e-13:
            break
        acting = after
    return pushed(acting, by_person)


@dataclass(frozen=True, slots=True)
class _BestResponse:
    """How likely a person of one degree acts when so many of its neighbours may: F(m/k) for each m."""

    n_asked: int
    acts: Floats
    log_choose: Floats

    @classmethod
    def of(cls, thresholds: Thresholds, degree: int, n_asked: int) -> _BestResponse:
        counts = np.arange(n_asked + 1)
        acts = thresholds.share_below(counts / degree + _TIE) if degree else np.zeros(1)
        # Nobody is pushed by nobody: Watts's cascades need a neighbour who acts.
        acts[0] = 0.0
        choose = gammaln(n_asked + 1) - gammaln(counts + 1) - gammaln(n_asked - counts + 1)
        return cls(n_asked, acts, np.asarray(choose, dtype=np.float64))

    def at(self, acting: float) -> float:
        counts = np.arange(self.n_asked + 1)
        log_chance = self.log_choose + xlogy(counts, acting) + xlogy(self.n_asked - counts, 1.0 - acting)
        return float(np.exp(log_chance) @ self.acts)


def _poisson(mean: float, most: int) -> Floats:
    counts = np.arange(most + 1)
    return np.asarray(np.exp(xlogy(counts, mean) - mean - gammaln(counts + 1)), dtype=np.float64)
