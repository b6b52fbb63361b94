r"""Acemoglu, Ticchi and Vindigni 2010, Svolik 2012: what keeps those from seizing power who could.

Special case: the elite only. A stronger force makes the regime safer from others and a coup likelier to succeed; rents
must make up for it, and they bind only while the payer is expected to last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from garrison.errors import ParameterError
from garrison.regime.cohorts import Floats
from garrison.regime.thresholds import Thresholds
from garrison.stability.docking.crowd import Crowd, Fold, fold_of_level
from garrison.stability.docking.kernel_terms import impression_of


@dataclass(frozen=True, slots=True)
class Guardians:
    """Those who command the force.

    The values given beforehand illustrate; they estimate nothing.

    Attributes
    ----------
    level
        b, inclination to turn with nothing else at work, probit units.
    strength
        K of the force they command: loyal strength over what is required, 0 or more.
    prize
        What is to be had by a coup (the country's rents), probit units at certain success, 0 or more.
    rents_weight
        What rents paid in full take off the inclination, above 0.
    peers, half
        Weight of the plotters that one sees, and the share of them that makes half of the impression.
    belief
        Belief that the regime falls anyway, 0 to below 1.
    """

    level: float = -1.7
    strength: float = 1.0
    prize: float = 1.2
    rents_weight: float = 1.4
    peers: float = 3.0
    half: float = 0.2
    belief: float = 0.05

    def __post_init__(self) -> None:
        if not (self.strength >= 0 and self.prize >= 0 and self.rents_weight > 0 and 0 <= self.belief < 1):
            raise ParameterError(
                "strength and prize 0 or more, rents_weight above 0, belief from 0 to below 1 are needed."
            )


def p_coup_succeeds(strength: float) -> float:
    r"""Give the chance that a coup by a force of given strength succeeds: K / (1 + K).

    Source: the contest form; in Acemoglu, Ticchi and Vindigni 2010 gamma of the value of a coup,
    beta (gamma V(military) + (1 - gamma) V(democracy)), which they take as given, rises here with the force.

    Examples
    --------
    >>> p_coup_succeeds(1.0)
    0.5
    """
    return strength / (1.0 + strength)


def guardians_crowd(guardians: Guardians, rents: float) -> Crowd:
    r"""Give the elite as a crowd of people who turn or stay.

    .. math:: x_E = b + \pi \frac{K}{1 + K} - \beta_V V (1 - B) + \beta_M \frac{e}{e + h}

    Source: Acemoglu, Ticchi and Vindigni 2010, Svolik 2012, as a case of the kernel.

    Parameters
    ----------
    guardians
        Who they are.
    rents
        V, paid rents over those expected; any number (below 0 they pay).

    Returns
    -------
    Crowd
        Its share is that of the plotters.

    Examples
    --------
    >>> guardians_crowd(Guardians(), 1.0).lowest() < 0.1
    True
    """
    temptation = guardians.prize * p_coup_succeeds(guardians.strength)
    bound = guardians.rents_weight * rents * (1.0 - guardians.belief)
    standing, social = guardians.level + temptation - bound, _social(guardians)
    return Crowd(Thresholds.normal(), lambda plotting: standing + social(plotting))


def loyal_fold(guardians: Guardians) -> Fold:
    """Give the standing inclination at which the loyal state of the elite ends, and the share of plotters there.

    Source: tangency of the best response (Granovetter 1978) for the elite's crowd.

    Returns
    -------
    Fold
        x before peers, and the share.

    Raises
    ------
    UndefinedError
        If plotters do not need plotters: then the elite turns one by one.

    Examples
    --------
    >>> loyal_fold(Guardians()).share < 0.5
    True
    """
    return fold_of_level(Thresholds.normal(), _social(guardians))


def least_rents(guardians: Guardians) -> float:
    r"""Give V*, the smallest rents at which the elite can still rest in loyalty: the no-coup constraint.

    .. math:: V^* = \frac{b + \pi K / (1 + K) - x_f}{\beta_V (1 - B)}

    Source: Acemoglu, Ticchi and Vindigni 2010 (pay set by the no-coup constraint), Svolik 2012 (guardianship: the
    force that protects can depose). Derived: rents must keep the standing inclination at the fold x_f.

    Parameters
    ----------
    guardians
        Who they are.

    Returns
    -------
    float
        Rises with force strength, with the prize and with the belief that the regime falls anyway.

    Examples
    --------
    >>> least_rents(Guardians(strength=2.0)) > least_rents(Guardians(strength=0.5))
    True
    """
    temptation = guardians.prize * p_coup_succeeds(guardians.strength)
    needed = guardians.level + temptation - loyal_fold(guardians).value
    return needed / (guardians.rents_weight * (1.0 - guardians.belief))


def _social(guardians: Guardians) -> Callable[[Floats], Floats]:
    return lambda plotting: guardians.peers * impression_of(plotting, guardians.half)
