"""A stretch of days on the calendar, and the arithmetic by which words about time reach it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that an expression of time stands for.

    Parameters
    ----------
    start, end
        First and last day, both included.
    unit
        The grain of the expression: `day`, `week`, `month`, `year`, `span` for a duration, or `recent`.
    rule
        How it was found, in words.
    future
        Whether the words are about time to come.
    """

    start: date
    end: date
    unit: str
    rule: str
    future: bool = False

    def until(self, last: date) -> Stretch | None:
        """Cut what lies after a day; None if nothing is left."""
        if self.start > last:
            return None
        return replace(self, end=min(self.end, last))


_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12, "decade": 120}


def shift(day: date, count: int, unit: str) -> date:
    """Go a number of units along the calendar; the ends of the calendar hold.

    Parameters
    ----------
    day
        Where to start.
    count
        How many, negative for back.
    unit
        `day`, `night`, `week`, `fortnight`, `month`, `year` or `decade`.

    Returns
    -------
    date
        A day of the month that does not exist becomes the month's last.

    Examples
    --------
    >>> shift(date(2017, 5, 7), -1, "month"), shift(date(2016, 3, 31), -1, "month")
    (datetime.date(2017, 4, 7), datetime.date(2016, 2, 29))
    """
    if unit in _DAYS:
        try:
            return day + timedelta(days=count * _DAYS[unit])
        except OverflowError:
            return date.min if count < 0 else date.max
    months = day.year * 12 + day.month - 1 + count * _MONTHS[unit]
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if count < 0 else date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def stretch_of(day: date, unit: str, rule: str) -> Stretch:
    """Give the day, the week from Monday, the calendar month or the year in which a day lies.

    Parameters
    ----------
    day
        Any day of it.
    unit
        `day`, `week`, `month` or `year`.
    rule
        How it was found, in words.

    Returns
    -------
    Stretch

    Examples
    --------
    >>> found = stretch_of(date(2017, 5, 7), "week", "this week")
    >>> found.start.isoformat(), found.end.isoformat()
    ('2017-05-01', '2017-05-07')
    """
    if unit == "day":
        return Stretch(day, day, unit, rule)
    if unit == "week":
        monday = shift(day, -day.weekday(), "day")
        return Stretch(monday, shift(monday, 6, "day"), unit, rule)
    if unit == "month":
        last = calendar.monthrange(day.year, day.month)[1]
        return Stretch(day.replace(day=1), day.replace(day=last), unit, rule)
    return Stretch(date(day.year, 1, 1), date(day.year, 12, 31), unit, rule)


def weekday_before(day: date, weekday: int, *, or_on: bool) -> date:
    """Give the last such weekday before a day, or on it if that is allowed; Monday is 0.

    Examples
    --------
    >>> weekday_before(date(2017, 5, 7), 5, or_on=True)
    datetime.date(2017, 5, 6)
    """
    back = (day.weekday() - weekday) % 7
    return shift(day, -(back if back or or_on else 7), "day")


def weekday_after(day: date, weekday: int) -> date:
    """Give the first such weekday after a day; Monday is 0.

    Examples
    --------
    >>> weekday_after(date(2017, 5, 7), 6)
    datetime.date(2017, 5, 14)
    """
    ahead = (weekday - day.weekday()) % 7
    return shift(day, ahead or 7, "day")


def valid_day(year: int, month: int, day: int) -> date | None:
    """Give a day of the calendar, None if there is no such day.

    Examples
    --------
    >>> valid_day(2017, 2, 30) is None
    True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None
