"""Events wait in memory, year by year, until they are enough for a part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute

from garrison.events.store.event_form import WordCodes

#: A year is written when it has so many bytes or rows ...
PART_BYTES = 128 << 20
PART_ROWS = 1 << 21
#: ... and the largest one when all together have so many bytes.
ALL_BYTES = 384 << 20


class YearBuffers:
    """Split events by year and hold them until a year, or all of them together, are large enough to be written."""

    def __init__(self) -> None:
        self._codes = WordCodes()
        self._tables: dict[int, list[pa.Table]] = defaultdict(list)
        self._bytes: dict[int, int] = defaultdict(int)
        self._rows: dict[int, int] = defaultdict(int)

    def add(self, events: pa.Table) -> Iterator[tuple[int, list[pa.Table]]]:
        """Take events in; give the years that are due to be written, each with its tables."""
        events = self._codes.encode(events)
        years = compute.year(events.column("date_start")).to_numpy()
        for year in np.unique(years).tolist():
            of_year = np.flatnonzero(years == year)
            table = events if len(of_year) == len(years) else events.take(pa.array(of_year))
            self._tables[year].append(table)
            self._bytes[year] += table.nbytes
            self._rows[year] += table.num_rows
            if self._bytes[year] >= PART_BYTES or self._rows[year] >= PART_ROWS:
                yield self._take(year)
        while sum(self._bytes.values()) >= ALL_BYTES:
            yield self._take(max(self._bytes, key=lambda year: self._bytes[year]))

    def rest(self) -> Iterator[tuple[int, list[pa.Table]]]:
        """Give all years that are left."""
        for year in sorted(self._tables):
            yield self._take(year)

    def _take(self, year: int) -> tuple[int, list[pa.Table]]:
        del self._bytes[year], self._rows[year]
        return year, self._tables.pop(year)
