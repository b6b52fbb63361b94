"""The base rate: how often crises of this age were followed by a break, with its uncertainty."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from garrison.errors import ParameterError, nearest
from garrison.forecasting.age_classes import BAND50, BAND90, AgeClass, Floats
from garrison.forecasting.models.crisis_hazard import UNKNOWN, CrisisHazard

#: The table of crisis weeks is censored here: a forecast of an earlier day leans on crises that were still to come.
LAST_DAY_OF_TABLE = date(2019, 12, 31)


@dataclass(frozen=True, slots=True)
class HazardCell:
    """Weeks at risk and breaks seen at some ages of crises, in one class of regime and one decade."""

    first_week: int
    regime_class: str
    decade: int
    crisis_weeks: int
    n_events: int


@dataclass(frozen=True)
class BaseRate:
    """The chance of a break within a horizon for a crisis of an age, under one rule of what counts as one.

    `band50` and `band90` are its uncertainty given the rule; the spread over rules stands beside it.
    """

    rule: str
    age_weeks: int
    horizon_days: int
    p: float
    band50: tuple[float, float]
    band90: tuple[float, float]
    n_events: int
    n_crises: int


@cache
def constants() -> dict[str, Any]:
    """Give the constants of the headline from `constants.toml`."""
    return tomllib.loads(files(__package__).joinpath("constants.toml").read_text(encoding="utf8"))


@cache
def hazard_cells() -> dict[str, tuple[HazardCell, ...]]:
    """Give the shipped counts of crisis weeks and breaks, for each rule of what counts.

    Examples
    --------
    >>> list(hazard_cells())
    ['strict', 'two_of_four', 'strict+cases']
    """
    text = files(__package__).joinpath("crisis_hazard.csv").read_text(encoding="utf8")
    table: dict[str, list[HazardCell]] = {}
    for row in csv.DictReader(text.splitlines()):
        table.setdefault(row["label_rule"], []).append(
            HazardCell(
                int(row["age_from_week"]),
                row["regime_class"],
                int(row["decade"]),
                int(row["crisis_weeks"]),
                int(row["events"]),
            )
        )
    return {rule: tuple(cells) for rule, cells in table.items()}


def hazard_table() -> dict[str, tuple[AgeClass, ...]]:
    """Give the weeks at risk and breaks of all crises by their age, for each rule of what counts.

    Examples
    --------
    >>> [item.first_week for item in hazard_table()["strict"]]
    [0, 1, 2, 4, 8, 13, 26, 52]
    """
    return {rule: hazard_of(rule).classes for rule in hazard_cells()}


def hazard_of(rule: str, seed: int = 1) -> CrisisHazard:
    """Fit the hazard of crises to the shipped counts: by age, pooled over classes of regime and decades.

    Parameters
    ----------
    rule
        Of what counts as a break.
    seed
        Of its draws.

    Raises
    ------
    ParameterError
        For an unknown rule.

    Examples
    --------
    >>> [factor.name for factor in hazard_of("strict").factors]
    ['age', 'regime_class', 'decade']
    """
    return _fitted(rule, seed)


@cache
def _fitted(rule: str, seed: int) -> CrisisHazard:
    table = hazard_cells()
    if rule not in table:
        raise ParameterError(f"label rule '{rule}' is unknown. {nearest(rule, table)}")
    cells = table[rule]
    return CrisisHazard.of_counts(
        week=[cell.first_week for cell in cells],
        classes={"regime_class": [cell.regime_class for cell in cells]},
        decade=[cell.decade for cell in cells],
        crisis_weeks=[cell.crisis_weeks for cell in cells],
        events=[cell.n_events for cell in cells],
        seed=seed,
    )


def base_rate(
    age_weeks: int,
    horizon_days: int,
    rule: str | None = None,
    *,
    regime_class: str = UNKNOWN,
    as_of: date = LAST_DAY_OF_TABLE,
    seed: int = 1,
) -> BaseRate:
    """Give the chance that a crisis of this age is followed by a break within the horizon.

    p = 1 - exp(-sum_j weeks_j h_j) over the age classes j that the crisis passes through, h_j the hazard of that age in
    its class of regime and its decade (`CrisisHazard`).

    Parameters
    ----------
    age_weeks
        Whole weeks since the crisis's last escalation, 0 or more.
    horizon_days
        Above 0.
    rule
        Of what counts as a break; the headline's rule if not given.
    regime_class
        closed (V-Dem's polyarchy below .25 in the year before), electoral, or unknown: the mean over the weeks of all.
    as_of
        The day of the forecast, whose decade counts; a decade beyond the table is drawn from its prior.
    seed
        Of the draws behind the bands.

    Returns
    -------
    BaseRate
        Mean, 50% and 90% bands.

    Raises
    ------
    ParameterError
        For an unknown rule or class, a negative age or a horizon that is not above 0.

    Examples
    --------
    >>> fresh, old = base_rate(0, 90), base_rate(60, 90)
    >>> fresh.p > old.p > 0
    True
    """
    rule = rule or str(constants()["target"]["headline_rule"])
    p = -np.expm1(
        -draw_expected_breaks(
            age_weeks, horizon_days, rule, regime_class=regime_class, as_of=as_of, seed=seed
        )
    )
    low50, high50, low90, high90 = np.quantile(p, [*BAND50, *BAND90]).tolist()
    classes = hazard_of(rule, seed).classes
    return BaseRate(
        rule=rule,
        age_weeks=age_weeks,
        horizon_days=horizon_days,
        p=float(p.mean()),
        band50=(low50, high50),
        band90=(low90, high90),
        n_events=sum(item.n_events for item in classes),
        n_crises=classes[0].crisis_weeks,
    )


def draw_expected_breaks(
    age_weeks: int,
    horizon_days: int,
    rule: str,
    *,
    regime_class: str = UNKNOWN,
    as_of: date = LAST_DAY_OF_TABLE,
    seed: int = 1,
) -> Floats:
    """Draw the expected number of breaks within the horizon. Shape (draw,).

    Raises
    ------
    ParameterError
        As `base_rate` does.
    """
    if age_weeks < 0 or horizon_days <= 0:
        raise ParameterError(
            f"age {age_weeks} weeks, horizon {horizon_days} days: give an age of 0 or more, a horizon above 0"
        )
    hazard, decade = hazard_of(rule, seed), as_of.year // 10 * 10
    weeks = _weeks_of_classes(rule)
    if regime_class not in (*weeks, UNKNOWN):
        raise ParameterError(f"class of regime '{regime_class}' is unknown. {nearest(regime_class, weeks)}")
    shares = weeks if regime_class == UNKNOWN else {regime_class: 1}
    drawn = [
        share / sum(shares.values()) * hazard.expected_breaks((name, decade), age_weeks, horizon_days)
        for name, share in shares.items()
    ]
    found: Floats = np.sum(drawn, axis=0)
    return found


def _weeks_of_classes(rule: str) -> dict[str, int]:
    """Count the weeks at risk of each class of regime that is known."""
    found: dict[str, int] = {}
    for cell in hazard_cells()[rule]:
        if cell.regime_class != UNKNOWN:
            found[cell.regime_class] = found.get(cell.regime_class, 0) + cell.crisis_weeks
    return found
