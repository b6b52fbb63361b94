"""Simulation in the cohort limit: every run of an ensemble, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from garrison.engines.day import Today, first_morning, live_one_day
from garrison.engines.outcomes import outcome_of
from garrison.engines.runs import Runs
from garrison.errors import ParameterError
from garrison.regime import COHORTS, COUNTED, Lever, Parameters, lever_effects

MOST_DAYS = 3660


def simulate(
    parameters: Parameters, *, start: date, days: int, seed: int, levers: Sequence[Lever] = ()
) -> Runs:
    r"""Simulate a crisis that begins on `start`, once for each draw of the parameters.

    .. math:: p_g \leftarrow p_g + \kappa_g (F(x_g) - p_g)

    Source: Granovetter 1978 with sluggish revision; who revises does not hang on the threshold, so that the share
    alone is the state.

    Parameters
    ----------
    parameters
        The ensemble; each run starts from its own rest.
    start
        First day, on which the crisis begins.
    days
        How many days, 1 to 3660.
    seed
        Keys the pushes: the same under other levers and horizons, and for replicate i whatever the number of runs.
    levers
        Interventions, each within the days simulated.

    Returns
    -------
    Runs
        Arrays (run, day, cohort) and (run, day).

    Raises
    ------
    ParameterError
        If `days` is out of range.
    DateError
        If a lever lies outside the days.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> simulate(draw_parameters(5, seed=1), start=date(2020, 1, 1), days=10, seed=1).visible.shape
    (5, 10, 4)
    """
    if not 1 <= days <= MOST_DAYS:
        raise ParameterError(f"days is {days}: simulate between 1 and {MOST_DAYS} days.")
    today = first_morning(parameters, lever_effects(levers, start=start, days=days), seed)
    diary = _Diary.empty(len(parameters), days)
    for _ in range(days):
        live_one_day(today)
        diary.write(today)
    return diary.close(today, start, tuple(levers))


@dataclass(frozen=True, slots=True)
class _Diary:
    """Arrays that are filled day by day: (run, day, cohort) and (run, day)."""

    by_cohort: dict[str, NDArray[np.float32]]
    by_day: dict[str, NDArray[np.float32]]

    @classmethod
    def empty(cls, n_runs: int, days: int) -> _Diary:
        shape = (n_runs, days, len(COHORTS))
        return cls(
            {name: np.empty(shape, dtype=np.float32) for name in ("visible", "hidden")},
            {name: np.empty(shape[:2], dtype=np.float32) for name in ("belief", *COUNTED)},
        )

    def write(self, today: Today) -> None:
        day = today.number - 1
        self.by_cohort["visible"][:, day] = today.situation.shares
        self.by_cohort["hidden"][:, day] = today.hidden
        self.by_day["belief"][:, day] = today.situation.belief
        for name in COUNTED:
            self.by_day[name][:, day] = getattr(today.counts, name)

    def close(self, today: Today, start: date, levers: tuple[Lever, ...]) -> Runs:
        outcome = outcome_of(self.by_cohort["visible"])
        return Runs(
            start=start,
            days=today.number,
            seed=today.seed,
            cohorts=COHORTS,
            visible=self.by_cohort["visible"],
            hidden=self.by_cohort["hidden"],
            belief=self.by_day["belief"],
            **{f"{name}_rate": self.by_day[name] for name in COUNTED},
            break_day=outcome.break_day,
            hollow_day=outcome.hollow_day,
            parameters=today.parameters,
            levers=levers,
        )
