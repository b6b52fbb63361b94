"""The cohorts of a layout as compiled code reads them: who is where, who stands above whom."""

from __future__ import annotations

import functools
from collections import namedtuple

import numpy as np

from garrison.regime.cohorts import COHORTS, ELITE, OFFICERS, TROOPS
from garrison.regime.layout import Layout

CompiledCohorts = namedtuple(
    "CompiledCohorts",
    (
        "class_of",  # (cohort,) index of COHORTS
        "first",  # (class + 1,) where each class begins; cohorts of a class stand together
        "place_of",  # (cohort,) 0 for the elite, who see nothing of it: their weights are 0
        "force_of",  # (cohort,) 0 for civilians, likewise
        "unit_of",  # (cohort,) troops and officers: place and force in one number; 0 for others
        "weight",  # (cohort,) share of the class's heads
        "shifts",  # (condition, cohort) amount added to the country's condition
        "sight",  # (class that looks, class that is seen, level)
        "in_place",  # (class, place) heads of the class there
        "in_force",  # (class, force)
        "in_unit",  # (unit,) share of all troops
        "elite_of",  # (force,) cohort of the generals of a force
        "crowd_weight",  # (unit,) fitness for crowds times strength
        "command",  # (force,) weight of its generals
        "capital",  # index of a place
        "n_places",
        "n_forces",
    ),
)
"""Arrays of one layout; made by `compiled_cohorts`."""


@functools.lru_cache(maxsize=64)
def compiled_cohorts(layout: Layout) -> CompiledCohorts:
    """Lay a layout's cohorts out in arrays.

    Parameters
    ----------
    layout
        Places, forces, strata.

    Returns
    -------
    CompiledCohorts
        Read-only by convention; the same object for the same layout.

    Examples
    --------
    >>> compiled_cohorts(Layout.national()).class_of.tolist()
    [0, 1, 2, 3]
    """
    # Copies: the layout's own arrays are read-only, which would be a type of its own for the compiler.
    classes, places, forces = layout.cohort_class, layout.cohort_place, layout.cohort_force
    n_places, n_forces = layout.n_places, layout.n_forces
    in_place, in_force = np.zeros((len(COHORTS), n_places)), np.zeros((len(COHORTS), n_forces))
    np.add.at(in_place, (classes[places >= 0], places[places >= 0]), layout.weight[places >= 0])
    np.add.at(in_force, (classes[forces >= 0], forces[forces >= 0]), layout.weight[forces >= 0])
    # Indices without sign: compiled code then need not ask whether to count from the end.
    unit = np.where((classes == TROOPS) | (classes == OFFICERS), places * n_forces + forces, 0)
    in_unit = np.zeros(n_places * n_forces)
    np.add.at(in_unit, unit[classes == TROOPS], layout.weight[classes == TROOPS])
    elite = np.flatnonzero(classes == ELITE)
    elite_of = np.zeros(n_forces, dtype=np.int64)
    elite_of[forces[elite]] = elite
    fitness = np.array([force.crowd_weight for force in layout.forces])
    command = np.array([force.command for force in layout.forces])
    return CompiledCohorts(
        class_of=classes.copy(),
        first=np.searchsorted(classes, np.arange(len(COHORTS) + 1)),
        place_of=np.maximum(places, 0).astype(np.uintp),
        force_of=np.maximum(forces, 0).astype(np.uintp),
        unit_of=unit.astype(np.uintp),
        weight=layout.weight.copy(),
        shifts=np.ascontiguousarray(layout.shifts.T),
        sight=layout.sight.copy(),
        in_place=in_place,
        in_force=in_force,
        in_unit=in_unit,
        elite_of=elite_of.astype(np.uintp),
        crowd_weight=in_unit * np.tile(fitness, n_places),
        command=command / command.sum(),
        capital=layout.capital,
        n_places=n_places,
        n_forces=n_forces,
    )
