"""The cohorts of a layout in their order: class, place, force and stratum of each, and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from garrison.regime.cohorts import CIVILIANS, COHORTS, ELITE, OFFICERS, TROOPS

if TYPE_CHECKING:
    from garrison.regime.layout.layout import Layout

Integers: TypeAlias = NDArray[np.int64]


def cohort_rows(layout: Layout) -> Integers:
    """Give class, place, force and stratum of every cohort of a layout.

    Parameters
    ----------
    layout
        Any layout.

    Returns
    -------
    ndarray
        Shape (4, cohort): numbers of the class, the place, the force, the stratum; -1 where it has none.

    Examples
    --------
    >>> from garrison.regime.layout import Layout
    >>> cohort_rows(Layout.national()).T.tolist()
    [[0, 0, -1, -1], [1, 0, 0, -1], [2, 0, 0, -1], [3, -1, 0, -1]]
    """
    places, forces = range(layout.n_places), range(layout.n_forces)
    civilian = range(len(layout.civilian_strata)) or (-1,)
    armed = range(len(layout.force_strata)) or (-1,)
    rows = [(CIVILIANS, place, -1, part) for place in places for part in civilian]
    for class_ in (TROOPS, OFFICERS):
        rows += [(class_, place, force, part) for place in places for force in forces for part in armed]
    rows += [(ELITE, -1, force, -1) for force in forces]
    return np.ascontiguousarray(np.array(rows, dtype=np.int64).T)


def cohort_names(layout: Layout) -> tuple[str, ...]:
    """Name every cohort of a layout: what all share (a single place, a single force) is left out.

    Parameters
    ----------
    layout
        Any layout.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> from garrison.regime.layout import Force, Layout, Place
    >>> cohort_names(Layout("x", [Place("Zulia", 1.0, capital=True)], [Force("guard", 1.0), Force("army", 2.0)]))[:3]
    ('civilians', 'troops, guard', 'troops, army')
    """
    found = []
    for class_, place, force, stratum in cohort_rows(layout).T.tolist():
        strata = layout.civilian_strata if class_ == CIVILIANS else layout.force_strata
        words = [
            COHORTS[class_],
            layout.forces[force].name if force >= 0 and layout.n_forces > 1 else "",
            layout.places[place].name if place >= 0 and layout.n_places > 1 else "",
            strata[stratum].name if stratum >= 0 else "",
        ]
        found.append(", ".join(word for word in words if word))
    return tuple(found)
