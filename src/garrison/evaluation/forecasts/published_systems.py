"""The two published systems whose forecasts can be had, beside ours on the same rows, fitted every year as theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
    """A published system, and the question of ours that asks the same.

    Parameters
    ----------
    name
        As the scorecard shows it.
    target, label_set, horizon_days
        Of our rows.
    origins
        The days on which ours is fitted anew, warm-up first.
    read
        Gives their rows from the user's files: iso, as_of, observed (their own outcome), p.
    """

    name: str
    target: str
    label_set: str
    horizon_days: int
    origins: tuple[Origin, ...]
    read: Callable[[Mapping[str, Path]], pd.DataFrame]

    def contest(self) -> Contest:
        """Give who forecasts on our side."""
        return contest_of("country-month").only(OURS)


def _attempts_by_year(paths: Mapping[str, Path]) -> pd.DataFrame:
    rows = read_beger_ward(need(paths, "beger_ward"))
    return rows[rows["outcome"] == "attempt"][["iso", "as_of", "observed", "p"]]


def _leader_changes_by_month(paths: Mapping[str, Path]) -> pd.DataFrame:
    return read_ilc(need(paths, "ilc"))[["iso", "as_of", "observed", "p"]]


def published_systems() -> dict[str, PublishedSystem]:
    """Give the published systems by name: what they forecast, and when ours is fitted beside them.

    Beger, Dorff and Ward (2016) forecast irregular change of the leader within a month, 2001 to 2014; Beger and Ward
    (2020) coup attempts within a country-year, 2011 to 2019.

    Examples
    --------
    >>> [(system.name, system.target, system.horizon_days) for system in published_systems().values()]
    [('Beger, Dorff and Ward', 'T3', 30), ('Beger and Ward', 'T2', 365)]
    """
    found = (
        PublishedSystem(
            "Beger, Dorff and Ward",
            "T3",
            "irregular",
            30,
            (*origins(1981, 2000, 5), *origins(2001, 2014, 1)),
            _leader_changes_by_month,
        ),
        PublishedSystem(
            "Beger and Ward",
            "T2",
            "powell_thyne",
            365,
            (*origins(1991, 2010, 5), *origins(2011, 2019, 1)),
            _attempts_by_year,
        ),
    )
    return {system.name: system for system in found}


def same_rows(system: PublishedSystem, theirs: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Forecast with ours from every year's first day, and keep the rows that both forecast.

    Parameters
    ----------
    system
        The published system.
    theirs
        Its rows, as `system.read` gives them.
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
    joined = ours.merge(theirs.rename(columns={"p": system.name}), on=["iso", "as_of"], how="inner")
    if joined.empty:
        raise TableError(f"{system.name}: none of its rows is among ours; are the years and codes right?")
    return joined
