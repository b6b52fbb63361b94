"""Forecasts of rows that their models had not seen: from rolling origins, and with countries left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from garrison.errors import TableError
from garrison.evaluation.forecasts.contestants import Contest, columns_of, fitted, pool_of
from garrison.evaluation.forecasts.rolling_origin import Origin
from garrison.forecasting.models import choose_penalty
from garrison.forecasting.models.folds import country_groups

Truths = NDArray[np.bool_]

#: So many groups of countries are left out in turn.
N_GROUPS = 15
#: With fewer rows followed by an event, no penalty is chosen.
FEWEST_TO_CHOOSE = 20
DAYS_OF_UNIT = {"country-month": 30.4375, "crisis-week": 7.0, "campaign-year": 365.25}


def asked(rows: pd.DataFrame, horizon_days: int) -> pd.DataFrame:
    """Keep the rows whose window is wholly covered, with `happened`.

    Parameters
    ----------
    rows
        iso, as_of, within_H, features.
    horizon_days
        H.

    Raises
    ------
    TableError
        If the rows do not tell what came within that horizon.
    """
    name = f"within_{horizon_days}"
    if name not in rows:
        raise TableError(f"the rows lack {name}: ask for a horizon that the target has")
    kept = rows[rows[name].notna()].copy()
    kept["happened"] = kept[name].to_numpy(dtype=bool)
    return kept.reset_index(drop=True)


def penalties_of(contest: Contest, known: pd.DataFrame, horizon_days: int) -> dict[str, float]:
    """Choose the penalty of every logit inside rows that may be learned from.

    Parameters
    ----------
    contest
        Who forecasts.
    known
        Rows of `asked`, none of them to be forecast.
    horizon_days
        Of the windows.

    Returns
    -------
    dict
        By contestant; where too few rows were followed by an event, nobody is in it and the models' constant holds.
    """
    happened = _truths(known)
    if happened.sum() < FEWEST_TO_CHOOSE:
        return {}
    return {
        name: choose_penalty(
            known[columns_of(contestant, known)], happened, horizon_days, anchored=contestant.recent
        ).penalty
        for name, contestant in contest.contestants.items()
        if contestant.model == "logit"
    }


def rolling_forecasts(
    contest: Contest,
    rows: pd.DataFrame,
    horizon_days: int,
    origins: Sequence[Origin],
    penalties: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Forecast rows from one origin after the other, each time fitted to what was known then.

    Parameters
    ----------
    contest
        Who forecasts.
    rows
        iso, as_of, within_H, features, in any order.
    horizon_days
        H; a row is learned from only if its window has ended before the origin.
    origins
        Rising. A pool learns its weights from the forecasts of earlier origins whose windows have ended.
    penalties
        Of logits, by contestant; chosen once, inside what was known at the first origin, if not given.

    Returns
    -------
    DataFrame
        iso, as_of, happened, origin (its day), and a column of chances for every contestant.

    Raises
    ------
    TableError
        If nothing is known before an origin, or no event among it.
    """
    table = asked(rows, horizon_days)
    if penalties is None:
        first = table[origins[0].known(table["as_of"], horizon_days)]
        penalties = penalties_of(contest, first, horizon_days)
    done: list[pd.DataFrame] = []
    for origin in origins:
        known = origin.known(table["as_of"], horizon_days)
        coming = origin.forecast(table["as_of"])
        if not coming.any():
            continue
        _refuse_nothing(_truths(table)[known], origin)
        part = _forecast_all(contest, table[known], table[coming], horizon_days, penalties)
        part["origin"] = np.datetime64(origin.day, "s")
        done.append(_pooled(contest, part, done, origin, horizon_days))
    if not done:
        raise TableError("no row lies in the years that are forecast")
    return pd.concat(done, ignore_index=True)


def left_out_forecasts(
    contest: Contest,
    rows: pd.DataFrame,
    horizon_days: int,
    *,
    penalties: Mapping[str, float] | None = None,
    n_groups: int = N_GROUPS,
) -> pd.DataFrame:
    """Forecast each group of countries by models fitted to all other countries.

    Parameters
    ----------
    contest
        Who forecasts. A pool learns its weights from the forecasts of the other groups.
    rows
        iso, as_of, within_H, features.
    horizon_days
        H.
    penalties
        Of logits, by contestant; chosen inside the other countries, group by group, if not given.
    n_groups
        Of countries.

    Returns
    -------
    DataFrame
        As of `rolling_forecasts`, with `group` in place of origin.
    """
    table = asked(rows, horizon_days)
    groups = country_groups(table["iso"].to_numpy(dtype=str), n_groups)
    parts = []
    for group in range(n_groups):
        out = groups == group
        if not out.any():
            continue
        chosen = penalties_of(contest, table[~out], horizon_days) if penalties is None else penalties
        part = _forecast_all(contest, table[~out], table[out], horizon_days, chosen)
        parts.append(part.assign(group=group))
    found = pd.concat(parts, ignore_index=True)
    return _pooled_across(contest, found, horizon_days)


def _refuse_nothing(happened: Truths, origin: Origin) -> None:
    if not happened.any():
        raise TableError(
            f"origin {origin.day}: no event is known before it; begin with a later origin or give earlier rows"
        )


def _forecast_all(
    contest: Contest,
    known: pd.DataFrame,
    coming: pd.DataFrame,
    horizon_days: int,
    penalties: Mapping[str, float],
) -> pd.DataFrame:
    happened = known["happened"].to_numpy(dtype=bool)
    found = coming[["iso", "as_of", "happened"]].reset_index(drop=True)
    for name, contestant in contest.contestants.items():
        if contestant.model == "pool":
            continue
        model = fitted(contestant, known, happened, horizon_days, penalties.get(name))
        seen = coming if contestant.model == "hazard" else coming[columns_of(contestant, coming)]
        found[name] = model.predict(seen)
    return found


def _pools(contest: Contest) -> list[str]:
    return [name for name, contestant in contest.contestants.items() if contestant.model == "pool"]


def _pooled(
    contest: Contest, part: pd.DataFrame, done: Sequence[pd.DataFrame], origin: Origin, horizon_days: int
) -> pd.DataFrame:
    """Add the pools, with weights from what had been forecast and settled before the origin."""
    per_window = horizon_days / DAYS_OF_UNIT[contest.unit]
    before = pd.concat([part.iloc[:0], *done], ignore_index=True)
    settled = before[origin.known(before["as_of"], horizon_days)]
    for name in _pools(contest):
        pool = pool_of(contest.contestants[name], settled, _truths(settled), per_window)
        part[name] = pool.predict(part)
    return part


def _pooled_across(contest: Contest, found: pd.DataFrame, horizon_days: int) -> pd.DataFrame:
    per_window = horizon_days / DAYS_OF_UNIT[contest.unit]
    for name in _pools(contest):
        chance = np.empty(len(found))
        for group in found["group"].unique():
            out = (found["group"] == group).to_numpy(dtype=bool)
            others = found[~out]
            pool = pool_of(contest.contestants[name], others, _truths(others), per_window)
            chance[out] = pool.predict(found[out])
        found[name] = chance
    return found


def _truths(rows: pd.DataFrame) -> Truths:
    return rows["happened"].to_numpy(dtype=bool)
