"""What happened, as a forecast is settled by: rows of a table, and for which days that table is complete."""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from garrison.errors import CountryError, DateError, TableError
from garrison.records import Events
from garrison.world import country as country_of


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, or may have: where, between which days, of what type, for which target it counts.

    `published` is the first day on which anybody could read of it; None where the table does not say.
    """

    country: str
    first_day: date
    last_day: date
    type: str = ""
    target: str = ""
    p_happened: float = 1.0
    published: date | None = None
    where_told: str = ""


@dataclass(frozen=True)
class Happenings:
    """Rows of a table of events, and the days for which the table is complete.

    Parameters
    ----------
    rows
        In the order of the table.
    name
        Of the table, for the source of a resolution.
    complete_from, complete_to
        The days between which everything that counts stands in the table; None where nobody says so. Only within
        them does silence mean that nothing happened.
    has_targets
        Whether the table says of its rows for which target they count.
    set_aside
        Rows that could not be read, each in words; where there are any, silence means nothing.

    Examples
    --------
    >>> Happenings((), "an empty list", date(2019, 1, 1), date(2019, 12, 31)).is_complete(
    ...     date(2019, 2, 1), date(2019, 3, 1))
    True
    """

    rows: tuple[Happening, ...]
    name: str
    complete_from: date | None = None
    complete_to: date | None = None
    has_targets: bool = False
    set_aside: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if (self.complete_from is None) != (self.complete_to is None):
            raise DateError(f"{self.name}: say from which day to which it is complete, or neither")
        if self.complete_from and self.complete_to and self.complete_from > self.complete_to:
            raise DateError(
                f"{self.name}: complete from {self.complete_from} to {self.complete_to}: swap the days"
            )

    def is_complete(self, first: date, last: date) -> bool:
        """Tell whether everything between two days stands in the table."""
        if self.complete_from is None or self.complete_to is None or self.set_aside:
            return False
        return self.complete_from <= first and last <= self.complete_to


def happenings_of(
    events: Events | str | os.PathLike[str],
    *,
    complete_from: date | None = None,
    complete_to: date | None = None,
) -> Happenings:
    """Take events as what forecasts are settled by.

    Parameters
    ----------
    events
        `Events`, or a file of them (.parquet), or a CSV with the columns country, date (or date_start), type, target;
        date_end, p_happened, published and source are read where it has them.
    complete_from, complete_to
        The days between which everything that counts stands in the table, in every country that is settled by it.

    Raises
    ------
    TableError
        If the file is missing, or lacks a column. Of a CSV, rows that cannot be read are set aside.

    Examples
    --------
    >>> len(happenings_of(Events.of([])).rows)
    0
    """
    if isinstance(events, Events):
        return Happenings(tuple(_of_events(events)), "events", complete_from, complete_to)
    path = Path(events)
    if not path.is_file():
        raise TableError(f"{path}: no such file of events")
    if path.suffix.lower() == ".parquet":
        return Happenings(tuple(_of_events(_read_parquet(path))), path.name, complete_from, complete_to)
    if path.suffix.lower() != ".csv":
        raise TableError(f"{path}: events that settle forecasts are read from .csv or .parquet")
    rows, set_aside, has_targets = _read_csv(path)
    return Happenings(tuple(rows), path.name, complete_from, complete_to, has_targets, tuple(set_aside))


def _of_events(events: Events) -> Iterable[Happening]:
    for event in events:
        yield Happening(
            event.country,
            event.date_start,
            event.date_end,
            event.type,
            "",
            event.p_happened,
            event.published,
            "; ".join(event.sources[:3]),
        )


def _read_parquet(path: Path) -> Events:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    from garrison.records import Event, arrow_schema

    try:
        table = parquet.read_table(path)
        missing = set(arrow_schema(Event).names) - set(table.schema.names)
        if missing:
            raise TableError(f"{path}: holds no events: lacks {', '.join(sorted(missing)[:5])}")
        return Events(table.select(arrow_schema(Event).names).cast(arrow_schema(Event)))
    except pa.ArrowException as error:
        raise TableError(f"{path}: no Parquet file of events: {str(error)[:100]}") from None


def _read_csv(path: Path) -> tuple[list[Happening], list[str], bool]:
    rows: list[Happening] = []
    set_aside: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            names = {name.strip().lower() for name in reader.fieldnames or () if name}
            day_name = "date" if "date" in names else "date_start"
            missing = [name for name in ("country", day_name) if name not in names]
            if missing or not names & {"type", "target"}:
                lacking = ", ".join(missing) or "type or target"
                raise TableError(f"{path}: lacks {lacking}; its columns are country, date, type, target")
            for raw in reader:
                row = {(key or "").strip().lower(): str(value or "").strip() for key, value in raw.items()}
                try:
                    rows.append(_row(row, day_name))
                except (CountryError, TableError, ValueError) as error:
                    set_aside.append(
                        f"{path.name} line {reader.line_num}: {' '.join(str(error).split())[:120]}"
                    )
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{path}: is no CSV in UTF-8: {error}") from None
    return rows, set_aside, "target" in names


def _row(row: dict[str, str], day_name: str) -> Happening:
    first = date.fromisoformat(row[day_name])
    last = date.fromisoformat(row["date_end"]) if row.get("date_end") else first
    chance = float(row["p_happened"]) if row.get("p_happened") else 1.0
    if not math.isfinite(chance) or not 0 <= chance <= 1:
        raise TableError(f"p_happened {chance} is no chance")
    if last < first:
        raise TableError(f"date_end {last} lies before {first}")
    return Happening(
        country_of(row["country"]).code,
        first,
        last,
        row.get("type", ""),
        row.get("target", ""),
        chance,
        date.fromisoformat(row["published"]) if row.get("published") else None,
        row.get("source", ""),
    )
