"""What is coded of a country or a case: for each driver a range that holds the truth."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from garrison.errors import ParameterError, nearest
from garrison.regime.priors import read_table


@dataclass(frozen=True, slots=True)
class Condition:
    """One coded driver: its bounds, its range where nothing is coded, and the reference of the baseline shares."""

    name: str
    symbol: str
    low: float
    high: float
    wide: tuple[float, float]
    reference: float
    unit: str
    source: str
    why: str


@functools.cache
def known_conditions() -> dict[str, Condition]:
    """Give every condition that can be coded, by name, in the order of `conditions.toml`.

    Returns
    -------
    dict
        Name to `Condition`.

    Examples
    --------
    >>> known_conditions()["pay"].symbol
    'W'
    """
    found: dict[str, Condition] = {}
    for row in read_table("conditions.toml")["condition"]:
        low, high = row["range"]
        found[row["name"]] = Condition(
            row["name"],
            row["symbol"],
            low,
            high,
            (row["wide"][0], row["wide"][1]),
            row["reference"],
            row["unit"],
            row["source"],
            row["why"],
        )
    return found


@dataclass(frozen=True)
class Conditions:
    """A country's or case's coded drivers, and the sizes that counts scale with.

    Parameters
    ----------
    drivers
        Name of a condition (see `known_conditions`) to (low, high): the range that holds the truth, within
        the condition's own range. What is missing keeps its wide range.
    population
        Inhabitants, persons; above 0. None draws it from a wide prior.
    strength
        Soldiers, guards and others under command, persons; above 0. None draws it from a wide prior.

    Raises
    ------
    ParameterError
        For an unknown name (with the nearest known one), a range outside the condition's, or a size that is
        not a positive number.

    Examples
    --------
    >>> Conditions({"pay": (0.2, 0.4)}, population=31e6).drivers["pay"]
    (0.2, 0.4)
    """

    drivers: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    population: float | None = None
    strength: float | None = None

    def __post_init__(self) -> None:
        known = known_conditions()
        for name, coded in self.drivers.items():
            if name not in known:
                raise ParameterError(f"condition '{name}' is unknown. {nearest(name, known)}")
            _check_range(known[name], coded)
        for name in ("population", "strength"):
            size = getattr(self, name)
            if size is not None and not (math.isfinite(size) and size > 0):
                raise ParameterError(f"{name} is {size}: give a number of persons above 0, or leave it out.")

    def ranges(self) -> dict[str, tuple[float, float]]:
        """Give the range of every condition: the coded one, or else the wide one."""
        return {name: self.drivers.get(name, item.wide) for name, item in known_conditions().items()}


def _check_range(condition: Condition, coded: tuple[float, float]) -> None:
    low, high = coded
    if not condition.low <= low <= high <= condition.high:
        raise ParameterError(
            f"condition '{condition.name}' is coded ({low}, {high}): low and high must lie in this order between "
            f"{condition.low} and {condition.high} ({condition.unit})."
        )
