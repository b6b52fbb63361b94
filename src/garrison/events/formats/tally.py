"""What became of the rows of a file, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

_SHOWN = 6


@dataclass
class Tally:
    """How many rows were read and what became of each.

    rows = kept + set_aside + repeated + no_events, once everything is read.

    Parameters
    ----------
    rows
        Rows read, header and empty lines not counted.
    kept
        Rows that are events, of whatever type.
    set_aside
        Rows in `rejects`.
    repeated
        Rows that came again with the same content (or, where a format tells one event in several rows, its later rows).
    no_events
        Rows that say that nothing happened, such as the country-years without protest of Mass Mobilization.
    events
        Events made; a row may tell of two, a protest and its dispersal.
    without_type
        Events to which no type corresponds.
    without_country
        Events whose country is not told.
    types, unmapped, unknown_countries
        How often each type was given, each code was left without one, each name of a country was unknown.

    Examples
    --------
    >>> print(Tally(rows=3, kept=2, set_aside=1, events=2, without_type=1, unmapped=Counter({"010": 1})))
    3 rows read: 2 kept, 1 set aside
    2 events, 1 of no type of ours
    codes without a type: 010 (1)
    """

    rows: int = 0
    kept: int = 0
    set_aside: int = 0
    repeated: int = 0
    no_events: int = 0
    events: int = 0
    without_type: int = 0
    without_country: int = 0
    types: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    unknown_countries: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        rows = [f"{self.kept:,} kept", f"{self.set_aside:,} set aside"]
        rows += [f"{self.repeated:,} repeated"] if self.repeated else []
        rows += [f"{self.no_events:,} without an event"] if self.no_events else []
        events = f"{self.events:,} events, {self.without_type:,} of no type of ours"
        if self.without_country:
            events += f", {self.without_country:,} without a country"
        lines = [f"{self.rows:,} rows read: {', '.join(rows)}", events]
        for words, counter in (
            ("types", self.types),
            ("codes without a type", self.unmapped),
            ("unknown countries", self.unknown_countries),
        ):
            if counter:
                shown = ", ".join(f"{code} ({count:,})" for code, count in counter.most_common(_SHOWN))
                more = f" and {len(counter) - _SHOWN} more" if len(counter) > _SHOWN else ""
                lines.append(f"{words}: {shown}{more}")
        return "\n".join(lines)
