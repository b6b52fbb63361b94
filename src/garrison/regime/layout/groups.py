"""Groups of a layout by name: a class, a place, a force, a stratum, the border, the capital; what sets them apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from garrison.errors import ParameterError, nearest
from garrison.regime.cohorts import CIVILIANS, COHORTS
from garrison.regime.conditions import known_conditions
from garrison.regime.layout.shifts import Shifts
from garrison.world import fold_name

if TYPE_CHECKING:
    from garrison.regime.layout.layout import Layout

BORDER, CAPITAL = "border", "capital"


def shift_groups(layout: Layout) -> Iterator[tuple[str, NDArray[np.bool_], Shifts]]:
    """Give every class, place, force and stratum of a layout with its cohorts and its shifts.

    Parameters
    ----------
    layout
        Any layout.

    Yields
    ------
    tuple
        The group's name; which cohorts belong to it, shape (cohort,); what is added to conditions there.

    Examples
    --------
    >>> from garrison.regime.layout import Layout
    >>> [(name, int(cohorts.sum())) for name, cohorts, _ in shift_groups(Layout.national())]
    [('civilians', 1), ('troops', 1), ('officers', 1), ('elite', 1), ('nation', 3), ('forces', 3)]
    """
    none = Shifts()
    for number, name in enumerate(COHORTS):
        yield name, layout.cohort_class == number, Shifts(layout.class_shifts.get(name, none))
    for number, place in enumerate(layout.places):
        yield place.name, layout.cohort_place == number, Shifts(place.shifts)
    for number, force in enumerate(layout.forces):
        yield force.name, layout.cohort_force == number, Shifts(force.shifts)
    are_civilians = layout.cohort_class == CIVILIANS
    for number, stratum in enumerate(layout.civilian_strata):
        yield stratum.name, are_civilians & (layout.cohort_stratum == number), Shifts(stratum.shifts)
    for number, stratum in enumerate(layout.force_strata):
        yield stratum.name, ~are_civilians & (layout.cohort_stratum == number), Shifts(stratum.shifts)


def group_names(layout: Layout) -> tuple[str, ...]:
    """Give the names by which groups of a layout can be shifted.

    Parameters
    ----------
    layout
        Any layout.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> from garrison.regime.layout import Layout
    >>> group_names(Layout.national())[:4]
    ('civilians', 'troops', 'officers', 'elite')
    """
    places_and_forces = (*(place.name for place in layout.places), *(force.name for force in layout.forces))
    strata = (stratum.name for stratum in (*layout.civilian_strata, *layout.force_strata))
    return (*COHORTS, BORDER, CAPITAL, *places_and_forces, *strata)


def shifted(layout: Layout, groups: Mapping[str, Mapping[str, float]]) -> Layout:
    """Add to the conditions of groups; see `Layout.shifted`.

    Parameters
    ----------
    layout
        Any layout.
    groups
        Name of a group to condition to amount.

    Returns
    -------
    Layout

    Raises
    ------
    ParameterError
        For an unknown group or condition, or an amount that cannot be.

    Examples
    --------
    >>> from garrison.regime.layout import Layout
    >>> shifted(Layout.national(), {"elite": {"rents": -0.4}}).class_shifts
    {'elite': {'rents': -0.4}}
    """
    for given, amounts in groups.items():
        name = _known_group(layout, given)
        if name in COHORTS:
            sum_of = Shifts(layout.class_shifts.get(name)).plus(amounts, f"class {name}")
            layout = replace(layout, class_shifts={**layout.class_shifts, name: sum_of})
        elif name == BORDER and not layout.border.any():
            raise ParameterError(
                f"layout '{layout.name}' has no border place, so that nothing can be shifted there: set `border` for "
                "the places that people can leave by."
            )
        else:
            layout = _with_part_shifted(layout, name, amounts)
    return layout


def centred(layout: Layout) -> Layout:
    """Shift the classes back to the country's average; see `Layout.centred`.

    Parameters
    ----------
    layout
        Any layout.

    Returns
    -------
    Layout
        With `class_shifts` such that the mean of the shifts over the heads of every class is 0.

    Examples
    --------
    >>> from garrison.regime.layout import Force, Layout, Place
    >>> places = [Place("Centre", 3e6, capital=True), Place("Coast", 1e6, shifts={"hardship": 0.4})]
    >>> centred(Layout("a country", places, [Force("army", 40_000)])).shifts[:2, 0].round(3).tolist()
    [-0.1, 0.3]
    """
    means = layout.class_shares(layout.shifts.T).T
    for name, of_class in zip(COHORTS, means.tolist(), strict=True):
        back = {
            condition: -mean
            for condition, mean in zip(known_conditions(), of_class, strict=True)
            if mean != 0.0
        }
        layout = shifted(layout, {name: back})
    return layout


def _known_group(layout: Layout, given: str) -> str:
    names = group_names(layout)
    if given in names:
        return given
    folded = [name for name in names if fold_name(name) == fold_name(given)]
    if not folded:
        raise ParameterError(f"layout '{layout.name}' has no group '{given}'. {nearest(given, names)}")
    return folded[0]


def _with_part_shifted(layout: Layout, name: str, amounts: Mapping[str, float]) -> Layout:
    """Add to the shifts of the place, force or stratum of this name, or of all places at the border."""
    return replace(
        layout,
        places=tuple(
            replace(place, shifts=Shifts(place.shifts).plus(amounts, place.name))
            if name == place.name or (name == BORDER and place.border) or (name == CAPITAL and place.capital)
            else place
            for place in layout.places
        ),
        forces=tuple(
            replace(force, shifts=Shifts(force.shifts).plus(amounts, f"the {name}"))
            if name == force.name
            else force
            for force in layout.forces
        ),
        civilian_strata=tuple(
            replace(part, shifts=Shifts(part.shifts).plus(amounts, name)) if name == part.name else part
            for part in layout.civilian_strata
        ),
        force_strata=tuple(
            replace(part, shifts=Shifts(part.shifts).plus(amounts, name)) if name == part.name else part
            for part in layout.force_strata
        ),
    )
