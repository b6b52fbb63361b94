"""Events from a file, whatever its form: others' event data, a case's table, Garrison's own Parquet."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet

from garrison.errors import TableError
from garrison.events.case_table import COLUMNS, read_events_table
from garrison.events.formats.opened_events import OpenedEvents, open_events
from garrison.records import Event, Events, arrow_schema, save_table
from garrison.world import country as country_named

_SCHEMA = arrow_schema(Event)

#: Columns without which a table holds no events of ours.
_MUST = ("id", "type", "country", "published", "date_start", "date_end", "p_happened", "evidence_ratio")


def read_events(
    path: str | os.PathLike[str],
    *,
    country: str | None = None,
    rejects: str | os.PathLike[str] | None = None,
) -> Events:
    r"""Read the events of a file that have a type of ours and a country.

    Parameters
    ----------
    path
        Event data of others (see `formats()`; plain, .gz, .zip or .tar.gz), a case's `events.csv`, or Parquet that
        `Events.save` wrote.
    country
        Alpha-3 code or name: only what happened there. A case's table, which names no country, needs it.
    rejects
        Where to write the rows set aside, as Parquet: file, line, column, reason, text.

    Returns
    -------
    Events
        In the order of the file.

    Raises
    ------
    TableError
        If the file has no known form. Single bad rows are set aside, and a warning counts them.

    Examples
    --------
    >>> import tempfile
    >>> rows = "event_id_cnty,event_date,event_type,sub_event_type,actor1,country"
    >>> rows += "\nX1,2020-01-02,Protests,Peaceful protest,Protesters (Chad),Chad"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "export.csv"
    ...     _ = path.write_text(rows)
    ...     [event.type for event in read_events(path)]
    ['PROTEST']
    """
    target = Path(path)
    code = country_named(country).code if country else None
    head = _head(target)
    if head.startswith(b"PAR1"):
        table = _own_parquet(target)
    elif _is_case_table(head):
        if code is None:
            raise TableError(f"{target}: a case's table names no country; say it with `country`")
        return read_events_table(target, code)
    else:
        opened = open_events(target)
        table = pa.Table.from_batches([_typed(batch, code) for batch in opened.batches()], _SCHEMA)
        _hand_over(opened, rejects)
    return Events(table.filter(_kept(table, code)))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError:
        return b""


def _is_case_table(head: bytes) -> bool:
    first = head.split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    return set(COLUMNS) <= {cell.strip() for cell in first.split(",")}


def _own_parquet(path: Path) -> pa.Table:
    """Read Parquet that Garrison wrote, also before later columns came."""
    try:
        table = parquet.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise TableError(f"{path}: is no whole Parquet file ({error}); write it again") from None
    missing = [name for name in _MUST if name not in table.column_names]
    if missing:
        raise TableError(
            f"{path}: lacks the columns {', '.join(missing)}; only events that Garrison saved can be read"
        )
    try:
        columns = [
            table[field.name].cast(field.type)
            if field.name in table.column_names
            else pa.nulls(table.num_rows, field.type)
            for field in _SCHEMA
        ]
    except pa.ArrowException as error:
        raise TableError(f"{path}: a column has the wrong kind of values ({error}); save it again") from None
    return pa.Table.from_arrays(columns, schema=_SCHEMA)


def _kept(table: pa.Table, code: str | None) -> pa.Array:
    """Say which events have a type and a country: the one that is asked for, if one is."""
    placed = pc.equal(table["country"], code) if code else pc.is_valid(table["country"])
    return pc.and_(pc.is_valid(table["type"]), pc.fill_null(placed, False))


def _typed(batch: pa.RecordBatch, code: str | None) -> pa.RecordBatch:
    """Drop what is not kept at once, so that a large file needs little memory."""
    return batch.filter(_kept(pa.Table.from_batches([batch]), code).combine_chunks())


def _hand_over(opened: OpenedEvents, rejects: str | os.PathLike[str] | None) -> None:
    """Write the rows set aside, or say that there are some."""
    if rejects is not None:
        save_table(opened.rejects, rejects, form=".parquet")
    if not opened.tally.set_aside:
        return
    first = opened.rejects.slice(0, 1).to_pylist()[0]
    column = f", column {first['column']}" if first["column"] else ""
    where = f"see {rejects}" if rejects is not None else "name a file with `rejects` to keep them all"
    count = opened.tally.set_aside
    warnings.warn(
        f"{count:,} {'row' if count == 1 else 'rows'} set aside, the first: {first['file']}, line {first['line']}"
        f"{column}: {first['reason']}; {where}",
        stacklevel=3,
    )
