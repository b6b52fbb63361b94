"""Reading a scenario from a TOML file: everything wrong with it is found, each thing with its line."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from garrison.cases.scenarios.hypothesis_files import hypothesis_file
from garrison.cases.scenarios.scenario import (
    AS_IT_STANDS,
    Arm,
    Expectation,
    Hypothesis,
    Scenario,
    scenario_limits,
)
from garrison.cases.scenarios.scenario_problems import Problem, scenario_problems
from garrison.cases.toml_lines import Place, line_of, lines_of_keys
from garrison.errors import CaseError, GarrisonError
from garrison.regime import Lever
from garrison.world import country as country_of

if TYPE_CHECKING:
    from garrison.cases.scenarios.scenario_schema import LeverTable, ScenarioTable

BUNDLED = "hypothesis:"
_AT_LINE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")
_SIGNS = {"size": ": size", "ramp_days": "ramp_days", "credibility": "credibility", "start": ": start"}
"""By which words an error of a lever is known to be about one of its keys."""
_AT_END = re.compile(r"\s*\(at end of document\)$")


class ScenarioError(CaseError):
    """A scenario file cannot be used; `problems` has one line for each thing that is wrong with it."""

    def __init__(self, path: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        more = len(self.problems) - 1
        rest = f" ({more} more: garrison check {path})" if more else ""
        super().__init__(self.problems[0] + rest)


def load_scenario(path: str | os.PathLike[str]) -> Scenario:
    """Read a scenario from a TOML file.

    Parameters
    ----------
    path
        Of the file; or "hypothesis:" and the id of a bundled hypothesis, such as "hypothesis:h01".

    Returns
    -------
    Scenario
        Checked whole: names, ranges, dates.

    Raises
    ------
    ScenarioError
        If anything in it cannot be used: file, line, what is wrong, what to do; `problems` has all of it.

    Examples
    --------
    >>> load_scenario("hypothesis:h09").name
    'patron finance only delays'
    """
    name = str(path)
    if name.startswith(BUNDLED):
        path = hypothesis_file(name.removeprefix(BUNDLED))
    return read_scenario(read_text(path), str(path))


def read_text(path: str | os.PathLike[str]) -> str:
    """Read the text of a TOML file that somebody wrote.

    Parameters
    ----------
    path
        Of the file.

    Raises
    ------
    ScenarioError
        If it is missing, a folder, empty, too large, or no text in UTF-8.
    """
    most = scenario_limits()["file_bytes"]
    words = ""
    content = b""
    try:
        with Path(path).open("rb") as file:
            content = file.read(most["value"] + 1)
    except FileNotFoundError:
        words = "no such file; check the name"
    except IsADirectoryError:
        words = "is a folder; give the TOML file in it"
    except (OSError, ValueError) as error:
        words = f"cannot be read ({error}); check the name and who may read it"
    if not words and len(content) > most["value"]:
        words = f"is larger than {most['value']} bytes, but {most['why']}; give a scenario file"
    elif not words and not content.strip():
        words = "is empty; write a scenario into it (docs/scenarios.md has an example)"
    elif not words and b"\x00" in content:
        words = "is no text but binary; give a TOML file"
    if words:
        raise ScenarioError(str(path), [f"{path}: {words}"])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        words = f"{path}, line {line}: is no text in UTF-8; save it as UTF-8"
        raise ScenarioError(str(path), [words]) from None


def read_table(text: str, path: str) -> dict[str, Any]:
    """Read a TOML text as a table.

    Parameters
    ----------
    text, path
        The text, and what the file is called in messages.

    Raises
    ------
    ScenarioError
        If it is no TOML: the line, and what was expected there.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = str(error)
        found = _AT_LINE.search(words)
        line = int(found[1]) if found else max(len(text.splitlines()), 1)
        words = _AT_END.sub(" at the end of the file", _AT_LINE.sub("", words))
        problem = f"{path}, line {line}: {words}; mend it there, or finish the line"
    except (ValueError, RecursionError, OverflowError):
        problem = f"{path}: holds a number or a nesting too large to read; write ordinary values"
    raise ScenarioError(path, [problem])


def read_scenario(text: str, path: str) -> Scenario:
    r"""Read a scenario from a TOML text.

    Parameters
    ----------
    text
        Of the file.
    path
        What the file is called in messages.

    Returns
    -------
    Scenario
        Checked whole.

    Raises
    ------
    ScenarioError
        With everything that is wrong.

    Examples
    --------
    >>> text = 'schema = 1\nname = "a march"\nstart = 2020-03-01\ndays = 30\n[[lever]]\nname = "marsh"\nsize = 1\n'
    >>> read_scenario(text, "a.toml")
    Traceback (most recent call last):
    ...
    garrison.cases.scenarios.scenario_file.ScenarioError: a.toml, line 6: lever 'marsh' is unknown. Did you mean march?
    """
    table = read_table(text, path)
    form, problems = _form_of(table)
    if form is not None:
        draft, problems = _draft_of(form)
        problems += scenario_problems(draft)
        if not problems:
            return Scenario(**draft)
    lines = lines_of_keys(text)
    raise ScenarioError(path, [_sentence(path, place, words, lines) for place, words in problems])


def _sentence(path: str, place: Place, words: str, lines: Mapping[Place, int]) -> str:
    line = line_of(place, dict(lines))
    where = path if line is None else f"{path}, line {line}"
    return f"{where}: {' '.join(words.split())}"


def _form_of(table: Mapping[str, Any]) -> tuple[ScenarioTable | None, list[Problem]]:
    """Check the form; what pydantic says is said in the project's own words."""
    from pydantic import ValidationError

    from garrison.cases.form_problems import problems_of_form
    from garrison.cases.scenarios.scenario_schema import ScenarioTable

    try:
        return ScenarioTable.model_validate(table), []
    except ValidationError as error:
        return None, problems_of_form(error, ScenarioTable)


def _draft_of(form: ScenarioTable) -> tuple[dict[str, Any], list[Problem]]:
    """Turn the form into the fields of a `Scenario`; a lever that cannot be is a problem and left out."""
    problems: list[Problem] = []
    arms = []
    for number, arm in enumerate(form.compare):
        levers = _levers(arm.lever, ("compare", number, "lever"), form.start, problems)
        arms.append(Arm(arm.name, levers, arm.conditions, arm.shifts))
    kept = (
        "name",
        "start",
        "days",
        "question",
        "case",
        "as_of",
        "layout",
        "runs",
        "seed",
        "conditions",
        "shifts",
    )
    draft = {name: getattr(form, name) for name in kept}
    draft["country"] = _code(form.country)
    draft["levers"] = _levers(form.lever, ("lever",), form.start, problems)
    draft["arms"] = tuple(arms)
    first = arms[0].name if arms else AS_IT_STANDS
    draft["expectations"] = tuple(
        Expectation(
            item.outcome,
            item.sign,
            arm=item.arm or first,
            than=AS_IT_STANDS if item.than == "" else item.than,
            within=item.within,
        )
        for item in form.expect
    )
    told = form.hypothesis
    draft["hypothesis"] = None if told is None else Hypothesis(**told.model_dump())
    return draft, problems


def _code(country: str) -> str:
    try:
        return country_of(country).code if country else ""
    except GarrisonError:
        return country


def _levers(
    rows: Sequence[LeverTable], place: Place, start: date, problems: list[Problem]
) -> tuple[Lever, ...]:
    found = []
    for number, row in enumerate(rows):
        here = (*place, number)
        if row.start is not None and row.day is not None:
            problems.append(((*here, "day"), f"lever '{row.name}' has both start and day: keep one of them"))
            continue
        try:
            begins = row.start or start + timedelta(days=row.day or 0)
            found.append(Lever(row.name, row.size, begins, row.ramp_days, row.credibility))
        except OverflowError:
            problems.append(
                ((*here, "day"), f"lever '{row.name}': day is no day of the calendar: give 0 or more")
            )
        except GarrisonError as error:
            problems.append(((*here, _key_of(str(error))), str(error)))
    return tuple(found)


def _key_of(words: str) -> str:
    """Say which key of a lever an error is about, so that its line can be given."""
    return next((key for key, sign in _SIGNS.items() if sign in words), "name")
