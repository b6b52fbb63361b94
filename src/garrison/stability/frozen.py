"""The fast state with everything slow held still, in compiled code: what all questions of stability are asked of.

Deaths remembered, fatigue, expectations and the survival clock stay where a reference state has put them;
conditions and standing orders may be others than the reference's, which is how a fold is searched for.
"""

from __future__ import annotations

from typing import Any

from garrison.engines.day import Country, levers_and_calendar
from garrison.regime.calm import ordinary_day, quiet_stocks, respond
from garrison.regime.cohorts import ELITE, Floats
from garrison.regime.compiled import compiled
from garrison.regime.compiled_cohorts import CompiledCohorts
from garrison.regime.condition_places import (
    HARDSHIP,
    HIGHEST,
    IDENTITY,
    LOWEST,
    PAY,
    RENTS,
    within,
)
from garrison.regime.copying import copy_into
from garrison.regime.levers import MOVED
from garrison.regime.levers.moved_places import CONDITION_OF

_MOVED_IDENTITY = MOVED.index("identity_civilians")
_N_MOVED_CONDITIONS = len(CONDITION_OF)
_MOVED_HARDSHIP, _MOVED_PAY, _MOVED_RENTS = (MOVED.index(name) for name in ("hardship", "pay", "rents"))


@compiled
def _between(value: float, condition: int) -> float:
    return float(min(max(value, LOWEST[condition]), HIGHEST[condition]))


@compiled
def freeze(
    par: Any,
    cohorts: CompiledCohorts,
    today: Any,
    people: Any,
    at: Floats,
    conditions: Floats,
    moved: Floats,
    nothing: Floats,
    nowhere: Floats,
) -> None:
    """Hold stocks, expectations and the survival clock where shares have put them; then set conditions and orders.

    Parameters
    ----------
    par, cohorts, today, people
        Records and arrays of the run; the day and the people are set.
    at
        (cohort,) shares that the slow stocks belong to, under the conditions of `par`.
    conditions
        (condition,) as they stand from now on; those of `par` where nothing is changed.
    moved
        (moved,) what standing orders and levers move; what acts through the economy or as a push is no part of it.
    nothing, nowhere
        (class,) and (place,) zeros: no pushes.
    """
    ordinary_day(par, today)
    people.place_push[:] = 0.0
    copy_into(people.visible, at)
    quiet_stocks(par, cohorts, today, people)
    levers_and_calendar(Country(par, None, None, today, people, cohorts, None), moved, nothing, nowhere)
    copy_into(today.conditions, conditions)
    for item in range(_N_MOVED_CONDITIONS):
        place = CONDITION_OF[item, 1]
        today.conditions[place] = _between(conditions[place] + moved[CONDITION_OF[item, 0]], place)
    today.conditions[HARDSHIP] = _between(conditions[HARDSHIP] + moved[_MOVED_HARDSHIP], HARDSHIP)
    today.conditions[PAY] = _between(conditions[PAY] + moved[_MOVED_PAY], PAY)
    today.conditions[RENTS] = _between(conditions[RENTS] + moved[_MOVED_RENTS], RENTS)
    for class_ in range(ELITE + 1):
        today.identity[class_] = within(conditions[IDENTITY] + moved[_MOVED_IDENTITY + class_])


@compiled
def respond_frozen(setting: Any, run: int, shares: Floats, belief: float, response: Floats) -> float:
    """Give the best response of one run to shares, as `respond` does, with the setting that `freeze_run` has made.

    Parameters
    ----------
    setting
        See `Setting`.
    run
        Which run.
    shares, belief, response
        As for `respond`.

    Returns
    -------
    float
        The belief that these shares lead to.
    """
    return respond(
        setting.records[run], setting.cohorts, setting.day[0], setting.people, shares, belief, response
    )


@compiled
def freeze_run(setting: Any, run: int) -> None:
    """Freeze one run of a setting; see `freeze`."""
    freeze(
        setting.records[run],
        setting.cohorts,
        setting.day[0],
        setting.people,
        setting.at[run],
        setting.conditions[run],
        setting.moved[run],
        setting.nothing,
        setting.nowhere,
    )


@compiled
def frozen_responses(setting: Any, shares: Floats, belief: Floats, found: Floats, led_to: Floats) -> None:
    """Give the best response of every run.

    Parameters
    ----------
    setting
        See `Setting`.
    shares
        (run, cohort).
    belief
        (run,); below 0 the belief that the shares lead to.
    found, led_to
        (run, cohort) and (run,) are set: the response, and the belief that the shares lead to.
    """
    for run in range(shares.shape[0]):
        freeze_run(setting, run)
        led_to[run] = respond_frozen(setting, run, shares[run], belief[run], found[run])


@compiled
def flow_of_all(
    setting: Any, shares: Floats, belief: Floats, work: Floats, most_days: int, near: float, settled: Any
) -> None:
    r"""Follow the deterministic fast flow day by day until nobody moves.

    .. math:: p_g \leftarrow p_g + \kappa_g (G_g(p, B) - p_g), \quad B \leftarrow B + \eta (B^*(p) - B)

    Parameters
    ----------
    setting
        See `Setting`.
    shares, belief
        (run, cohort) and (run,): where it starts, and, afterwards, where it has come to.
    work
        (cohort,) to work on.
    most_days, near
        After so many days the search is given up; the gap to the response below which nobody moves.
    settled
        (run,) boolean is set: which came to a halt.
    """
    class_of = setting.cohorts.class_of
    for run in range(shares.shape[0]):
        freeze_run(setting, run)
        par = setting.records[run]
        settled[run] = False
        for _ in range(most_days):
            led_to = respond_frozen(setting, run, shares[run], belief[run], work)
            gap = abs(led_to - belief[run])
            for g in range(work.size):
                gap = max(gap, abs(work[g] - shares[run, g]))
                shares[run, g] += par.reaction_rate[class_of[g]] * (work[g] - shares[run, g])
            belief[run] += par.belief_speed * (led_to - belief[run])
            if gap <= near:
                settled[run] = True
                break
