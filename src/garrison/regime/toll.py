"""What a day leaves behind: crowds, deaths, arrests, refusals, as expected counts."""

from __future__ import annotations

from math import exp
from typing import Any

from garrison.regime.choice import control_today
from garrison.regime.cohorts import CIVILIANS, TROOPS
from garrison.regime.compiled import compiled
from garrison.regime.compiled_cohorts import CompiledCohorts
from garrison.regime.condition_places import CONTROL, VIGILANCE, VIOLENCE, VISIBILITY
from garrison.regime.priors import priors
from garrison.regime.today import People

PER_MILLION = 1e6
COUNTED = ("deaths", "protests", "soldiers_arrested", "refusals", "civilians_arrested")
"""The series that are counted, in the order in which they are always listed."""

SCALE_OF = {
    "deaths": "deaths_per_protester_day",
    "protests": "protest_size",
    "soldiers_arrested": "military_arrests_per_hidden_day",
    "refusals": "refusal_reports_per_refuser_day",
    "civilians_arrested": "arrests_per_protester_day",
}
"""The scale parameter of each counted series.

A rate is proportional to it (protests: to its inverse). All but that of deaths only measure: they do not act back
on anybody, so that an inference may integrate them out run by run.
"""


@compiled
def crowd_and_clashes(par: Any, cohorts: CompiledCohorts, today: Any, people: People) -> tuple[float, float]:
    r"""Give the persons out on the street, and the same weighed by the K that they meet.

    .. math:: crowd = a \sum_k N_k c_k, \quad clashes = a \sum_k N_k c_k K_k

    Parameters
    ----------
    par, cohorts, today, people
        Records and arrays of the run; civilians' visible shares and `capacity` by place are read.

    Returns
    -------
    crowd, clashes : float
        Persons, 0 or more. a is the share of those mobilised who are out on a day.
    """
    crowd, clashes = 0.0, 0.0
    for place in range(cohorts.n_places):
        out = cohorts.in_place[CIVILIANS, place] * people.in_place[CIVILIANS, place]
        crowd += out
        clashes += out * people.capacity[place]
    persons = par.attendance * today.attendance * par.population_size
    return persons * crowd, persons * clashes


@compiled
def deaths_per_million(par: Any, today: Any, clashes: float) -> float:
    r"""Give the expected deaths of a day per million inhabitants.

    .. math:: \lambda_d e^{lethality} \sum_k K_k\, crowd_k / N \cdot 10^6

    Parameters
    ----------
    par, today
        Records of `PARAMETERS` and `TODAY`.
    clashes
        See `crowd_and_clashes`, persons.

    Returns
    -------
    float
        Per million and day, 0 or more.
    """
    return par.deaths_per_protester_day * today.lethality * clashes / par.population_size * PER_MILLION


@compiled
def forces_killed(par: Any, today: Any, deaths: float) -> float:
    """Give the expected deaths among the forces: in proportion to the violent share of the street.

    Parameters
    ----------
    par, today
        Records of `PARAMETERS` and `TODAY`.
    deaths
        Expected deaths of the day, 0 or more.

    Returns
    -------
    float
        Persons, 0 or more.
    """
    return par.forces_killed_ratio * today.conditions[VIOLENCE] * deaths


@compiled
def arrest_rate_of_soldiers(par: Any, today: Any) -> float:
    """Give the chance that counter-intelligence finds a hidden defector on a day: m_a ci, ci being the country's.

    Parameters
    ----------
    par, today
        Records of `PARAMETERS` and `TODAY`.

    Returns
    -------
    float
        Per day, 0 or more.
    """
    control = control_today(
        today.conditions[CONTROL], today.conditions[VIGILANCE], today.belief, par.belief_rest
    )
    return par.military_arrests_per_hidden_day * control


@compiled
def refusals_reported(par: Any, today: Any) -> float:
    """Give the expected number of refusals that are reported on a day.

    Parameters
    ----------
    par, today
        Records of `PARAMETERS` and `TODAY`.

    Returns
    -------
    float
        Rate x visibility x share of troops who refuse or have left x strength.
    """
    told = par.refusal_reports_per_refuser_day * today.conditions[VISIBILITY]
    return told * today.nation[TROOPS] * par.soldiers


@compiled
def hazard(rate: float, by_belief: float, belief: float, moved: float) -> float:
    r"""Give the hazard of an end that is no break: a pact, an exit, a lost patron.

    .. math:: h_0 \exp(h_1 B + \text{levers})

    Parameters
    ----------
    rate
        h_0, per day where nobody believes in a fall, 0 or more.
    by_belief
        h_1, log factor at full belief.
    belief
        B, 0 to 1.
    moved
        What levers add, log.

    Returns
    -------
    float
        Per day, 0 or more.

    Examples
    --------
    >>> hazard(0.1, 2.0, 0.0, 0.0)
    0.1
    """
    return rate * exp(by_belief * belief + moved)


def observation_dispersion() -> dict[str, float]:
    """Give the size of the negative binomial of each counted series: variance = mean + mean^2 / size.

    Returns
    -------
    dict
        Series (without `_rate`) to size, above 0.

    Examples
    --------
    >>> sorted(observation_dispersion())[:2]
    ['civilians_arrested', 'deaths']
    """
    return {series: priors()[f"dispersion_{series}"].median for series in COUNTED}
