"""What is wrong with a scenario, beyond its form: unknown names, values out of range, dates outside the window."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from garrison.cases.bundled import case as bundled_case
from garrison.cases.scenarios.outcome_measures import outcome_names
from garrison.cases.scenarios.scenario import AS_IT_STANDS, LAYOUTS, Arm, scenario_limits
from garrison.cases.toml_lines import Place
from garrison.errors import GarrisonError, nearest
from garrison.regime import known_conditions
from garrison.regime.layout import Layout
from garrison.world import country as country_of

Problem = tuple[Place, str]
"""Where something is wrong, and what: one sentence with the fix."""


def scenario_problems(draft: Mapping[str, Any]) -> Iterator[Problem]:
    """Find everything that keeps a scenario from being simulated.

    Parameters
    ----------
    draft
        The fields of a `Scenario`, by name.

    Yields
    ------
    tuple
        Place and sentence, in the order of the fields.
    """
    yield from _counts(draft)
    yield from _where(draft)
    yield from _conditions(draft["conditions"], ("conditions",))
    yield from _shifts(draft, draft["shifts"], ("shifts",))
    yield from _window(draft)
    yield from _arms(draft)
    yield from _expectations(draft)


def _counts(draft: Mapping[str, Any]) -> Iterator[Problem]:
    limits = scenario_limits()
    for name in ("days", "runs", "seed"):
        most, least = limits[name]["value"], limits[name]["range"][0]
        if not least <= draft[name] <= most:
            why = limits[name]["why"] if draft[name] > most else "less cannot be counted"
            yield (name,), f"{name} is {_short(draft[name])}: give {least} to {most}, because {why}"
    most = limits["run_days"]["value"]
    if draft["runs"] * draft["days"] > most and draft["runs"] <= limits["runs"]["value"]:
        yield (
            ("runs",),
            f"runs x days is {_short(draft['runs'] * draft['days'])}: at most {most}, because "
            f"{limits['run_days']['why']}",
        )
    if not draft["name"].strip():
        yield ("name",), "name is empty: give the scenario a name"


def _where(draft: Mapping[str, Any]) -> Iterator[Problem]:
    if draft["layout"] not in LAYOUTS:
        yield (
            ("layout",),
            f"layout '{_short(draft['layout'])}' is unknown. {nearest(draft['layout'], LAYOUTS)}",
        )
    code = ""
    if draft["country"]:
        try:
            code = country_of(draft["country"]).code
        except GarrisonError as error:
            yield ("country",), str(error)
    if draft["case"]:
        try:
            found = bundled_case(draft["case"])
        except GarrisonError as error:
            yield ("case",), str(error)
        else:
            if code and found.country != code:
                yield (
                    ("country",),
                    f"case '{found.name}' is about {found.country}, not {code}: drop one of the two",
                )
            code = found.country
        if draft["as_of"] and draft["start"] and draft["as_of"] > draft["start"]:
            yield (
                ("as_of",),
                f"as_of is {draft['as_of']}, after the start {draft['start']}: what was known later would be hindsight",
            )
    elif draft["as_of"]:
        yield ("as_of",), "as_of says by when a case was known, but no case is given: add case, or drop as_of"
    if draft["layout"] == "full" and not (code or draft["country"]):
        yield (
            ("layout",),
            "layout 'full' needs a country or a case: its places and forces are taken from there",
        )


def _conditions(conditions: Mapping[str, tuple[float, float]], place: Place) -> Iterator[Problem]:
    known = known_conditions()
    for name, (low, high) in conditions.items():
        here = (*place, name)
        if name not in known:
            yield here, f"condition '{name}' is unknown. {nearest(name, known)}"
            continue
        item = known[name]
        if not (math.isfinite(low) and math.isfinite(high)):
            yield here, f"condition '{name}' is not a finite number: give {item.low:g} to {item.high:g}"
        elif low > high:
            yield here, f"condition '{name}' runs from {low:g} to {high:g}: put the smaller first"
        elif not item.low <= low <= high <= item.high:
            worse = low if low < item.low else high
            yield (
                here,
                f"condition '{name}' is {worse:g}: give {item.low:g} to {item.high:g} ({item.unit}); "
                f"{_lower(item.why)}",
            )


def _shifts(draft: Mapping[str, Any], shifts: Mapping[str, Any], place: Place) -> Iterator[Problem]:
    layout = _layout(draft) if shifts and draft["layout"] in LAYOUTS else None
    if layout is None:
        return
    hint = ' Places and forces need layout = "full".' if draft["layout"] == "national" else ""
    for group, moved in shifts.items():
        try:
            layout.shifted({group: {}})
        except GarrisonError as error:
            yield (*place, group), f"{error}{hint}"
            continue
        for name, amount in moved.items():
            try:
                layout.shifted({group: {name: amount}})
            except GarrisonError as error:
                yield (*place, group, name), str(error)


def _layout(draft: Mapping[str, Any]) -> Layout | None:
    """Give the layout whose groups can be shifted, None where layout or country are not known either."""
    from garrison.cases.scenarios.scenario_draws import unshifted_layout

    if draft["layout"] == "full" and not (draft["country"] or draft["case"]):
        return None
    try:
        return unshifted_layout(draft["layout"], draft["country"], draft["case"])
    except GarrisonError:
        return None


def _window(draft: Mapping[str, Any]) -> Iterator[Problem]:
    start: date = draft["start"]
    if not 1 <= draft["days"] <= scenario_limits()["days"]["value"]:
        return
    try:
        end = start + timedelta(days=draft["days"] - 1)
    except OverflowError:
        yield ("days",), f"{_short(draft['days'])} days from {start} end after the year 9999: start earlier"
        return
    lists: list[tuple[Place, Any]] = [(("lever",), draft["levers"])]
    lists += [(("compare", number, "lever"), arm.levers) for number, arm in enumerate(draft["arms"])]
    for place, levers in lists:
        if len(levers) > scenario_limits()["levers"]["value"]:
            limit = scenario_limits()["levers"]
            yield place, f"{len(levers)} levers: give at most {limit['value']}, because {limit['why']}"
        for number, lever in enumerate(levers):
            if not start <= lever.start <= end:
                yield (
                    (*place, number, "start"),
                    f"lever '{lever.name}' starts on {lever.start}, outside the window {start} to {end}: "
                    f"move it, or simulate longer",
                )


def _arms(draft: Mapping[str, Any]) -> Iterator[Problem]:
    arms: tuple[Arm, ...] = draft["arms"]
    limit = scenario_limits()["arms"]
    if len(arms) > limit["value"]:
        yield ("compare",), f"{len(arms)} arms: give at most {limit['value']}, because {limit['why']}"
    seen = {AS_IT_STANDS}
    for number, arm in enumerate(arms):
        place = ("compare", number)
        if arm.name in seen:
            yield (*place, "name"), f"two arms are called '{arm.name}': give each its own name"
        seen.add(arm.name)
        if not (arm.levers or arm.conditions or arm.shifts):
            yield place, f"arm '{arm.name}' changes nothing: add levers, conditions or shifts to it"
        yield from _conditions(arm.conditions, (*place, "conditions"))
        yield from _shifts(draft, arm.shifts, (*place, "shifts"))


def _expectations(draft: Mapping[str, Any]) -> Iterator[Problem]:
    names = (AS_IT_STANDS, *(arm.name for arm in draft["arms"]))
    for number, item in enumerate(draft["expectations"]):
        place = ("expect", number)
        if item.outcome not in outcome_names():
            yield (
                (*place, "outcome"),
                f"outcome '{item.outcome}' is unknown. {nearest(item.outcome, outcome_names())}",
            )
        if item.sign not in (-1, 0, 1):
            yield (
                (*place, "sign"),
                f"sign is {_short(item.sign)}: give 1 for more, -1 for less, 0 for no change",
            )
        for key, value in (("arm", item.arm), ("than", item.than)):
            if isinstance(value, str) and value not in names:
                yield (*place, key), f"arm '{value}' is unknown. {nearest(value, names)}"


def _short(value: Any, most: int = 30) -> str:
    try:
        words = str(value)
    except ValueError:  # whole numbers of thousands of digits are not written out
        return "a number of thousands of digits"
    return words if len(words) <= most else f"{words[:most]}..."


def _lower(sentence: str) -> str:
    words = sentence.rstrip(".")
    return words[:1].lower() + words[1:]
