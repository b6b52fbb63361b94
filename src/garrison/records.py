"""The records that pass between rooms, and the Arrow tables that carry them.

Between rooms the canonical form is an Arrow table; a record is the view of one of its rows.
`Reports`, `Claims` and `Events` are such tables with a friendly shell: they iterate as records, print in ten
lines, draw themselves in a notebook, become a pandas frame and save themselves.

Character offsets count Unicode characters of the file read as UTF-8; the end is exclusive.
"""

from __future__ import annotations

import dataclasses
import html
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Generic, Self, TypeVar

import pyarrow as pa

from garrison.errors import TableError

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Source:
    """One link of the chain through which an assertion reached the text: its words and its kind."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number told in a report: of what, its bounds, and whether it is a `flow` or a running `stock`."""

    what: str
    low: float
    high: float
    kind: str


@dataclass(frozen=True, slots=True)
class Report:
    """One document: its text, its title and date, and where the article ends and the comments begin.

    `text` has exactly one character for each of the file's, so that offsets into it are offsets into the
    file. For HTML, `raw_spans` holds (text_start, raw_start, length) of every stretch whose place in the raw
    file is known; for plain text it is empty and the offsets are the same.
    """

    doc: str
    text: str
    published: date
    title: str = ""
    title_start: int | None = None
    title_end: int | None = None
    article_start: int = 0
    article_end: int = 0
    comments_start: int | None = None
    comments_end: int | None = None
    origin: str = ""
    publisher: str = ""
    source_kind: str = "media"
    sha256: str = ""
    raw_spans: tuple[tuple[int, int, int], ...] = ()

    @property
    def article(self) -> str:
        """The article without its title and without its readers' comments."""
        return self.text[self.article_start : self.article_end]

    @property
    def comments(self) -> str:
        """The readers' comments, empty where there are none."""
        if self.comments_start is None:
            return ""
        return self.text[self.comments_start : self.comments_end]

    def raw_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Translate a span of the text into a span of the raw file, or None where that cannot be told.

        A span whose first and last characters are known reaches from the one to the other, mark-up between them
        included.
        """
        if not self.raw_spans or start >= end:
            return (start, end) if not self.raw_spans else None
        first, last = self._raw_place(start), self._raw_place(end - 1)
        if first is None or last is None or last < first:
            return None
        return (first, last + 1)

    def _raw_place(self, place: int) -> int | None:
        for text_start, raw_start, length in self.raw_spans:
            if text_start <= place < text_start + length:
                return place - text_start + raw_start
        return None


@dataclass(frozen=True, slots=True)
class Claim:
    """One reported assertion, graded by certainty, on its characters (`claims.md` is its interchange form).

    `published` is the day of the report that carries it, `country` the country it is about (alpha-3).
    """

    id: str
    doc: str
    char_start: int
    char_end: int
    quote: str
    type: str
    certainty: str
    published: date
    plover: str | None = None
    plover_mode: str | None = None
    actor_text: str | None = None
    actor_sector: str | None = None
    actor_rank: str | None = None
    actor_country: str | None = None
    target_text: str | None = None
    target_sector: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_basis: str | None = None
    adm1: str | None = None
    place_text: str | None = None
    numbers: tuple[Quantity, ...] = ()
    sources: tuple[Source, ...] = ()
    negated: bool = False
    duplicate_of: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One happening, told by one or more claims or by a case's dated table, with the chance that it happened.

    `evidence_ratio` is P(what was reported | it happened) / P(what was reported | it did not); `p_happened`
    follows from it and from the prior of its type. `n_low` and `n_high` bound its `count_of`; `count_kind`
    says whether that is the event's own (`flow`) or a running total (`stock`). `published` is the first day
    on which anybody could read of it.
    """

    id: str
    type: str
    country: str
    published: date
    date_start: date
    date_end: date
    p_happened: float
    evidence_ratio: float
    summary: str = ""
    adm1: str | None = None
    place_text: str | None = None
    actor_sector: str | None = None
    actor_rank: str | None = None
    target_sector: str | None = None
    count_of: str | None = None
    n_low: float | None = None
    n_high: float | None = None
    count_kind: str | None = None
    n_independent_sources: int = 0
    source_kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()
    denied: bool = False


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
    return row


def _record_of(kind: type[R], row: dict[str, Any]) -> R:
    for key, value in row.items():
        if isinstance(value, list):
            row[key] = tuple(value)
    for key, build in (("sources", Source), ("numbers", Quantity)):
        if kind is Claim and key in row:
            row[key] = tuple(build(**item) for item in row[key] or ())
    if kind is Report:
        row["raw_spans"] = tuple(tuple(span.values()) for span in row["raw_spans"] or ())
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

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the table; the suffix picks the form: .parquet, .csv, .json or .jsonl.

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


def check_target(path: str | os.PathLike[str]) -> Path:
    """Refuse a path at which no file can be written, before any work is done for it.

    Raises
    ------
    TableError
        If it is a folder, if something on the way to it is no folder, or if that may not be written to.
    """
    target = Path(path)
    if target.is_dir():
        raise TableError(f"{target}: is a folder; give the name of a file in it")
    above = next(folder for folder in target.absolute().parents if folder.exists())
    if not above.is_dir():
        raise TableError(f"{target}: {above} is a file, not a folder; choose another place")
    if not os.access(above, os.W_OK):
        raise TableError(f"{target}: {above} may not be written to; choose another place")
    return target


def write_aside(path: str | os.PathLike[str], content: bytes) -> Path:
    """Write a file whole or not at all: into a neighbour first, then renamed over the target.

    Parameters
    ----------
    path
        Where the file shall be; its folder is made if it is missing.
    content
        All of it.

    Returns
    -------
    Path
        The path written.
    """
    target = check_target(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    neighbour = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        neighbour.write_bytes(content)
        neighbour.replace(target)
    finally:
        neighbour.unlink(missing_ok=True)
    return target


def save_table(table: pa.Table, path: str | os.PathLike[str], *, form: str | None = None) -> Path:
    """Write an Arrow table as .parquet, .csv, .json or .jsonl: the path's suffix, unless `form` names another.

    Raises
    ------
    TableError
        If the suffix is none of these.
    """
    suffix = form or Path(path).suffix.lower()
    if suffix == ".parquet":
        import pyarrow.parquet as parquet

        sink = pa.BufferOutputStream()
        parquet.write_table(table, sink)
        return write_aside(path, sink.getvalue().to_pybytes())
    rows = table.to_pylist()
    if suffix == ".jsonl":
        lines = [json.dumps(row, default=str, ensure_ascii=False) for row in rows]
        return write_aside(path, "".join(line + "\n" for line in lines).encode())
    if suffix == ".json":
        return write_aside(path, json.dumps(rows, default=str, ensure_ascii=False, indent=1).encode())
    if suffix == ".csv":
        return write_aside(path, csv_text(table).encode())
    raise TableError(f"{path}: cannot save as '{suffix}'; use .parquet, .csv, .json or .jsonl")


def csv_text(table: pa.Table) -> str:
    """Give an Arrow table as comma-separated text; lists stand in a cell as JSON."""
    frame = table.to_pandas()
    rows = table.to_pylist()
    for name, kind in zip(table.schema.names, table.schema.types, strict=True):
        if pa.types.is_list(kind):
            frame[name] = [json.dumps(row[name], default=str, ensure_ascii=False) for row in rows]
    return str(frame.to_csv(index=False))
