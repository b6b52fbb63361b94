"""The quiet state of a regime, and how everybody responds to a push from it, in compiled code."""

from __future__ import annotations

from typing import Any

from garrison.regime.choice import weigh
from garrison.regime.cohorts import CIVILIANS, Floats
from garrison.regime.compiled import compiled
from garrison.regime.compiled_cohorts import CompiledCohorts
from garrison.regime.condition_places import IDENTITY
from garrison.regime.copying import copy_into
from garrison.regime.deployment import deploy
from garrison.regime.normal import share_below
from garrison.regime.perception import count_the_defiant, impression
from garrison.regime.public_belief import belief_target, news_of_the_day
from garrison.regime.today import People
from garrison.regime.toll import crowd_and_clashes, deaths_per_million

MOST_STEPS = 400
NEAR_ENOUGH = 1e-9


@compiled
def ordinary_day(par: Any, today: Any) -> None:
    """Set a day on which nobody gives orders and nothing happens: coded conditions, no levers, no pushes.

    Parameters
    ----------
    par, today
        Records of `PARAMETERS` and `TODAY`; the second is set but for shares and stocks.
    """
    copy_into(today.conditions, par.conditions)
    today.identity[:] = par.conditions[IDENTITY]
    today.won_loyalty[:] = 0.0
    today.push[:] = 0.0
    today.survived_days = par.survival_horizon
    today.operations, today.severity, today.lethality, today.attendance = 1.0, 1.0, 1.0, 1.0
    today.quarter, today.trusted_first, today.rotation, today.militia = 0.0, 0.0, 0.0, 0.0
    today.conditional_aid, today.exit_cost, today.fatigue_troops = 0.0, 0.0, 0.0
    today.rumour, today.belief_push = 0.0, 0.0


@compiled
def quiet_stocks(par: Any, cohorts: CompiledCohorts, today: Any, people: People) -> None:
    """Bring stocks, belief and expectations to the level that the visible shares keep up in the long run.

    Parameters
    ----------
    par, cohorts, today, people
        Records and arrays of the run; `people.visible` is read.
    """
    count_the_defiant(cohorts, people, today.nation)
    deploy(cohorts, people, today)
    _, clashes = crowd_and_clashes(par, cohorts, today, people)
    today.recent_deaths = deaths_per_million(par, today, clashes) * par.outrage_memory
    today.fatigue = impression(today.nation[CIVILIANS], par.half_saturation[CIVILIANS])
    copy_into(today.expected, today.nation)
    today.belief = belief_target(par, today, 0.0)


@compiled
def come_to_rest(par: Any, cohorts: CompiledCohorts, today: Any, people: People) -> bool:
    """Let everybody revise from nobody defying until nobody moves: the lowest quiet state.

    The map only ever pushes upwards from there (peers, belief and strained enforcers all raise defiance), so
    that the search rises to the lowest fixed point; fatigue, which pulls back, is damped with the rest.

    Parameters
    ----------
    par, cohorts, today, people
        Records and arrays of the run; `today` and `people` are set.

    Returns
    -------
    bool
        Whether the search came to a halt: where it did not, the regime has no quiet state that holds.
    """
    ordinary_day(par, today)
    people.visible[:] = 0.0
    people.place_push[:] = 0.0
    settled = False
    for _ in range(MOST_STEPS):
        quiet_stocks(par, cohorts, today, people)
        weigh(par, cohorts, today, people)
        change = 0.0
        for g in range(people.visible.size):
            revised = share_below(people.total[g])
            change = max(change, abs(revised - people.visible[g]))
            people.visible[g] = revised
        if change <= NEAR_ENOUGH:
            settled = True
            break
    quiet_stocks(par, cohorts, today, people)
    return settled


@compiled
def respond(
    par: Any,
    cohorts: CompiledCohorts,
    today: Any,
    people: People,
    shares: Floats,
    belief: float,
    response: Floats,
) -> float:
    r"""Give the best response G(p) to shares, everything slow frozen as `today` has it.

    .. math:: G_g(p) = F(x_g(p, B(p)))

    Parameters
    ----------
    par, cohorts, today, people
        Records and arrays of the run; stocks, expectations and the survival clock of `today` stay, its
        belief is set.
    shares
        (cohort,) p.
    belief
        B; below 0: the belief that these shares lead to.
    response
        (cohort,) is set to G(p).

    Returns
    -------
    float
        The belief that these shares lead to, 0 to 1.
    """
    copy_into(people.visible, shares)
    count_the_defiant(cohorts, people, today.nation)
    deploy(cohorts, people, today)
    led_to = belief_target(par, today, news_of_the_day(par, today))
    today.belief = led_to if belief < 0.0 else belief
    weigh(par, cohorts, today, people)
    for g in range(shares.size):
        response[g] = share_below(people.total[g])
    return led_to


@compiled
def rest_of_all(
    records: Any,
    cohorts: CompiledCohorts,
    day: Any,
    people: People,
    shares: Floats,
    stocks: Floats,
    settled: Any,
) -> None:
    """Find the quiet state of each run of an ensemble.

    Parameters
    ----------
    records
        (run,) of `PARAMETERS`.
    cohorts
        The layout.
    day
        (1,) of `TODAY`, to work on; `people` likewise.
    shares
        (run, cohort) is set.
    stocks
        (run, 3) is set: belief, recent deaths, fatigue.
    settled
        (run,) boolean is set: which came to a halt.
    """
    for run in range(records.size):
        settled[run] = come_to_rest(records[run], cohorts, day[0], people)
        copy_into(shares[run], people.visible)
        stocks[run, 0] = day[0].belief
        stocks[run, 1] = day[0].recent_deaths
        stocks[run, 2] = day[0].fatigue


@compiled
def inclinations_of_all(
    records: Any, cohorts: CompiledCohorts, day: Any, people: People, shares: Floats, found: Floats
) -> None:
    """Give the inclination of everybody where given shares have lasted for long.

    Parameters
    ----------
    records, cohorts, day, people
        As for `rest_of_all`.
    shares
        (run, cohort).
    found
        (run, cohort) is set.
    """
    for run in range(records.size):
        ordinary_day(records[run], day[0])
        copy_into(people.visible, shares[run])
        people.place_push[:] = 0.0
        quiet_stocks(records[run], cohorts, day[0], people)
        weigh(records[run], cohorts, day[0], people)
        copy_into(found[run], people.total)
