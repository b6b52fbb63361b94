"""Counts of events by day, place, type, actor ...: a small table that saves and draws itself."""

from __future__ import annotations

import html
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from garrison.records import csv_text, save_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Words by which events can be counted; the first four are of time, of which one is used at most.
TIMES = ("day", "week", "month", "year")
KEYS = (*TIMES, "place", "type", "actor", "country", "dataset")


@dataclass(frozen=True, repr=False)
class Counts:
    """How many events there are of each kind that was asked for.

    Parameters
    ----------
    table
        One row a kind: its keys, `n_events`, and `n_expected`, the sum of the chances that they happened.
    by
        The keys, in their order.
    from_side_files
        Whether the parts' own counts answered, so that no event was read.
    """

    table: pa.Table
    by: tuple[str, ...]
    from_side_files: bool = False

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def n_events(self) -> int:
        """All events counted."""
        import pyarrow.compute as compute

        return int(compute.sum(self.table.column("n_events")).as_py() or 0)

    def to_frame(self) -> Any:
        """Give the counts as a pandas frame."""
        return self.table.to_pandas()

    def to_csv(self) -> str:
        """Give the counts as comma-separated text."""
        return csv_text(self.table)

    def on_map(self) -> pa.Table:
        """Give counts by place with the coordinates of each place.

        Raises
        ------
        ParameterError
            If the counts are not by place.
        """
        from garrison.errors import ParameterError

        if "place" not in self.by:
            raise ParameterError("only counts by place can be put on a map; add place to what is counted by")
        codes = self.table.column("place").to_pylist()
        where = _divisions({code.split("-")[0] for code in codes if code})
        found = [where.get(code) for code in codes]
        table = self.table
        for name in ("latitude", "longitude"):
            degrees = [getattr(place, name) if place else None for place in found]
            table = table.append_column(name, pa.array(degrees, pa.float64()))
        return table

    def save(self, path: str | os.PathLike[str], *, form: str | None = None) -> Path:
        """Write the counts; the suffix picks the form: .parquet, .csv, .json, .jsonl, or .geojson by place."""
        suffix = form or Path(path).suffix.lower()
        return save_table(self.on_map() if suffix == ".geojson" else self.table, path, form=form)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the counts: lines over time, bars where no time is asked for.

        Parameters
        ----------
        ax
            Axes to draw on; new ones if None.

        Returns
        -------
        Axes
        """
        from garrison.events.store.counts_plot import draw

        return draw(self, ax)

    def __repr__(self) -> str:
        keys = ", ".join(self.by) or "nothing"
        lines = [
            f"Counts by {keys}: {len(self)} {'row' if len(self) == 1 else 'rows'}, {self.n_events} events"
        ]
        lines += ["  " + line for line in table_lines(self.table.slice(0, 7))]
        if len(self) > 7:
            lines.append(f"  ... and {len(self) - 7} more")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(repr(self))}</pre>"


def _divisions(prefixes: set[str]) -> dict[str, Any]:
    """Give the first-order divisions of countries, named by their alpha-2 codes, by their ISO 3166-2 codes."""
    from garrison.world import countries, places

    of_prefix = [land.code for land in countries() if land.iso2 in prefixes]
    named = (place for code in of_prefix for place in places(code))
    return {place.adm1: place for place in named if place.adm1 and place.kind in ("admin1", "division")}


def table_lines(table: pa.Table) -> list[str]:
    """Give a small table as lines of aligned text, its heading first; numbers stand to the right.

    Examples
    --------
    >>> table_lines(pa.table({"type": ["COUP", "PROTEST"], "n_events": [1, 12]}))
    ['type     n_events', 'COUP            1', 'PROTEST        12']
    """
    names = table.column_names
    numeric = [pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in table.schema.types]
    rows = [[_cell(row[name]) for name in names] for row in table.to_pylist()]
    widths = [max([len(name), *(len(row[place]) for row in rows)]) for place, name in enumerate(names)]
    lines = []
    for cells in [names, *rows]:
        padded = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(cells, widths, numeric, strict=True)
        ]
        lines.append("  ".join(padded).rstrip())
    return lines


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    text = f"{value:.2f}" if isinstance(value, float) else " ".join(str(value).split())
    return text if len(text) <= 48 else text[:45] + "..."
