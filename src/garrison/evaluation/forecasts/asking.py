"""One question answered: rows made, forecast out of sample, everybody scored and compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from garrison.evaluation.forecasts.campaigns import CAMPAIGNS, HORIZON_DAYS, campaign_rows
from garrison.evaluation.forecasts.comparison import compare_forecasts
from garrison.evaluation.forecasts.contestants import Contest, contest_of
from garrison.evaluation.forecasts.forecast_score import score_forecasts
from garrison.evaluation.forecasts.out_of_sample import (
    DAYS_OF_UNIT,
    left_out_forecasts,
    rolling_forecasts,
)
from garrison.evaluation.forecasts.published_systems import published_systems, same_rows
from garrison.evaluation.forecasts.questions import Question, questions, rows_of
from garrison.evaluation.forecasts.rolling_origin import origins
from garrison.evaluation.forecasts.tasks import Task
from garrison.forecasting.features import read_feature_tables
from garrison.forecasting.scorecard import Asked, Compared, Scored


@dataclass(frozen=True, slots=True)
class Answer:
    """The scores and comparisons of one task."""

    scores: tuple[Scored, ...]
    comparisons: tuple[Compared, ...]


def ask(task: Task, paths: Mapping[str, Path], n_draws: int, seed: int) -> Answer:
    """Answer one task from the tables of history.

    Parameters
    ----------
    task
        What is asked.
    paths
        The user's files by table name, as `find_tables` gives them.
    n_draws, seed
        Of the bootstrap.

    Returns
    -------
    Answer
    """
    if task.question == CAMPAIGNS:
        return _ask_campaigns(task, paths, n_draws, seed)
    if task.question in published_systems():
        return _ask_published(task, paths, n_draws, seed)
    question = questions()[task.question]
    rows = rows_of(question, task.label_set, paths, read_feature_tables(paths))
    contest = question.contest()
    if question.validation == "rolling origin":
        blocks = origins(question.warm_up, question.last_year, question.block_years)
        forecasts = rolling_forecasts(contest, rows, task.horizon_days, blocks)
    else:
        forecasts = left_out_forecasts(contest, rows, task.horizon_days)
    forecasts = forecasts[forecasts["as_of"].dt.year >= question.first_year]
    asked = _asked(question, task)
    return _answer(asked, contest, forecasts, _pairs(contest), n_draws, seed)


def _asked(question: Question, task: Task) -> Asked:
    return Asked(
        question=question.name,
        target=question.target,
        label_set=task.label_set,
        horizon_days=task.horizon_days,
        scope=question.scope,
        validation=question.validation,
        first_year=question.first_year,
        last_year=question.last_year,
    )


def _pairs(contest: Contest) -> list[tuple[str, str]]:
    """Name the pairs that are compared: the headline with every regression, and the base with a constant."""
    others = [name for name, item in contest.contestants.items() if item.model in ("logit", "boosting")]
    found = [(contest.headline, name) for name in others]
    if "constant in crises" in contest.contestants:
        found.append((contest.base, "constant in crises"))
    return found


def _ask_campaigns(task: Task, paths: Mapping[str, Path], n_draws: int, seed: int) -> Answer:
    rows = campaign_rows(paths, read_feature_tables(paths))
    contest = contest_of("campaign-year")
    forecasts = left_out_forecasts(contest, rows, HORIZON_DAYS)
    years = forecasts["as_of"].dt.year
    asked = Asked(
        question=task.question,
        target="first defection",
        label_set=task.label_set,
        horizon_days=HORIZON_DAYS,
        scope="campaigns",
        validation="countries left out",
        first_year=int(years.min()),
        last_year=int(years.max()),
    )
    return _answer(asked, contest, forecasts, _pairs(contest), n_draws, seed)


def _ask_published(task: Task, paths: Mapping[str, Path], n_draws: int, seed: int) -> Answer:
    system = published_systems()[task.question]
    everywhere = questions()[f"{system.target}, all states"]
    rows = rows_of(everywhere, system.label_set, paths, read_feature_tables(paths))
    joined = same_rows(system, system.read(paths), rows)
    # Their own outcome settles both, so that no forecast is scored by a question that it was not asked.
    joined["happened"] = joined["observed"]
    contest = system.contest()
    asked = Asked(
        question=task.question,
        target=system.target,
        label_set=system.label_set,
        horizon_days=system.horizon_days,
        scope="all states",
        validation="rolling origin",
        first_year=int(joined["as_of"].dt.year.min()),
        last_year=int(joined["as_of"].dt.year.max()),
    )
    pairs = [(name, system.name) for name in contest.contestants if name != contest.base]
    return _answer(asked, contest, joined, pairs, n_draws, seed, published=system.name)


def _answer(
    asked: Asked,
    contest: Contest,
    forecasts: pd.DataFrame,
    pairs: Sequence[tuple[str, str]],
    n_draws: int,
    seed: int,
    published: str | None = None,
) -> Answer:
    """Score everybody on the rows, and compare the pairs."""
    happened = forecasts["happened"].to_numpy(dtype=bool)
    countries = forecasts["iso"].to_numpy(dtype=str)
    as_of = forecasts["as_of"].to_numpy(dtype="datetime64[D]")
    chances = {name: forecasts[name].to_numpy(dtype=np.float64) for name in contest.contestants}
    roles = dict.fromkeys(chances, "contestant") | {contest.base: "base", contest.headline: "headline"}
    if published is not None:
        chances[published], roles[published] = forecasts[published].to_numpy(dtype=np.float64), "published"
    base = chances[contest.base]
    scores = [
        Scored(
            asked,
            name,
            roles[name],
            score_forecasts(p, base, happened, countries, n_draws=n_draws, seed=seed),
        )
        for name, p in chances.items()
    ]
    window = max(1, round(asked.horizon_days / _days_between(as_of)))
    comparisons = [
        Compared(
            asked,
            first,
            second,
            compare_forecasts(
                chances[first],
                chances[second],
                base,
                happened,
                countries,
                as_of,
                window_rows=window,
                n_draws=n_draws,
                seed=seed,
            ),
        )
        for first, second in pairs
    ]
    return Answer(tuple(scores), tuple(comparisons))


def _days_between(as_of: Any) -> float:
    """Give the usual distance of two days on which forecasts are made."""
    steps = np.diff(np.unique(as_of)).astype(np.float64)
    return float(np.median(steps)) if len(steps) else max(DAYS_OF_UNIT.values())
