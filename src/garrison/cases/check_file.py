"""Is this file right? A scenario, a case or a table of levers: what it says, or everything that is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from garrison.cases.case_file import read_case
from garrison.cases.form_problems import problems_of_form
from garrison.cases.scenarios.scenario_file import (
    BUNDLED,
    ScenarioError,
    load_scenario,
    read_table,
    read_text,
)
from garrison.cases.toml_lines import Place, line_of, lines_of_keys
from garrison.errors import GarrisonError, nearest
from garrison.regime import known_conditions
from garrison.regime.levers.known_levers import GROUPS, MOVED, SHAPES_IN_TIME

_CASE_KEYS = {"crisis_start", "window_start", "window_end", "strength", "condition"}


def check(path: str | os.PathLike[str]) -> list[str]:
    """Check a file that somebody wrote.

    Parameters
    ----------
    path
        A scenario, a `case.toml` (with the `events.csv` beside it) or a table of levers; or "hypothesis:h01".

    Returns
    -------
    list of str
        What was understood, at most ten lines, the first beginning with "ok:".

    Raises
    ------
    ScenarioError
        With one line for everything that is wrong, in `problems`.

    Examples
    --------
    >>> check("hypothesis:h09")[0]
    "ok: scenario 'patron finance only delays'"
    """
    if str(path).startswith(BUNDLED):
        return _scenario(path)
    text = read_text(path)
    table = read_table(text, str(path))
    if _CASE_KEYS & table.keys():
        return _case(Path(path), text, table)
    if _is_table_of_levers(table):
        return _levers(str(path), text, table)
    return _scenario(path)


def _is_table_of_levers(table: Mapping[str, Any]) -> bool:
    rows = table.get("lever")
    if not isinstance(rows, list) or "schema" in table:
        return False
    return any(isinstance(row, dict) and ({"effects", "range"} & row.keys()) for row in rows)


def _scenario(path: str | os.PathLike[str]) -> list[str]:
    scenario = load_scenario(path)
    return [f"ok: scenario '{scenario.name}'", *repr(scenario).splitlines()[:9]]


def _case(path: Path, text: str, table: Mapping[str, Any]) -> list[str]:
    problems: list[tuple[Place, str]] = []
    conditions = table.get("condition")
    for name, row in conditions.items() if isinstance(conditions, dict) else ():
        problems += _condition(name, row)
    if path.name != "case.toml":
        problems.append(((), "a case is a folder with a file called case.toml: rename this one"))
    if not problems:
        try:
            found = read_case(path.parent)
            return [f"ok: case '{found.name}'", *repr(found).splitlines()[:9]]
        except GarrisonError as error:
            raise ScenarioError(str(path), [str(error)]) from None
        except (AttributeError, TypeError):
            problems.append(
                ((), "[strength] and [condition] must be tables of tables: write [condition.pay]")
            )
    raise ScenarioError(str(path), _sentences(str(path), text, problems))


def _condition(name: str, row: Any) -> list[tuple[Place, str]]:
    place = ("condition", name)
    known = known_conditions()
    if name not in known:
        return [(place, f"condition '{name}' is unknown. {nearest(name, known)}")]
    if not isinstance(row, dict):
        return [(place, f"condition '{name}' is no table: write [condition.{name}]")]
    item, found = known[name], list[tuple[Place, str]]()
    for key in ("low", "high"):
        value = row.get(key)
        if isinstance(value, int | float) and not item.low <= value <= item.high:
            found.append(
                (
                    (*place, key),
                    f"{key} of '{name}' is {value:g}: give {item.low:g} to {item.high:g} ({item.unit})",
                )
            )
    return found


def _levers(path: str, text: str, table: Mapping[str, Any]) -> list[str]:
    from pydantic import ValidationError

    from garrison.cases.lever_schema import LeverTables

    try:
        form = LeverTables.model_validate(table)
    except ValidationError as error:
        raise ScenarioError(path, _sentences(path, text, problems_of_form(error, LeverTables))) from None
    problems: list[tuple[Place, str]] = []
    seen: set[str] = set()
    for number, row in enumerate(form.lever):
        place = ("lever", number)
        if row.name in seen:
            problems.append(((*place, "name"), f"lever '{row.name}' stands twice: keep one"))
        seen.add(row.name)
        if row.group not in GROUPS:
            problems.append(
                ((*place, "group"), f"group '{row.group}' is unknown. {nearest(row.group, GROUPS)}")
            )
        if row.range[0] > row.range[1]:
            problems.append(
                ((*place, "range"), f"range of '{row.name}' is turned round: put the smaller first")
            )
        for effect in row.effects:
            if effect.on not in MOVED:
                problems.append(
                    ((*place, "effects"), f"'{effect.on}' cannot be moved. {nearest(effect.on, MOVED)}")
                )
            if effect.how not in SHAPES_IN_TIME:
                problems.append(
                    (
                        (*place, "effects"),
                        f"shape '{effect.how}' is unknown. {nearest(effect.how, SHAPES_IN_TIME)}",
                    )
                )
    if problems:
        raise ScenarioError(path, _sentences(path, text, problems))
    groups = sorted({row.group for row in form.lever})
    return [f"ok: table of {len(form.lever)} levers", f"  groups: {', '.join(groups)}"]


def _sentences(path: str, text: str, problems: list[tuple[Place, str]]) -> list[str]:
    lines = lines_of_keys(text)
    found = []
    for place, words in problems:
        line = line_of(place, lines)
        found.append(f"{path}: {words}" if line is None else f"{path}, line {line}: {words}")
    return found
