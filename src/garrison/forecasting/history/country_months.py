"""The panel of country-months: every month on whose first day a state was independent."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from garrison.errors import TableError
from garrison.forecasting.history.timeline import days_of
from garrison.forecasting.history.windows import HORIZONS, check_rows, with_windows

__all__ = ["HORIZONS", "LAST_MONTH", "check_rows", "country_months", "with_windows"]

#: What came later is kept back for acceptance.
LAST_MONTH = date(2019, 12, 1)


def country_months(
    states: pd.DataFrame, first: date = date(1950, 1, 1), last: date = LAST_MONTH
) -> pd.DataFrame:
    """Give every month in which a state was independent on the first day.

    Parameters
    ----------
    states
        As `read_states` gives them.
    first, last
        Days of the first and the last month.

    Returns
    -------
    DataFrame
        iso, gw, as_of (first of the month), until (first of the next), by state and month. A state that comes into
        being within a month enters with the next; one that passes stays to the end of its last month. Parts that have
        passed into a state stand under its code and count once (South Yemen under Yemen, Zanzibar under Tanzania,
        Yugoslavia under Serbia).

    Raises
    ------
    TableError
        If the first month lies after the last, or the last after December 2019.

    Examples
    --------
    >>> mali = pd.DataFrame({"iso": ["MLI"], "gw": [432], "first_day": [date(1960, 9, 22)], "last_day": [date.max]})
    >>> country_months(mali, last=date(1960, 11, 30))["as_of"].dt.strftime("%Y-%m").tolist()
    ['1960-10', '1960-11']
    """
    if last >= date(2020, 1, 1):
        raise TableError(f"months to {last}: what came after 2019 is kept back; end with {LAST_MONTH}")
    months = np.arange(np.datetime64(first, "M"), np.datetime64(last, "M") + 1)
    if not len(months):
        raise TableError(f"first month {first} lies after the last, {last}: swap them")
    begins = months.astype("datetime64[D]")
    independent = np.array(
        [
            (begins >= np.datetime64(entry, "D")) & (begins <= np.datetime64(exit_, "D"))
            for entry, exit_ in zip(states["first_day"], states["last_day"], strict=True)
        ],
        dtype=bool,
    ).reshape(len(states), len(months))
    state, month = np.nonzero(independent)
    panel = pd.DataFrame(
        {
            "iso": states["iso"].to_numpy()[state],
            "gw": states["gw"].to_numpy()[state],
            "as_of": begins[month].astype("datetime64[s]"),
            "until": (months[month] + 1).astype("datetime64[D]").astype("datetime64[s]"),
        }
    )
    panel = panel.drop_duplicates(["iso", "as_of"]).sort_values(["iso", "as_of"], ignore_index=True)
    assert (days_of(panel["until"]) > days_of(panel["as_of"])).all()
    return panel
