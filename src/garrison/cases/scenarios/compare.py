"""Two or more arms of a scenario, met by the same chance: what differs, and how far that could be chance."""

from __future__ import annotations

import html
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from garrison.cases.scenarios.intervals import mean_interval, paired_share_interval, share_interval
from garrison.cases.scenarios.outcome_measures import measure, outcome_names
from garrison.cases.scenarios.scenario import AS_IT_STANDS, Arm, Scenario
from garrison.cases.scenarios.scenario_draws import draw_regimes, run_arm
from garrison.cases.scenarios.scenario_file import load_scenario
from garrison.errors import ParameterError, UndefinedError, nearest
from garrison.regime import Lever

if TYPE_CHECKING:
    from garrison.engines import Runs
    from garrison.regime.cohorts import Floats

_SHOWN_ARMS = 7
_FEWEST = 2  # a spread needs two runs


@dataclass(frozen=True, slots=True)
class Effect:
    """One outcome in one arm, or the difference to another; `low` to `high` is its 90% interval over runs.

    `first` is the arm compared with (NaN where there is none), `second` the arm, `n_runs` those in which the
    outcome is defined.
    """

    outcome: str
    first: float
    second: float
    difference: float
    low: float
    high: float
    n_runs: int


@dataclass(frozen=True, repr=False)
class Comparison:
    """The arms of a scenario, simulated with the same draws and the same happenings from outside.

    Attributes
    ----------
    scenario
        What was asked.
    arms
        Name to `Runs`, the scenario as it stands first.
    """

    scenario: Scenario
    arms: Mapping[str, Runs]

    @property
    def names(self) -> tuple[str, ...]:
        """The arms' names; the first is the one that the others are compared with."""
        return tuple(self.arms)

    def value(self, outcome: str, arm: str | None = None) -> Effect:
        """Give an outcome in one arm with its 90% interval.

        Parameters
        ----------
        outcome
            See `outcome_names`.
        arm
            None takes the last one.

        Raises
        ------
        UndefinedError
            If fewer than two runs have it.
        """
        name = arm or self.names[-1]
        found = self._of(outcome, name)
        seen = found[np.isfinite(found)]
        if len(seen) < _FEWEST:
            raise UndefinedError(
                f"'{outcome}' is defined in {len(seen)} of {len(found)} runs of '{name}': simulate more runs."
            )
        bounds = (
            share_interval(int(seen.sum()), len(seen)) if measure(outcome).binary else mean_interval(seen)
        )
        mean = float(seen.mean())
        return Effect(outcome, float("nan"), mean, mean, *bounds, len(seen))

    def effect(self, outcome: str, arm: str | None = None, than: str | None = None) -> Effect:
        """Give what an arm changes in an outcome, with the 90% interval of the difference over the same runs.

        Parameters
        ----------
        outcome
            See `outcome_names`.
        arm, than
            None takes the last arm and the first.

        Returns
        -------
        Effect
            Shares by Tango's score interval of paired shares, sizes by the paired standard error. Where an
            outcome is defined in different runs of the two arms, the two samples are taken as independent.

        Raises
        ------
        UndefinedError
            If fewer than two runs have it in one of the arms.
        """
        before, after = self._of(outcome, than or self.names[0]), self._of(outcome, arm or self.names[-1])
        first, second = self.value(outcome, than or self.names[0]), self.value(outcome, arm)
        change = second.second - first.second
        both = np.isfinite(before) & np.isfinite(after)
        if measure(outcome).binary:
            n_gained, n_lost = int((after > before).sum()), int((before > after).sum())
            low, high = paired_share_interval(n_gained, n_lost, len(before))
        elif both.all():
            low, high = mean_interval(after - before)
        else:
            # Half-widths of independent means add as squares.
            half = float(np.hypot((first.high - first.low) / 2, (second.high - second.low) / 2))
            low, high = change - half, change + half
        return Effect(outcome, first.second, second.second, change, low, high, int(both.sum()))

    def n_not_quiet(self, arm: str) -> int:
        """Count the regimes that are not at rest in HOLD under an arm's conditions, before anything happens."""
        from garrison.stability import holds_at_rest

        return int((~holds_at_rest(self.arms[arm].parameters)).sum())

    def _of(self, outcome: str, arm: str) -> Floats:
        if arm not in self.arms:
            raise ParameterError(f"arm '{arm}' is unknown. {nearest(arm, self.arms)}")
        return measure(outcome).of(self.arms[arm])

    def to_frame(self) -> Any:
        """Give every outcome in every arm as a pandas frame: value, difference to the first arm, intervals."""
        import pandas as pd

        rows = []
        for name in self.names:
            for outcome in outcome_names():
                try:
                    now = self.value(outcome, name)
                    found = now if name == self.names[0] else self.effect(outcome, name)
                except UndefinedError:
                    continue
                rows.append(
                    {
                        "arm": name,
                        "outcome": outcome,
                        "value": now.second,
                        "value_low": now.low,
                        "value_high": now.high,
                        "difference": float("nan") if found is now else found.difference,
                        "low": float("nan") if found is now else found.low,
                        "high": float("nan") if found is now else found.high,
                        "n_runs": found.n_runs,
                    }
                )
        return pd.DataFrame(rows)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write what `to_frame` gives; the suffix picks the form: .parquet, .csv, .json or .jsonl."""
        import pyarrow as pa

        from garrison.records import save_table

        return save_table(pa.Table.from_pandas(self.to_frame(), preserve_index=False), path)

    def _lines(self) -> list[str]:
        runs = self.arms[self.names[0]]
        lines = [
            f"Comparison '{self.scenario.name}': {len(runs)} runs an arm, {runs.days} days from {runs.start}"
        ]
        for name in self.names[:_SHOWN_ARMS]:
            now = self.value("p_break", name)
            words = f"  {name}: P(break) {now.second:.3f}"
            if name != self.names[0]:
                found = self.effect("p_break", name)
                words += f", difference {found.difference:+.3f} (90% {found.low:+.3f} to {found.high:+.3f})"
                if n_moved := self.n_not_quiet(name):
                    words += f"; {n_moved} not in HOLD even at rest"
            lines.append(words)
        if len(self.names) > _SHOWN_ARMS:
            lines.append(f"  ... and {len(self.names) - _SHOWN_ARMS} arms more")
        return lines

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        first, *rest = (html.escape(line.strip()) for line in self._lines())
        return f"<p><b>{first}</b></p><ul>" + "".join(f"<li>{line}</li>" for line in rest) + "</ul>"


def compare(
    scenario: Scenario | str | os.PathLike[str],
    other: Scenario | str | os.PathLike[str] | None = None,
    *,
    levers: Sequence[Lever] = (),
    conditions: Mapping[str, float | tuple[float, float]] | None = None,
    runs: int | None = None,
    seed: int | None = None,
) -> Comparison:
    """Compare a scenario with what would be if something were different, under common random numbers.

    Parameters
    ----------
    scenario
        Or the path of its file. Its own arms are compared if nothing else is asked for.
    other
        A second scenario over the same days, whose conditions, shifts and levers replace those of the first.
    levers, conditions
        What the second arm has beyond the scenario; a condition is one value or (low, high).
    runs, seed
        Instead of the scenario's own.

    Returns
    -------
    Comparison
        Draws are those that can exist under the scenario as it stands; every arm has the same ones. Under the
        conditions of an arm a regime may not be quiet any more: `n_not_quiet` says how many.

    Raises
    ------
    ScenarioError, ParameterError, DateError
        If anything asked for cannot be.

    Examples
    --------
    >>> from datetime import date
    >>> quiet = Scenario("quiet", date(2020, 1, 1), 30, runs=20)
    >>> compare(quiet, conditions={"pay": 0.2}).names
    ('as it stands', 'what if')
    """
    read = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    asked = read.sized(runs, seed)
    if other is not None:
        arms = [_as_arm(asked, other if isinstance(other, Scenario) else load_scenario(other))]
    elif levers or conditions:
        ranges = {
            name: value if isinstance(value, tuple) else (value, value)
            for name, value in (conditions or {}).items()
        }
        arms = [Arm("what if", tuple(levers), ranges)]
    else:
        arms = list(asked.arms)
    if not arms:
        raise ParameterError(
            f"scenario '{asked.name}' has no [[compare]] and nothing else is asked: give levers or conditions."
        )
    whole = replace(
        asked, arms=tuple(arms), expectations=asked.expectations if arms == list(asked.arms) else ()
    )
    return Comparison(whole, _simulated(whole))


def _simulated(scenario: Scenario) -> dict[str, Runs]:
    regimes = draw_regimes(scenario)
    arms = (Arm(AS_IT_STANDS), *scenario.arms)
    return {arm.name: run_arm(regimes, scenario, arm) for arm in arms}


def _as_arm(scenario: Scenario, other: Scenario) -> Arm:
    """Say a second scenario as what it has beyond the first; what it has less cannot be said so."""
    for name in ("start", "days", "country", "case", "layout"):
        mine, theirs = getattr(scenario, name), getattr(other, name)
        if mine != theirs:
            raise ParameterError(
                f"scenarios '{scenario.name}' and '{other.name}' differ in {name} ({mine} and {theirs}): only "
                f"levers, conditions and shifts may differ."
            )
    lacking = [item.name for item in scenario.levers if item not in other.levers]
    lacking += [name for name in scenario.conditions if name not in other.conditions]
    lacking += [group for group, moved in scenario.shifts.items() if other.shifts.get(group) != moved]
    if lacking:
        raise ParameterError(
            f"scenario '{other.name}' lacks what '{scenario.name}' has ({', '.join(lacking)}): "
            f"put the smaller one first."
        )
    name = other.name if other.name != AS_IT_STANDS else f"{other.name} (second)"
    shifts = {group: moved for group, moved in other.shifts.items() if group not in scenario.shifts}
    conditions = {
        key: bounds for key, bounds in other.conditions.items() if scenario.conditions.get(key) != bounds
    }
    return Arm(name, tuple(item for item in other.levers if item not in scenario.levers), conditions, shifts)
