"""Who stands where: loyal strength that can be sent against the street, place by place."""

from __future__ import annotations

from math import exp

from garrison.regime.cohorts import TROOPS
from garrison.regime.compiled import compiled
from garrison.regime.compiled_cohorts import CompiledCohorts
from garrison.regime.condition_places import COHESION, FORCE_LEVEL, IDENTITY, within
from garrison.regime.today import People

# How much more of the front line a unit takes that is one standard index point more loyal, if the trusted go first.
TRUST = 3.0


@compiled
def withdrawn(quarter: float, cohesion: float, command_defies: float) -> float:
    r"""Give the share of a unit that its own command keeps in barracks: an order that passes down the chain.

    .. math:: 1 - (1 - \text{quarter} \cdot \text{cohesion})(1 - \text{cohesion} \cdot e_f)

    Parameters
    ----------
    quarter
        Share of the troops ordered to barracks, 0 to 1.
    cohesion
        How far units follow their commander, 0 to 1.
    command_defies
        e_f, share of the force's generals who defy, 0 to 1.

    Returns
    -------
    float
        0 to 1. Source: Pion-Berlin, Esparza and Grisham 2014 (armies that disobey mostly stay in barracks).

    Examples
    --------
    >>> withdrawn(0.0, 0.8, 0.5)
    0.4
    """
    return 1.0 - (1.0 - quarter * cohesion) * (1.0 - cohesion * command_defies)


@compiled
def deploy(cohorts: CompiledCohorts, people: People, today) -> None:  # type: ignore[no-untyped-def]
    r"""Set K of every place: loyal strength sent there over the strength required, dimensionless.

    omega_f is multiplied by exp(3 trusted_first (I_f - I)) where the trusted go first; cohesion is that of a force, and
    the posts of those who are jailed or dead are filled.

    .. math:: K_k = K_0\, \frac{\sum_f \omega_f n_{fk} (1 - p_{fk})(1 - \text{withdrawn}_{fk})}
                             {\sum_f \omega_f n_{fk}} \cdot \text{operations} + \text{militia}

    Parameters
    ----------
    cohorts, people
        The layout; `in_unit` and `in_force` are read, `available` and `capacity` set.
    today
        Conditions and orders of the day, a record of `TODAY`.
    """
    strength = today.conditions[FORCE_LEVEL] * today.operations
    middle = today.identity[TROOPS]
    n_forces = cohorts.n_forces
    for place in range(cohorts.n_places):
        sent, required = 0.0, 0.0
        for force in range(n_forces):
            unit = place * n_forces + force
            general = cohorts.elite_of[force]
            cohesion = within(today.conditions[COHESION] + cohorts.shifts[COHESION, general])
            command_defies = people.visible[general]
            people.available[unit] = 1.0 - withdrawn(today.quarter, cohesion, command_defies)
            fit = cohorts.crowd_weight[unit]
            if today.trusted_first > 0.0:
                trust = within(middle + cohorts.shifts[IDENTITY, general]) - middle
                fit *= exp(TRUST * today.trusted_first * trust)
            sent += fit * (1.0 - people.in_unit[TROOPS, unit]) * people.available[unit]
            required += fit
        people.capacity[place] = strength * sent / required + today.militia
