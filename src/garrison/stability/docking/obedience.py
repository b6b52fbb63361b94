r"""Dragu and Lupu 2018, Tyson 2018: each agent of repression obeys if the others do, and must be paid for the risk.

Special case: troops only, with the perceived share of refusers, the risk of punishment that dissolves as others
refuse, and pay that binds while the payer is expected to last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from garrison.regime.cohorts import Floats
from garrison.regime.thresholds import Thresholds
from garrison.stability.docking.crowd import Crowd, fold_of_level
from garrison.stability.docking.kernel_terms import impression_of, risk_of_refusing


@dataclass(frozen=True, slots=True)
class Ranks:
    """A force that was ordered to repress.

    The values given beforehand illustrate; they estimate nothing.

    Attributes
    ----------
    level
        b, inclination to refuse with nothing else at work, probit units.
    peers
        Weight of the refusers that one sees, 0 or more.
    fear
        Weight of the risk of punishment, 0 or more.
    half
        Share of refusers that makes half of the impression, above 0.
    gain, room
        k and s0 of the risk of punishment: how sure it is, and the share at which enforcers are stretched.
    pay_weight, pay
        What full pay takes off the inclination, and the share of it that is paid, 0 to 1.
    belief_weight, belief
        What certainty of the regime's fall adds, and the belief in it, 0 to 1.
    """

    level: float = -0.3
    peers: float = 1.6
    fear: float = 1.4
    half: float = 0.1
    gain: float = 2.0
    room: float = 0.25
    pay_weight: float = 1.2
    pay: float = 0.6
    belief_weight: float = 1.2
    belief: float = 0.05


def p_punished(ranks: Ranks, refusing: NDArray[Any] | float) -> Floats:
    r"""Give the risk that a refuser is punished, when a share refuses.

    .. math:: P = 1 - e^{-k (1 - s) / (s / s_0 + 1/2)}

    Source: the form of Epstein 2002; the kernel's own function for troops whose officers are loyal.

    Returns
    -------
    ndarray
        Shape of `refusing`; 0 once everybody refuses.

    Examples
    --------
    >>> float(p_punished(Ranks(), 1.0))
    0.0
    """
    return risk_of_refusing(ranks.gain, refusing, ranks.room)


def ranks_crowd(ranks: Ranks) -> Crowd:
    r"""Give the force as a crowd of people who refuse or obey.

    .. math:: x = b + \beta_M \frac{s}{s + h} - \beta_P P(s) - \beta_W W (1 - B) + \beta_B B

    Source: Dragu and Lupu 2018 (repression as coordination among agents), as a case of the kernel.

    Returns
    -------
    Crowd
        Its share is that of the refusers.

    Examples
    --------
    >>> len(ranks_crowd(Ranks()).states())
    3
    """
    bound = ranks.pay_weight * ranks.pay * (1.0 - ranks.belief)
    standing = ranks.level - bound + ranks.belief_weight * ranks.belief
    social = _social(ranks)
    return Crowd(Thresholds.normal(), lambda refusing: standing + social(refusing))


def least_pay(ranks: Ranks) -> float:
    r"""Give the least pay at which the ranks can still rest in obedience, as a share of full pay.

    .. math:: W^* = \frac{b + \beta_B B - x_f}{\beta_W (1 - B)}

    with x_f the standing inclination at which the obedient state ends. Source: Tyson 2018 (agents who fear that the
    regime falls must be paid for it); derived: W and B enter through the standing inclination alone, so that pay must
    keep it at x_f.

    Parameters
    ----------
    ranks
        Its `pay` is left out of account.

    Returns
    -------
    float
        May lie below 0 (no pay is needed) or above 1 (no pay suffices).

    Raises
    ------
    UndefinedError
        If the ranks refuse one by one: without coordination there is no line.

    Examples
    --------
    >>> bool(least_pay(Ranks(belief=0.3)) > least_pay(Ranks(belief=0.1)))
    True
    """
    fold = fold_of_level(Thresholds.normal(), _social(ranks))
    needed = ranks.level + ranks.belief_weight * ranks.belief - fold.value
    return needed / (ranks.pay_weight * (1.0 - ranks.belief))


def _social(ranks: Ranks) -> Callable[[Floats], Floats]:
    def social(refusing: Floats) -> Floats:
        seen = impression_of(refusing, ranks.half)
        return ranks.peers * seen - ranks.fear * p_punished(ranks, refusing)

    return social
