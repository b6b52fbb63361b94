"""Simulation in the cohort limit: every run of an ensemble, day by day, four cohorts or hundreds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from garrison.engines.contest import ENDINGS, FATE, N_HAZARDS
from garrison.engines.diary import BY_CLASS, BY_DAY, Diary
from garrison.engines.passage import live_through
from garrison.engines.pushes import Branch, local_pushes, pushes_of_all_days
from garrison.engines.runs import Runs
from garrison.errors import ParameterError
from garrison.regime import COHORTS, Lever, Parameters, lever_effects, uniforms
from garrison.regime.cohorts import ELITE, Floats
from garrison.regime.compiled_cohorts import compiled_cohorts
from garrison.regime.economy import begin_economy
from garrison.regime.economy.purse import economy_parameters
from garrison.regime.leaving import N_SLICES
from garrison.regime.parameter_record import parameter_records
from garrison.regime.perception import class_shares
from garrison.regime.pieces import in_pieces
from garrison.regime.today import TODAY, nobody

MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Beginning:
    """A displacement on the first morning: what a sudden shock has done before anybody reacts.

    Parameters
    ----------
    shares
        (class,) or (run, class): share of each class that defies openly, 0 to 1; cohorts that defy more stay.
    belief
        Number or (run,): public belief that the regime falls, 0 to 1; None keeps that of the rest.
    """

    shares: Floats
    belief: Floats | float | None = None


def simulate(
    parameters: Parameters,
    *,
    start: date,
    days: int,
    seed: int,
    levers: Sequence[Lever] = (),
    pushes: bool = True,
    begin: Beginning | None = None,
    branch: Branch | None = None,
    detail: bool = False,
) -> Runs:
    r"""Simulate a crisis that begins on `start`, once for each draw of the parameters.

    .. math:: p_g \leftarrow p_g + \kappa_g (F(x_g) - p_g)

    Source: Granovetter 1978 with sluggish revision; who revises does not hang on the threshold, so that the share
    alone is the state. Who leaves does not come back.

    Parameters
    ----------
    parameters
        The ensemble; each run starts from its own rest, on the layout of the parameters.
    start
        First day, on which the crisis begins.
    days
        How many days, 1 to 3660.
    seed
        Keys all chance: the same under other levers and horizons, and for replicate i whatever the number of runs.
    levers
        Interventions, each within the days simulated.
    pushes
        Whether anything happens that no driver explains; without, the deterministic flow from the beginning.
    begin
        A displacement on the first morning.
    branch
        A day from which chance is drawn anew, one future a run; None lets the seed's history go on.
    detail
        Keep the share of every cohort (run, day, cohort), not of the four classes alone.

    Returns
    -------
    Runs
        Arrays (run, day, class) and (run, day), and what became of each run.

    Raises
    ------
    ParameterError
        If `days` is out of range, or a branch does not fit.
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
    if len(parameters) == 0:
        raise ParameterError("the ensemble is empty: simulate at least 1 run.")
    if branch is not None:
        _check_branch(branch, parameters, days, pushes)
    moved = lever_effects(levers, start=start, days=days).moved
    job = _Job(parameters, moved, seed, pushes, begin, branch)
    diary = Diary.empty(len(parameters), days, parameters.layout.n_cohorts if detail else 0)
    fates = job.run(diary)
    return _close(parameters, diary, fates, start=start, days=days, seed=seed, levers=tuple(levers))


class _Job:
    """Everything that the compiled passage needs, for all runs at once."""

    def __init__(
        self,
        parameters: Parameters,
        moved: Floats,
        seed: int,
        pushes: bool,
        begin: Beginning | None,
        branch: Branch | None,
    ) -> None:
        self.parameters, self.moved, self.days, self.seed = parameters, moved, len(moved), seed
        self.branch = branch
        self.cohorts = compiled_cohorts(parameters.layout)
        self.records = parameter_records(parameters)
        self.economy = economy_parameters()
        at_rest = parameters.rest.shares
        conditions = parameters.conditions
        self.purses = begin_economy(
            len(parameters),
            hardship=conditions["hardship"],
            pay=conditions["pay"],
            rents=conditions["rents"],
            oil=conditions["oil"],
            reserves=conditions["reserves"],
            mobilised=class_shares(self.cohorts, at_rest)[:, 0],
        )
        self.at_rest = np.ascontiguousarray(at_rest)
        self.displaced, self.belief = _displacement(parameters, begin)
        self.pushed = pushes
        n_runs = len(parameters)
        if pushes:
            chances = [
                uniforms(seed, f"chance of an end {item}", parameters.replicate) for item in range(N_HAZARDS)
            ]
            self.chances = -np.log(np.stack(chances, axis=1))
            if branch is not None:
                self.chances = self._chances_anew(branch)
            self.pushes = pushes_of_all_days(parameters, seed=seed, days=self.days, branch=branch)
        else:
            self.chances = np.full((n_runs, N_HAZARDS), np.inf)
            self.pushes = np.zeros((n_runs, self.days, len(COHORTS)), dtype=np.float32)

    def _chances_anew(self, branch: Branch) -> Floats:
        """Draw the chances of all ends anew, for those that have not come by the day of the branch."""
        anew = np.stack(
            [
                -np.log(branch.uniforms(f"chance of an end {item}", self.parameters.replicate))
                for item in range(N_HAZARDS)
            ],
            axis=1,
        )
        if branch.day == 0:
            return anew
        # Runs that share a history are one after the other: each history is lived through once.
        alike = _alike_to_the_one_before(self)
        first = np.flatnonzero(~alike)
        begin = Beginning(self.displaced[first], None)
        past = _Job(self.parameters.take(first), self.moved[: branch.day], self.seed, True, begin, None)
        past.belief = self.belief[first]
        gone = past.run(Diary.empty(len(first), branch.day, 0))["hazards"][np.cumsum(~alike) - 1]
        # What is left of an exponential waiting time is as long as a new one.
        return np.where(gone >= self.chances, self.chances, gone + anew)

    def run(self, diary: Diary) -> NDArray[np.void]:
        """Live through all days of all runs, on all cores."""
        fates = np.zeros(len(self.parameters), dtype=FATE)
        in_pieces(len(fates), lambda runs: self._piece(runs, diary, fates))
        return fates

    def _piece(self, piece: slice, diary: Diary, fates: NDArray[np.void]) -> None:
        layout = self.parameters.layout
        n_runs = piece.stop - piece.start
        if self.pushed and layout.n_places > 1:
            local = local_pushes(self.parameters, piece, seed=self.seed, days=self.days, branch=self.branch)
        else:
            local = np.zeros((n_runs, 1, layout.n_places), dtype=np.float32)
        live_through(
            self.records[piece],
            self.economy,
            self.purses[piece],
            self.cohorts,
            np.zeros(1, dtype=TODAY),
            nobody(layout.n_cohorts, layout.n_places, layout.n_forces, N_SLICES),
            self.at_rest[piece],
            self.displaced[piece],
            self.belief[piece],
            self.moved,
            self.pushes[piece],
            local,
            self.chances[piece],
            diary.part(piece),
            fates[piece],
        )


def _check_branch(branch: Branch, parameters: Parameters, days: int, pushes: bool) -> None:
    if not 0 <= branch.day < days:
        raise ParameterError(f"a branch on day {branch.day} is not within the {days} days simulated.")
    if len(branch.future) != len(parameters):
        raise ParameterError(f"{len(branch.future)} futures for {len(parameters)} runs: give one a run.")
    if not pushes:
        raise ParameterError(
            "without pushes every future is the same: leave the branch out, or let pushes come."
        )


def _alike_to_the_one_before(job: _Job) -> NDArray[np.bool_]:
    """Say which runs have the same parameters, chance and beginning as the run before; (run,)."""
    n_runs = len(job.parameters)
    columns = [
        job.parameters.replicate.view(np.uint8).reshape(n_runs, -1),
        job.records.view(np.uint8).reshape(n_runs, -1),
        np.ascontiguousarray(job.displaced).view(np.uint8).reshape(n_runs, -1),
        job.belief.view(np.uint8).reshape(n_runs, -1),
    ]
    alike = np.ones(n_runs, dtype=np.bool_)
    alike[0] = False
    for column in columns:
        alike[1:] &= (column[1:] == column[:-1]).all(axis=1)
    return alike


def _displacement(parameters: Parameters, begin: Beginning | None) -> tuple[Floats, Floats]:
    """Lay a beginning out: shares (run, class) and belief (run,); below 0 nothing is displaced."""
    n_runs = len(parameters)
    shares, belief = np.full((n_runs, len(COHORTS)), -1.0), np.full(n_runs, -1.0)
    if begin is not None:
        shares[:] = begin.shares
        if shares.max() > 1.0 or np.isnan(shares).any():
            raise ParameterError("shares at the beginning must lie between 0 and 1.")
        if begin.belief is not None:
            belief[:] = begin.belief
            if not ((belief >= 0.0) & (belief <= 1.0)).all():
                raise ParameterError("belief at the beginning must lie between 0 and 1.")
    return shares, belief


def _close(
    parameters: Parameters,
    diary: Diary,
    fates: NDArray[np.void],
    *,
    start: date,
    days: int,
    seed: int,
    levers: tuple[Lever, ...],
) -> Runs:
    by_class = {name: diary.by_class[:, :, place] for place, name in enumerate(BY_CLASS)}
    by_day = {name: diary.by_day[:, :, place] for place, name in enumerate(BY_DAY)}
    return Runs(
        start=start,
        days=days,
        seed=seed,
        cohorts=COHORTS[: ELITE + 1],
        **by_class,
        **by_day,
        break_day=fates["break_day"].copy(),
        hollow_day=fates["hollow_day"].copy(),
        fracture_day=fates["fracture_day"].copy(),
        coup_day=fates["coup_day"].copy(),
        coup_won=fates["coup_won"].copy(),
        desertion_day=fates["desertion_day"].copy(),
        split_day=fates["split_day"].copy(),
        end_day=fates["end_day"].copy(),
        end=np.array(ENDINGS)[fates["end"]],
        by_cohort=diary.by_cohort if diary.by_cohort.shape[2] else None,
        parameters=parameters,
        levers=levers,
    )
