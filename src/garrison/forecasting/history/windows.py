"""What came of rows of any unit: whether an event fell into the row's own period, and into its windows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.history.timeline import Days, Timeline, days_of
from garrison.world import country_codes

HORIZONS = (30, 90, 365)


def check_rows(rows: pd.DataFrame, *, unique: bool = True) -> None:
    """Refuse rows that are no rows of a unit: columns missing, unknown states, one told twice.

    Parameters
    ----------
    rows
        With iso and as_of.
    unique
        Whether a state may have only one row a day (campaigns may have more).

    Raises
    ------
    TableError
        With the first row that is wrong.
    """
    missing = [column for column in ("iso", "as_of") if column not in rows]
    if missing:
        raise TableError(
            f"rows lack {' and '.join(missing)}: a row is a state (iso, three letters) and the day as_of"
        )
    known = {row.alpha3 for row in country_codes()}
    strange = sorted({str(iso) for iso in rows["iso"].unique()} - known)
    if strange:
        raise TableError(
            f"rows of '{strange[0]}': no state has this code; iso is of ISO 3166-1, three letters"
        )
    if rows["as_of"].isna().any():
        raise TableError("a row has no as_of: give every row the day on which its forecast is made")
    twice = rows[rows.duplicated(["iso", "as_of"])]
    if unique and len(twice):
        row = twice.iloc[0]
        raise TableError(f"the row of {row['iso']}, {str(row['as_of'])[:10]} is told twice; keep one")


def with_windows(
    rows: pd.DataFrame,
    events: pd.DataFrame,
    covered_until: date,
    horizons: Sequence[int] = HORIZONS,
    *,
    covered_from: date | None = None,
) -> pd.DataFrame:
    """Add what came of rows: `event` and `within_30`, `within_90`, `within_365`.

    Parameters
    ----------
    rows
        iso, as_of and, for `event`, until: the first day after the row's own period.
    events
        iso, date.
    covered_until
        The last day of which the events are known: a window that goes beyond it has no outcome.
    horizons
        In days, from as_of on: day as_of counts, day as_of + horizon does not.
    covered_from
        The first such day; not asked if not given.

    Returns
    -------
    DataFrame
        A copy of the rows with pandas booleans, NA where the window is not wholly covered, even if an event is known
        in it: else events would have an outcome in windows in which their absence has none.

    Raises
    ------
    TableError
        For rows that are none, or a horizon below a day.

    Examples
    --------
    >>> rows = pd.DataFrame({"iso": "MLI", "as_of": pd.to_datetime(["2012-02-01", "2012-03-22", "2019-12-15"])})
    >>> coup = pd.DataFrame({"iso": ["MLI"], "date": [date(2012, 3, 21)]})
    >>> with_windows(rows, coup, date(2019, 12, 31), (30, 90))["within_90"].tolist()
    [True, False, <NA>]
    """
    check_rows(rows)
    if any(horizon < 1 for horizon in horizons):
        raise TableError(f"horizons {list(horizons)}: a window lasts at least a day")
    timeline = Timeline.of(events["iso"], events["date"])
    begin = days_of(rows["as_of"])
    after = np.datetime64(covered_until, "D") + 1
    first = np.datetime64(covered_from, "D") if covered_from else None
    found = rows.copy()
    windows: dict[str, Days] = {"event": days_of(rows["until"])} if "until" in rows else {}
    windows |= {f"within_{horizon}": begin + horizon for horizon in horizons}
    for name, end in windows.items():
        unknown = end > after
        if first is not None:
            unknown = unknown | (begin < first)
        happened = timeline.count(rows["iso"], begin, end) > 0
        found[name] = pd.arrays.BooleanArray(happened & ~unknown, np.asarray(unknown, dtype=bool))
    return found
