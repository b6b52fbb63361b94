"""Dated events of states, in an order that answers "how many", "when last" for many rows at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

# Days are counted from 1970; a state's days take up so many places on one line, on which all states follow one another.
_PLACES_OF_STATE = 10_000_000
_FIRST_PLACE = 5_000_000


def days_of(column: pd.Series | pd.Index) -> Days:
    """Give a column of days, dates or timestamps alike, as numpy days.

    Examples
    --------
    >>> days_of(pd.Series(["2010-01-01"])).tolist()
    [datetime.date(2010, 1, 1)]
    """
    return np.asarray(pd.to_datetime(column).to_numpy(dtype="datetime64[D]"))


@dataclass(frozen=True)
class Timeline:
    """Events of states, sorted by state and day.

    Parameters
    ----------
    states
        Codes of the states that have an event, sorted.
    places
        State and day of each event as one number, rising.
    order
        The row of the table that each event stands in.
    """

    states: NDArray[np.object_]
    places: Integers
    order: Integers

    @classmethod
    def of(cls, state: pd.Series, day: pd.Series) -> Timeline:
        """Sort events.

        Parameters
        ----------
        state, day
            Of each event, equally long.

        Examples
        --------
        >>> coups = Timeline.of(pd.Series(["MLI", "MLI"]), pd.Series(["2012-03-21", "1991-03-26"]))
        >>> rows = pd.Series(["MLI", "MLI", "CHE"]), days_of(pd.Series(["2012-03-21", "2012-03-22", "2012-03-22"]))
        >>> coups.days_since(*rows).tolist()
        [7666.0, 1.0, nan]
        """
        codes, states = pd.factorize(state.astype(object).to_numpy(), sort=True)
        places = _places(codes.astype(np.int64), days_of(day))
        order = np.argsort(places, kind="stable")
        return cls(np.asarray(states, dtype=object), places[order], order)

    def _places_of(self, state: pd.Series, day: Days) -> Integers:
        codes = pd.Index(self.states).get_indexer(pd.Index(state.astype(object)))
        return _places(codes.astype(np.int64), day)

    def count(self, state: pd.Series, begin: Days, end: Days) -> Integers:
        """Count the events of each row's state from `begin` on and before `end`."""
        first = np.searchsorted(self.places, self._places_of(state, begin), side="left")
        last = np.searchsorted(self.places, self._places_of(state, end), side="left")
        return np.asarray(last - first, dtype=np.int64)

    def latest(self, state: pd.Series, before: Days) -> Integers:
        """Give the table's row of the last event before a day, -1 where there is none."""
        if not len(self.places):
            return np.full(len(state), -1, dtype=np.int64)
        places = self._places_of(state, before)
        found = np.searchsorted(self.places, places, side="left") - 1
        same = (found >= 0) & (self.places[found] // _PLACES_OF_STATE == places // _PLACES_OF_STATE)
        return np.asarray(np.where(same, self.order[found], -1), dtype=np.int64)

    def days_since(self, state: pd.Series, before: Days) -> Floats:
        """Give the days since the last event before a day, missing where there is none."""
        if not len(self.places):
            return np.full(len(state), np.nan)
        places = self._places_of(state, before)
        found = np.searchsorted(self.places, places, side="left") - 1
        same = (found >= 0) & (self.places[found] // _PLACES_OF_STATE == places // _PLACES_OF_STATE)
        return np.asarray(np.where(same, places - self.places[found], np.nan), dtype=np.float64)


def _places(codes: Integers, day: Days) -> Integers:
    return np.asarray(
        codes * _PLACES_OF_STATE + day.astype("datetime64[D]").astype(np.int64) + _FIRST_PLACE, dtype=np.int64
    )
