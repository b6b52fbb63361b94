"""Who held which public office on a day: names of reports become roles, never persons.

The table (`office_holders.toml`) holds public offices only. A date of which only the month or the year is known
says so, and its holder counts on the days on which he surely held the office; nobody counts after the day on
which the table was last checked.
"""

from __future__ import annotations

import calendar
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from garrison.errors import TableError
from garrison.world.folding import fold_name

OPEN = "open"


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """One person in one public office, from one day to another.

    Parameters
    ----------
    name, also_called
        The name, and other spellings and names that stand alone.
    surname
        The words by which reports call the holder once he is introduced.
    common
        Whether the surname counts only where a text introduces the person by the full name.
    office, sector, rank
        The office in plain words; its sector and, for officers, rank as in claims.
    country
        ISO 3166-1 alpha-3, or None for an international body.
    first, last
        The first and last day on which the office was surely held.
    given_from, given_to
        The dates as the table has them: a day, a month, a year, or ``open``.
    leads
        Whether the office is the head of a state or a government.
    source
        A public source in which the dates can be looked up.
    """

    name: str
    also_called: tuple[str, ...]
    surname: str
    common: bool
    office: str
    sector: str
    rank: str | None
    country: str | None
    first: date
    last: date
    given_from: str
    given_to: str
    leads: bool
    source: str

    @property
    def is_exact(self) -> bool:
        """Whether both dates are known to the day (or the office was still held when the table was checked)."""
        return len(self.given_from) == 10 and (self.given_to == OPEN or len(self.given_to) == 10)

    def held_on(self, day: date) -> bool:
        """Tell whether the office was surely held on a day."""
        return self.first <= day <= self.last


@lru_cache(maxsize=1)
def office_holders() -> tuple[OfficeHolder, ...]:
    """Give the whole table.

    Returns
    -------
    tuple of OfficeHolder
        In the order of the table.

    Raises
    ------
    TableError
        If a row lacks a key or has a date that is none.

    Examples
    --------
    >>> office_holders()[0].name, office_holders()[0].office, office_holders()[0].last.year
    ('Hugo Chávez', 'president', 2013)
    """
    content = (resources.files(__package__) / "office_holders.toml").read_text(encoding="utf-8")
    return holders_of_table(tomllib.loads(content))


def holders_of_table(table: dict[str, Any]) -> tuple[OfficeHolder, ...]:
    """Read office-holders from a table of the form of `office_holders.toml`.

    Parameters
    ----------
    table
        The content of the file.

    Returns
    -------
    tuple of OfficeHolder

    Raises
    ------
    TableError
        If a row lacks a key, has a date that is none, or ends before it begins.
    """
    found = []
    for office in table["office"]:
        for row in office["holders"]:
            where = f"office_holders.toml, {office.get('office')} of {office.get('country', 'no country')}"
            try:
                found.append(_holder(office, row, table))
            except KeyError as missing:
                raise TableError(f"{where}: a row lacks the key {missing}; add it") from missing
            except ValueError as wrong:
                raise TableError(
                    f"{where}, {row['name']}: {wrong}; write 2014-10-24, 2014-10, 2014 or open"
                ) from wrong
    return tuple(found)


@lru_cache(maxsize=256)
def holders_on(day: date) -> tuple[OfficeHolder, ...]:
    """Give everybody who surely held an office on a day.

    Parameters
    ----------
    day
        The day of a report.

    Returns
    -------
    tuple of OfficeHolder
        In the order of the table; empty after the day on which the table was last checked.

    Examples
    --------
    >>> [item.name for item in holders_on(date(2017, 5, 7)) if item.office == "head of the National Assembly"]
    ['Julio Borges']
    """
    return tuple(holder for holder in office_holders() if holder.held_on(day))


def find_holders(name: str, day: date) -> tuple[OfficeHolder, ...]:
    """Find who bore a name and held an office on a day.

    Parameters
    ----------
    name
        A full name or a surname; case and accents do not matter.
    day
        The day of the report.

    Returns
    -------
    tuple of OfficeHolder
        Every office that fits, in the order of the table: several where two persons share the name, or where one
        holds two offices. Empty where nobody is known; that is no proof that there was nobody.

    Examples
    --------
    >>> [item.office for item in find_holders("Padrino Lopez", date(2017, 5, 7))]
    ['defence minister']
    >>> find_holders("Haley", date(2016, 5, 7))
    ()
    """
    wanted = fold_name(name)
    return tuple(
        holder
        for holder in holders_on(day)
        if wanted in {fold_name(form) for form in (holder.name, holder.surname, *holder.also_called)}
    )


def _holder(office: dict[str, Any], row: dict[str, Any], table: dict[str, Any]) -> OfficeHolder:
    first = _days(row["from"])[1]
    last = _days(table["checked"])[1] if row["to"] == OPEN else _days(row["to"])[0]
    if last < first and len(row["from"]) == len(row["to"]) == 10:
        raise ValueError(f"the office ends on {last} before it begins on {first}")
    return OfficeHolder(
        name=row["name"],
        also_called=tuple(row.get("also_called", ())),
        surname=row.get("surname", row["name"].split()[-1]),
        common=bool(row.get("common")),
        office=office["office"],
        sector=row.get("sector", office["sector"]),
        rank=office.get("rank"),
        country=office.get("country"),
        first=first,
        last=last,
        given_from=row["from"],
        given_to=row["to"],
        leads=office["office"] in table["heads"],
        source=office["source"],
    )


def _days(given: str) -> tuple[date, date]:
    """Give the first and the last day that a day, a month or a year may mean."""
    parts = [int(part) for part in given.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        last = calendar.monthrange(parts[0], parts[1])[1]
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], last)
    return date(*parts), date(*parts)
