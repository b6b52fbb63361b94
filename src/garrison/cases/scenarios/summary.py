"""What a simulated scenario says, in lines for a terminal: how often, how soon, by whom, at what price in lives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaincinv, pdtrik

from garrison.cases.scenarios.intervals import share_interval
from garrison.cases.scenarios.outcome_measures import MONTH, QUARTER, crossing_day, ends_words, measure
from garrison.engines import name_of_state
from garrison.engines.outcomes import ATTRACTORS
from garrison.regime import COHORTS, Lever, known_levers, observation_dispersion, uniforms
from garrison.regime.cohorts import Floats
from garrison.stability import reproduction_number

if TYPE_CHECKING:
    from garrison.engines import Runs

BAND = (0.05, 0.5, 0.95)
WEEK = 7
_MOST_FOR_R = 200  # R_D explains and is no headline: a sample of the runs is enough
_COUNTED = (
    ("deaths", "deaths"),
    ("civilians_arrested", "civilians arrested"),
    ("soldiers_arrested", "soldiers arrested"),
)


@dataclass(frozen=True, slots=True)
class Band:
    """Median and 90% band over runs."""

    low: float
    median: float
    high: float


def band_of(values: Floats) -> Band:
    """Give median and 90% band of one number a run.

    Examples
    --------
    >>> band_of(np.array([1.0, 2.0, 3.0])).median
    2.0
    """
    return Band(*(float(item) for item in np.quantile(values, BAND)))


def drawn_total(runs: Runs, series: str) -> Floats:
    r"""Draw the count of all days around its rates, week by week.

    .. math:: N_w \sim NegBin(\mu_w, \; size = r \cdot days/7)

    Parameters
    ----------
    runs
        Any.
    series
        "deaths", "civilians_arrested", "soldiers_arrested", "refusals" or "protests".

    Returns
    -------
    ndarray
        (run,) whole numbers. A burst of counts lasts about a week, so that a week shares one excursion; the same
        chance for the same run under other levers.
    """
    rate = np.asarray(getattr(runs, f"{series}_rate"), dtype=np.float64)
    total = np.zeros(len(runs))
    for week, first in enumerate(range(0, runs.days, WEEK)):
        part = rate[:, first : first + WEEK]
        size = observation_dispersion()[series] * part.shape[1] / WEEK
        replicate = runs.parameters.replicate
        burst = gammaincinv(size, uniforms(runs.seed, f"burst of {series}", replicate, week)) / size
        mean = np.maximum(part.sum(axis=1) * burst, np.finfo(np.float64).tiny)
        chance = uniforms(runs.seed, f"number of {series}", replicate, week)
        # The least count whose cumulative chance reaches the number looked up.
        total += np.where(chance <= np.exp(-mean), 0.0, np.ceil(np.maximum(pdtrik(chance, mean), 0.0)))
    return total


def share_words(n_hits: int, n_runs: int) -> str:
    """Say a share as a frequency, a percentage and its 90% interval over runs.

    Examples
    --------
    >>> share_words(50, 1000)
    '1 in 20, 5.0% (90% interval over runs 4.0% to 6.3%)'
    """
    low, high = share_interval(n_hits, n_runs)
    share = n_hits / n_runs
    often = "none" if n_hits == 0 else "all" if n_hits == n_runs else _one_in(share)
    return f"{often}, {share:.1%} (90% interval over runs {low:.1%} to {high:.1%})"


def _one_in(share: float) -> str:
    return f"1 in {round(1 / share)}" if share < 0.4 else f"{round(10 * share)} in 10"


def sensitive_levers(levers: Sequence[Lever]) -> list[str]:
    """Name the levers of repression, purge and intelligence among these: a run of them shows the deaths beside it."""
    return sorted({item.name for item in levers if not known_levers()[item.name].live})


def summary_lines(runs: Runs) -> list[str]:
    """Say what a simulation gives.

    Parameters
    ----------
    runs
        Simulated.

    Returns
    -------
    list of str
        For a terminal, one line a thing: the chance of a break first, the reproduction number last.
    """
    return [
        *_chances(runs),
        *_routes(runs),
        *_price(runs),
        *_state_at_the_end(runs),
        *_explanation(runs),
        "These are runs of a model under the scenario's conditions, no forecast: its loadings are "
        "priors, no measurements.",
    ]


def _chances(runs: Runs) -> list[str]:
    n_runs = len(runs)
    windows = [days for days in (MONTH, QUARTER) if days < runs.days] + [runs.days]
    lines = []
    for days in windows:
        n_hits = int(((runs.break_day >= 0) & (runs.break_day < days)).sum())
        lines.append(f"P(break within {days} days)  {share_words(n_hits, n_runs)}")
    state, stands = name_of_state(runs.visible[:, -1]), runs.end_day < 0
    parts = [f"{name} {(stands & (state == name)).mean():.1%}" for name in ATTRACTORS]
    parts.append(f"ended {(~stands).mean():.1%}")
    lines.append(f"state on the last day       {', '.join(parts)}")
    lines.append(f"the regime ends by          {ends_words(runs)}")
    kinds = [
        f"{words} {measure(name).of(runs).mean():.1%}"
        for name, words in (
            ("p_fracture", "elite fractures"),
            ("p_coup_won", "coup won"),
            ("p_desertion", "mass desertion"),
            ("p_split", "split"),
            ("p_hollow", "ranks refuse, officers stay"),
        )
    ]
    if runs.parameters.layout.n_places * runs.parameters.layout.n_forces == 1:
        kinds = [words for words in kinds if not words.startswith("split")]
    lines.append(f"on the way                  {', '.join(kinds)}")
    return lines


def _routes(runs: Runs) -> list[str]:
    never = runs.days
    days = np.stack([crossing_day(runs, number) for number in range(len(COHORTS))], axis=1)
    days = np.where(days < 0, never, days)
    crossed = days.min(axis=1) < never
    if not crossed.any():
        return ["a quarter of a class defies  in no run"]
    first = (days == days.min(axis=1, keepdims=True))[crossed]
    alone = first / first.sum(axis=1, keepdims=True)
    parts = ", ".join(f"{name} {share:.0%}" for name, share in zip(COHORTS, alone.mean(axis=0), strict=True))
    return [
        f"first to a quarter          {parts} (of the {crossed.mean():.1%} of runs in which any class is)"
    ]


def _price(runs: Runs) -> list[str]:
    lines = []
    for series, words in _COUNTED:
        band = band_of(drawn_total(runs, series))
        lines.append(f"{words:<28}{band.median:,.0f} (90% band {band.low:,.0f} to {band.high:,.0f})")
    gone = band_of(measure("left troops").of(runs))
    lines.append(f"{'troops gone':<28}{gone.median:.2%} (90% band {gone.low:.2%} to {gone.high:.2%})")
    if found := sensitive_levers(runs.levers):
        deaths = band_of(drawn_total(runs, "deaths"))
        lines.append(
            f"WARNING: {', '.join(found)} is repression, purge or intelligence: beside what it does for the "
            f"regime stand {deaths.median:,.0f} deaths (90% band {deaths.low:,.0f} to {deaths.high:,.0f}) in these "
            f"runs. Shown to study history, never as advice."
        )
    return lines


def _state_at_the_end(runs: Runs) -> list[str]:
    parts = []
    for name in ("pay", "hardship", "belief"):
        band = band_of(measure(name).of(runs))
        parts.append(f"{name} {band.median:.2f} ({band.low:.2f} to {band.high:.2f})")
    return [f"on the last day, medians    {', '.join(parts)}"]


def _explanation(runs: Runs) -> list[str]:
    few = runs.parameters.take(np.arange(min(len(runs), _MOST_FOR_R)))
    number = reproduction_number(few)
    quiet = number[np.isfinite(number)]
    if not len(quiet):
        return ["R_D at rest                 not defined: no regime is in HOLD at rest"]
    band = band_of(quiet)
    lost = f" in {len(quiet)} of {len(few)} regimes that are in HOLD at rest" if len(quiet) < len(few) else ""
    return [
        f"R_D at rest                 {band.median:.2f} ({band.low:.2f} to {band.high:.2f}){lost}; it explains how "
        f"defection spreads from HOLD and forecasts nothing"
    ]
