"""The layout of a country: which cohorts there are, how many heads each holds, what sets it apart.

The same equations run four national cohorts or hundreds of local ones: a layout says which. It is built once,
never changes, and two layouts with the same content are equal.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from garrison.errors import ParameterError, nearest
from garrison.regime.cohorts import CIVILIANS, COHORTS, OFFICERS, TROOPS, Floats
from garrison.regime.conditions import known_conditions
from garrison.regime.layout.cohort_rows import Integers, cohort_names, cohort_rows
from garrison.regime.layout.group_shares import class_shares, force_shares, place_shares
from garrison.regime.layout.groups import centred, group_names, shift_groups, shifted
from garrison.regime.layout.layout_check import check_layout
from garrison.regime.layout.places_and_forces import Force, Place, Stratum
from garrison.regime.layout.shifts import Shifts
from garrison.regime.layout.sight import sight_weights

Array = TypeVar("Array", bound=NDArray[Any])


@dataclass(frozen=True)
class Layout:
    """Places x forces x classes: the cohorts of a country, in one fixed order.

    Civilians by place; troops by place, by force; officers likewise; the elite by force. Strata divide the
    cohorts of civilians, or of troops and officers, further. All arrays are read-only; an array of a cohort's
    property is cohort-long.

    Parameters
    ----------
    name
        As it is printed.
    places
        At least one `Place`, exactly one of them the capital.
    forces
        At least one `Force`; a force with a `spread` names a share for every place.
    civilian_strata, force_strata
        The parts of every civilian cohort, of every cohort of troops and officers; shares sum to 1.
    class_shifts
        Class to what is added to conditions for all of its cohorts.

    Raises
    ------
    ParameterError
        If something is missing, named twice, or does not add up; the message says which.

    Examples
    --------
    >>> places = [Place("Centre", 3e6, capital=True), Place("Coast", 1e6, shifts={"hardship": 0.1})]
    >>> layout = Layout("a country", places, [Force("army", 40_000), Force("police", 10_000)])
    >>> layout.n_cohorts, layout.names[0], layout.names[3]
    (12, 'civilians, Centre', 'troops, police, Centre')
    >>> layout.weight[:2].tolist(), layout.unit_strength.round(3).tolist()
    ([0.75, 0.25], [[0.6, 0.15], [0.2, 0.05]])
    """

    name: str
    places: Sequence[Place]
    forces: Sequence[Force]
    civilian_strata: Sequence[Stratum] = ()
    force_strata: Sequence[Stratum] = ()
    class_shifts: Mapping[str, Mapping[str, float]] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for part in ("places", "forces", "civilian_strata", "force_strata"):
            object.__setattr__(self, part, tuple(getattr(self, part)))
        given = self.class_shifts
        for name in given:
            if name not in COHORTS:
                raise ParameterError(f"layout '{self.name}' shifts class '{name}'. {nearest(name, COHORTS)}")
        shifts = {name: Shifts(given.get(name), f"class {name}") for name in COHORTS}
        object.__setattr__(self, "class_shifts", {name: shifts[name] for name in shifts if shifts[name]})
        check_layout(self)

    @classmethod
    def national(cls) -> Layout:
        """Give the layout of four cohorts, always the same one: one place, one force, nothing that sets them apart.

        Examples
        --------
        >>> Layout.national().names
        ('civilians', 'troops', 'officers', 'elite')
        """
        return _national()

    @property
    def n_places(self) -> int:
        """Number of places."""
        return len(self.places)

    @property
    def n_forces(self) -> int:
        """Number of forces."""
        return len(self.forces)

    @property
    def n_cohorts(self) -> int:
        """Number of cohorts."""
        return len(self.cohort_class)

    @functools.cached_property
    def capital(self) -> int:
        """Index of the capital among the places."""
        return next(index for index, place in enumerate(self.places) if place.capital)

    @functools.cached_property
    def border(self) -> NDArray[np.bool_]:
        """Which places touch a border that people can leave by; shape (place,)."""
        return _kept(np.array([place.border for place in self.places], dtype=np.bool_))

    @functools.cached_property
    def place_share(self) -> Floats:
        """Share of the inhabitants by place; shape (place,), sums to 1."""
        return _shares([place.population for place in self.places])

    @functools.cached_property
    def force_share(self) -> Floats:
        """Share of the heads under arms by force; shape (force,), sums to 1."""
        return _shares([force.strength for force in self.forces])

    @functools.cached_property
    def crowd_weight(self) -> Floats:
        """What one head of a force counts for in holding a crowd; shape (force,), above 0 to 1."""
        return _kept(np.array([float(force.crowd_weight) for force in self.forces]))

    @functools.cached_property
    def command(self) -> Floats:
        """Weight of a force's generals among the elite; shape (force,), sums to 1."""
        return _shares([force.command for force in self.forces])

    @functools.cached_property
    def unit_strength(self) -> Floats:
        """Share of all heads under arms that is the unit of a force in a place; shape (place, force), sums to 1."""
        spread = np.array([force.spread or self.place_share for force in self.forces])
        spread /= spread.sum(axis=1, keepdims=True)
        return _kept(np.ascontiguousarray((self.force_share[:, None] * spread).T))

    @functools.cached_property
    def _rows(self) -> tuple[Integers, ...]:
        """Class, place, force and stratum of every cohort, -1 where it has none; each of shape (cohort,)."""
        return tuple(_kept(np.ascontiguousarray(row)) for row in cohort_rows(self))

    @property
    def cohort_class(self) -> Integers:
        """Number of the class of every cohort, in the order of `COHORTS`; shape (cohort,)."""
        return self._rows[0]

    @property
    def cohort_place(self) -> Integers:
        """Index of the place of every cohort, -1 for the elite; shape (cohort,)."""
        return self._rows[1]

    @property
    def cohort_force(self) -> Integers:
        """Index of the force of every cohort, -1 for civilians; shape (cohort,)."""
        return self._rows[2]

    @property
    def cohort_stratum(self) -> Integers:
        """Index of the stratum of every cohort among its class's strata, -1 where undivided; shape (cohort,)."""
        return self._rows[3]

    @functools.cached_property
    def class_start(self) -> Integers:
        """Where the cohorts of every class begin, and the number of cohorts; shape (class + 1,)."""
        return _kept(np.searchsorted(self.cohort_class, np.arange(len(COHORTS) + 1)).astype(np.int64))

    @functools.cached_property
    def weight(self) -> Floats:
        """Share of its class's heads that is in every cohort (of the elite: of its weight); sums to 1 by class."""
        civilian = _shares([stratum.share for stratum in self.civilian_strata] or [1.0])
        armed = _shares([stratum.share for stratum in self.force_strata] or [1.0])
        people = np.multiply.outer(self.place_share, civilian).ravel()
        units = np.multiply.outer(self.unit_strength, armed).ravel()
        return _kept(np.concatenate([people, units, units, self.command]))

    @functools.cached_property
    def shifts(self) -> Floats:
        """What is added to every condition in every cohort; shape (cohort, condition), as `known_conditions`."""
        table = np.zeros((self.n_cohorts, len(known_conditions())))
        for _, cohorts, shifts in shift_groups(self):
            for column, condition in enumerate(known_conditions()):
                if condition in shifts:
                    table[cohorts, column] += shifts[condition]
        return _kept(table)

    @functools.cached_property
    def sight(self) -> Floats:
        """Who sees whom; shape (looking class, seen class, level), see `sight_weights`."""
        civilian: tuple[int, ...] = (CIVILIANS,) if self.civilian_strata else ()
        armed: tuple[int, ...] = (TROOPS, OFFICERS) if self.force_strata else ()
        return sight_weights(self.n_places, self.n_forces, civilian + armed)

    @functools.cached_property
    def groups(self) -> tuple[str, ...]:
        """Every name that `shifted` knows: classes, border, capital, places, forces, strata."""
        return group_names(self)

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """Name of every cohort; what all cohorts share (a single place, a single force) is left out."""
        return cohort_names(self)

    def shifted(self, groups: Mapping[str, Mapping[str, float]]) -> Layout:
        """Give the same layout with amounts added to the conditions of groups.

        Parameters
        ----------
        groups
            Name of a class, a place, a force, a stratum, "border" or "capital" to condition to the amount added,
            -1 to 1. The elite has no place, civilians no force.

        Raises
        ------
        ParameterError
            For an unknown group or condition, or where a sum leaves -1 to 1.

        Examples
        --------
        >>> layout = Layout.national().shifted({"elite": {"identity": -0.4}, "capital": {"hardship": -0.1}})
        >>> layout.shifts[:, list(known_conditions()).index("hardship")].tolist()
        [-0.1, -0.1, -0.1, 0.0]
        """
        return shifted(self, groups)

    def centred(self) -> Layout:
        """Give the same layout with class shifts such that no class differs from the country on average.

        A coded condition then stays the average over the heads of every class; what remains of the shifts is how
        places, forces and strata differ from each other.
        """
        return centred(self)

    def permuted(self, order: Sequence[int]) -> Layout:
        """Give the same layout with its places in another order.

        Parameters
        ----------
        order
            Index of the place that comes first, second, ...: each once.

        Raises
        ------
        ParameterError
            If a place is missing or named twice.

        Examples
        --------
        >>> places = [Place("Centre", 3e6, capital=True), Place("Coast", 1e6)]
        >>> [place.name for place in Layout("a country", places, [Force("army", 1.0)]).permuted([1, 0]).places]
        ['Coast', 'Centre']
        """
        if sorted(order) != list(range(self.n_places)):
            raise ParameterError(
                f"{list(order)} is no order of {self.n_places} places: give each index from 0 to "
                f"{self.n_places - 1} once."
            )
        spreads = [[force.spread[place] for place in order] if force.spread else () for force in self.forces]
        forces = [replace(force, spread=spread) for force, spread in zip(self.forces, spreads, strict=True)]
        return replace(self, places=[self.places[place] for place in order], forces=forces)

    def class_shares(self, shares: Floats) -> Floats:
        """Average shares (..., cohort) over the heads of every class: (..., class)."""
        return class_shares(self, shares)

    def place_shares(self, shares: Floats, class_: str) -> Floats:
        """Average shares (..., cohort) over the heads of a class in every place: (..., place); the elite has none."""
        return place_shares(self, shares, class_)

    def force_shares(self, shares: Floats, class_: str) -> Floats:
        """Average shares (..., cohort) over the heads of a class in every force: (..., force); civilians have none."""
        return force_shares(self, shares, class_)


@functools.cache
def _national() -> Layout:
    return Layout("nation", (Place("nation", 1.0, capital=True),), (Force("forces", 1.0),))


def _shares(amounts: Sequence[float]) -> Floats:
    found = np.array(amounts, dtype=np.float64)
    return _kept(found / found.sum())


def _kept(array: Array) -> Array:
    """Make an array read-only, so that no caller changes a layout that others hold."""
    array.setflags(write=False)
    return array
