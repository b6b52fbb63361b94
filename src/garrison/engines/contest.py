"""What becomes of a regime: broken units, a fractured elite, a coup and its contest, a split, and every other end."""

from __future__ import annotations

from typing import Any

import numpy as np

from garrison.engines.outcomes import thresholds
from garrison.regime.cohorts import CIVILIANS, ELITE, OFFICERS, TROOPS, Floats
from garrison.regime.compiled import compiled
from garrison.regime.compiled_cohorts import CompiledCohorts
from garrison.regime.condition_places import COHESION, within
from garrison.regime.levers.moved_places import ENDS, MOVES
from garrison.regime.normal import share_below
from garrison.regime.perception import count_the_defiant, impression
from garrison.regime.today import People
from garrison.regime.toll import hazard

_LINE = thresholds()
_BREAK_ELITE, _BREAK_OFFICERS, _HOLLOW = (
    _LINE["break_elite"],
    _LINE["break_officers"],
    _LINE["hollow_troops"],
)
_HALF_THE_CAPITAL = _LINE["capital_share"]
_REINFORCEMENT = _LINE["reinforcement"]
_CROWD_IN_CONTEST, _COUNTER_MOBILISATION = _LINE["crowd_in_contest"], _LINE["counter_mobilisation"]
_PAUSE, _LOYALTY_AFTER_PURGE = _LINE["pause_after_coup"], _LINE["loyalty_after_purge"]
_SPLIT_SHARE, _SPLIT_DAYS = _LINE["split_share"], _LINE["split_days"]
_LEAST_CIRCLE, _DOUBT, _EVEN = _LINE["least_circle"], _LINE["doubt_of_plotters"], 0.0
_FALL_DAYS, _DESERTION = _LINE["fall_days"], _LINE["mass_desertion"]

_PLOT, _JUNIOR_PLOT = ENDS.index("plot"), len(ENDS)
N_HAZARDS = len(ENDS) + 1
"""Five ends, a plot of generals, a plot of officers without any general."""

ENDINGS = (
    "",
    "exit",
    "pact",
    "election",
    "patron",
    "foreign force",
    "street",
    "coup from above",
    "coup from below",
)
"""How a regime ended; the first stands for not at all, the next five in the order of the hazards."""

STREET, FROM_ABOVE, FROM_BELOW = (
    ENDINGS.index("street"),
    ENDINGS.index("coup from above"),
    ENDINGS.index("coup from below"),
)

FATE = np.dtype(
    [
        ("break_day", np.int64),
        ("hollow_day", np.int64),
        ("fracture_day", np.int64),
        ("coup_day", np.int64),
        ("desertion_day", np.int64),
        ("split_day", np.int64),
        ("end_day", np.int64),
        ("end", np.int64),
        ("coup_won", np.bool_),
        ("days_divided", np.int64),
        ("days_outnumbered", np.int64),
        ("hazards", float, (N_HAZARDS,)),
    ]
)
"""What became of a run: days (-1 for never), the end as an index of `ENDINGS`, counts of days, summed hazards."""

DAYS = tuple(name for name in FATE.names or () if name.endswith("_day"))


@compiled
def following(cohesion: float, officers: float, elite: float) -> float:
    r"""Give the share of a unit that follows a coup: its officers who have turned, and orders from the top.

    .. math:: 1 - (1 - o_u)\left(1 - \text{cohesion} \cdot \min(e_f / (1 - w^*), 1)\right)

    Parameters
    ----------
    cohesion
        How far units follow their commander, 0 to 1.
    officers, elite
        Shares of the unit's officers, and of its force's generals, who defy, 0 to 1.

    Returns
    -------
    float
        0 to 1. Source: Albrecht, Koehler and Schutz 2021 (coups from the top carry units along).

    Examples
    --------
    >>> following(0.0, 0.5, 1.0), following(1.0, 0.0, 1.0)
    (0.5, 1.0)
    """
    return 1.0 - (1.0 - officers) * (1.0 - cohesion * min(elite / _BREAK_ELITE, 1.0))


@compiled
def following_officers(cohesion: float, officers: float, elite: float) -> float:
    r"""Give the share of a unit that follows a coup of officers alone, against the orders of loyal generals.

    .. math:: o_u \left(1 - \text{cohesion} \cdot (1 - \min(e_f / (1 - w^*), 1))\right)

    Parameters
    ----------
    cohesion, officers, elite
        As for `following`.

    Returns
    -------
    float
        0 to 1. Source: Albrecht, Koehler and Schutz 2021 (coups from below meet the chain of command).

    Examples
    --------
    >>> following_officers(1.0, 0.6, 0.0), following_officers(0.0, 0.6, 0.0)
    (0.0, 0.6)
    """
    return officers * (1.0 - cohesion * (1.0 - min(elite / _BREAK_ELITE, 1.0)))


@compiled
def strength_of_both_sides(
    par: Any, cohorts: CompiledCohorts, today: Any, people: People, generals_lead: bool
) -> tuple[float, float]:
    r"""Weigh plotters and loyalists in the capital, crowds included.

    .. math:: R = \sum_u s_u w_u f_u + a \frac{c}{c + h_C}, \quad
              L = \sum_u s_u w_u (1 - f_u)(1 - p_u) + m\, I_C (1 - B) + \text{militia}

    Parameters
    ----------
    par, cohorts, today, people
        Records and arrays of the run.
    generals_lead
        Whether orders come from the top; a coup of officers meets the orders of those generals who are loyal.

    Returns
    -------
    plotters, loyal : float
        Strength, as a share of all that can come (both sums are divided by that of s_u w_u). Units elsewhere count
        as far as they can come; f_u is `following` or `following_officers`, c the crowd in the capital.
    """
    plotters, loyal, all_ = 0.0, 0.0, 0.0
    for place in range(cohorts.n_places):
        near = 1.0 if place == cohorts.capital else _REINFORCEMENT
        for force in range(cohorts.n_forces):
            unit = place * cohorts.n_forces + force
            general = cohorts.elite_of[force]
            cohesion = within(today.conditions[COHESION] + cohorts.shifts[COHESION, general])
            officers, elite = people.in_unit[OFFICERS, unit], people.visible[general]
            if generals_lead:
                follow = following(cohesion, officers, elite)
            else:
                follow = following_officers(cohesion, officers, elite)
            heads = near * cohorts.in_unit[unit]
            all_ += heads
            plotters += heads * follow
            loyal += heads * (1.0 - follow) * (1.0 - people.in_unit[TROOPS, unit])
    crowd = impression(people.in_place[CIVILIANS, cohorts.capital], par.half_saturation[CIVILIANS])
    counter = today.identity[CIVILIANS] * (1.0 - today.belief)
    loyal_crowd = _COUNTER_MOBILISATION * counter + today.militia
    return plotters / all_ + _CROWD_IN_CONTEST * crowd, loyal / all_ + loyal_crowd


@compiled
def elite_that_breaks(cohorts: CompiledCohorts, people: People) -> float:
    """Give the share of the elite that defies, weighed by command; 0 to 1."""
    share = 0.0
    for force in range(cohorts.n_forces):
        share += cohorts.command[force] * people.visible[cohorts.elite_of[force]]
    return share


@compiled
def officers_took_the_capital(cohorts: CompiledCohorts, people: People) -> bool:
    """Say whether units with half the strength in the capital have gone over with their officers."""
    gone, all_ = 0.0, 0.0
    for force in range(cohorts.n_forces):
        unit = cohorts.capital * cohorts.n_forces + force
        all_ += cohorts.in_unit[unit]
        if people.in_unit[OFFICERS, unit] >= _BREAK_OFFICERS:
            gone += cohorts.in_unit[unit]
    return gone >= _HALF_THE_CAPITAL * all_


@compiled
def purge_after_coup(cohorts: CompiledCohorts, today: Any, people: People) -> None:
    """Jail the officers and generals who turned; those who replace them are chosen for loyalty."""
    for g in range(people.visible.size):
        if cohorts.class_of[g] == OFFICERS or cohorts.class_of[g] == ELITE:
            people.jailed[g] += people.refusing[g]
            people.refusing[g] = 0.0
            people.visible[g] = people.left[g]
    for class_ in (OFFICERS, ELITE):
        today.won_loyalty[class_] += _LOYALTY_AFTER_PURGE
        today.push[class_] = 0.0
    today.survived_days = 0.0
    count_the_defiant(cohorts, people, today.nation)


@compiled
def plot_hazard(rate: float, share: float, half: float, advantage: float) -> float:
    r"""Give the hazard that a circle of plotters strikes: plotters need plotters, and expect to win.

    .. math:: \lambda \left(\frac{p}{p + h}\right)^2 \Phi\left(\frac{R - L}{\sigma}\right)

    Parameters
    ----------
    rate
        lambda, per day where the whole circle is seen to defy and is sure to win, 0 or more.
    share, half
        Share of the circle that defies, and share at which half of the impression is made, 0 to 1.
    advantage
        R - L as the plotters judge it (see `strength_of_both_sides`), share of the country's strength; 0 for
        officers without any general, who cannot tell.

    Returns
    -------
    float
        Per day; 0 where the circle is too small for anybody to dare.

    Examples
    --------
    >>> plot_hazard(0.1, 0.0, 0.2, 1.0)
    0.0
    """
    if share < _LEAST_CIRCLE:
        return 0.0
    seen = impression(share, half)
    return rate * seen * seen * share_below(advantage / _DOUBT)


@compiled
def _hazards(
    par: Any,
    cohorts: CompiledCohorts,
    today: Any,
    people: People,
    fate: Any,
    moved: Floats,
    chances: Floats,
    elite: float,
) -> int:
    """Add up hazards; give the first whose number has come up, -1 for none.

    A plot is struck once in a run: after a coup that failed, those who could plot again are in jail.
    """
    rates = (
        par.hazard_exit,
        par.hazard_pact,
        par.hazard_election,
        par.hazard_patron,
        par.hazard_foreign_force,
    )
    found = -1
    for item in range(_PLOT):
        fate.hazards[item] += hazard(rates[item], par.hazard_by_belief, today.belief, moved[MOVES.ends[item]])
        if found < 0 and fate.hazards[item] >= chances[item]:
            found = item
    for item, class_, share in ((_PLOT, ELITE, elite), (_JUNIOR_PLOT, OFFICERS, today.nation[OFFICERS])):
        if share < _LEAST_CIRCLE:
            continue
        advantage = _EVEN
        if item == _PLOT:
            # Generals know what would follow them; officers without any general cannot tell.
            plotters, loyal = strength_of_both_sides(par, cohorts, today, people, True)
            advantage = plotters - loyal
        rate = plot_hazard(par.plot_rate, share, par.half_saturation[class_], advantage)
        fate.hazards[item] += hazard(rate, 0.0, 0.0, moved[MOVES.ends[_PLOT]])
        if found < 0 and fate.hazards[item] >= chances[item] and fate.coup_day < 0:
            found = item
    return found


@compiled
def _split(par: Any, cohorts: CompiledCohorts, today: Any, people: People, fate: Any, day: int) -> None:
    """Count the days on which both sides hold more than a quarter of the armed strength."""
    loyal, defected = 0.0, 0.0
    for unit in range(cohorts.in_unit.size):
        if people.in_unit[OFFICERS, unit] >= _BREAK_OFFICERS:
            defected += cohorts.in_unit[unit]
        else:
            loyal += cohorts.in_unit[unit] * (1.0 - people.in_unit[TROOPS, unit])
    divided = loyal > _SPLIT_SHARE and defected > _SPLIT_SHARE
    fate.days_divided = fate.days_divided + 1 if divided else 0
    if fate.days_divided >= _SPLIT_DAYS and fate.split_day < 0:
        fate.split_day = day


@compiled
def _desertion(cohorts: CompiledCohorts, people: People, fate: Any, day: int) -> None:
    """Note the day on which a force has lost a tenth of its strength to leaving (Lyall 2020)."""
    if fate.desertion_day >= 0:
        return
    for force in range(cohorts.n_forces):
        gone = 0.0
        for g in range(people.left.size):
            if cohorts.class_of[g] == TROOPS and cohorts.force_of[g] == force:
                gone += cohorts.weight[g] * (people.left[g] - people.left_before[g])
        if gone >= _DESERTION * cohorts.in_force[TROOPS, force]:
            fate.desertion_day = day


@compiled
def contest_and_ends(
    par: Any,
    cohorts: CompiledCohorts,
    today: Any,
    people: People,
    fate: Any,
    moved: Floats,
    day: int,
    chances: Floats,
) -> None:
    """Test for broken units, a fractured elite, plots and their contest, a split, and every end of the regime.

    Parameters
    ----------
    par, cohorts, today, people
        Records and arrays of the run, as the evening finds them.
    fate
        A record of `FATE`; set.
    moved
        (moved,) what levers move today.
    day
        0 is the first day.
    chances
        (hazard,) unit exponentials: an end comes when its summed hazard passes its number.
    """
    elite = elite_that_breaks(cohorts, people)
    fractured = elite >= _BREAK_ELITE
    taken = officers_took_the_capital(cohorts, people)
    came = _hazards(par, cohorts, today, people, fate, moved, chances, elite)
    if fractured and fate.fracture_day < 0:
        fate.fracture_day = day
    broken = fractured or taken or came >= _PLOT
    if broken and fate.break_day < 0:
        fate.break_day = day
    if today.nation[TROOPS] >= _HOLLOW and not (fractured or taken) and fate.hollow_day < 0:
        fate.hollow_day = day
    _split(par, cohorts, today, people, fate, day)
    _desertion(cohorts, people, fate, day)
    if broken and (fate.coup_day < 0 or day - fate.coup_day >= _PAUSE):
        fate.coup_day = day
        generals_lead = fractured or came == _PLOT
        plotters, loyal = strength_of_both_sides(par, cohorts, today, people, generals_lead)
        fate.coup_won = plotters > loyal
        if fate.coup_won:
            fate.end_day, fate.end = day, FROM_ABOVE if generals_lead else FROM_BELOW
            return
        purge_after_coup(cohorts, today, people)
    need = par.crowd_to_contain * people.in_place[CIVILIANS, cohorts.capital]
    fate.days_outnumbered = fate.days_outnumbered + 1 if people.capacity[cohorts.capital] < need else 0
    if fate.days_outnumbered >= _FALL_DAYS:
        fate.end_day, fate.end = day, STREET
    elif 0 <= came < _PLOT:
        fate.end_day, fate.end = day, came + 1
