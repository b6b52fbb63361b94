"""The passage of the days, in compiled code: from rest, through every day, into the diary."""

from __future__ import annotations

from typing import Any

from garrison.engines.day import Country, live_one_day
from garrison.engines.diary import BY_CLASS, BY_DAY
from garrison.regime.calm import ordinary_day, quiet_stocks
from garrison.regime.choice import weigh
from garrison.regime.cohorts import CIVILIANS, ELITE
from garrison.regime.compiled import compiled
from garrison.regime.condition_places import HARDSHIP, HAVEN, PAY, RENTS, within
from garrison.regime.copying import copy_into
from garrison.regime.deployment import deploy
from garrison.regime.leaving import MASS, N_SLICES, exit_gap, part_below
from garrison.regime.normal import share_below
from garrison.regime.perception import count_the_defiant
from garrison.regime.toll import refusals_reported

_VISIBLE, _HIDDEN, _LEFT = (BY_CLASS.index(name) for name in ("visible", "hidden", "left"))
_BELIEF, _PROTESTS, _CROWD = (BY_DAY.index(name) for name in ("belief", "protests_rate", "crowd"))
_DEATHS, _ARRESTED, _SOLDIERS, _REFUSALS = (
    BY_DAY.index(name)
    for name in ("deaths_rate", "civilians_arrested_rate", "soldiers_arrested_rate", "refusals_rate")
)
_HARDSHIP, _PAY, _RENTS = (BY_DAY.index(name) for name in ("hardship", "pay", "rents"))
_CAPACITY, _PRICE, _ARREARS, _RESISTING = (
    BY_DAY.index(name) for name in ("capacity", "price", "arrears", "resisting")
)
_N_CLASSES = ELITE + 1


@compiled
def wake_at_rest(country: Country, at_rest: Any, displaced: Any, belief: float) -> None:
    """Put everybody where the quiet state has them; then displace those whom a shock has moved.

    Parameters
    ----------
    country
        One run; its day and people are set.
    at_rest
        (cohort,) visible shares at rest.
    displaced
        (class,) shares after a shock; below 0 where there was none.
    belief
        After a shock; below 0 where there was none.
    """
    par, today, people, cohorts = country.par, country.today, country.people, country.cohorts
    ordinary_day(par, today)
    copy_into(people.visible, at_rest)
    people.place_push[:] = 0.0
    people.jailed[:] = 0.0
    people.dead[:] = 0.0
    quiet_stocks(par, cohorts, today, people)
    weigh(par, cohorts, today, people)
    today.resisting = 0.0
    for g in range(people.visible.size):
        class_ = cohorts.class_of[g]
        people.left[g] = 0.0
        if class_ != CIVILIANS:
            haven = within(today.conditions[HAVEN] + cohorts.shifts[HAVEN, g])
            gone = share_below(people.total[g] - exit_gap(par.leave_gap, haven, 0.0))
            for piece in range(N_SLICES):
                people.left_bins[g, piece] = part_below(gone, piece)
                people.left[g] += people.left_bins[g, piece] * MASS[piece]
            people.left[g] = min(people.left[g], people.visible[g])
        people.left_before[g] = people.left[g]
        people.visible[g] = max(people.visible[g], displaced[class_])
        people.refusing[g] = people.visible[g] - people.left[g]
    moved = False
    for class_ in range(_N_CLASSES):
        moved = moved or displaced[class_] >= 0.0
    if moved:
        count_the_defiant(cohorts, people, today.nation)
        deploy(cohorts, people, today)
    if belief >= 0.0:
        today.belief = belief


@compiled
def note(
    country: Country, by_class: Any, by_day: Any, by_cohort: Any, run: int, day: int, counted: float
) -> None:
    """Write a day into the diary; see `Diary` for the arrays. `counted` is 0 after the end of a regime, 1 before."""
    par, today, people, cohorts = country.par, country.today, country.people, country.cohorts
    for class_ in range(_N_CLASSES):
        by_class[run, day, _VISIBLE, class_] = today.nation[class_]
        hidden, left = 0.0, 0.0
        for g in range(cohorts.first[class_], cohorts.first[class_ + 1]):
            hidden += cohorts.weight[g] * people.hidden[g]
            left += cohorts.weight[g] * (people.left[g] - people.left_before[g])
        by_class[run, day, _HIDDEN, class_], by_class[run, day, _LEFT, class_] = hidden, left
    by_day[run, day, _BELIEF] = today.belief
    by_day[run, day, _CROWD] = today.crowd
    by_day[run, day, _PROTESTS] = today.crowd / par.protest_size
    by_day[run, day, _DEATHS] = today.deaths
    by_day[run, day, _ARRESTED] = par.arrests_per_protester_day * today.clashes
    by_day[run, day, _SOLDIERS] = today.soldiers_arrested
    by_day[run, day, _REFUSALS] = counted * refusals_reported(par, today)
    by_day[run, day, _HARDSHIP] = today.conditions[HARDSHIP]
    by_day[run, day, _PAY] = today.conditions[PAY]
    by_day[run, day, _RENTS] = today.conditions[RENTS]
    by_day[run, day, _CAPACITY] = people.capacity[cohorts.capital]
    by_day[run, day, _PRICE] = country.purse.price
    by_day[run, day, _ARREARS] = country.purse.arrears_of_pay
    by_day[run, day, _RESISTING] = today.resisting
    if by_cohort.shape[2] > 0:
        for g in range(people.visible.size):
            by_cohort[run, day, g] = people.visible[g]


@compiled
def live_through(
    records: Any,
    economy: Any,
    purses: Any,
    cohorts: Any,
    day_of: Any,
    people: Any,
    at_rest: Any,
    displaced: Any,
    beliefs: Any,
    moved: Any,
    pushes: Any,
    local: Any,
    chances: Any,
    diary: Any,
    fates: Any,
) -> None:
    """Live through all days of some runs, one run after the other.

    Parameters
    ----------
    records, economy, purses
        (run,) of `PARAMETERS`, (1,) of `ECONOMY`, (run,) of `PURSE`.
    cohorts
        The layout.
    day_of, people
        (1,) of `TODAY` and the arrays of one run, to work on.
    at_rest, displaced, beliefs
        (run, cohort), (run, class), (run,): see `wake_at_rest`.
    moved
        (day, moved) what levers move.
    pushes, local
        (run, day, class) and (run, day or 1, place).
    chances
        (run, hazard) unit exponentials.
    diary
        See `Diary.part`; written.
    fates
        (run,) of `FATE`; written. After the end of a regime its shares stay and nothing is counted.
    """
    by_class, by_day, by_cohort = diary
    n_days = moved.shape[0]
    for run in range(records.size):
        fate = fates[run]
        fate.break_day = fate.hollow_day = fate.fracture_day = fate.coup_day = -1
        fate.desertion_day = fate.split_day = fate.end_day = -1
        country = Country(records[run], economy[0], purses[run], day_of[0], people, cohorts, fate)
        wake_at_rest(country, at_rest[run], displaced[run], beliefs[run])
        for day in range(n_days):
            counted = 1.0 if fate.end_day < 0 else 0.0
            if fate.end_day >= 0:
                day_of[0].crowd = day_of[0].clashes = day_of[0].deaths = day_of[0].soldiers_arrested = 0.0
            else:
                of_place = local[run, day if local.shape[1] > 1 else 0]
                live_one_day(country, moved[day], pushes[run, day], of_place, day, chances[run])
            note(country, by_class, by_day, by_cohort, run, day, counted)
