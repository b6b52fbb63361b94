"""How a forecast is settled from what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from garrison.errors import ParameterError, nearest
from garrison.forecasting.ledger.entry import ForecastEntry, Outcome
from garrison.forecasting.ledger.happenings import Happening, Happenings


@dataclass(frozen=True, slots=True)
class Settled:
    """What a resolver found: an outcome with its source, or None as outcome and why it cannot tell."""

    outcome: Outcome | None
    words: str


#: A resolver takes a forecast and what happened, and says what came of it or that it cannot tell.
ResolverFunction = Callable[[ForecastEntry, Happenings], Settled]


def events_by_type(forecast: ForecastEntry, happenings: Happenings) -> Settled:
    """Settle a forecast by the types of events, or by rows that name its target.

    1 where a row that counts lies wholly within the window (after the as-of day, up to the due day); 0 where none
    does and the table is complete for the window; otherwise left open.

    Parameters
    ----------
    forecast
        Its resolver says which types count, and how likely a row must be.
    happenings
        The table.

    Returns
    -------
    Settled

    Examples
    --------
    >>> from garrison.forecasting.ledger.entry import Resolver
    >>> asked = ForecastEntry(
    ...     country="VEN", as_of=date(2017, 5, 7), vintage=date(2017, 5, 7), target="mutiny", target_version="1",
    ...     horizon_days=90, p=0.2, band50=(0.1, 0.3), band90=(0.05, 0.5), base_rate=0.2, seed=1,
    ...     settings_sha256="0" * 64, package_version="0.1.0",
    ...     resolver=Resolver("events-by-type", "1", ("MUTINY",), 0.9))
    >>> day = date(2017, 8, 5)
    >>> events_by_type(asked, Happenings((Happening("VEN", day, day, "MUTINY"),), "a list")).outcome
    '1'
    """
    rule = forecast.resolver
    if not rule.types and not happenings.has_targets:
        words = (
            f"{happenings.name} does not say which rows count for {forecast.target}; add a column 'target'"
        )
        return Settled(None, words)
    counting = [
        row
        for row in happenings.rows
        if row.country == forecast.country
        and (row.type in rule.types or (row.target != "" and row.target == forecast.target))
        and row.p_happened >= rule.min_p_happened
        and row.last_day > forecast.as_of
        and row.first_day <= forecast.due
    ]
    within = [row for row in counting if row.first_day > forecast.as_of and row.last_day <= forecast.due]
    if within:
        first = min(within, key=lambda row: row.first_day)
        return Settled(
            "1", f"{happenings.name}: {first.type or first.target} on {first.first_day}{_told(first)}"
        )
    if counting:
        words = (
            f"{counting[0].type or counting[0].target} of {counting[0].first_day} to {counting[0].last_day}"
        )
        return Settled(None, f"{words} may lie outside the window; settle it by hand")
    if happenings.is_complete(forecast.as_of, forecast.due):
        words = f"complete from {happenings.complete_from} to {happenings.complete_to}, holds none"
        return Settled("0", f"{happenings.name}: {words}")
    if happenings.set_aside:
        return Settled(None, f"{len(happenings.set_aside)} rows of {happenings.name} could not be read")
    return Settled(None, f"nobody says that {happenings.name} is complete up to {forecast.due}")


def _told(row: Happening) -> str:
    return f" ({row.where_told})" if row.where_told else ""


#: The resolvers that come with Garrison, by name and version.
RESOLVERS: Mapping[tuple[str, str], ResolverFunction] = MappingProxyType(
    {("events-by-type", "1"): events_by_type}
)


def resolver_named(name: str, version: str) -> ResolverFunction:
    """Give the resolver that a forecast names.

    Raises
    ------
    ParameterError
        If Garrison has none of this name and version.

    Examples
    --------
    >>> resolver_named("events-by-type", "1") is events_by_type
    True
    """
    try:
        return RESOLVERS[(name, version)]
    except KeyError:
        known = [f"{one} {two}" for one, two in RESOLVERS]
        raise ParameterError(
            f"resolver '{name} {version}' is unknown. {nearest(f'{name} {version}', known)}"
        ) from None


def known_by(happenings: Happenings, day: date) -> Happenings:
    """Leave out what was published, or happened, after a day.

    Examples
    --------
    >>> late = Happening("VEN", date(2019, 5, 1), date(2019, 5, 1), "MUTINY")
    >>> known_by(Happenings((late,), "a list"), date(2019, 4, 1)).rows
    ()
    """
    rows = tuple(row for row in happenings.rows if (row.published or row.last_day) <= day)
    end = happenings.complete_to
    begin = happenings.complete_from
    if begin is not None and end is not None:
        end = min(end, day)
        if end < begin:
            begin = end = None
    return Happenings(rows, happenings.name, begin, end, happenings.has_targets, happenings.set_aside)
