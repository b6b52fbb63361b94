"""Who stands where: the places of a country, the forces that serve there, the strata that divide people."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from garrison.errors import ParameterError
from garrison.regime.layout.shifts import Shifts


@dataclass(frozen=True)
class Place:
    """A part of the country: a state, a province, or the whole of it.

    Parameters
    ----------
    name
        As it is printed.
    population
        Persons, or any measure that is proportional to them; above 0.
    capital
        Whether the government sits here: exactly one place of a layout.
    border
        Whether it touches a border that people can leave by.
    shifts
        What is added to conditions for the civilians, troops and officers here.

    Raises
    ------
    ParameterError
        For an empty name, a population that is not above 0, or shifts that cannot be.

    Examples
    --------
    >>> Place("Zulia", 3_700_000, border=True, shifts={"hardship": 0.1}).border
    True
    """

    name: str
    population: float
    capital: bool = False
    border: bool = False
    shifts: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_name(self.name, "place")
        _check_amount(self.population, f"the population of {self.name}", "a number of persons above 0")
        object.__setattr__(self, "shifts", Shifts(self.shifts, self.name))


@dataclass(frozen=True)
class Force:
    """An armed service: the army, the guard, the police, the militia, or all of them as one.

    Parameters
    ----------
    name
        As it is printed.
    strength
        Persons in service, or any measure that is proportional to them; above 0.
    crowd_weight
        What one head counts for in holding a crowd, relative to the best trained for it; above 0 to 1.
    command
        Weight of its generals among the elite, any unit; above 0.
    shifts
        What is added to conditions for its troops, officers and generals.
    spread
        Its share in every place, each above 0, in the order of the places; empty: as people live.

    Raises
    ------
    ParameterError
        For an empty name, an amount or a share out of its range, or shifts that cannot be.

    Examples
    --------
    >>> Force("guard", 23_000, crowd_weight=1.0, command=0.2, shifts={"pay": 0.1}).spread
    ()
    """

    name: str
    strength: float
    crowd_weight: float = 1.0
    command: float = 1.0
    shifts: Mapping[str, float] = field(default_factory=dict)
    spread: Sequence[float] = ()

    def __post_init__(self) -> None:
        _check_name(self.name, "force")
        _check_amount(self.strength, f"the strength of the {self.name}", "a number of persons above 0")
        _check_amount(
            self.crowd_weight, f"the crowd weight of the {self.name}", "a number above 0 and up to 1", 1.0
        )
        _check_amount(self.command, f"the command weight of the {self.name}", "a number above 0")
        spread = tuple(float(share) for share in self.spread)
        for share in spread:
            if not (math.isfinite(share) and share > 0.0):
                raise ParameterError(
                    f"the spread of the {self.name} holds {share:g}: give a share above 0 for every place, a "
                    "very small one where it hardly serves."
                )
        object.__setattr__(self, "spread", spread)
        object.__setattr__(self, "shifts", Shifts(self.shifts, f"the {self.name}"))


@dataclass(frozen=True)
class Stratum:
    """A part of every civilian population or of every unit that differs from the rest: the poor, the in-group.

    Parameters
    ----------
    name
        As it is printed.
    share
        Part of the heads, above 0 to 1; the strata of one division sum to 1.
    shifts
        What is added to conditions for those who belong to it.

    Raises
    ------
    ParameterError
        For an empty name, a share out of its range, or shifts that cannot be.

    Examples
    --------
    >>> Stratum("poor", 0.6, {"hardship": 0.2}).share
    0.6
    """

    name: str
    share: float
    shifts: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_name(self.name, "stratum")
        _check_amount(self.share, f"the share of stratum {self.name}", "a number above 0 and up to 1", 1.0)
        object.__setattr__(self, "shifts", Shifts(self.shifts, self.name))


def _check_name(name: str, kind: str) -> None:
    if not (isinstance(name, str) and name.strip() and "," not in name):
        raise ParameterError(f"a {kind} is called {name!r}: give it a name, without commas.")


def _check_amount(amount: float, of: str, wanted: str, most: float = math.inf) -> None:
    if not (isinstance(amount, int | float) and math.isfinite(amount) and 0.0 < amount <= most):
        raise ParameterError(f"{of} is {amount}: give {wanted}.")
