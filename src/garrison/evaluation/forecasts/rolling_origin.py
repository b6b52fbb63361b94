"""Rolling origin: on a day all models are fitted to what was known then, and forecast the years that follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from garrison.errors import ParameterError

Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Origin:
    """A day on which the models are fitted anew, and the days that they then forecast.

    Parameters
    ----------
    day
        Nothing that became known on it or later enters the fit.
    until
        The first day that the next origin forecasts.
    """

    day: date
    until: date

    def known(self, as_of: ArrayLike, horizon_days: int) -> Truths:
        """Say which rows may be learned from: those whose whole window lies before the day (the embargo).

        Parameters
        ----------
        as_of
            (row,), days.
        horizon_days
            Of the windows.

        Returns
        -------
        ndarray of bool
            (row,)

        Examples
        --------
        >>> Origin(date(1990, 1, 1), date(1995, 1, 1)).known(["1989-10-01", "1989-11-01"], 90).tolist()
        [True, False]
        """
        found: Truths = _days(as_of) + horizon_days <= np.datetime64(self.day, "D")
        return found

    def forecast(self, as_of: ArrayLike) -> Truths:
        """Say which rows are forecast from this origin.

        Parameters
        ----------
        as_of
            (row,), days.

        Returns
        -------
        ndarray of bool
            (row,)
        """
        days = _days(as_of)
        found: Truths = (days >= np.datetime64(self.day, "D")) & (days < np.datetime64(self.until, "D"))
        return found


def origins(first_year: int, last_year: int, years: int = 5) -> tuple[Origin, ...]:
    """Cut years into blocks, each forecast from its first day.

    Parameters
    ----------
    first_year, last_year
        Of what is forecast, both included.
    years
        Of a block; the last may be shorter.

    Returns
    -------
    tuple of Origin

    Raises
    ------
    ParameterError
        If there is no year, or the last lies after 2019: those rows are kept back.

    Examples
    --------
    >>> [origin.day.year for origin in origins(1990, 2004)]
    [1990, 1995, 2000]
    """
    if last_year < first_year or years < 1:
        raise ParameterError(f"years {first_year} to {last_year} in blocks of {years}: there is none")
    if last_year > 2019:
        raise ParameterError(f"years to {last_year}: what came after 2019 is kept back and scored once")
    starts = range(first_year, last_year + 1, years)
    return tuple(Origin(date(start, 1, 1), date(min(start + years, last_year + 1), 1, 1)) for start in starts)


def _days(as_of: ArrayLike) -> NDArray[np.datetime64]:
    return np.asarray(as_of, dtype="datetime64[D]")
