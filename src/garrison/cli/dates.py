"""Dates given on the command line."""

from __future__ import annotations

from datetime import date

from garrison.errors import DateError


def parse_day(text: str | None, option: str) -> date | None:
    """Read a day given as YYYY-MM-DD; a day in the future is refused.

    Parameters
    ----------
    text
        As typed; None where the option was not given.
    option
        Its name, for the error.

    Raises
    ------
    DateError
        If it is no date, or lies in the future.

    Examples
    --------
    >>> parse_day("2017-05-07", "--as-of")
    datetime.date(2017, 5, 7)
    """
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise DateError(
            f"{option} {text}: not a date; write it as YYYY-MM-DD, for example 2017-05-07"
        ) from None
    if day > date.today():
        raise DateError(f"{option} {text}: lies in the future; give a day up to today, {date.today()}")
    return day
