"""The two published systems whose forecasts can be had, beside ours on the same rows, fitted every year as theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from garrison.errors import TableError
from garrison.evaluation.forecasts.contestants import Contest, contest_of
from garrison.evaluation.forecasts.out_of_sample import rolling_forecasts
from garrison.evaluation.forecasts.rolling_origin import Origin, origins
from garrison.forecasting.history.beger_ward import read_beger_ward
from garrison.forecasting.history.ilc import read_ilc
from garrison.forecasting.history.library import need

#: Those who forecast beside the published systems.
OURS = (
    *("base rate", "country rate", "logit, history and structure", "logit, all signals"),
    *("boosting, all signals", "pool"),
)


@dataclass(frozen=True)
class PublishedSystem:
    """A published system on our rows.

    Parameters
    ----------
    name
        As the scorecard shows it.
    target, label_set, horizon_days
        Of our rows that ask the same.
    rows
        iso, as_of, observed (their own outcome), p.
    origins
        The years in which ours is fitted anew, warm-up first.
    """

    name: str
    target: str
    label_set: str
    horizon_days: int
    rows: pd.DataFrame
    origins: tuple[Origin, ...]

    @property
    def first_day(self) -> date:
        """The first day that they forecast."""
        day: date = self.rows["as_of"].min().date()
        return day

    def contest(self) -> Contest:
        """Give who forecasts on our side."""
        return contest_of("country-month").only(OURS)


def beger_ward(paths: Mapping[str, Path]) -> PublishedSystem:
    """Give the coup forecasts of Beger and Ward (2020): attempts within a country-year, 2011 to 2019.

    Parameters
    ----------
    paths
        Files by table name.
    """
    rows = read_beger_ward(need(paths, "beger_ward"))
    rows = rows[rows["outcome"] == "attempt"][["iso", "as_of", "observed", "p"]]
    warm_up = origins(1991, 2010, 5)
    return PublishedSystem(
        "Beger and Ward", "T2", "powell_thyne", 365, rows, (*warm_up, *origins(2011, 2019, 1))
    )


def irregular_leader_change(paths: Mapping[str, Path]) -> PublishedSystem:
    """Give the ensemble of Beger, Dorff and Ward (2016): irregular change of the leader within a month, 2001 to 2014.

    Parameters
    ----------
    paths
        Files by table name.
    """
    rows = read_ilc(need(paths, "ilc"))[["iso", "as_of", "observed", "p"]]
    warm_up = origins(1981, 2000, 5)
    return PublishedSystem(
        "Beger, Dorff and Ward", "T3", "irregular", 30, rows, (*warm_up, *origins(2001, 2014, 1))
    )


def same_rows(system: PublishedSystem, rows: pd.DataFrame) -> pd.DataFrame:
    """Forecast with ours from every year's first day, and keep the rows that both forecast.

    Parameters
    ----------
    system
        The published system.
    rows
        Of its target, all states, with features.

    Returns
    -------
    DataFrame
        As of `rolling_forecasts`, with a column of theirs and `observed`, their outcome, where it differs from ours
        (`happened`).

    Raises
    ------
    TableError
        If no row is forecast by both.
    """
    ours = rolling_forecasts(system.contest(), rows, system.horizon_days, system.origins)
    joined = ours.merge(system.rows.rename(columns={"p": system.name}), on=["iso", "as_of"], how="inner")
    if joined.empty:
        raise TableError(f"{system.name}: none of its rows is among ours; are the years and codes right?")
    return joined
