"""A scenario: a country or none, its conditions, who does what and when, and which arms are compared."""

from __future__ import annotations

import functools
import html
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from importlib import resources
from typing import Any

from garrison.cases.bundled import case as bundled_case
from garrison.cases.coded_conditions import conditions_of
from garrison.errors import ParameterError
from garrison.regime import Conditions, Lever

AS_IT_STANDS = "as it stands"
"""The name of the arm that is the scenario itself."""

LAYOUTS = ("national", "full")

Ranges = Mapping[str, tuple[float, float]]
"""Name of a condition to the range that holds the truth."""

Shifts = Mapping[str, Mapping[str, float]]
"""Group (a class, a force, a place, "border", "capital") to condition to the amount added there."""


@functools.cache
def scenario_limits() -> dict[str, dict[str, Any]]:
    """Give how large a scenario may be, each with its reason, from `scenario_limits.toml`.

    Examples
    --------
    >>> scenario_limits()["days"]["value"]
    3660
    """
    text = (
        resources.files("garrison.cases.scenarios")
        .joinpath("scenario_limits.toml")
        .read_text(encoding="utf-8")
    )
    return tomllib.loads(text)


@dataclass(frozen=True, slots=True)
class Arm:
    """What one arm of a comparison has beyond the scenario as it stands: levers, conditions set, shifts added."""

    name: str
    levers: tuple[Lever, ...] = ()
    conditions: Ranges = field(default_factory=dict)
    shifts: Shifts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a hypothesis leads one to expect of an outcome.

    `arm` against `than`, another arm or a number; `sign` 1 more, -1 less, by more than `within`; 0 the same up to it.
    """

    outcome: str
    sign: int
    arm: str
    than: str | float
    within: float = 0.0


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A hypothesis in a sentence, where it comes from, what would speak for and against it, what a run cannot tell."""

    id: str
    statement: str
    origin: str
    speaks_for: str
    speaks_against: str
    cannot_tell: str


@dataclass(frozen=True, repr=False)
class Scenario:
    """One question put to the model.

    Parameters
    ----------
    name, question
        What it is called, and what is asked.
    start, days
        First day, on which the crisis begins, and number of days.
    country
        Alpha-3 code, "" for a country of which nothing is known.
    case
        A bundled case whose conditions are taken as known by `as_of`, "" for none.
    as_of
        None takes `start`.
    layout
        "national", four cohorts; "full", every place and force of the country.
    runs, seed
        Simulated crises and the one seed.
    conditions
        Ranges that replace those of the case.
    shifts
        What is added to conditions for some groups only.
    levers
        What is done, by whomever, within the days.
    arms
        What is compared with the scenario as it stands.
    expectations, hypothesis
        What is expected of the comparison, and why.

    Raises
    ------
    ParameterError
        For the first thing that cannot be used; see `scenario_problems` for all of them.

    Examples
    --------
    >>> Scenario("hunger", date(2020, 3, 1), 90, conditions={"hardship": (0.8, 0.9)}).days
    90
    """

    name: str
    start: date
    days: int
    question: str = ""
    country: str = ""
    case: str = ""
    as_of: date | None = None
    layout: str = "national"
    runs: int = 2000
    seed: int = 1
    conditions: Ranges = field(default_factory=dict)
    shifts: Shifts = field(default_factory=dict)
    levers: tuple[Lever, ...] = ()
    arms: tuple[Arm, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    hypothesis: Hypothesis | None = None

    def __post_init__(self) -> None:
        from garrison.cases.scenarios.scenario_problems import scenario_problems

        for _, words in scenario_problems(vars(self)):
            raise ParameterError(f"scenario '{self.name}': {words}")

    @property
    def coded(self) -> Conditions:
        """The conditions as the model takes them: those of the case, replaced by the scenario's own."""
        known = Conditions()
        if self.country or self.case:
            found = bundled_case(self.case) if self.case else None
            code = found.country if found else self.country
            known = conditions_of(code, found, self.as_of or self.start)
        return replace(known, drivers={**known.drivers, **self.conditions})

    def sized(self, runs: int | None = None, seed: int | None = None) -> Scenario:
        """Give the scenario with another number of runs or another seed, where one is given."""
        return replace(
            self, runs=self.runs if runs is None else runs, seed=self.seed if seed is None else seed
        )

    def levers_of(self, arm: Arm) -> tuple[Lever, ...]:
        """Give all levers of an arm: the scenario's, then the arm's own."""
        return (*self.levers, *arm.levers)

    def _lines(self) -> list[str]:
        where = self.case or self.country or "a country of which nothing is known"
        lines = [f"Scenario '{self.name}': {where}, {self.days} days from {self.start}"]
        if self.question:
            lines.append(f"  asks: {self.question}")
        lines.append(f"  {self.runs} runs, seed {self.seed}, layout {self.layout}")
        if self.conditions:
            words = (f"{name} {_range_words(bounds)}" for name, bounds in self.conditions.items())
            lines.append(f"  conditions set: {_some(list(words))}")
        if self.shifts:
            shifted = [
                f"{group}: {name} {amount:+g}"
                for group, moved in self.shifts.items()
                for name, amount in moved.items()
            ]
            lines.append(f"  shifts: {_some(shifted)}")
        if self.levers:
            lines.append(f"  levers: {_some([lever_words(item) for item in self.levers])}")
        if self.arms:
            lines.append(f"  compared with: {_some([arm.name for arm in self.arms])}")
        return lines

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        first, *rest = (html.escape(line.strip()) for line in self._lines())
        return f"<p><b>{first}</b></p><ul>" + "".join(f"<li>{line}</li>" for line in rest) + "</ul>"


def lever_words(lever: Lever) -> str:
    """Say a lever in a few words.

    Examples
    --------
    >>> lever_words(Lever("concession", 0.5, date(2020, 3, 1), 10))
    'concession +0.5 from 2020-03-01 over 10 days'
    """
    over = f" over {lever.ramp_days} days" if lever.ramp_days > 1 else ""
    return f"{lever.name} {lever.size:+g} from {lever.start}{over}"


def _range_words(bounds: tuple[float, float]) -> str:
    low, high = bounds
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _some(words: list[str], most: int = 6) -> str:
    rest = f" and {len(words) - most} more" if len(words) > most else ""
    return "; ".join(words[:most]) + rest
