"""What people say holds or breaks such a regime: every mechanism of the source article and its readers, by id."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from garrison.errors import ParameterError, nearest
from garrison.regime.cohorts import COHORTS
from garrison.regime.conditions import known_conditions
from garrison.regime.levers.known_levers import known_levers
from garrison.regime.priors import loading_priors, priors, product_priors, read_table

KINDS = ("modelled", "merged", "observation")

MOVES = ("lever", "credibility", "condition", "unevenness", "parameter", "loading", "beginning")
"""What a test can change between its two arms; `mechanisms.toml` explains each."""

GROUPS_OF_UNEVENNESS = ("places", "strata")

OUTCOMES = (
    "p_break",
    "fall or break",
    "fracture",
    "coup won",
    "leader's exit",
    "food cut before pay",
    *(f"{kind} {cohort}" for kind in ("visible", "hidden", "left") for cohort in COHORTS),
    "belief",
    "deaths",
    "soldiers arrested",
    "hardship",
    "pay",
    "rents",
    "capacity",
    "price",
    "arrears",
)
"""What a mechanism is expected to move.

`p_break`, `fall or break` (the regime ended in any way, or broke), `fracture`, `coup won` and `leader's exit` are
whether it has happened by the day; `deaths` and `soldiers
arrested` are totals until the day; `food cut before pay` is the rise of hardship, as a share of what was free of it,
less the fall of pay, as a share of pay; all others are the value on the day.
"""

_SIGNS: dict[object, int] = {1: 1, -1: -1, "ambiguous": 0}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is set in a test of a mechanism: in one arm to `start`, in the other to `end`.

    Where both arms have it (`Mechanism.given`) the two are equal. `size` is the size of the lever whose
    credibility changes; `group` a class, or where an unevenness lies.
    """

    moves: str
    name: str
    start: float
    end: float
    group: str = ""
    size: float = 0.0
    ramp_days: int = 10

    def words(self) -> str:
        """Say the change in a few words for a table.

        Examples
        --------
        >>> Change("condition", "pay", 0.7, 0.3).words()
        'condition pay 0.7 to 0.3'
        """
        what = {"unevenness": f"{self.name} apart between {self.group}"}.get(self.moves)
        where = f" ({self.group})" if self.group and not what else ""
        size = f" of {self.size:g}" if self.moves == "credibility" else ""
        unit = "x " if self.moves in ("parameter", "loading") else ""
        value = f"{unit}{self.end:g}" if self.start == self.end else f"{unit}{self.start:g} to {self.end:g}"
        return f"{self.moves} {what or self.name}{size}{where} {value}"


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One way in which somebody says that such a regime holds or breaks, and where it stands in the model.

    `sign` is that of the expected total effect of `change` on `outcome`: +1, -1, or 0 where theory leaves it
    open; `clear` that theory leaves little doubt. A merged one names the row it restates (`into`); an
    observation the `room` and `channel` that handle it.
    """

    id: str
    statement: str
    kind: str
    source: str
    why: str
    terms: tuple[str, ...] = ()
    change: Change | None = None
    given: tuple[Change, ...] = ()
    outcome: str = ""
    day: int = 0
    sign: int = 0
    clear: bool = False
    into: str = ""
    room: str = ""
    channel: str = ""

    @property
    def told_by(self) -> str:
        """Who told it: the article or its readers' comments."""
        return "article" if self.id.startswith("A") else "comments"

    @property
    def pulls_levers(self) -> bool:
        """Whether the test pulls a lever: its `day` then counts from the day on which levers are pulled."""
        changes = self.given if self.change is None else (self.change, *self.given)
        return any(change.moves in ("lever", "credibility") for change in changes)


def _check_named(where: str, what: str, name: object, known: Any) -> None:
    if name not in known:
        raise ParameterError(f"{where}: {what} '{name}' is unknown. {nearest(str(name), known)}")


def _known_names(moves: str) -> list[str]:
    loadings = [f"{driver} {cohort}" for cohort, driver in loading_priors()]
    names: dict[str, list[str]] = {
        "lever": list(known_levers()),
        "credibility": [name for name, lever in known_levers().items() if lever.pledge],
        "condition": list(known_conditions()),
        "unevenness": list(known_conditions()),
        "parameter": [prior.name for prior in priors().values() if not prior.cohort],
        "loading": loadings + [f"{cohort}: {name}" for cohort, name in product_priors()],
        "beginning": [*COHORTS, "belief"],
    }
    return names[moves]


def _limits(change: Change) -> tuple[float, float]:
    if change.moves == "lever":
        lever = known_levers()[change.name]
        return lever.low, lever.high
    if change.moves == "condition" and not change.group:
        condition = known_conditions()[change.name]
        return condition.low, condition.high
    if change.moves in ("condition", "unevenness"):
        return -1.0, 1.0
    return (0.0, math.inf) if change.moves in ("parameter", "loading") else (0.0, 1.0)


def _change(row: Mapping[str, Any], where: str, *, both_arms: bool = False) -> Change:
    keys = {"moves", "name", "group", "size", "ramp_days"} | ({"value"} if both_arms else {"from", "to"})
    for key in row:
        _check_named(where, "key", key, keys)
    for key in ("moves", "name", *(("value",) if both_arms else ("from", "to"))):
        if key not in row:
            raise ParameterError(f"{where}: '{key}' is missing; say what is moved and from where to where.")
    _check_named(where, "what is moved,", row["moves"], MOVES)
    _check_named(where, str(row["moves"]), row["name"], _known_names(row["moves"]))
    ends = (row["value"], row["value"]) if both_arms else (row["from"], row["to"])
    extra = {key: row[key] for key in ("group", "size", "ramp_days") if key in row}
    made = Change(row["moves"], row["name"], float(ends[0]), float(ends[1]), **extra)
    low, high = _limits(made)
    if not (low <= made.start <= high and low <= made.end <= high):
        raise ParameterError(f"{where}: {made.words()} leaves the range {low:g} to {high:g}; stay within it.")
    if made.group or made.moves == "unevenness":
        groups = GROUPS_OF_UNEVENNESS if made.moves == "unevenness" else COHORTS
        _check_named(where, "group", made.group, groups)
    if made.start == made.end and not both_arms:
        raise ParameterError(f"{where}: {made.words()} changes nothing; give two different values.")
    return made


_NEEDED = {
    "modelled": ("terms", "input", "outcome", "day", "sign", "clear"),
    "merged": ("into",),
    "observation": ("room", "channel"),
}


def mechanism_of(row: Mapping[str, Any]) -> Mechanism:
    """Read one row of the registry.

    Parameters
    ----------
    row
        As `mechanisms.toml` has it: id, statement, kind, source, why, and what its kind needs.

    Raises
    ------
    ParameterError
        For a key that is missing or does not belong to the kind, an unknown lever, condition, parameter,
        loading or outcome (with the nearest known one), or a value out of range.

    Examples
    --------
    >>> mechanism_of({"id": "A48", "statement": "...", "kind": "merged", "into": "A47", "source": "s", "why": "w"})
    ... # doctest: +ELLIPSIS
    Mechanism(id='A48', ...
    """
    where = f"mechanism {row.get('id', '(without id)')}"
    always = ("id", "statement", "kind", "source", "why")
    for key in always:
        if not row.get(key):
            raise ParameterError(f"{where}: '{key}' is missing or empty; every mechanism has one.")
    _check_named(where, "kind", row["kind"], KINDS)
    needed = _NEEDED[row["kind"]]
    for key in needed:
        if key not in row:
            raise ParameterError(f"{where}: '{key}' is missing; a mechanism that is {row['kind']} needs it.")
    for key in row:
        _check_named(where, "key", key, (*always, *needed, *(("given",) if "input" in needed else ())))
    read = {key: row[key] for key in (*always, *needed) if key not in ("input", "terms", "sign")}
    if row["kind"] == "modelled":
        _check_named(where, "outcome", row["outcome"], OUTCOMES)
        if row["sign"] not in _SIGNS:
            raise ParameterError(f'{where}: sign is {row["sign"]!r}; give 1, -1 or "ambiguous".')
        read["sign"], read["terms"] = _SIGNS[row["sign"]], tuple(row["terms"])
        if row["clear"] and not read["sign"]:
            raise ParameterError(f"{where}: what is ambiguous cannot be clear; set clear = false.")
        read["change"] = _change(row["input"], where)
        read["given"] = tuple(_change(item, where, both_arms=True) for item in row.get("given", ()))
    return Mechanism(**read)


def levers_on_day() -> int:
    """Give the day of the crisis on which the tests pull their levers, 0 or more.

    Examples
    --------
    >>> levers_on_day() > 0
    True
    """
    return int(read_table("mechanisms/mechanisms.toml")["levers_on_day"]["value"])


@functools.cache
def mechanisms() -> dict[str, Mechanism]:
    """Give every mechanism by id, in the order of `mechanisms.toml`.

    Returns
    -------
    dict
        Id to `Mechanism`.

    Raises
    ------
    ParameterError
        For a row that cannot be read, an id that stands twice, or a merged row whose target is missing or is
        itself merged.

    Examples
    --------
    >>> mechanisms()["A41"].change.name
    'propaganda'
    """
    found: dict[str, Mechanism] = {}
    for row in read_table("mechanisms/mechanisms.toml")["mechanism"]:
        made = mechanism_of(row)
        if made.id in found:
            raise ParameterError(f"mechanism {made.id}: this id stands twice; each has one row.")
        found[made.id] = made
    for made in found.values():
        if made.into:
            _check_named(f"mechanism {made.id}", "target", made.into, found)
            if found[made.into].kind == "merged":
                raise ParameterError(f"mechanism {made.id}: {made.into} is itself merged; name its target.")
    return found


def mechanism(name: str) -> Mechanism:
    """Give one mechanism.

    Parameters
    ----------
    name
        Its id: A and two digits for the article, C and two digits for the comments.

    Raises
    ------
    ParameterError
        For an unknown id, with the nearest known one.

    Examples
    --------
    >>> mechanism("C03").outcome
    'visible troops'
    """
    _check_named("mechanisms.toml", "mechanism", name, mechanisms())
    return mechanisms()[name]
