"""What levers there are (`levers.toml`), and what they can move: names, units, limits."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from garrison.errors import ParameterError, nearest
from garrison.regime.priors import read_table

MOVED = (
    # added to a condition (identity by class)
    "hardship",
    "pay",
    "rents",
    "identity_civilians",
    "identity_troops",
    "identity_officers",
    "identity_elite",
    "exposure",
    "control",
    "kinship",
    "order",
    "force",
    "visibility",
    "propaganda",
    "foreign",
    "cohesion",
    "violence",
    "haven",
    # pushes a day
    "push_civilians",
    "push_troops",
    "push_officers",
    "push_elite",
    # the street
    "attendance",
    "fatigue",
    "fatigue_troops",
    # the command
    "quarter",
    "trusted_first",
    "rotation",
    "militia",
    # repression
    "lethality",
    "severity",
    "conditional_aid",
    "exit_cost",
    # information
    "belief",
    "rumour",
    # the economy
    "oil_income",
    "gold_income",
    "tax_income",
    "credit",
    "printed_money",
    "debt_service",
    "strike",
    "output",
    "food_supply",
    "transfer",
    "prices",
    # how it can end
    "leader_exit",
    "pact",
    "election",
    "patron",
    "foreign_force",
    "plot",
)
"""What a lever can move, in the order of the columns of `LeverEffects.moved`; see `moved_things`."""

SHAPES_IN_TIME = ("level", "while", "pulse")

GROUPS = (
    "pay and rents",
    "food and economy",
    "command",
    "control",
    "repression",
    "street",
    "politics",
    "information",
    "outside powers",
    "way out",
)


@dataclass(frozen=True, slots=True)
class KnownLever:
    """A lever as `levers.toml` has it: what a size of 1 moves, and the expected sign on the chance of a break.

    `pledge` says that it works only as far as it is believed; `live` that a brief on a crisis that is still
    open may show it (never so for repression, purges and intelligence).
    """

    name: str
    meaning: str
    group: str
    unit: str
    low: float
    high: float
    range_reason: str
    sign: int
    pledge: bool
    live: bool
    effects: tuple[tuple[str, str, float], ...]
    source: str
    why: str


@functools.cache
def known_levers() -> dict[str, KnownLever]:
    """Give every lever by name, in the order of `levers.toml`.

    Returns
    -------
    dict
        Name to `KnownLever`.

    Examples
    --------
    >>> known_levers()["amnesty"].pledge
    True
    >>> known_levers()["purge"].live
    False
    """
    return {row["name"]: _known(row) for row in read_table("levers/levers.toml")["lever"]}


def _known(row: dict[str, Any]) -> KnownLever:
    where = f"levers.toml: lever {row['name']}"
    if row["group"] not in GROUPS:
        raise ParameterError(f"{where} is in group '{row['group']}'. {nearest(row['group'], GROUPS)}")
    effects = tuple((item["on"], item["how"], float(item["per_unit"])) for item in row["effects"])
    for moved, how, _ in effects:
        if moved not in MOVED:
            raise ParameterError(f"{where} moves '{moved}'. {nearest(moved, MOVED)}")
        if how not in SHAPES_IN_TIME:
            raise ParameterError(f"{where} moves {moved} as '{how}'. {nearest(how, SHAPES_IN_TIME)}")
    words = {key: row[key] for key in ("name", "meaning", "group", "unit", "range_reason", "source", "why")}
    flags = {key: row[key] for key in ("sign", "pledge", "live")}
    return KnownLever(low=row["range"][0], high=row["range"][1], effects=effects, **words, **flags)


@dataclass(frozen=True, slots=True)
class MovedThing:
    """Something that levers move: its meaning and unit, and the limits within which all levers together move it.

    What is added to a condition has no limits here: the condition's own range holds the sum.
    """

    name: str
    meaning: str
    unit: str
    low: float
    high: float


@functools.cache
def moved_things() -> dict[str, MovedThing]:
    """Give everything that a lever can move, by name, in the order of `MOVED`.

    Returns
    -------
    dict
        Name to `MovedThing`.

    Examples
    --------
    >>> moved_things()["quarter"].high
    1.0
    >>> tuple(moved_things()) == MOVED
    True
    """
    found = {}
    for row in read_table("levers/levers.toml")["moved"]:
        low, high = row["limits"]
        found[row["name"]] = MovedThing(row["name"], row["meaning"], row["unit"], float(low), float(high))
    return found
