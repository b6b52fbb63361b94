"""Which events are wanted, in the words of the field, and as a condition of SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from garrison.errors import DateError, ParameterError, TableError, nearest
from garrison.vocabulary import event_type, sectors
from garrison.world import country as world_country

Words = str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events of a store are wanted; what is None leaves the choice open.

    Parameters
    ----------
    country
        Code or name of a country, or several.
    type
        Event type, or several.
    since, until
        First and last day on which an event may begin.
    adm1
        First-order division (ISO 3166-2), or several.
    actor
        Sector of the actor, or several.
    dataset
        Name of the data that tell it, or several.
    min_p
        Least chance that it happened, 0 to 1.
    as_of
        Last day on which it may have been published: what was known on that day.

    Raises
    ------
    GarrisonError
        If a country, a type, a sector, a chance or a span of days is none; the message names the nearest right one.

    Examples
    --------
    >>> EventFilter(country="Venezuela", type=("COUP", "MUTINY")).country
    ('VEN',)
    """

    country: Words = None
    type: Words = None
    since: date | None = None
    until: date | None = None
    adm1: Words = None
    actor: Words = None
    dataset: Words = None
    min_p: float | None = None
    as_of: date | None = None

    def __post_init__(self) -> None:
        checks: Mapping[str, Callable[[str], str]] = {
            "country": lambda word: world_country(word).code,
            "type": lambda word: event_type(word).name,
            "actor": _sector,
        }
        for name in ("country", "type", "adm1", "actor", "dataset"):
            given = getattr(self, name)
            if given is not None:
                words = (given,) if isinstance(given, str) else tuple(given)
                checked = tuple(map(checks.get(name, str), words))
                object.__setattr__(self, name, checked)
        if self.min_p is not None and not 0 <= self.min_p <= 1:
            raise ParameterError(f"min_p {self.min_p}: is no chance; give a number from 0 to 1")
        if self.since and self.until and self.since > self.until:
            raise DateError(
                f"since {self.since} is later than until {self.until}; give the earlier day first"
            )

    def used(self) -> set[str]:
        """Name the parts of the filter that leave something out."""
        return {field.name for field in fields(self) if getattr(self, field.name) is not None}

    def has_year(self, year: int) -> bool:
        """Say whether an event of a year can be wanted."""
        return (self.since is None or self.since.year <= year) and (
            self.until is None or year <= self.until.year
        )

    def condition(self) -> tuple[str, list[Any]]:
        """Give the condition on a row in SQL, with `?` for what its parameters stand for."""
        parts, values = [], []
        for name, column in _COLUMNS.items():
            words = getattr(self, name)
            if words is not None:
                parts.append(f"{column} IN ({', '.join('?' * len(words))})" if words else "false")
                values += words
        for name, comparison in _COMPARISONS.items():
            value = getattr(self, name)
            if value is not None:
                parts.append(comparison)
                values.append(value)
        return " AND ".join(parts) or "true", values


_COLUMNS = {
    "country": "country",
    "type": "type",
    "adm1": "adm1",
    "actor": "actor_sector",
    "dataset": "dataset",
}
_COMPARISONS = {
    "since": "date_start >= ?",
    "until": "date_start <= ?",
    "min_p": "p_happened >= ?",
    "as_of": "published <= ?",
}


def _sector(word: str) -> str:
    if word not in sectors():
        raise TableError(f"unknown sector of an actor '{word}'. {nearest(word, sectors())}")
    return word
