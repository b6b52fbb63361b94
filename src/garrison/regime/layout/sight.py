"""Who sees whom: how much of what a class sees of another happens in its own unit, place and force, and beyond."""

from __future__ import annotations

import functools

import numpy as np

from garrison.errors import ParameterError
from garrison.regime.cohorts import CIVILIANS, COHORTS, ELITE, OFFICERS, TROOPS, Floats
from garrison.regime.priors import read_table

SIGHT_LEVELS = ("own", "unit", "place", "force", "nation")
"""The own cohort; the class in the same place and force; in the same place; in the same force; everywhere."""

OWN, UNIT, PLACE, FORCE, NATION = range(5)

_IN_PLACES = (CIVILIANS, TROOPS, OFFICERS)
_IN_FORCES = (TROOPS, OFFICERS, ELITE)
_WORDS = {"comrades": UNIT, "place": PLACE, "force": FORCE, "nation": NATION}


def sight_weights(n_places: int, n_forces: int, divided: tuple[int, ...] = ()) -> Floats:
    """Weigh what every class sees of every class by where it happens.

    The weights of `forces.toml` hold for the levels that exist for both: civilians have no force, the elite no
    place. Levels that are the same people are one (with a single place and force all are the nation), and what
    a class sees of itself nearest is seen of the own cohort: all of it, or where the class is divided into
    strata a part, the rest being the other strata of that level.

    Parameters
    ----------
    n_places, n_forces
        How many places and forces there are; at least 1.
    divided
        The classes (by number) that are divided into strata.

    Returns
    -------
    ndarray
        Shape (looking class, seen class, level), the levels in the order of `SIGHT_LEVELS`; sums to 1 over
        the levels.

    Notes
    -----
    Equation: the perceived share of class k in cohort g is ``sum over levels l of sight[c(g), k, l] * mean of
    the shares of k over the heads in g's level l``.
    Source: orders of magnitude of the project; Lohmann 1994, Dragu and Lupu 2018 for what is seen at all.

    Examples
    --------
    >>> sight_weights(1, 1)[1].tolist()[:2]
    [[0.0, 0.0, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0, 0.0]]
    >>> sight_weights(24, 4)[1, 1].round(2).tolist()
    [0.5, 0.0, 0.15, 0.2, 0.15]
    """
    levels, own_stratum = _weights_by_class()
    weights = np.zeros((len(COHORTS), len(COHORTS), len(SIGHT_LEVELS)))
    for looking in range(len(COHORTS)):
        for seen in range(len(COHORTS)):
            merged: dict[int, float] = {}
            for level in _existing(looking, seen):
                target = _widest_same(level, n_places, n_forces)
                merged[target] = merged.get(target, 0.0) + levels[looking, level]
            total = sum(merged.values())
            for level, weight in merged.items():
                weights[looking, seen, level] = weight / total
            if looking == seen:
                nearest_level = min(merged)
                part = own_stratum if seen in divided else 1.0
                weights[looking, seen, OWN] = part * weights[looking, seen, nearest_level]
                weights[looking, seen, nearest_level] *= 1.0 - part
    weights.setflags(write=False)
    return weights


def _existing(looking: int, seen: int) -> list[int]:
    """Give the levels that a pair of classes has in common, the narrowest first."""
    same_place = looking in _IN_PLACES and seen in _IN_PLACES
    same_force = looking in _IN_FORCES and seen in _IN_FORCES
    there = {UNIT: same_place and same_force, PLACE: same_place, FORCE: same_force, NATION: True}
    return [level for level, exists in there.items() if exists]


def _widest_same(level: int, n_places: int, n_forces: int) -> int:
    """Give the widest level that is the same people as this one."""
    if level == UNIT and n_places == 1:
        level = FORCE
    elif level == UNIT and n_forces == 1:
        level = PLACE
    if (level == PLACE and n_places == 1) or (level == FORCE and n_forces == 1):
        level = NATION
    return level


@functools.cache
def _weights_by_class() -> tuple[Floats, float]:
    """Read the table: weights (class, level), and the part of the nearest level that is the own stratum's."""
    table = read_table("layout/forces.toml")["sight"]
    weights = np.zeros((len(COHORTS), len(SIGHT_LEVELS)))
    for row, name in enumerate(COHORTS):
        for word, level in _WORDS.items():
            weights[row, level] = table[name].get(word, {"value": 0.0})["value"]
        if not (weights[row].min() >= 0.0 and weights[row, NATION] > 0.0):
            raise ParameterError(
                f"forces.toml, [sight.{name}]: weights must not be negative, and that of the nation must be above 0, "
                "because it is the one level that exists for every pair of classes."
            )
    return weights, float(table["own_stratum"]["value"])
