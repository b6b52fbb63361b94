"""From a scenario to regimes: admitted draws under its conditions, and the same draws under those of an arm."""

from __future__ import annotations

from garrison.cases.bundled import case as bundled_case
from garrison.cases.scenarios.scenario import Arm, Scenario
from garrison.engines import Runs
from garrison.engines import simulate as step_days
from garrison.regime import Parameters, uniforms
from garrison.regime.layout import Layout
from garrison.regime.layout.country_layout import layout_of_country
from garrison.stability import ensemble


def unshifted_layout(layout: str, code: str, case: str = "") -> Layout:
    """Give the layout that a scenario starts from, before any shift.

    Parameters
    ----------
    layout
        "national" or "full".
    code
        Alpha-3 code of the country; not looked at for "national".
    case
        A bundled case that knows the strengths of the forces better than the world table, "" for none.

    Returns
    -------
    Layout
        Four cohorts, or every place and force of the country.

    Examples
    --------
    >>> unshifted_layout("national", "").n_cohorts
    4
    """
    if layout == "national":
        return Layout.national()
    if not case:
        return layout_of_country(code)
    found = bundled_case(case)
    return layout_of_country(found.country, {name: item.value for name, item in found.strengths.items()})


def layout_of(scenario: Scenario, arm: Arm | None = None) -> Layout | None:
    """Give the layout of a scenario or of one of its arms; None where four cohorts without shifts will do."""
    shifts = [scenario.shifts] + ([arm.shifts] if arm is not None else [])
    if scenario.layout == "national" and not any(shifts):
        return None
    layout = unshifted_layout(scenario.layout, scenario.country, scenario.case)
    for moved in shifts:
        if moved:
            layout = layout.shifted(moved)
    return layout


def draw_regimes(scenario: Scenario) -> Parameters:
    """Draw the regimes of a scenario: as many as it has runs, each able to exist under its conditions.

    Returns
    -------
    ensemble : Parameters
        Admitted draws; replicate i is the same whatever the number of runs.

    Raises
    ------
    UndefinedError
        If hardly any regime is quiet under these conditions.

    Examples
    --------
    >>> from datetime import date
    >>> len(draw_regimes(Scenario("few", date(2020, 1, 1), 30, runs=3)))
    3
    """
    return ensemble(scenario.runs, seed=scenario.seed, conditions=scenario.coded, layout=layout_of(scenario))


def under_arm(regimes: Parameters, scenario: Scenario, arm: Arm) -> Parameters:
    """Give the same draws under an arm's conditions and shifts, each at rest there.

    Parameters
    ----------
    regimes
        Draws of the scenario as it stands.
    scenario, arm
        What was drawn, and what the arm has beyond it.

    Returns
    -------
    ensemble : Parameters
        The same replicates in the same order. A value within a range is the same quantile of it in every arm.
    """
    layout = layout_of(scenario, arm)
    if arm.shifts and layout is not None:
        regimes = regimes.on(layout)
    for name, (low, high) in arm.conditions.items():
        place_in_range = uniforms(regimes.seed, f"condition {name}", regimes.replicate)
        regimes = regimes.with_condition(name, low + (high - low) * place_in_range)
    return regimes


def run_arm(regimes: Parameters, scenario: Scenario, arm: Arm) -> Runs:
    """Simulate one arm; the same seed brings the same happenings from outside to every arm."""
    return step_days(
        under_arm(regimes, scenario, arm),
        start=scenario.start,
        days=scenario.days,
        seed=scenario.seed,
        levers=scenario.levers_of(arm),
    )
