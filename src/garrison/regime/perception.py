"""What everybody sees of everybody else: shares by unit, place, force and nation, and the impression they make."""

from __future__ import annotations

import numpy as np

from garrison.regime.cohorts import CIVILIANS, ELITE, TROOPS, Floats
from garrison.regime.compiled import compiled
from garrison.regime.compiled_cohorts import CompiledCohorts
from garrison.regime.today import People

N_CLASSES = 4
OWN, UNIT, PLACE, FORCE, NATION = range(5)


@compiled
def impression(share: float, half: float) -> float:
    r"""Say how large a share that is seen looks: m / (m + h), from 0 to 1.

    .. math:: M = \frac{m}{m + h}

    Parameters
    ----------
    share
        Share that is seen, 0 to 1.
    half
        Share at which half of the impression is made, above 0.

    Returns
    -------
    float
        0 to 1.

    Examples
    --------
    >>> impression(0.1, 0.1)
    0.5
    """
    return share / (share + half)


@compiled
def count_the_defiant(cohorts: CompiledCohorts, people: People, nation: Floats) -> None:
    """Add visible shares up by unit, place, force and nation.

    Parameters
    ----------
    cohorts
        The layout.
    people
        `visible` is read; `in_unit`, `in_place` and `in_force` are set.
    nation
        (class,) is set: national shares.
    """
    visible, weight, first = people.visible, cohorts.weight, cohorts.first
    in_unit, in_place, in_force = people.in_unit, people.in_place, people.in_force
    n_forces = cohorts.n_forces
    in_unit[:] = 0.0
    in_place[:] = 0.0
    in_force[:] = 0.0
    nation[:] = 0.0
    for g in range(first[CIVILIANS], first[CIVILIANS + 1]):
        in_place[CIVILIANS, cohorts.place_of[g]] += weight[g] * visible[g]
    for class_ in range(TROOPS, ELITE):
        for g in range(first[class_], first[class_ + 1]):
            in_unit[class_, cohorts.unit_of[g]] += weight[g] * visible[g]
        for place in range(cohorts.n_places):
            for force in range(n_forces):
                heads = in_unit[class_, place * n_forces + force]
                in_place[class_, place] += heads
                in_force[class_, force] += heads
        for unit in range(cohorts.in_unit.size):
            # Officers are spread over units as their troops are.
            in_unit[class_, unit] /= cohorts.in_unit[unit]
    for g in range(first[ELITE], first[ELITE + 1]):
        in_force[ELITE, cohorts.force_of[g]] += weight[g] * visible[g]
        nation[ELITE] += weight[g] * visible[g]
    for class_ in range(ELITE):
        for place in range(cohorts.n_places):
            nation[class_] += in_place[class_, place]
            in_place[class_, place] /= cohorts.in_place[class_, place]
    for class_ in range(TROOPS, N_CLASSES):
        for force in range(n_forces):
            in_force[class_, force] /= cohorts.in_force[class_, force]


def class_shares(cohorts: CompiledCohorts, shares: Floats) -> Floats:
    """Add cohorts up to national shares of the four classes.

    Parameters
    ----------
    cohorts
        The layout.
    shares
        (..., cohort).

    Returns
    -------
    ndarray
        (..., class).

    Examples
    --------
    >>> from garrison.regime.compiled_cohorts import compiled_cohorts
    >>> from garrison.regime.layout import Layout
    >>> class_shares(compiled_cohorts(Layout.national()), np.array([0.1, 0.2, 0.3, 0.4])).tolist()
    [0.1, 0.2, 0.3, 0.4]
    """
    sums = np.zeros((cohorts.class_of.size, N_CLASSES))
    sums[np.arange(cohorts.class_of.size), cohorts.class_of] = cohorts.weight
    return np.asarray(shares @ sums, dtype=np.float64)
