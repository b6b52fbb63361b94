r"""Angeletos, Hellwig and Pavan 2007: what it teaches that the regime survived.

Special case: the global game played again; a survived attack cuts off the lower end of belief, which is the survival
term of public belief in the kernel.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtr, ndtri

from garrison.regime.cohorts import Floats
from garrison.stability.docking.global_game import Regime

_GRID = 40_001


def p_falls_after_survival(
    regime: Regime, critical: NDArray[Any] | float, survived: float, signal: NDArray[Any] | float
) -> Floats:
    r"""Give a person's belief that the regime falls, knowing that it survived an earlier attack.

    .. math:: \Pr(\theta < \theta' \mid x, \theta > \theta_1) =
              1 - \frac{1 - \Pr(\theta < \theta' \mid x)}{1 - \Pr(\theta < \theta_1 \mid x)}

    Source: Angeletos, Hellwig and Pavan 2007.

    Parameters
    ----------
    regime
        What people know besides.
    critical
        theta', the line of the new attack; one number, or as many as there are signals.
    survived
        theta_1, the line of the attack that the regime survived; minus infinity where there was none.
    signal
        Private signals, any shape.

    Returns
    -------
    ndarray
        Same shape; 0 where the new line is no higher than the old one.

    Examples
    --------
    >>> game = Regime(0.5, 4.0)
    >>> bool(p_falls_after_survival(game, 0.6, 0.3, 0.5) < p_falls_after_survival(game, 0.6, -math.inf, 0.5))
    True
    """
    total = regime.private_precision + regime.public_precision
    signals = np.asarray(signal, dtype=np.float64)
    mean = (regime.private_precision * signals + regime.public_precision * regime.public_signal) / total
    # Chances of standing, on the log scale: far in the tail both are tiny, and only their ratio matters.
    stands = log_ndtr(-math.sqrt(total) * (critical - mean))
    stood = log_ndtr(-math.sqrt(total) * (survived - mean))
    return np.asarray(-np.expm1(np.minimum(stands - stood, 0.0)), dtype=np.float64)


def next_critical_strengths(regime: Regime, survived: float) -> tuple[float, ...]:
    r"""Give the lines at which a further attack can settle after one was survived; none is an answer as well.

    .. math:: \Pr(\theta < \theta' \mid x', \theta > \theta_1) = c, \quad
              x' = \theta' + \Phi^{-1}(\theta') / \sqrt{a_x}, \quad \theta' > \theta_1

    Source: Angeletos, Hellwig and Pavan 2007 (with private information that may have grown since).

    Parameters
    ----------
    regime
        What people know now.
    survived
        The line of the attack that the regime survived.

    Returns
    -------
    tuple of float
        In ascending order; empty where the only outcome is that nobody attacks, which is always one.

    Examples
    --------
    >>> next_critical_strengths(Regime(0.5, 1.0), survived=0.5)
    ()
    """
    from scipy.optimize import brentq

    def excess(line: float) -> float:
        signal = line + float(ndtri(line)) / math.sqrt(regime.private_precision)
        return float(p_falls_after_survival(regime, line, survived, signal)) - regime.cost

    # The grid is even in probits, for lines may lie near 1; it leaves out the old line, where belief is 0.
    scores = np.linspace(float(ndtri(max(survived, 1e-12))), 8.0, _GRID)[1:]
    lines = ndtr(scores)
    signals = lines + scores / math.sqrt(regime.private_precision)
    gaps = p_falls_after_survival(regime, lines, survived, signals) - regime.cost
    return tuple(
        float(brentq(excess, lines[left], lines[left + 1], xtol=1e-14))
        for left in np.flatnonzero(gaps[:-1] * gaps[1:] < 0)
    )
