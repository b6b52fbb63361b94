"""A horizontal axis of days that reads as dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_starts(origin: date, first: int, last: int, *, at_most: int = 7) -> list[int]:
    """Find the first days of months in a window, thinned to a readable number.

    Parameters
    ----------
    origin
        The date of day 0.
    first, last
        The window in days from `origin`, ends included.
    at_most
        How many to keep; every second, third ... is kept where there are more.

    Returns
    -------
    list of int
        Days from `origin`.

    Examples
    --------
    >>> month_starts(date(2017, 5, 7), -40, 90)
    [-36, -6, 25, 55, 86]
    """
    starts = [day for day in range(first, last + 1) if (origin + timedelta(days=day)).day == 1]
    return starts[:: max(1, -(-len(starts) // at_most))]


def mark_days(
    ax: Axes, origin: date, first: int, last: int, *, months: Sequence[str] = ENGLISH_MONTHS
) -> Axes:
    """Mark a horizontal axis of days with dates: the months' first days, or the two ends of a short window.

    Parameters
    ----------
    ax
        Axes whose horizontal axis counts days from `origin`.
    origin
        The date of day 0.
    first, last
        The window in days; it becomes the axis' limits.
    months
        Twelve short names of months.

    Returns
    -------
    Axes
        The same axes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = mark_days(Figure().subplots(), date(2017, 5, 7), -40, 30)
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['1 Apr', '1 May', '1 Jun']
    """
    marks = month_starts(origin, first, last)
    if len(marks) < 2:
        marks = sorted({first, last})
    dates = [origin + timedelta(days=day) for day in marks]
    ax.set_xlim(first, last)
    ax.set_xticks(marks, [f"{day.day} {months[day.month - 1]}" for day in dates])
    return ax
