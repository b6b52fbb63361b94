"""Arrow tables of records, with a friendly shell."""

from __future__ import annotations

import dataclasses
import html
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, Self, TypeVar

import pyarrow as pa

from garrison.records.files import csv_text, json_text, save_table
from garrison.records.rows import Claim, Event, Quantity, Report, Source

SCHEMA_VERSION = 1

R = TypeVar("R")

_STRING = pa.string()
_DAY = pa.date32()
_SOURCE = pa.struct([("text", _STRING), ("kind", _STRING)])
_QUANTITY = pa.struct([("what", _STRING), ("low", pa.float64()), ("high", pa.float64()), ("kind", _STRING)])
_SPAN = pa.struct([("text_start", pa.int64()), ("raw_start", pa.int64()), ("length", pa.int64())])

_ARROW_TYPES: dict[str, pa.DataType] = {
    "str": _STRING,
    "str | None": _STRING,
    "int": pa.int64(),
    "int | None": pa.int64(),
    "float": pa.float64(),
    "float | None": pa.float64(),
    "bool": pa.bool_(),
    "date": _DAY,
    "date | None": _DAY,
    "tuple[str, ...]": pa.list_(_STRING),
    "tuple[Source, ...]": pa.list_(_SOURCE),
    "tuple[Quantity, ...]": pa.list_(_QUANTITY),
    "tuple[tuple[int, int, int], ...]": pa.list_(_SPAN),
    "tuple[tuple[int, int], ...]": pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())])),
}


def arrow_schema(record: type) -> pa.Schema:
    """Give the Arrow schema of a record class: one column a field, named and ordered as its fields.

    Parameters
    ----------
    record
        `Report`, `Claim` or `Event`.

    Returns
    -------
    pyarrow.Schema
        Its metadata carries the schema version.

    Examples
    --------
    >>> arrow_schema(Claim).names[:4]
    ['id', 'doc', 'char_start', 'char_end']
    """
    fields = [pa.field(item.name, _ARROW_TYPES[str(item.type)]) for item in dataclasses.fields(record)]
    return pa.schema(fields, metadata={"garrison_schema": str(SCHEMA_VERSION)})


def _row_of(record: Any) -> dict[str, Any]:
    row = dataclasses.asdict(record)
    if isinstance(record, Report):
        row["raw_spans"] = [
            {"text_start": text, "raw_start": raw, "length": length} for text, raw, length in record.raw_spans
        ]
        row["left_out"] = [{"start": start, "end": end} for start, end in record.left_out]
    return row


def _record_of(kind: type[R], row: dict[str, Any]) -> R:
    for key, value in row.items():
        if isinstance(value, list):
            row[key] = tuple(value)
    for key, build in (("sources", Source), ("numbers", Quantity)):
        if kind is Claim and key in row:
            row[key] = tuple(build(**item) for item in row[key] or ())
    if kind is Report:
        row |= {key: tuple(tuple(x.values()) for x in row[key] or ()) for key in ("raw_spans", "left_out")}
    return kind(**row)


@dataclass(frozen=True)
class Records(Generic[R]):
    """A table of records of one kind; iterate over it, index it, make a frame of it, save it."""

    table: pa.Table
    record: ClassVar[type]
    shown: ClassVar[tuple[str, ...]]

    @classmethod
    def of(cls, records: Iterable[R]) -> Self:
        """Build the table from records."""
        rows = [_row_of(item) for item in records]
        return cls(pa.Table.from_pylist(rows, schema=arrow_schema(cls.record)))

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __iter__(self) -> Iterator[R]:
        for row in self.table.to_pylist():
            yield _record_of(self.record, row)

    def __getitem__(self, index: int) -> R:
        return next(iter(type(self)(self.table.slice(range(len(self))[index], 1))))

    def to_frame(self) -> Any:
        """Give the table as a pandas frame, one row a record."""
        return self.table.to_pandas()

    def to_csv(self) -> str:
        """Give the table as comma-separated text; lists stand in a cell as JSON."""
        return csv_text(self.table)

    def to_json(self) -> str:
        """Give the table as a JSON list of objects, one a record."""
        return json_text(self.table) + "\n"

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the table; the suffix picks the form: .parquet, .csv, .json, .jsonl, or .geojson of events.

        Written aside first and then renamed, so that no half-written file is ever left behind.
        """
        return save_table(self.table, path)

    def _preview(self) -> list[list[str]]:
        rows = self.table.slice(0, 8).select(list(self.shown)).to_pylist()
        return [[_short(row[name]) for name in self.shown] for row in rows]

    def __repr__(self) -> str:
        name, count = type(self).__name__, len(self)
        lines = [f"{name}: {count} {'record' if count == 1 else 'records'}"]
        lines += ["  " + "  ".join(row) for row in self._preview()]
        if count > 8:
            lines.append(f"  ... and {count - 8} more")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.shown)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self._preview()
        )
        caption = f"{html.escape(type(self).__name__)}: {len(self)}"
        return f"<table><caption>{caption}</caption><tr>{head}</tr>{body}</table>"


class Reports(Records[Report]):
    """Documents that were read."""

    record = Report
    shown = ("doc", "published", "title")


class Claims(Records[Claim]):
    """Assertions that reports make."""

    record = Claim
    shown = ("type", "certainty", "date_start", "quote")


class Events(Records[Event]):
    """Happenings, each with the chance that it happened."""

    record = Event
    shown = ("type", "date_start", "p_happened", "summary")


def _short(value: Any, width: int = 60) -> str:
    text = f"{value:.2f}" if isinstance(value, float) else str(value)
    return text if len(text) <= width else text[: width - 3] + "..."
