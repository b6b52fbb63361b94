r"""Lohmann 1994: people learn from turnout, and only from what they did not expect.

Special case: belief moved by the surprise of turnout alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.engines import revise
from garrison.errors import ParameterError
from garrison.regime.cohorts import Floats
from garrison.regime.public_belief import surprise
from garrison.regime.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Somebody who reads turnout.

    The values given beforehand illustrate; they estimate nothing.

    Attributes
    ----------
    prior
        Belief before the first march that the regime is hated enough to fall, strictly between 0 and 1.
    weight
        What a turnout of one standard deviation beyond expectation adds to belief, probit units, 0 or more.
    half
        Share on the street at which half of the impression is made, above 0.
    learning
        How far expectation moves to what was seen, from one march to the next, 0 to 1.
    """

    prior: float = 0.05
    weight: float = 2.0
    half: float = 0.02
    learning: float = 0.5

    def __post_init__(self) -> None:
        if not (
            0.0 < self.prior < 1.0 and self.weight >= 0 and self.half > 0 and 0.0 <= self.learning <= 1.0
        ):
            raise ParameterError(
                "prior strictly between 0 and 1, weight 0 or more, half above 0, learning 0 to 1."
            )


def belief_after_marches(onlooker: Onlooker, turnout: NDArray[Any], expected: float) -> Floats:
    r"""Give the belief that the regime falls, after each of a series of marches.

    .. math:: B_t = F\left(F^{-1}(B_0) + w \left[\frac{m_t}{m_t + h} - \frac{\hat m_t}{\hat m_t + h}\right]\right),
              \quad \hat m_{t+1} = \hat m_t + \lambda (m_t - \hat m_t)

    Source: Lohmann 1994 (turnout compared with what was expected), by the kernel's own surprise.

    Parameters
    ----------
    onlooker
        Who looks.
    turnout
        (march,) share of the population on the street, 0 to 1.
    expected
        Share expected at the first march.

    Returns
    -------
    ndarray
        (march,), 0 to 1.

    Examples
    --------
    >>> few = belief_after_marches(Onlooker(), np.array([0.01]), expected=0.02)
    >>> many = belief_after_marches(Onlooker(), np.array([0.01]), expected=0.005)
    >>> bool(few[0] < 0.05 < many[0])
    True
    """
    seen = np.asarray(turnout, dtype=np.float64)
    belief = np.empty_like(seen)
    link = Thresholds.normal()
    before = link.quantile(onlooker.prior)
    hoped = np.asarray(expected, dtype=np.float64)
    for march, share in enumerate(seen):
        news = surprise(1.0, float(share), float(hoped), onlooker.half)
        belief[march] = link.share_below(before + onlooker.weight * news)
        hoped = revise(hoped, np.asarray(share), onlooker.learning)
    return belief


def posterior_discontent(expected: float, turnout: float, prior_precision: float, precision: float) -> float:
    r"""Give the discontent that a turnout tells, for normal prior and noise.

    .. math:: \mu + \frac{b}{a + b} (y - \mu)

    Source: Lohmann 1994 (turnout aggregates private information); Bayes' rule for normal variables. It hangs on the
    turnout through its surprise alone.

    Parameters
    ----------
    expected, turnout
        mu and y, in the same unit.
    prior_precision, precision
        a of what was thought before, b of what a turnout tells; both above 0.

    Returns
    -------
    float
        Between what was expected and what was seen.

    Examples
    --------
    >>> posterior_discontent(0.2, 0.6, 1.0, 1.0)
    0.4
    """
    return expected + precision / (prior_precision + precision) * (turnout - expected)
