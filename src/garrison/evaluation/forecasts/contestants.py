"""Who forecasts: a base rate, regressions, trees, and the pool of them, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from garrison.errors import ParameterError, nearest
from garrison.forecasting.features import features_of_group
from garrison.forecasting.models import (
    Boosting,
    ConstantRate,
    CountryRate,
    CrisisHazard,
    LogOddsPool,
    Persistence,
    RidgeLogit,
)

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

#: More years than any table has.
ALL_YEARS = 1000.0


class Fitted(Protocol):
    """Anything that gives rows a chance."""

    def predict(self, features: pd.DataFrame) -> Floats:
        """Give the chance of the event, (row,)."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way of forecasting.

    Parameters
    ----------
    name
        As tables show it.
    model
        constant, country, persistence, hazard, logit, boosting, or pool.
    features
        Groups of features that it sees.
    members
        Whom a pool pools.
    column
        The feature whose last value persistence asks.
    columns
        Further columns of the rows that it sees.
    recent
        Whether the level is that of the last 20 years before the origin; else of all rows that are learned from.
    why
        What it is in the table for.
    """

    name: str
    model: str
    features: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    column: str = ""
    columns: tuple[str, ...] = ()
    recent: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Contest:
    """All who forecast rows of one unit.

    Parameters
    ----------
    unit
        country-month or crisis-week.
    contestants
        By name; the first is the base rate.
    headline
        The one that Garrison stands by.
    """

    unit: str
    contestants: dict[str, Contestant]
    headline: str

    @property
    def base(self) -> str:
        """The one that skill is measured against."""
        return next(iter(self.contestants))

    def only(self, names: Sequence[str]) -> Contest:
        """Keep some contestants, in their order; a pool pools those of its members that are kept.

        Parameters
        ----------
        names
            Of those to keep, the base rate among them.

        Raises
        ------
        ParameterError
            If one is unknown.
        """
        for name in names:
            if name not in self.contestants:
                raise ParameterError(f"no contestant '{name}'. {nearest(name, self.contestants)}")
        kept = {name: item for name, item in self.contestants.items() if name in names}
        headline = self.headline if self.headline in kept else list(kept)[-1]
        return Contest(self.unit, kept, headline)


@cache
def contest_of(unit: str) -> Contest:
    """Give all who forecast rows of a unit.

    Parameters
    ----------
    unit
        country-month or crisis-week.

    Raises
    ------
    ParameterError
        For another unit.

    Examples
    --------
    >>> contest_of("country-month").base, contest_of("crisis-week").base
    ('base rate', 'crisis hazard')
    """
    table = tomllib.loads(files(__package__).joinpath("contestants.toml").read_text(encoding="utf8"))
    if unit not in table:
        raise ParameterError(f"nobody forecasts rows of '{unit}'. {nearest(unit, table)}")
    found = {
        name: Contestant(
            name=name,
            model=row["model"],
            features=tuple(row.get("features", ())),
            members=tuple(row.get("members", ())),
            column=row.get("column", ""),
            columns=tuple(row.get("columns", ())),
            recent=row.get("recent", True),
            why=row["why"],
        )
        for name, row in table[unit]["contestants"].items()
    }
    return Contest(unit, found, table[unit]["headline"])


@dataclass(frozen=True, slots=True)
class _HazardWithin:
    """A weekly hazard, asked for one horizon."""

    hazard: CrisisHazard
    horizon_days: int

    def predict(self, features: pd.DataFrame) -> Floats:
        return self.hazard.predict(features, self.horizon_days)


def columns_of(contestant: Contestant, rows: pd.DataFrame) -> list[str]:
    """List the columns of rows that a contestant sees, keys first.

    Parameters
    ----------
    contestant
        Anyone but a pool.
    rows
        With iso, as_of and features.
    """
    seen = {name for group in contestant.features for name in features_of_group(group)}
    seen |= {contestant.column, *contestant.columns}
    return ["iso", "as_of", *(name for name in rows.columns if name in seen)]


def fitted(
    contestant: Contestant,
    rows: pd.DataFrame,
    happened: Truths,
    horizon_days: int,
    penalty: float | None = None,
) -> Fitted:
    """Fit a contestant to rows.

    Parameters
    ----------
    contestant
        Anyone but a pool, which learns from the others' forecasts.
    rows
        iso, as_of, features; for a hazard also week, event, regime_class.
    happened
        (row,), whether the event came within the horizon.
    horizon_days
        Of the windows.
    penalty
        Of a logit; that of the models' constants if not given.
    """
    # What nothing is known of yet, such as protests before 1990, is no feature.
    seen = rows[columns_of(contestant, rows)].dropna(axis=1, how="all")
    match contestant.model:
        case "constant":
            return ConstantRate.fit(seen, happened, years=None if contestant.recent else ALL_YEARS)
        case "country":
            return CountryRate.fit(seen, happened)
        case "persistence":
            return Persistence.fit(seen, happened, column=contestant.column)
        case "hazard":
            return _HazardWithin(CrisisHazard.fit(rows, rows["event"].to_numpy(dtype=bool)), horizon_days)
        case "logit":
            return RidgeLogit.fit(seen, happened, penalty=penalty, anchored=contestant.recent)
        case "boosting":
            return Boosting.fit(seen, happened, anchored=contestant.recent)
    raise ParameterError(f"contestant '{contestant.name}': no model '{contestant.model}' is fitted to rows")


def pool_of(
    contestant: Contestant, forecasts: pd.DataFrame, happened: Truths, rows_per_window: float
) -> LogOddsPool:
    """Learn how a pool weighs its members from forecasts that they made out of sample; alike before there are any.

    Parameters
    ----------
    contestant
        A pool.
    forecasts
        (row, member) and others' columns, which are passed over.
    happened
        (row,)
    rows_per_window
        How many rows of a country lie in one window.
    """
    members = [name for name in contestant.members if name in forecasts]
    if not happened.any():
        return LogOddsPool.equal(members)
    return LogOddsPool.fit(forecasts[members], happened, rows_per_window=max(rows_per_window, 1.0))
