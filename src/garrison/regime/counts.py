"""What a day leaves behind: crowds, deaths, arrests, refusals, as expected counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from garrison.regime.cohorts import TROOPS, Floats
from garrison.regime.priors import priors

if TYPE_CHECKING:
    from garrison.regime.parameters import Parameters

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


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Expected counts of one day, each (run,) and above 0."""

    deaths: Floats
    protests: Floats
    soldiers_arrested: Floats
    refusals: Floats
    civilians_arrested: Floats


def crowd_on(parameters: Parameters, mobilised: Floats, attendance_factor: float = 1.0) -> Floats:
    """Give the persons out on the street on a day: attendance x mobilised x population; (run,).

    Returns
    -------
    ndarray
        (run,) persons, 0 or more.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(2, seed=1)
    >>> bool((crowd_on(few, few.rest.shares[:, 0]) < few.population).all())
    True
    """
    crowd: Floats = attendance_factor * parameters["attendance"] * mobilised * parameters.population
    return crowd


def deaths_per_million(parameters: Parameters, crowd: Floats, capacity: Floats) -> Floats:
    """Give the expected deaths of a day per million inhabitants: lambda_d K crowd; (run,).

    Returns
    -------
    ndarray
        (run,) per million and day, 0 or more.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(2, seed=1)
    >>> deaths_per_million(few, 0 * few.population, few.conditions["force"]).tolist()
    [0.0, 0.0]
    """
    rate: Floats = (
        parameters["deaths_per_protester_day"] * capacity * crowd / parameters.population * PER_MILLION
    )
    return rate


def day_counts(
    parameters: Parameters, crowd: Floats, capacity: Floats, shares: Floats, hidden: Floats
) -> DayCounts:
    """Give the expected counts of a day.

    Parameters
    ----------
    parameters
        The ensemble.
    crowd
        (run,) persons on the street.
    capacity
        (run,) K, loyal strength over required strength.
    shares, hidden
        (run, cohort) visible and private share.

    Returns
    -------
    DayCounts
        Deaths = lambda_d K crowd; arrests of civilians = lambda_a K crowd; protests = crowd / size; arrests
        of soldiers = m_a ci q strength; reported refusals = rate x visibility x s x strength.

    Examples
    --------
    >>> from garrison.regime import draw_parameters
    >>> few = draw_parameters(2, seed=1)
    >>> quiet = day_counts(few, 0 * few.population, few.conditions["force"], few.rest.shares, few.rest.shares)
    >>> quiet.deaths.tolist()
    [0.0, 0.0]
    """
    clashes = capacity * crowd
    troops = parameters.strength
    found = parameters["military_arrests_per_hidden_day"] * parameters.conditions["control"]
    told = parameters["refusal_reports_per_refuser_day"] * parameters.conditions["visibility"]
    return DayCounts(
        deaths=parameters["deaths_per_protester_day"] * clashes,
        protests=crowd / parameters["protest_size"],
        soldiers_arrested=found * hidden[:, TROOPS] * troops,
        refusals=told * shares[:, TROOPS] * troops,
        civilians_arrested=parameters["arrests_per_protester_day"] * clashes,
    )


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
