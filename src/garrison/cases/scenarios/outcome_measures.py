"""What can be asked of a simulated crisis: one number a run, by name."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from garrison.cases.scenarios.foresight import foreseen
from garrison.engines import ENDINGS, Runs, name_of_state
from garrison.engines.outcomes import first_day
from garrison.errors import ParameterError, nearest
from garrison.regime import COHORTS
from garrison.regime.cohorts import CIVILIANS, ELITE, OFFICERS, TROOPS, Floats

LED_AT = 0.25
"""A class has crossed when this share of it defies openly."""

MONTH = 30
QUARTER = 90

ENDS = tuple(how for how in ENDINGS if how)
"""Ways in which a regime can end."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One outcome and how it is read off each run.

    `binary`: a run either has it or not. `partial`: it is not defined in every run, and NaN in the others.
    """

    name: str
    meaning: str
    binary: bool
    of: Callable[[Runs], Floats]
    partial: bool = False


def crossing_day(runs: Runs, cohort: int) -> NDArray[np.int64]:
    """Give the first day on which a quarter of a class defies openly, -1 for never; (run,).

    Returns
    -------
    ndarray
        Day from 0.
    """
    return first_day(runs.visible[:, :, cohort] >= LED_AT)


def later_than(runs: Runs, cohort: int, other: int) -> Floats:
    """Say in which runs one class crosses after another: 1 after, 0 before, 1/2 the same day, NaN if neither does.

    Returns
    -------
    ndarray
        (run,).
    """
    never = runs.days
    own, others = (
        np.where(day < 0, never, day).astype(np.float64)
        for day in (crossing_day(runs, cohort), crossing_day(runs, other))
    )
    order = (np.sign(own - others) + 1) / 2
    return np.where((own == never) & (others == never), np.nan, order)


def _happened(name: str, before: int | None = None) -> Callable[[Runs], Floats]:
    def measure(runs: Runs) -> Floats:
        day = getattr(runs, name)
        return np.asarray((day >= 0) & (day < (before or runs.days)), dtype=np.float64)

    return measure


def _ended(how: str) -> Callable[[Runs], Floats]:
    return lambda runs: (runs.end == how).astype(np.float64)


def _last(name: str) -> Callable[[Runs], Floats]:
    return lambda runs: np.asarray(getattr(runs, name)[:, -1], dtype=np.float64)


def _last_of_class(name: str, cohort: int) -> Callable[[Runs], Floats]:
    return lambda runs: np.asarray(getattr(runs, name)[:, -1, cohort], dtype=np.float64)


def _highest(cohort: int) -> Callable[[Runs], Floats]:
    return lambda runs: np.asarray(runs.visible[:, :, cohort].max(axis=1), dtype=np.float64)


def _total(name: str) -> Callable[[Runs], Floats]:
    return lambda runs: np.asarray(getattr(runs, name).sum(axis=1, dtype=np.float64))


def _average(name: str) -> Callable[[Runs], Floats]:
    return lambda runs: np.asarray(getattr(runs, name).mean(axis=1, dtype=np.float64))


def _stalemate(runs: Runs) -> Floats:
    full = name_of_state(runs.visible[:, -1]) == "STALEMATE"
    return np.asarray(full & (runs.end_day < 0), dtype=np.float64)


def _chances() -> list[Measure]:
    happened = [
        ("p_break", "a break within the days simulated", _happened("break_day")),
        ("p_break_30", "a break within 30 days", _happened("break_day", MONTH)),
        ("p_break_90", "a break within 90 days", _happened("break_day", QUARTER)),
        ("p_hollow", "ranks refuse at one time while officers stay", _happened("hollow_day")),
        ("p_stalemate", "the street is full on the last day and the forces hold", _stalemate),
        ("p_fracture", "the elite fractures", _happened("fracture_day")),
        ("p_coup_won", "a coup is won", lambda runs: runs.coup_won.astype(np.float64)),
        ("p_desertion", "a force loses a tenth of its strength", _happened("desertion_day")),
        (
            "p_split",
            "two armed sides stand against each other; not possible with one place and one force",
            _happened("split_day"),
        ),
        ("p_end", "the regime ends, in whatever way", _happened("end_day")),
    ]
    happened += [(f"p_end {how}", f"the regime ends by: {how}", _ended(how)) for how in ENDS]
    return [Measure(name, meaning, True, of) for name, meaning, of in happened]


def _sizes() -> list[Measure]:
    found: list[tuple[str, str, Callable[[Runs], Floats]]] = []
    for number, name in enumerate(COHORTS):
        found.append(
            (
                f"visible {name}",
                f"share of {name} defying openly, last day",
                _last_of_class("visible", number),
            )
        )
        found.append(
            (
                f"hidden {name}",
                f"share of {name} who would if safe, last day",
                _last_of_class("hidden", number),
            )
        )
        found.append(
            (f"left {name}", f"share of {name} gone by the last day", _last_of_class("left", number))
        )
        found.append(
            (f"highest {name}", f"largest share of {name} defying openly on a day", _highest(number))
        )
    for name, words in (
        ("belief", "public belief that the regime falls"),
        ("pay", "real pay of the forces"),
        ("hardship", "hardship"),
        ("rents", "rents paid of those expected"),
        ("arrears", "arrears"),
        ("price", "prices"),
        ("capacity", "loyal strength over required strength"),
    ):
        found.append((name, f"{words}, last day", _last(name)))
        found.append((f"average {name}", f"{words}, average of the days", _average(name)))
    for name, words in (
        ("deaths", "expected deaths"),
        ("civilians_arrested", "expected arrests of civilians"),
        ("soldiers_arrested", "expected arrests of soldiers"),
    ):
        found.append((name.replace("_", " "), f"{words} over all days", _total(f"{name}_rate")))
    return [Measure(name, meaning, False, of) for name, meaning, of in found]


def _orders() -> list[Measure]:
    rows: list[tuple[str, str, Callable[[Runs], Floats]]] = [
        ("officers after troops", "a quarter of the officers defies later than of the troops, where either does",
         lambda runs: later_than(runs, OFFICERS, TROOPS)),
        ("officers after elite", "a quarter of the officers defies later than of the elite, where either does",
         lambda runs: later_than(runs, OFFICERS, ELITE)),
        ("officers after civilians", "a quarter of the officers defies later than of the civilians, where either does",
         lambda runs: later_than(runs, OFFICERS, CIVILIANS)),
        ("foreseen", "chance of a break within seven days as it stood a week before each break", foreseen),
        ("foreseen everywhere", "the same chance on an average day of the runs",
         lambda runs: foreseen(runs, everywhere=True)),
    ]  # fmt: skip
    return [Measure(name, meaning, False, of, partial=True) for name, meaning, of in rows]


@functools.cache
def _measures() -> dict[str, Measure]:
    return {item.name: item for item in (*_chances(), *_sizes(), *_orders())}


def outcome_names() -> tuple[str, ...]:
    """Give the name of every outcome that can be compared.

    Examples
    --------
    >>> outcome_names()[0]
    'p_break'
    """
    return tuple(_measures())


def measure(name: str) -> Measure:
    """Give one outcome by its name.

    Parameters
    ----------
    name
        See `outcome_names`.

    Returns
    -------
    Measure
        Its `of(runs)` gives (run,), NaN where the outcome is not defined in a run.

    Raises
    ------
    ParameterError
        For an unknown name, with the nearest one.

    Examples
    --------
    >>> measure("p_break").binary
    True
    """
    found = _measures()
    if name not in found:
        raise ParameterError(f"outcome '{name}' is unknown. {nearest(name, found)}")
    return found[name]


def ends_words(runs: Runs) -> str:
    """Say in which share of the runs the regime ends in each way, for the ways that occur."""
    shares = ((how, float(measure(f"p_end {how}").of(runs).mean())) for how in ENDS)
    return ", ".join(f"{how} {share:.1%}" for how, share in shares if share > 0) or "nothing, in any run"


def outcome_table() -> str:
    """Write every outcome that can be compared as a Markdown table.

    Examples
    --------
    >>> outcome_table().splitlines()[2]
    '| `p_break` | a break within the days simulated |'
    """
    rows = [f"| `{item.name}` | {item.meaning} |" for item in _measures().values()]
    return "\n".join(["| outcome | what it is |", "|---|---|", *rows]) + "\n"
