"""When the present crisis began: days of protest, repression or dissent chain into one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from garrison.forecasting.base_rate import constants
from garrison.records import Event
from garrison.vocabulary import event_types

_CRISIS_GROUPS = ("protest", "repression", "dissent")


def chain_begin(days: Iterable[date], as_of: date, longest_gap: int) -> date | None:
    """Find the first day of the chain of days that reaches to a day.

    Parameters
    ----------
    days
        In any order; later ones than `as_of` are left out.
    as_of
        The day looked back from.
    longest_gap
        Days between two links at most.

    Returns
    -------
    date or None
        None where no day lies near enough.

    Examples
    --------
    >>> chain_begin([date(2020, 1, 1), date(2020, 6, 1), date(2020, 6, 20)], date(2020, 7, 1), 90)
    datetime.date(2020, 6, 1)
    """
    begin = None
    latest = as_of
    for day in sorted((day for day in days if day <= as_of), reverse=True):
        if (latest - day).days > longest_gap:
            break
        begin = latest = day
    return begin


def crisis_begin(events: Iterable[Event], as_of: date) -> date | None:
    """Find when the crisis that events tell of began, by the rule of the base rate's risk set.

    Parameters
    ----------
    events
        Those published by `as_of` and likelier than not count, if they are protest, repression or dissent.
    as_of
        The day of the forecast.

    Returns
    -------
    date or None
        The first day of the chain; None where nothing qualifies as a crisis.
    """
    days = [
        event.date_start
        for event in events
        if event.published <= as_of
        and event.p_happened >= 1 / 2
        and event_types()[event.type].group in _CRISIS_GROUPS
    ]
    return chain_begin(days, as_of, int(constants()["crisis"]["longest_gap"]["value"]))
