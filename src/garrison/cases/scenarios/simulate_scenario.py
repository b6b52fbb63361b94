"""Simulating a scenario as it stands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from garrison.cases.scenarios.scenario import AS_IT_STANDS, Arm, Scenario
from garrison.cases.scenarios.scenario_draws import draw_regimes, run_arm
from garrison.cases.scenarios.scenario_file import load_scenario

if TYPE_CHECKING:
    from garrison.engines import Runs


def simulate(
    scenario: Scenario | str | os.PathLike[str], *, runs: int | None = None, seed: int | None = None
) -> Runs:
    """Simulate a scenario: regimes that can exist under its conditions, and what is done in it.

    Parameters
    ----------
    scenario
        Or the path of its file.
    runs, seed
        Instead of the scenario's own.

    Returns
    -------
    Runs
        One run a draw; the arms of the file are left to `compare`.

    Raises
    ------
    ScenarioError
        If the file cannot be used.
    ParameterError
        If runs or seed are out of range.
    UndefinedError
        If hardly any regime is quiet under these conditions.

    Examples
    --------
    >>> from datetime import date
    >>> len(simulate(Scenario("few", date(2020, 1, 1), 30), runs=5))
    5
    """
    read = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    asked = read.sized(runs, seed)
    return run_arm(draw_regimes(asked), asked, Arm(AS_IT_STANDS))
