"""One day of a regime, step by step, in compiled code; the order of the steps is written once, in `live_one_day`."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections import namedtuple
from math import exp
from typing import Any

from garrison.engines.contest import contest_and_ends
from garrison.engines.revision import step_towards
from garrison.regime.choice import hidden_share, weigh
from garrison.regime.cohorts import CIVILIANS, ELITE, OFFICERS, TROOPS, Floats
from garrison.regime.compiled import compiled
from garrison.regime.condition_places import HARDSHIP, HAVEN, HIGHEST, IDENTITY, LOWEST, PAY, RENTS, within
from garrison.regime.deployment import deploy
from garrison.regime.economy import economy_day
from garrison.regime.leaving import exit_gap, gone_below, leave
from garrison.regime.levers.moved_places import CONDITION_OF, MOVES
from garrison.regime.normal import share_below
from garrison.regime.perception import count_the_defiant, impression
from garrison.regime.public_belief import believe
from garrison.regime.toll import (
    arrest_rate_of_soldiers,
    crowd_and_clashes,
    deaths_per_million,
    forces_killed,
)

Country = namedtuple("Country", ("par", "economy", "purse", "today", "people", "cohorts", "fate"))
"""One run: its parameters, economy, purse, day, people, layout, and what became of it."""

_N_MOVED_CONDITIONS = len(CONDITION_OF)


@compiled
def levers_and_calendar(country: Country, moved: Floats, pushes: Floats, place_pushes: Floats) -> None:
    """Let yesterday's pushes fade and today's arrive; orders and levers of the day take effect."""
    par, today, people = country.par, country.today, country.people
    fading = exp(-1.0 / par.push_memory)
    for class_ in range(ELITE + 1):
        today.push[class_] = today.push[class_] * fading + pushes[class_] + moved[MOVES.push + class_]
    for place in range(country.cohorts.n_places):
        people.place_push[place] = people.place_push[place] * fading + place_pushes[place]
    today.attendance = max(1.0 + moved[MOVES.attendance], 0.0)
    today.quarter, today.trusted_first = within(moved[MOVES.quarter]), within(moved[MOVES.trusted_first])
    today.rotation, today.militia = within(moved[MOVES.rotation]), max(moved[MOVES.militia], 0.0)
    today.lethality, today.severity = exp(moved[MOVES.lethality]), exp(moved[MOVES.severity])
    today.conditional_aid, today.exit_cost = within(moved[MOVES.conditional_aid]), moved[MOVES.exit_cost]
    today.fatigue_troops, today.rumour = moved[MOVES.fatigue_troops], moved[MOVES.rumour]
    today.belief_push = moved[MOVES.belief]


@compiled
def living_conditions(country: Country, moved: Floats) -> None:
    """Earn, spend in order of priority, owe the rest; set hardship, pay, rents and every other condition."""
    par, today = country.par, country.today
    for item in range(_N_MOVED_CONDITIONS):
        place = CONDITION_OF[item, 1]
        value = par.conditions[place] + moved[CONDITION_OF[item, 0]]
        today.conditions[place] = min(max(value, LOWEST[place]), HIGHEST[place])
    hardship, pay, rents, operations = economy_day(
        country.economy, country.purse, moved, today.nation[CIVILIANS]
    )
    today.conditions[HARDSHIP], today.conditions[PAY] = hardship, pay
    today.conditions[RENTS], today.operations = rents, operations
    for class_ in range(ELITE + 1):
        gained = moved[MOVES.identity + class_] + today.won_loyalty[class_]
        today.identity[class_] = within(par.conditions[IDENTITY] + gained)


@compiled
def news_and_belief(country: Country) -> None:
    """Compare yesterday's shares with what was expected; belief follows; expectations follow more slowly."""
    believe(country.par, country.today)


@compiled
def weigh_the_choice(country: Country) -> None:
    """Everybody weighs drivers, peers, belief and fear as they stand this morning."""
    weigh(country.par, country.cohorts, country.today, country.people)
    people = country.people
    for g in range(people.hidden.size):
        people.hidden[g] = hidden_share(people.total[g], people.social[g])


@compiled
def civilians_choose(country: Country) -> None:
    """Civilians revise; part of those mobilised are on the street."""
    people, cohorts = country.people, country.cohorts
    rate = country.par.reaction_rate[CIVILIANS]
    for g in range(people.visible.size):
        if cohorts.class_of[g] != CIVILIANS:
            break
        people.visible[g] = step_towards(people.visible[g], share_below(people.total[g]), rate)
        people.refusing[g] = people.visible[g]


@compiled
def deployment(country: Country) -> None:
    """Send the loyal units out, as far as their own command lets them go; set K of every place."""
    count_the_defiant(country.cohorts, country.people, country.today.nation)
    deploy(country.cohorts, country.people, country.today)


@compiled
def clashes(country: Country) -> None:
    """Count the crowd and the dead, civilians and forces."""
    par, today, people, cohorts = country.par, country.today, country.people, country.cohorts
    today.crowd, today.clashes = crowd_and_clashes(par, cohorts, today, people)
    today.deaths = par.deaths_per_protester_day * today.lethality * today.clashes
    killed = forces_killed(par, today, today.deaths) / par.soldiers
    for g in range(people.visible.size):
        if cohorts.class_of[g] == TROOPS:
            there = 1.0 - people.refusing[g] - people.left[g] - people.jailed[g] - people.dead[g]
            people.dead[g] += min(killed, max(there, 0.0))


@compiled
def forces_choose(country: Country) -> None:
    """Troops, officers and the elite revise with the same line; who leaves is gone for good."""
    par, today, people, cohorts = country.par, country.today, country.people, country.cohorts
    for g in range(people.visible.size):
        class_ = cohorts.class_of[g]
        if class_ == CIVILIANS:
            continue
        rate = par.reaction_rate[class_]
        would_defy = share_below(people.total[g])
        haven = within(today.conditions[HAVEN] + cohorts.shifts[HAVEN, g])
        would_go = share_below(people.total[g] - exit_gap(par.leave_gap, haven, today.exit_cost))
        kept = 1.0 - people.jailed[g] - people.dead[g]
        gone = min(leave(people.left_bins[g], would_go, rate), kept)
        newly = max(gone - people.left[g], 0.0)
        if class_ == TROOPS:
            today.resisting += cohorts.weight[g] * newly * today.belief
        people.left[g] += newly
        would_refuse = max(would_defy - gone_below(people.left_bins[g], would_defy), 0.0) * kept
        refusing = step_towards(max(people.refusing[g] - newly, 0.0), would_refuse, rate)
        people.refusing[g] = min(refusing, kept - people.left[g])
        people.visible[g] = people.refusing[g] + people.left[g]


@compiled
def counter_intelligence(country: Country) -> None:
    """Find part of the hidden dissent in the ranks and take it out."""
    par, today, people, cohorts = country.par, country.today, country.people, country.cohorts
    found = arrest_rate_of_soldiers(par, today)
    arrested = 0.0
    for g in range(people.visible.size):
        class_ = cohorts.class_of[g]
        if class_ != TROOPS and class_ != OFFICERS:
            continue
        there = 1.0 - people.left[g] - people.jailed[g] - people.dead[g]
        refusing = people.refusing[g] * found
        taken = min(found * people.hidden[g] * there, there)
        if class_ == TROOPS:
            arrested += cohorts.weight[g] * taken
        people.jailed[g] += taken
        people.refusing[g] -= min(refusing, taken)
        people.visible[g] = people.refusing[g] + people.left[g]
    today.soldiers_arrested = arrested * par.soldiers


@compiled
def stocks(country: Country, moved: Floats) -> None:
    """Let the dead be remembered and fatigue build up."""
    par, today = country.par, country.today
    count_the_defiant(country.cohorts, country.people, today.nation)
    toll = deaths_per_million(par, today, today.clashes)
    today.recent_deaths += toll - today.recent_deaths / par.outrage_memory
    load = impression(today.nation[CIVILIANS], par.half_saturation[CIVILIANS])
    tired = today.fatigue + (load - today.fatigue) / par.fatigue_memory
    today.fatigue = within(tired + moved[MOVES.fatigue])


@compiled
def outcomes(country: Country, moved: Floats, day: int, chances: Floats) -> None:
    """Test for broken units, a fractured elite, plots and their contest, a split, and every end of the regime."""
    contest_and_ends(
        country.par,
        country.cohorts,
        country.today,
        country.people,
        country.fate,
        moved,
        day,
        chances,
    )


@compiled
def live_one_day(
    country: Country, moved: Floats, pushes: Floats, place_pushes: Floats, day: int, chances: Floats
) -> None:
    """Run every step of the day in order.

    Parameters
    ----------
    country
        One run; its day, people, purse and fate are changed.
    moved
        (moved,) what levers move today.
    pushes, place_pushes
        (class,) and (place,) pushes that arrive today.
    day
        0 is the first day.
    chances
        (hazard,) unit exponentials: an end comes when its summed hazard passes its number.
    """
    levers_and_calendar(country, moved, pushes, place_pushes)
    living_conditions(country, moved)
    news_and_belief(country)
    weigh_the_choice(country)
    civilians_choose(country)
    deployment(country)
    clashes(country)
    forces_choose(country)
    counter_intelligence(country)
    stocks(country, moved)
    outcomes(country, moved, day, chances)


def order_of_a_day() -> list[tuple[str, str]]:
    """Give the steps of a day, in the order in which `live_one_day` runs them: name and first line of each.

    Returns
    -------
    list of tuple
        Read from the source of the function that runs.

    Examples
    --------
    >>> order_of_a_day()[0][0]
    'levers and calendar'
    """
    source = textwrap.dedent(inspect.getsource(_python(live_one_day)))
    calls = [
        node.value.func.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
    ]
    first_lines = {name: (inspect.getdoc(_python(globals()[name])) or "").splitlines()[0] for name in calls}
    return [(name.replace("_", " "), first_lines[name]) for name in calls]


def _python(function: Any) -> Any:
    """Give the Python function behind a compiled one."""
    return getattr(function, "py_func", function)


def order_table() -> str:
    """Write the order of a day as a Markdown table, from the function that runs.

    Returns
    -------
    str
        One row a step.

    Examples
    --------
    >>> order_table().splitlines()[2].startswith("| 1 | levers and calendar |")
    True
    """
    lines = ["| step | name | what happens |", "|---|---|---|"]
    lines += [
        f"| {number} | {name} | {first} |" for number, (name, first) in enumerate(order_of_a_day(), start=1)
    ]
    return "\n".join(lines) + "\n"
