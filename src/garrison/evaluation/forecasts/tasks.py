"""Everything that is asked of history, cut into what one process answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from garrison.errors import ParameterError
from garrison.evaluation.forecasts.campaigns import CAMPAIGNS, HORIZON_DAYS
from garrison.evaluation.forecasts.published_systems import published_systems
from garrison.evaluation.forecasts.questions import questions


@dataclass(frozen=True, slots=True)
class Task:
    """One question under one rule of what counts, at one horizon: what one process does."""

    question: str
    label_set: str
    horizon_days: int


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
            Task(system.name, system.label_set, system.horizon_days)
            for system in published_systems().values()
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
