r"""The risk of being punished for defying: enforcers per defector, on every floor (the form of Epstein 2002)."""

from __future__ import annotations

from garrison.regime.compiled import compiled
from garrison.regime.fading import fading


@compiled
def risk_on_the_street(gain: float, capacity: float, crowd: float, crowd_capacity: float) -> float:
    r"""Give the risk that a civilian who defies is punished: it falls as the crowd grows.

    .. math:: P_C = 1 - \exp\left(-\frac{k_C K}{1 + c/c_0}\right)

    Parameters
    ----------
    gain
        k_C, how surely enforcers punish where they outnumber, above 0.
    capacity
        K, loyal deployable strength over required strength, dimensionless, 0 or more.
    crowd
        c, share of civilians who defy, 0 to 1.
    crowd_capacity
        c_0, the share at which policing saturates, above 0.

    Returns
    -------
    float
        0 to 1. Source: Epstein 2002, model I, arrest probability.

    Examples
    --------
    >>> round(risk_on_the_street(2.3, 1.0, 0.0, 0.02), 3)
    0.9
    """
    return 1.0 - fading(gain * capacity / (1.0 + crowd / crowd_capacity))


@compiled
def risk_in_the_ranks(gain: float, loyal_above: float, share: float, capacity: float) -> float:
    r"""Give the risk that a soldier, officer or general who defies is found and punished.

    .. math:: P_g = 1 - \exp\left(-\frac{k_S\, ci\, (1 - p_{sup})(1 - p_g)}{p_g / s_0 + 1/2}\right)

    Parameters
    ----------
    gain
        k_S ci, counter-intelligence, 0 or more.
    loyal_above
        1 - p_sup, share of the superiors who do not defy, 0 to 1; 1 where there are none.
    share
        p_g, share of one's own kind who defy, 0 to 1.
    capacity
        s_0, the share at which counter-intelligence saturates, above 0.

    Returns
    -------
    float
        0 to 1. Source: the form of Epstein 2002 carried over to the ranks.

    Examples
    --------
    >>> risk_in_the_ranks(2.0, 0.0, 0.1, 0.2)
    0.0
    """
    return 1.0 - fading(gain * loyal_above * (1.0 - share) / (share / capacity + 0.5))
