"""How strongly the ridge holds the effects near 0: chosen inside the training rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from garrison.errors import ParameterError, TableError
from garrison.forecasting.models.anchoring import anchored_shift
from garrison.forecasting.models.chances import Floats, Truths, chance_of
from garrison.forecasting.models.constants import model_constants
from garrison.forecasting.models.feature_table import countries_of, days_of, outcomes
from garrison.forecasting.models.folds import Fold, country_time_folds
from garrison.forecasting.models.one_thread import one_thread
from garrison.forecasting.models.ridge_logit import ridge_logit
from garrison.forecasting.models.standardising import Standardiser


@dataclass(frozen=True)
class PenaltyChoice:
    """The penalty with the best log score over folds, and what was tried.

    Parameters
    ----------
    penalty
        The chosen λ.
    tried
        penalty, log_score (mean over scored rows, lower is better).
    n_folds, n_events
        Folds that could be fitted, and events scored in them.
    """

    penalty: float
    tried: pd.DataFrame
    n_folds: int
    n_events: int


def choose_penalty(
    features: pd.DataFrame,
    happened: ArrayLike,
    horizon_days: int,
    *,
    penalties: Sequence[float] | None = None,
    anchored: bool = True,
    years: float | None = None,
) -> PenaltyChoice:
    """Choose the ridge penalty of `RidgeLogit` by forecasting other countries at later times.

    Parameters
    ----------
    features
        With `iso` and `as_of`.
    happened
        (row,)
    horizon_days
        Of the windows; keeps fitted windows from reaching into scored ones.
    penalties
        To try, above 0; those of `constants.toml` if not given.
    anchored, years
        As in `RidgeLogit.fit`.

    Returns
    -------
    PenaltyChoice
        The one with the lowest mean log score over all scored rows; of equals the strongest.

    Raises
    ------
    TableError
        If a day or country is missing, or no fold holds an event to fit to.
    ParameterError
        If a penalty is not above 0.

    Examples
    --------
    >>> random = np.random.default_rng(2)
    >>> rows = pd.DataFrame({"iso": np.tile(["EGY", "MLI", "NOR", "VEN"], 200), "noise": random.normal(size=800),
    ...                      "as_of": np.repeat(pd.date_range("1980-01-01", periods=200, freq="MS"), 4)})
    >>> choose_penalty(rows, random.random(800) < 0.1, 30, penalties=[0.1, 1000.0]).penalty
    1000.0
    """
    listed = model_constants()["logit"]["penalties"]["value"] if penalties is None else penalties
    tried = sorted({float(value) for value in listed}, reverse=True)
    if not tried or not tried[-1] > 0 or not np.isfinite(tried[0]):
        raise ParameterError(f"penalties are {listed}: give numbers above 0.")
    truths = outcomes(happened, len(features))
    days = days_of(features)
    folds = country_time_folds(days, countries_of(features), horizon_days)
    usable = [fold for fold in folds if truths[fold.fit].any() and not truths[fold.fit].all()]
    if not usable:
        raise TableError(
            f"none of {len(folds)} folds has both events and non-events before it: give the penalty "
            "yourself, or more rows."
        )
    with one_thread("blas"):
        losses = sum(_losses(features, truths, fold, tried, anchored, years) for fold in usable)
    n_rows = sum(len(fold.score) for fold in usable)
    table = pd.DataFrame({"penalty": tried, "log_score": np.asarray(losses) / n_rows})
    best = int(np.argmin(table["log_score"].to_numpy()))
    return PenaltyChoice(
        tried[best], table, len(usable), int(sum(truths[fold.score].sum() for fold in usable))
    )


def _losses(
    features: pd.DataFrame,
    happened: Truths,
    fold: Fold,
    penalties: Sequence[float],
    anchored: bool,
    years: float | None,
) -> Floats:
    """Give the summed log score of a fold for each penalty, strongest first; each fit begins where the last ended."""
    known = features.iloc[fold.fit]
    standardiser = Standardiser.fit(known)
    columns, scored = standardiser.transform(known), standardiser.transform(features.iloc[fold.score])
    days = days_of(known)
    start, losses = None, []
    for penalty in penalties:
        start = ridge_logit(columns, happened[fold.fit], penalty, start)
        intercept, effects = start
        if anchored:
            intercept += anchored_shift(intercept + columns @ effects, happened[fold.fit], days, years)
        p = chance_of(intercept + scored @ effects)
        losses.append(-np.log(np.where(happened[fold.score], p, 1.0 - p)).sum())
    return np.array(losses)
