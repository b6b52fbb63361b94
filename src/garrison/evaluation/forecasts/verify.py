"""Ask history everything: every question, both published systems, campaigns; and make the scorecard."""

from __future__ import annotations

import multiprocessing
import tomllib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from garrison.errors import TableError
from garrison.evaluation.forecasts.asking import Answer, ask
from garrison.evaluation.forecasts.tasks import Task, tasks
from garrison.forecasting.history.sources import sources
from garrison.forecasting.scorecard import Bar, Estimate, Scorecard, Scored


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
        raise TableError(f"{task.question}, {task.label_set}, {task.horizon_days} days: {error}") from None


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
