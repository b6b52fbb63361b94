"""What is asked of history: which rows of which target, forecast how, scored over which years."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from garrison.errors import ParameterError
from garrison.evaluation.forecasts.contestants import Contest, contest_of
from garrison.forecasting.crisis_counts import crisis_rows
from garrison.forecasting.features import FeatureTables, feature_table
from garrison.forecasting.history.country_months import country_months
from garrison.forecasting.history.target_events import target_events
from garrison.forecasting.history.windows import with_windows
from garrison.forecasting.targets import target

#: A state is in crisis in a month if somebody asked for a politician's removal in so many months before it.
IN_CRISIS = "protests_removal_3_month"


@dataclass(frozen=True, slots=True)
class Question:
    """A question to history, as `questions.toml` writes it.

    Parameters
    ----------
    name
        As the scorecard shows it.
    target, label_sets, horizons
        What is forecast, under which rules of what counts, how far ahead (days).
    unit, scope
        country-month or crisis-week, and which of them.
    validation
        "rolling origin" or "countries left out".
    first_year, last_year
        Of what is scored.
    warm_up
        First year forecast; those before first_year only teach pools their weights.
    block_years
        Of a rolling origin.
    contestants
        Who forecasts; all of the unit if empty.
    """

    name: str
    target: str
    label_sets: tuple[str, ...]
    horizons: tuple[int, ...]
    unit: str
    scope: str
    validation: str
    first_year: int
    last_year: int
    warm_up: int
    block_years: int
    contestants: tuple[str, ...]

    def contest(self) -> Contest:
        """Give who forecasts."""
        everyone = contest_of(self.unit)
        return everyone.only(self.contestants) if self.contestants else everyone


@cache
def questions() -> dict[str, Question]:
    """Give every question by its name.

    Examples
    --------
    >>> list(questions())[0]
    'T2, all states'
    """
    table = tomllib.loads(files(__package__).joinpath("questions.toml").read_text(encoding="utf8"))
    found = {}
    for name, row in table.items():
        first, last = row["years"]
        found[name] = Question(
            name=name,
            target=row["target"],
            label_sets=tuple(row["label_sets"]),
            horizons=tuple(row["horizons"]),
            unit=row["unit"],
            scope=row["scope"],
            validation=row["validation"],
            first_year=first,
            last_year=last,
            warm_up=row.get("warm_up", first),
            block_years=row.get("block_years", 5),
            contestants=tuple(row.get("contestants", ())),
        )
    return found


def rows_of(
    question: Question, label_set: str, paths: Mapping[str, Path], tables: FeatureTables
) -> pd.DataFrame:
    """Give the rows of a question with what came of them and what was known.

    Parameters
    ----------
    question
        From `questions`.
    label_set
        What counts.
    paths, tables
        The user's files by table name, and those of them that features are made from.

    Returns
    -------
    DataFrame
        iso, as_of, event, within_H, features; for crisis-weeks also week and regime_class.

    Raises
    ------
    ParameterError
        For an unknown unit or scope.
    TableError
        If a table is missing or wrong.
    """
    if question.unit == "crisis-week":
        return crisis_rows(paths, label_set, tables)
    asked = target(question.target)
    events = target_events(question.target, paths, label_set)
    rows = with_windows(
        country_months(tables.states),
        events,
        asked.covered_until,
        question.horizons,
        covered_from=asked.covered_from,
    )
    rows = pd.concat([rows, feature_table(rows, tables)], axis=1)
    return _in_scope(rows, question.scope)


def _in_scope(rows: pd.DataFrame, scope: str) -> pd.DataFrame:
    if scope == "all states":
        return rows
    if scope == "states in crisis":
        return rows[rows[IN_CRISIS] > 0].reset_index(drop=True)
    raise ParameterError(f"no scope '{scope}': it is all states or states in crisis")
