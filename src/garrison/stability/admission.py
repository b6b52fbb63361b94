"""Whether a set of draws, as a set, breaks as often and as early as crises did."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.engines import Runs, simulate
from garrison.regime import Parameters

# The model knows no calendar: any first day gives the same runs.
ANY_DAY = date(2000, 1, 1)
WEEK = 7
# A class has crossed over when a quarter of it defies openly.
CROSSED = 0.25
TOP, RANKS = ("officers", "elite"), ("troops",)
ROUTES = ("from above", "from below", "at once", "neither")
"""Who crosses first before a break: officers or elite, troops, both on one day, or nobody."""


@functools.cache
def most_quiet_troops() -> float:
    """Give the largest share of troops that may defy openly in a regime at rest, from `admission.toml`.

    Examples
    --------
    >>> most_quiet_troops()
    0.05
    """
    return float(_table()["quiet_troops"]["value"])


@functools.cache
def targets() -> dict[str, tuple[float, float]]:
    """Give the interval of each figure of the crisis library, from `admission.toml`.

    Returns
    -------
    dict
        Name of the figure to (low, high).

    Examples
    --------
    >>> targets()["p_break_90"]
    (0.021, 0.046)
    """
    table = _table()
    shares = [
        first / total
        for first, total in zip(
            table["first_week"]["n_first_week"], table["first_week"]["n_events"], strict=True
        )
    ]
    found = {name: (table[name]["low"], table[name]["high"]) for name in ("p_break_30", "p_break_90")}
    return {**found, "first_week": (min(shares), max(shares))}


def _table() -> dict[str, Any]:
    text = resources.files("garrison.stability").joinpath("admission.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True, slots=True)
class PriorPredictive:
    """How often and how early a set of regimes breaks, with binomial standard errors.

    `n_hollow` counts the runs in which the ranks refused at one time while officers stayed; the library has no
    figure for them. `figures` and `errors` are by name: `p_break_30`, `p_break_90`, `first_week` (share of the
    breaks within 182 days that fall into the first week). `routes` is the share of the breaks by `ROUTES`: who
    first had a quarter of a class defying openly. The library does not code routes, so nothing is held against
    them.
    """

    n_runs: int
    n_breaks: int
    n_hollow: int
    figures: dict[str, float]
    errors: dict[str, float]
    routes: dict[str, float]

    def outside(self, n_errors: float = 0.0) -> list[str]:
        """Name the figures that lie outside the library's interval by more than so many standard errors."""
        names = []
        for name, (low, high) in targets().items():
            margin = n_errors * self.errors[name]
            if not low - margin <= self.figures[name] <= high + margin:
                names.append(name)
        return names

    def __repr__(self) -> str:
        ends = f"within 182 days {self.n_breaks} break, {self.n_hollow} are hollow"
        lines = [f"PriorPredictive: {self.n_runs} runs; {ends}"]
        for name, (low, high) in targets().items():
            found = f"{self.figures[name]:.4f} (se {self.errors[name]:.4f})"
            lines.append(f"  {name}: {found}, library {low:.3f} to {high:.3f}")
        routes = ", ".join(f"{name} {share:.2f}" for name, share in self.routes.items())
        lines.append(f"  who crossed first: {routes}; the library codes no routes")
        return "\n".join(lines)


def prior_predictive(parameters: Parameters, *, seed: int) -> PriorPredictive:
    """Simulate a fresh crisis in every regime of a set and count the breaks.

    Parameters
    ----------
    parameters
        Admitted draws (see `ensemble`) under wide conditions; a few thousand.
    seed
        Seed of the pushes.

    Returns
    -------
    PriorPredictive
        Break fractions within 30 and 90 days and the share of breaks in the first week, beside the library's.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> prior_predictive(ensemble(50, seed=1), seed=1).n_runs
    50
    """
    window = int(_table()["first_week"]["days"])
    runs = simulate(parameters, start=ANY_DAY, days=window, seed=seed)
    n_runs, n_breaks = len(parameters), int((runs.break_day >= 0).sum())
    n_early = int(((runs.break_day >= 0) & (runs.break_day < WEEK)).sum())
    figures = {
        name: runs.p_break(0, int(_table()[name]["days"]) - 1) for name in ("p_break_30", "p_break_90")
    }
    errors = {name: float(np.sqrt(share * (1 - share) / n_runs)) for name, share in figures.items()}
    early = n_early / n_breaks if n_breaks else float("nan")
    figures["first_week"] = early
    errors["first_week"] = float(np.sqrt(early * (1 - early) / n_breaks)) if n_breaks else float("nan")
    n_hollow = int((runs.hollow_day >= 0).sum())
    shares = [float((routes(runs) == name).sum()) / n_breaks if n_breaks else float("nan") for name in ROUTES]
    return PriorPredictive(
        n_runs, n_breaks, n_hollow, figures, errors, dict(zip(ROUTES, shares, strict=True))
    )


def routes(runs: Runs) -> NDArray[np.str_]:
    """Say of each run that breaks who had first a quarter of a class defying openly: the top or the ranks.

    Parameters
    ----------
    runs
        What was simulated.

    Returns
    -------
    ndarray
        (run,) one of `ROUTES`; "" where the run does not break. From above is officers or elite before the troops
        (Albrecht and Ohl 2016 tell the two routes apart).

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> routes(simulate(ensemble(2, seed=1), start=ANY_DAY, days=1, seed=1, pushes=False)).tolist()
    ['', '']
    """
    never = runs.days
    day = {name: runs.first_crossing(name, CROSSED) for name in (TOP + RANKS)}
    top, ranks = (
        np.stack([np.where(day[name] < 0, never, day[name]) for name in names]).min(axis=0)
        for names in (TOP, RANKS)
    )
    named = np.select([top < ranks, ranks < top, top < never], ROUTES[:3], ROUTES[3])
    return np.where(runs.break_day >= 0, named, "")
