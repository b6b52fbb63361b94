"""One day of a regime, step by step: the order is a table, and the table is what runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from garrison.engines.pushes import DAYS_A_WEEK, week_of_pushes
from garrison.engines.revision import revise
from garrison.regime import (
    LeverEffects,
    Parameters,
    Situation,
    belief_target,
    crowd_on,
    day_counts,
    deaths_per_million,
    hidden_share,
    impression,
    inclination,
    loyal_capacity,
    rest_situation,
    surprise,
    would_defy,
)
from garrison.regime.cohorts import CIVILIANS, TROOPS, Floats
from garrison.regime.counts import DayCounts
from garrison.regime.kernel import Inclination


@dataclass
class Today:
    """What the steps of a day hand on to each other; `number` is 0 on the first day."""

    parameters: Parameters
    effects: LeverEffects
    seed: int
    situation: Situation
    number: int = 0
    belief_push: float = 0.0
    week: Floats = field(default_factory=lambda: np.zeros(0))
    view: Inclination | None = None
    crowd: Floats = field(default_factory=lambda: np.zeros(0))
    hidden: Floats = field(default_factory=lambda: np.zeros(0))
    counts: DayCounts | None = None


def first_morning(parameters: Parameters, effects: LeverEffects, seed: int) -> Today:
    """Give the morning of the first day: the regime is at rest."""
    at_rest = rest_situation(parameters)
    at_rest.shares = at_rest.shares.copy()
    return Today(parameters=parameters, effects=effects, seed=seed, situation=at_rest)


def levers_and_calendar(today: Today) -> None:
    """Let yesterday's pushes fade and today's arrive, from the crisis and from levers."""
    now, parameters, number = today.situation, today.parameters, today.number
    if number % DAYS_A_WEEK == 0:
        today.week = week_of_pushes(parameters, seed=today.seed, week=number // DAYS_A_WEEK)
    fading = np.exp(-1.0 / parameters["push_memory"])
    now.push = now.push * fading[:, None] + today.week[number % DAYS_A_WEEK]
    now.push[:, [CIVILIANS, TROOPS]] += today.effects.street_push[number]
    today.belief_push = float(today.effects.belief[number])


def living_conditions(today: Today) -> None:
    """Set hardship and pay: the coded condition, moved by levers, within 0 and 1."""
    conditions, effects, number = today.parameters.conditions, today.effects, today.number
    today.situation.hardship = np.clip(conditions["hardship"] + effects.hardship[number], 0.0, 1.0)
    today.situation.pay = np.clip(conditions["pay"] + effects.pay[number], 0.0, 1.0)


def news_and_belief(today: Today) -> None:
    """Compare yesterday's shares with what was expected; belief follows; expectations follow more slowly."""
    now, parameters = today.situation, today.parameters
    news = surprise(parameters, now.shares, now.expected)
    attack = np.clip(news[:, CIVILIANS], 0.0, 1.0)
    horizon = parameters["survival_horizon"]
    now.survived_days = np.minimum((now.survived_days + 1.0) * (1.0 - attack), horizon)
    target = belief_target(parameters, news, now.survived_days, today.belief_push)
    now.belief = now.belief + parameters["belief_speed"] * (target - now.belief)
    now.expected = now.expected + (now.shares - now.expected) / parameters["expectation_memory"][:, None]


def weigh_the_choice(today: Today) -> None:
    """Everybody weighs drivers, peers, belief and fear as they stand this morning."""
    today.view = inclination(today.parameters, today.situation)


def civilians_choose(today: Today) -> None:
    """Civilians revise; part of those mobilised are on the street."""
    _revise(today, slice(CIVILIANS, CIVILIANS + 1))
    factor = max(1.0 + float(today.effects.attendance[today.number]), 0.0)
    today.crowd = crowd_on(today.parameters, today.situation.shares[:, CIVILIANS], factor)


def deployment(today: Today) -> None:
    """Set the loyal strength that stands against the street."""
    today.situation.capacity = loyal_capacity(today.parameters, today.situation.shares)


def forces_choose(today: Today) -> None:
    """Troops, officers and the elite revise with the same line."""
    _revise(today, slice(TROOPS, None))


def clashes_and_arrests(today: Today) -> None:
    """Count what the day is expected to leave behind."""
    assert today.view is not None
    now = today.situation
    today.hidden = hidden_share(today.view)
    today.counts = day_counts(today.parameters, today.crowd, now.capacity, now.shares, today.hidden)


def stocks(today: Today) -> None:
    """Let the dead be remembered and fatigue build up."""
    now, parameters, number = today.situation, today.parameters, today.number
    toll = deaths_per_million(parameters, today.crowd, now.capacity)
    now.recent_deaths = now.recent_deaths + toll - now.recent_deaths / parameters["outrage_memory"]
    load = impression(now.shares[:, CIVILIANS], parameters.half_saturation[:, CIVILIANS])
    tired = now.fatigue + (load - now.fatigue) / parameters["fatigue_memory"]
    now.fatigue = np.clip(tired + today.effects.fatigue[number], 0.0, 1.0)


def _revise(today: Today, cohorts: slice) -> None:
    assert today.view is not None
    now = today.situation
    drawn_to = would_defy(today.view.total[:, cohorts])
    now.shares[:, cohorts] = revise(
        now.shares[:, cohorts], drawn_to, today.parameters.reaction_rate[:, cohorts]
    )


ORDER_OF_A_DAY: tuple[tuple[str, Callable[[Today], None]], ...] = (
    ("levers and calendar", levers_and_calendar),
    ("living conditions", living_conditions),
    ("news and belief", news_and_belief),
    ("weighing the choice", weigh_the_choice),
    ("civilians choose, crowd", civilians_choose),
    ("deployment", deployment),
    ("troops, officers, elite choose", forces_choose),
    ("clashes and arrests", clashes_and_arrests),
    ("stocks: deaths remembered, fatigue", stocks),
)
"""The day's order, written once: this table is what `simulate` runs and what the documentation prints."""


def order_table() -> str:
    """Write the order of a day as a Markdown table, from the table that runs.

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
    for number, (name, step) in enumerate(ORDER_OF_A_DAY, start=1):
        lines.append(f"| {number} | {name} | {(step.__doc__ or '').splitlines()[0]} |")
    return "\n".join(lines) + "\n"


def live_one_day(today: Today) -> None:
    """Run every step of the day in order."""
    for _, step in ORDER_OF_A_DAY:
        step(today)
    today.number += 1
