r"""The one equation of the model: a binary choice that civilians, troops, officers and elite all make.

.. math:: x_g = b_g + \sum_j \beta_{gj} \phi_{jg} + \sum_{(j,k)} \gamma_{gjk} \phi_{jg} \phi_{kg}

An agent defies openly if its threshold lies below x; thresholds are standard normal, so that the share that would
defy is F(x). Inclinations are measured in standard deviations of the thresholds; every driver runs from 0 to 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from garrison.regime.cohorts import CIVILIANS, DRIVERS, ELITE, OFFICERS, TROOPS
from garrison.regime.compiled import compiled
from garrison.regime.compiled_cohorts import CompiledCohorts
from garrison.regime.condition_places import (
    COHESION,
    CONTROL,
    EXPOSURE,
    FORCE_LEVEL,
    HARDSHIP,
    HAVEN,
    IDENTITY,
    KINSHIP,
    ORDER,
    PAY,
    REFERENCE,
    RENTS,
    VIGILANCE,
    VIOLENCE,
    VISIBILITY,
    within,
)
from garrison.regime.normal import share_below
from garrison.regime.parameter_record import BENDS, PRODUCTS
from garrison.regime.perception import FORCE, NATION, OWN, PLACE, UNIT, impression
from garrison.regime.punishment import risk_in_the_ranks, risk_on_the_street
from garrison.regime.today import People

H, W, V, I, O, T, X, U, M_C, M_S, M_O, M_E, B, P = range(len(DRIVERS))  # noqa: E741 (the field's symbols)

HUNGER_AND_FEAR = PRODUCTS.index("hunger removes fear")
ORDER_AND_KIN = PRODUCTS.index("an order to shoot one's own forces the choice")
COMMANDER = PRODUCTS.index("units follow their commander")
GUARDIANS = PRODUCTS.index("who guards the ruler can depose him")

_BEND_PAY, _BEND_RENTS, _BEND_EXPOSURE = BENDS["W"], BENDS["V"], BENDS["X"]
_LIVED = np.array(
    [HARDSHIP, PAY, RENTS, EXPOSURE, CONTROL, KINSHIP, ORDER, COHESION, VIOLENCE, HAVEN],
)
_REQUIRED = REFERENCE[FORCE_LEVEL]
_NONVIOLENT = 1.0 - REFERENCE[VIOLENCE]


@compiled
def closeness(kinship: float, violence: float, rotation: float) -> float:
    r"""Give iota: how far those on the street are the soldiers' own people.

    .. math:: \iota = \text{kinship} \cdot \frac{1 - v}{1 - v_{ref}} \cdot (1 - \text{rotation})

    Parameters
    ----------
    kinship
        Coded condition: co-location and fraternisation at the reference share of violence, 0 to 1.
    violence
        v, violent share of the street, 0 to 1.
    rotation
        Share of the troops that serve away from home, 0 to 1.

    Returns
    -------
    float
        0 to 1. Source: Johnson and Thurber; Bellin 2004.

    Examples
    --------
    >>> closeness(0.5, 0.15, 0.0)
    0.5
    """
    return within(kinship * (1.0 - violence) / _NONVIOLENT * (1.0 - rotation))


@compiled
def control_today(control: float, vigilance: float, belief: float, quiet_belief: float) -> float:
    r"""Give ci: counter-intelligence, tightened by a regime that grows nervous.

    .. math:: ci + \text{vigilance}\,(1 - ci)\max(B - B_{rest}, 0)

    Parameters
    ----------
    control, vigilance
        Coded conditions, 0 to 1.
    belief, quiet_belief
        Public belief that the regime falls, today and at reference conditions, 0 to 1.

    Returns
    -------
    float
        0 to 1.

    Examples
    --------
    >>> control_today(0.5, 0.0, 0.9, 0.02)
    0.5
    """
    return control + vigilance * (1.0 - control) * max(belief - quiet_belief, 0.0)


@compiled
def weigh(par: Any, cohorts: CompiledCohorts, today: Any, people: People) -> None:
    r"""Let every cohort weigh what it lives under, sees, believes and fears.

    .. math:: x_g = b_g + \sum_j \beta_{gj} \phi_{jg} + \sum_{(j,k)} \gamma_{gjk} \phi_{jg} \phi_{kg}

    Source: Granovetter 1978 (thresholds), Kuran 1991 (private against public).

    Parameters
    ----------
    par
        Parameters of the run, a record of `PARAMETERS`.
    cohorts
        The layout.
    today
        The day's conditions, stocks and belief, a record of `TODAY`; its `nation` holds national shares.
    people
        Shares as `count_the_defiant` and `deploy` left them; `total` and `social` are set, in standard
        deviations of the thresholds.
    """
    live_under(cohorts, today, people)
    for class_ in range(ELITE + 1):
        first, after = cohorts.first[class_], cohorts.first[class_ + 1]
        _see_peers(par, cohorts, today, people, class_, first, after)
        if class_ == CIVILIANS:
            _fear_the_street(par, cohorts, today, people, after)
        else:
            _fear_the_command(par, cohorts, today, people, class_, first, after)
        _add_up(par, today, people, class_, first, after)
        _add_the_street(par, cohorts, today, people, class_, first, after)


@compiled
def live_under(cohorts: CompiledCohorts, today: Any, people: People) -> None:
    """Set the conditions under which each cohort lives: the country's, shifted by place, force and stratum.

    Parameters
    ----------
    cohorts, today, people
        Layout, record of the day, and arrays of the run; `lived` is set.
    """
    for item in range(_LIVED.size):
        condition = _LIVED[item]
        value, shift, lived = today.conditions[condition], cohorts.shifts[condition], people.lived[condition]
        for g in range(lived.size):
            lived[g] = within(value + shift[g])
    shift, lived = cohorts.shifts[IDENTITY], people.lived[IDENTITY]
    for class_ in range(ELITE + 1):
        value = today.identity[class_]
        for g in range(cohorts.first[class_], cohorts.first[class_ + 1]):
            lived[g] = within(value + shift[g])


@compiled
def _see_peers(
    par: Any, cohorts: CompiledCohorts, today: Any, people: People, class_: int, first: int, after: int
) -> None:
    """Start `social` with what cohorts of a class make of the shares that they see, class by class."""
    social, visible = people.social, people.visible
    unit_of, place_of, force_of = cohorts.unit_of, cohorts.place_of, cohorts.force_of
    media, loading = today.conditions[VISIBILITY], par.loadings[class_]
    for g in range(first, after):
        social[g] = 0.0
    for seen in range(ELITE + 1):
        weights, half, gain = cohorts.sight[class_, seen], par.half_saturation[seen], loading[M_C + seen]
        own = weights[OWN] if seen == class_ else 0.0
        near, there, alike = weights[UNIT], media * weights[PLACE], media * weights[FORCE]
        nation = media * weights[NATION] * today.nation[seen]
        in_unit, in_place, in_force = people.in_unit[seen], people.in_place[seen], people.in_force[seen]
        for g in range(first, after):
            share = (
                own * visible[g]
                + near * in_unit[unit_of[g]]
                + there * in_place[place_of[g]]
                + alike * in_force[force_of[g]]
                + nation
            )
            social[g] += gain * impression(share, half)


@compiled
def _fear_the_street(par: Any, cohorts: CompiledCohorts, today: Any, people: People, after: int) -> None:
    """Set the risk of being punished for marching, and that of losing a ration that hangs on good conduct."""
    gain, keeps = par.control_gain_civilians * today.severity, 1.0 - today.conditional_aid
    for g in range(after):
        place = cohorts.place_of[g]
        risk = risk_on_the_street(
            gain, people.capacity[place], people.in_place[CIVILIANS, place], par.crowd_capacity
        )
        people.fear[g] = 1.0 - (1.0 - risk) * keeps


@compiled
def _fear_the_command(
    par: Any, cohorts: CompiledCohorts, today: Any, people: People, class_: int, first: int, after: int
) -> None:
    """Set the risk of being found out, and add to `social` what one's own commanders do: unit obedience."""
    coded, cohesion = people.lived[CONTROL], people.lived[COHESION]
    visible, social, fear, in_unit = people.visible, people.social, people.fear, people.in_unit
    gain = par.control_gain_forces * today.severity
    obeys = par.product_loadings[class_, COMMANDER]
    half = par.half_saturation[OFFICERS] if class_ == TROOPS else par.half_saturation[ELITE]
    for g in range(first, after):
        if class_ == ELITE:
            own, above = visible[g], 0.0
        else:
            own = in_unit[class_, cohorts.unit_of[g]]
            if class_ == TROOPS:
                above = in_unit[OFFICERS, cohorts.unit_of[g]]
            else:
                above = visible[cohorts.elite_of[cohorts.force_of[g]]]
        control = control_today(coded[g], today.conditions[VIGILANCE], today.belief, par.belief_rest)
        fear[g] = risk_in_the_ranks(gain * control, 1.0 - above, own, par.defector_capacity)
        social[g] += obeys * cohesion[g] * impression(above, half)


@compiled
def _add_up(par: Any, today: Any, people: People, class_: int, first: int, after: int) -> None:
    """Add belief and fear to `social`; pay, rents, exposure, identity and hardship to `total`.

    What is bought bends with belief, identity does not (McLauchlin 2010).
    """
    loading, social, total, fear = par.loadings[class_], people.social, people.total, people.fear
    hardship, pay, rents = people.lived[HARDSHIP], people.lived[PAY], people.lived[RENTS]
    exposure, identity = people.lived[EXPOSURE], people.lived[IDENTITY]
    by_pay = loading[W] * (1.0 + _BEND_PAY * today.belief)
    by_rents = loading[V] * (1.0 + _BEND_RENTS * today.belief)
    by_exposure = loading[X] * (1.0 + _BEND_EXPOSURE * today.belief)
    by_identity, by_hardship, by_fear = loading[I], loading[H], loading[P]
    by_both = par.product_loadings[class_, HUNGER_AND_FEAR]
    believed = loading[B] * today.belief
    level = par.intercepts[class_]
    for g in range(first, after):
        social[g] += believed + (by_fear + by_both * hardship[g]) * fear[g]
        total[g] = (
            level
            + social[g]
            + by_hardship * hardship[g]
            + by_pay * pay[g]
            + by_rents * rents[g]
            + by_exposure * exposure[g]
            + by_identity * identity[g]
        )


@compiled
def _add_the_street(
    par: Any, cohorts: CompiledCohorts, today: Any, people: People, class_: int, first: int, after: int
) -> None:
    """Add outrage, fatigue, pushes, the guardians' temptation and the order to shoot at one's own to `total`."""
    loading, total, crowds = par.loadings[class_], people.total, people.in_place[CIVILIANS]
    outrage = loading[O] * today.recent_deaths / (today.recent_deaths + par.outrage_half)
    tired = today.fatigue
    if class_ == TROOPS:
        tired = within(tired + today.fatigue_troops)
    surplus = today.conditions[FORCE_LEVEL] - _REQUIRED
    everywhere = (
        loading[T] * tired
        + loading[U] * today.push[class_]
        + par.product_loadings[class_, GUARDIANS] * surplus
    )
    if class_ == CIVILIANS:
        for g in range(first, after):
            total[g] += outrage + everywhere + loading[U] * people.place_push[cohorts.place_of[g]]
        return
    kinship, violence, order = people.lived[KINSHIP], people.lived[VIOLENCE], people.lived[ORDER]
    forced, half = par.product_loadings[class_, ORDER_AND_KIN], par.half_saturation[CIVILIANS]
    nation = today.nation[CIVILIANS]
    local = loading[U] if class_ == TROOPS else 0.0
    for g in range(first, after):
        place = cohorts.place_of[g]
        near = closeness(kinship[g], violence[g], today.rotation)
        crowd = nation if class_ == ELITE else crowds[place]
        total[g] += (
            outrage * near
            + everywhere
            + local * people.place_push[place]
            + forced * order[g] * impression(crowd, half) * near
        )


@compiled
def hidden_share(total: float, social: float) -> float:
    """Give q, the share that would defy alone and safe (Kuran 1991): peers, belief and punishment taken out.

    Parameters
    ----------
    total, social
        Inclination, and the part of it that is peers, belief and fear; standard deviations of the thresholds.

    Returns
    -------
    float
        0 to 1. The gap between q and the visible share is preference falsification.

    Examples
    --------
    >>> hidden_share(-2.0, -2.0)
    0.5
    """
    return share_below(total - social)
