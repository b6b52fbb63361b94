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
from numpy.typing import NDArray

from garrison.errors import ParameterError, nearest

Floats = NDArray[np.float64]

DAYS_PER_WEEK = 7

#: The table of crisis weeks is censored here: a forecast of an earlier day leans on crises that were still to come.
LAST_DAY_OF_TABLE = date(2019, 12, 31)

BAND50 = (0.25, 0.75)
BAND90 = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class AgeClass:
    """Crises between two ages in weeks, inclusive (`last_week` None is open): weeks at risk and breaks seen."""

    first_week: int
    last_week: int | None
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
def hazard_table() -> dict[str, tuple[AgeClass, ...]]:
    """Give the shipped table of crisis weeks and breaks by age of the crisis, for each rule of what counts.

    Examples
    --------
    >>> list(hazard_table())
    ['strict', 'two_of_four', 'strict+cases']
    """
    text = files(__package__).joinpath("crisis_hazard.csv").read_text(encoding="utf8")
    table: dict[str, list[AgeClass]] = {}
    for row in csv.DictReader(text.splitlines()):
        last = int(row["age_to_week"]) if row["age_to_week"] else None
        table.setdefault(row["label_rule"], []).append(
            AgeClass(int(row["age_from_week"]), last, int(row["crisis_weeks"]), int(row["events"]))
        )
    return {rule: tuple(classes) for rule, classes in table.items()}


def exposure(classes: tuple[AgeClass, ...], age_weeks: int, horizon_days: int) -> Floats:
    """Give how many weeks of the horizon a crisis of this age spends in each age class.

    Parameters
    ----------
    classes
        In order of age.
    age_weeks
        Whole weeks since the crisis's last escalation, 0 or more.
    horizon_days
        Above 0.

    Returns
    -------
    ndarray
        Weeks, shape (class,); they add up to the horizon.

    Examples
    --------
    >>> exposure(hazard_table()["strict"], 0, 21).tolist()[:3]
    [1.0, 1.0, 1.0]
    """
    begin, end = float(age_weeks), age_weeks + horizon_days / DAYS_PER_WEEK
    weeks = []
    for item in classes:
        last = np.inf if item.last_week is None else item.last_week + 1.0
        weeks.append(max(0.0, min(end, last) - max(begin, float(item.first_week))))
    return np.array(weeks)


def draw_hazards(rule: str, n_draws: int, seed: int) -> Floats:
    """Draw the weekly hazard of each age class from its posterior.

    h_j ~ Gamma(e_j + w h, n_j + w): the events e_j seen in n_j crisis weeks, and w weeks at the pooled hazard h.

    Parameters
    ----------
    rule
        Of what counts as a break.
    n_draws
        Above 0.
    seed
        Of the draws.

    Returns
    -------
    ndarray
        Per week, shape (draw, class).

    Source: conjugate gamma-Poisson model (Gelman et al. 2013, Bayesian Data Analysis, section 2.6).
    """
    classes = hazard_table()[rule]
    events = np.array([item.n_events for item in classes], dtype=float)
    weeks = np.array([item.crisis_weeks for item in classes], dtype=float)
    prior = float(constants()["hazard"]["prior_weeks"]["value"])
    pooled = events.sum() / weeks.sum()
    shape = np.broadcast_to(events + prior * pooled, (n_draws, len(classes)))
    generator = np.random.Generator(np.random.Philox(seed))
    return np.asarray(generator.gamma(shape) / (weeks + prior))


def base_rate(age_weeks: int, horizon_days: int, rule: str | None = None, *, seed: int = 1) -> BaseRate:
    """Give the chance that a crisis of this age is followed by a break within the horizon.

    p = 1 - exp(-sum_j weeks_j h_j) over the age classes j that the crisis passes through.

    Parameters
    ----------
    age_weeks
        Whole weeks since the crisis's last escalation, 0 or more.
    horizon_days
        Above 0.
    rule
        Of what counts as a break; the headline's rule if not given.
    seed
        Of the draws behind the bands.

    Returns
    -------
    BaseRate
        Mean, 50% and 90% bands.

    Raises
    ------
    ParameterError
        For an unknown rule, a negative age or a horizon that is not above 0.

    Examples
    --------
    >>> fresh, old = base_rate(0, 90), base_rate(60, 90)
    >>> fresh.p > old.p > 0
    True
    """
    rule = rule or str(constants()["target"]["headline_rule"])
    table = hazard_table()
    if rule not in table:
        raise ParameterError(f"label rule '{rule}' is unknown. {nearest(rule, table)}")
    if age_weeks < 0 or horizon_days <= 0:
        raise ParameterError(
            f"age {age_weeks} weeks, horizon {horizon_days} days: give an age of 0 or more, a horizon above 0"
        )
    p = 1.0 - np.exp(-draw_expected_breaks(age_weeks, horizon_days, rule, seed))
    low50, high50, low90, high90 = np.quantile(p, [*BAND50, *BAND90]).tolist()
    classes = table[rule]
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


def draw_expected_breaks(age_weeks: int, horizon_days: int, rule: str, seed: int) -> Floats:
    """Draw the expected number of breaks within the horizon. Shape (draw,)."""
    hazards = draw_hazards(rule, int(constants()["hazard"]["n_draws"]["value"]), seed)
    return np.asarray(hazards @ exposure(hazard_table()[rule], age_weeks, horizon_days))
