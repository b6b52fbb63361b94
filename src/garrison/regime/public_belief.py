"""Public belief that the regime falls: what turnout, refusals and splits say beyond what was expected."""

from __future__ import annotations

from math import log1p
from typing import Any

from garrison.regime.cohorts import CIVILIANS, ELITE, TROOPS
from garrison.regime.compiled import compiled
from garrison.regime.condition_places import FOREIGN, PROPAGANDA, VISIBILITY
from garrison.regime.normal import share_below
from garrison.regime.perception import impression


@compiled
def surprise(visibility: float, seen: float, expected: float, half: float) -> float:
    r"""Say how much more defiance is seen than was expected.

    .. math:: vis \left(\frac{p}{p + h} - \frac{p^e}{p^e + h}\right)

    Parameters
    ----------
    visibility
        Share of happenings that reach those who were not there, 0 to 1.
    seen, expected
        Shares that defy openly, 0 to 1.
    half
        Share at which half of the impression is made, above 0.

    Returns
    -------
    float
        -1 to 1. Source: Lohmann 1994 (turnout counts against what was expected).

    Examples
    --------
    >>> surprise(1.0, 0.1, 0.1, 0.2)
    0.0
    """
    return visibility * (impression(seen, half) - impression(expected, half))


@compiled
def survival_signal(weight: float, survived_days: float) -> float:
    r"""Give what surviving says for the regime.

    .. math:: b_s \log(1 + \text{days since the last attack})

    Parameters
    ----------
    weight
        b_s, probit per log day, 0 or more.
    survived_days
        0 or more.

    Returns
    -------
    float
        Probit, 0 or more. Source: Angeletos, Hellwig and Pavan 2007.

    Examples
    --------
    >>> survival_signal(0.1, 0.0)
    0.0
    """
    return weight * log1p(survived_days)


@compiled
def belief_target(par: Any, today: Any, news: float) -> float:
    r"""Give the belief that today's signals would lead to in the end.

    .. math:: \Phi(b_0 + \sum_j b_j\,surprise_j + b_f foreign - b_p prop - b_s \log(1 + days\ survived))

    Parameters
    ----------
    par
        Parameters of the run, a record of `PARAMETERS`.
    today
        The day, a record of `TODAY`.
    news
        Sum of the surprises, weighted (see `news_of_the_day`), probit.

    Returns
    -------
    float
        0 to 1.
    """
    signal = (
        par.belief_level
        + par.belief_foreign * today.conditions[FOREIGN]
        - par.belief_propaganda * today.conditions[PROPAGANDA]
        - survival_signal(par.belief_survival, today.survived_days)
        + today.belief_push
        + news
    )
    return share_below(signal)


@compiled
def news_of_the_day(par: Any, today: Any) -> float:
    """Add up what turnout, refusals, officers and elite say beyond expectation; false news of refusals counts as told.

    Parameters
    ----------
    par, today
        Records of `PARAMETERS` and `TODAY`; `nation` against `expected`.

    Returns
    -------
    float
        Probit.
    """
    sight = today.conditions[VISIBILITY]
    news = par.belief_loadings[TROOPS] * sight * today.rumour
    for class_ in range(ELITE + 1):
        news += par.belief_loadings[class_] * surprise(
            sight, today.nation[class_], today.expected[class_], par.half_saturation[class_]
        )
    return news


@compiled
def believe(par: Any, today: Any) -> None:
    r"""Let belief follow the news, the survival clock run, and expectations follow what is seen.

    .. math:: B \leftarrow B + \eta (B^* - B), \quad
              days \leftarrow \min((days + 1)(1 - surprise_C^+),\, horizon), \quad
              p^e \leftarrow p^e + (p - p^e) / \tau_e

    Parameters
    ----------
    par, today
        Records of `PARAMETERS` and `TODAY`; the second is changed.
    """
    sight = today.conditions[VISIBILITY]
    attack = surprise(
        sight, today.nation[CIVILIANS], today.expected[CIVILIANS], par.half_saturation[CIVILIANS]
    )
    kept = 1.0 - min(max(attack, 0.0), 1.0)
    today.survived_days = min((today.survived_days + 1.0) * kept, par.survival_horizon)
    target = belief_target(par, today, news_of_the_day(par, today))
    today.belief += par.belief_speed * (target - today.belief)
    for class_ in range(ELITE + 1):
        gap = today.nation[class_] - today.expected[class_]
        today.expected[class_] += gap / par.expectation_memory
