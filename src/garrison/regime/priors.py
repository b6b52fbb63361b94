"""Priors as data: what may be believed about a parameter before any report is read, and on what ground."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from scipy.special import ndtri

from garrison.errors import ParameterError
from garrison.regime.cohorts import COHORTS, DRIVERS, Floats

SHAPES = ("fixed", "uniform", "loguniform", "lognormal", "halfnormal")


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed about one parameter: its shape, its centre and width, its bounds, its ground.

    `low` and `high` are the ends of a (log-)uniform prior and the bounds of every other; `median` and
    `spread` belong to the lognormal (spread on the log scale), `spread` alone to the half-normal. `limits`
    bound a (log-)uniform prior that is widened beyond its ends.
    """

    name: str
    shape: str
    unit: str
    low: float
    high: float
    source: str
    why: str
    median: float = 0.0
    spread: float = 0.0
    cohort: str = ""
    sign: float = 1.0
    limits: tuple[float, float] = (0.0, np.inf)

    @property
    def key(self) -> str:
        """The parameter's full name, with its cohort where it has one."""
        return f"{self.name} {self.cohort}".strip()

    def quantile(self, uniform: Floats, width: float = 1.0) -> Floats:
        """Turn random numbers between 0 and 1 into values of the parameter.

        Parameters
        ----------
        uniform
            Shape (run,), strictly between 0 and 1.
        width
            Widens the prior about its centre: 1 as written, 2 twice as wide. Bounds hold at every width.

        Returns
        -------
        ndarray
            Shape (run,), with the prior's sign.

        Examples
        --------
        >>> prior = Prior("x", "uniform", "1", 0.0, 4.0, "an example", "to show it")
        >>> prior.quantile(np.array([0.25, 0.5])).tolist()
        [1.0, 2.0]
        """
        if self.shape == "fixed":
            value = np.full(uniform.shape, self.median)
        elif self.shape == "uniform":
            value = _spread_about_middle(self.low, self.high, uniform, width)
        elif self.shape == "loguniform":
            value = np.exp(_spread_about_middle(np.log(self.low), np.log(self.high), uniform, width))
        elif self.shape == "lognormal":
            value = self.median * np.exp(width * self.spread * ndtri(uniform))
        else:
            value = width * self.spread * ndtri((1.0 + uniform) / 2.0)
        floor, ceiling = self.limits if "uniform" in self.shape else (self.low, self.high)
        bounded: Floats = self.sign * np.clip(value, floor, ceiling)
        return bounded

    def words(self) -> str:
        """Say the prior in a line for a table."""
        if self.shape == "fixed":
            return f"{self.median:g}"
        if self.shape in ("uniform", "loguniform"):
            return f"{self.shape} {self.low:g} to {self.high:g}"
        if self.shape == "lognormal":
            return f"lognormal, median {self.median:g}, log sd {self.spread:g}"
        return f"half-normal, sd {self.spread:g}"


def _spread_about_middle(low: float, high: float, uniform: Floats, width: float) -> Floats:
    middle, half = (low + high) / 2.0, (high - low) / 2.0
    return middle + width * half * (2.0 * uniform - 1.0)


def read_table(name: str) -> dict[str, Any]:
    """Read one of the room's TOML tables.

    Examples
    --------
    >>> sorted(read_table("levers/levers.toml"))[:1]
    ['lever']
    """
    return tomllib.loads(resources.files("garrison.regime").joinpath(name).read_text(encoding="utf-8"))


def _prior_of(row: dict[str, Any], where: str) -> Prior:
    low, high = row["range"]
    if row["shape"] not in SHAPES:
        known = ", ".join(SHAPES)
        raise ParameterError(f"{where}: shape '{row['shape']}' of {row['name']} is unknown. Known: {known}.")
    if not low <= high:
        raise ParameterError(
            f"{where}: range of {row['name']} runs from {low} to {high}; put the smaller first."
        )
    kept = {key: row[key] for key in ("name", "shape", "unit", "source", "why")}
    extra: dict[str, Any] = {key: row[key] for key in ("median", "spread", "cohort", "sign") if key in row}
    if "limits" in row:
        extra["limits"] = (float(row["limits"][0]), float(row["limits"][1]))
    return Prior(low=float(low), high=float(high), **kept, **extra)


@functools.cache
def priors() -> dict[str, Prior]:
    """Give every scalar prior of `priors.toml`, by its full name.

    Returns
    -------
    dict
        Full name (with the cohort where it has one) to `Prior`, in the order of the file.

    Examples
    --------
    >>> priors()["reaction_rate troops"].unit
    'per day'
    """
    rows = [_prior_of(row, "priors.toml") for row in read_table("priors.toml")["parameter"]]
    return {prior.key: prior for prior in rows}


@functools.cache
def loading_priors() -> dict[tuple[str, str], Prior]:
    """Give the prior of each loading by (cohort, driver); a pair that is missing is exactly zero.

    Returns
    -------
    dict
        In probit units: how many standard deviations of a cohort's thresholds the driver's full range moves.

    Examples
    --------
    >>> loading_priors()["troops", "W"].sign
    -1.0
    """
    found: dict[tuple[str, str], Prior] = {}
    for row in read_table("loadings.toml")["loading"]:
        for cohort in COHORTS:
            if (sign := row["signs"].get(cohort, 0)) and row["driver"] in DRIVERS:
                own = {**row, **row.get("cohort", {}).get(cohort, {}), "cohort": cohort, "sign": float(sign)}
                found[cohort, row["driver"]] = _prior_of(own, "loadings.toml")
    return found


@dataclass(frozen=True, slots=True)
class Interaction:
    """One declared interaction: a driver that bends with belief, or a product of two with its own loading.

    `modifies` is multiplied by `1 + belief_factor * B`; otherwise the product of the two drivers named in
    `product` enters with a loading of its own.
    """

    name: str
    modifies: str
    belief_factor: float
    product: tuple[str, ...]
    why: str
    source: str


@functools.cache
def interactions() -> tuple[Interaction, ...]:
    """Give the interactions of the kernel in the order of `loadings.toml`.

    Returns
    -------
    tuple of Interaction
        Those that bend a driver first, then the products.

    Examples
    --------
    >>> [item.modifies for item in interactions() if item.modifies]
    ['W', 'V', 'X']
    """
    return tuple(
        Interaction(
            row["name"],
            row.get("modifies", ""),
            float(row.get("belief_factor", 0.0)),
            tuple(row.get("product", ())),
            row["why"],
            row["source"],
        )
        for row in read_table("loadings.toml")["interaction"]
    )


@functools.cache
def product_priors() -> dict[tuple[str, str], Prior]:
    """Give the prior of each product interaction by (cohort, name of the interaction).

    Returns
    -------
    dict
        (cohort, name of the interaction) to `Prior`, in probit units.

    Examples
    --------
    >>> product_priors()["troops", "hunger removes fear"].sign
    1.0
    """
    found: dict[tuple[str, str], Prior] = {}
    for row in read_table("loadings.toml")["interaction"]:
        for cohort, sign in row.get("signs", {}).items():
            own = {**row, **row.get("cohort", {}).get(cohort, {}), "cohort": cohort, "sign": float(sign)}
            found[cohort, row["name"]] = _prior_of(own, "loadings.toml")
    return found
