"""Ask history everything: every question, both published systems, campaigns; and write the scorecard."""

from __future__ import annotations

import multiprocessing
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from garrison.errors import ParameterError, TableError
from garrison.evaluation.forecasts.campaigns import HORIZON_DAYS, campaign_rows
from garrison.evaluation.forecasts.comparison import compare_forecasts
from garrison.evaluation.forecasts.contestants import Contest, contest_of
from garrison.evaluation.forecasts.forecast_score import score_forecasts
from garrison.evaluation.forecasts.out_of_sample import (
    DAYS_OF_UNIT,
    left_out_forecasts,
    rolling_forecasts,
)
from garrison.evaluation.forecasts.published_systems import (
    PublishedSystem,
    beger_ward,
    irregular_leader_change,
    same_rows,
)
from garrison.evaluation.forecasts.questions import Question, questions, rows_of
from garrison.evaluation.forecasts.rolling_origin import origins
from garrison.forecasting.features import read_feature_tables
from garrison.forecasting.history.sources import sources
from garrison.forecasting.scorecard import Asked, Bar, Compared, Estimate, Scorecard, Scored

PUBLISHED: dict[str, Callable[[Mapping[str, Path]], PublishedSystem]] = {
    "Beger and Ward": beger_ward,
    "Beger, Dorff and Ward": irregular_leader_change,
}
CAMPAIGNS = "first defection"


@dataclass(frozen=True, slots=True)
class Task:
    """One question under one rule of what counts, at one horizon: what one process does."""

    question: str
    label_set: str
    horizon_days: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The scores and comparisons of one task."""

    scores: tuple[Scored, ...]
    comparisons: tuple[Compared, ...]


def tasks(only: Sequence[str] | None = None) -> tuple[Task, ...]:
    """List everything that is asked, the longest first.

    Parameters
    ----------
    only
        Names of questions; all if not given.

    Raises
    ------
    ParameterError
        For an unknown question.

    Examples
    --------
    >>> tasks(["first defection"])
    (Task(question='first defection', label_set='navco_2_0', horizon_days=365),)
    """
    found = [
        *(
            Task(name, "powell_thyne" if "Dorff" not in name else "irregular", days)
            for name, days in _published()
        ),
        *(
            Task(question.name, label_set, horizon)
            for question in questions().values()
            for label_set in question.label_sets
            for horizon in question.horizons
        ),
        Task(CAMPAIGNS, "navco_2_0", HORIZON_DAYS),
    ]
    known = {task.question for task in found}
    for name in only or ():
        if name not in known:
            raise ParameterError(f"nobody asks '{name}'; the questions are: {'; '.join(sorted(known))}")
    return tuple(task for task in found if only is None or task.question in only)


def _published() -> Iterator[tuple[str, int]]:
    yield "Beger, Dorff and Ward", 30
    yield "Beger and Ward", 365


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
    if task.question in PUBLISHED:
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
    system = PUBLISHED[task.question](paths)
    everywhere = questions()[f"{system.target}, all states"]
    rows = rows_of(everywhere, system.label_set, paths, read_feature_tables(paths))
    joined = same_rows(system, rows)
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


def verify(
    paths: Mapping[str, Path],
    *,
    only: Sequence[str] | None = None,
    n_draws: int = 1000,
    seed: int = 1,
    workers: int = 2,
    progress: Callable[[str], None] = lambda words: None,
) -> Scorecard:
    """Ask history everything, and give the scorecard.

    Parameters
    ----------
    paths
        The user's files by table name, as `find_tables` gives them.
    only
        Names of questions; all if not given.
    n_draws, seed
        Of the bootstrap by country.
    workers
        Processes.
    progress
        Told what has been answered.

    Returns
    -------
    Scorecard
        The same whatever the number of processes.

    Raises
    ------
    TableError
        If a table is missing or another version.
    ParameterError
        For an unknown question.
    """
    todo = tasks(only)
    answers: dict[Task, Answer] = {}
    if workers == 1:
        for task in todo:
            answers[task] = ask(task, paths, n_draws, seed)
            progress(_told(task, len(answers), len(todo)))
    else:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=context, initializer=_one_thread) as pool:
            running = {pool.submit(ask, task, dict(paths), n_draws, seed): task for task in todo}
            for done in as_completed(running):
                answers[running[done]] = _named(done, running[done])
                progress(_told(running[done], len(answers), len(todo)))
    scores = tuple(item for task in todo for item in answers[task].scores)
    return Scorecard(
        package_version=version("garrison"),
        seed=seed,
        n_draws=n_draws,
        tables={name: sources()[name].version for name in sorted(paths)},
        scores=scores,
        comparisons=tuple(item for task in todo for item in answers[task].comparisons),
        bars=_bars(scores),
    )


def _named(done: Future[Answer], task: Task) -> Answer:
    """Give what a process answered; where it failed, say at which question."""
    try:
        return done.result()
    except TableError as error:
        raise TableError(
            f"{task.question}, {task.label_set}, {task.horizon_days} days: {error}"
        ) from None


def _one_thread() -> None:
    """Let each process use one core: the processes share the cores already."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)


def _told(task: Task, n_done: int, n_all: int) -> str:
    return f"{n_done} of {n_all}: {task.question}, {task.label_set}, {task.horizon_days} days"


def _bars(scores: Sequence[Scored]) -> tuple[Bar, ...]:
    """Hold the headline forecasters against the figures to be beaten, as far as they were asked."""
    table = tomllib.loads(files(__package__).joinpath("bars.toml").read_text(encoding="utf8"))
    found = []
    for name, row in table.items():
        for item in scores:
            asked = (item.asked.question, item.asked.label_set, item.asked.horizon_days)
            if item.role == "headline" and asked == (row["question"], row["label_set"], row["horizon"]):
                ours: Estimate = getattr(item.score, row["figure"])
                found.append(
                    Bar(
                        name=name,
                        figure=row["figure"],
                        bar=row["bar"],
                        source=row["source"],
                        ours=ours,
                        above=ours.value > row["bar"],
                        clearly=ours.low > row["bar"],
                    )
                )
    return tuple(found)
