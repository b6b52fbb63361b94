"""Read events out of the parts, filtered, as Arrow batches of the present schema."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.parquet as parquet

from garrison.events.store.damage import damaged
from garrison.events.store.event_filter import EventFilter
from garrison.events.store.event_form import as_events, default_of, event_schema
from garrison.events.store.layout import Layout
from garrison.events.store.manifest import Manifest
from garrison.events.store.scan import relation, wanted_parts

_ROWS_OF_BATCH = 65_536


def stream_events(
    connection: Any,
    layout: Layout,
    manifest: Manifest,
    wanted: EventFilter,
    *,
    limit: int | None,
    in_order: bool = True,
) -> pa.RecordBatchReader:
    """Give the wanted events of a committed state as a stream.

    Parameters
    ----------
    connection
        DuckDB.
    layout, manifest
        The store and its state.
    wanted
        Which events.
    limit
        At most so many.
    in_order
        Sorted by first day, then by id.

    Returns
    -------
    pyarrow.RecordBatchReader
        Of the schema of events.
    """
    parts = wanted_parts(manifest, wanted)
    if not parts:
        return pa.RecordBatchReader.from_batches(event_schema(), [])
    mixed = len({part.columns for part in parts}) > 1
    files = [layout.place(manifest.generation, part.file) for part in parts]
    table, values = relation(files, mixed=mixed)
    condition, more = wanted.condition()
    sql = f"SELECT * FROM {table} WHERE {condition}"
    if in_order:
        sql += " ORDER BY date_start, id"
    if limit is not None:
        sql += f" LIMIT {int(limit)}"
    found = connection.sql(sql, params=[*values, *more]).to_arrow_reader(_ROWS_OF_BATCH)
    batches = (piece for batch in found for piece in _present(batch, mixed).to_batches())
    return pa.RecordBatchReader.from_batches(event_schema(), batches)


def _present(batch: pa.RecordBatch, mixed: bool) -> pa.Table:
    """Give rows the present schema; where parts are of several schemas, what one lacks stands at its default."""
    events = as_events(batch).cast(event_schema())
    if not mixed:
        return events
    for place, field in enumerate(event_schema()):
        column = events.column(field.name)
        default = default_of(field.name)
        if default is not None and column.null_count:
            filled = compute.coalesce(column, pa.scalar(default, field.type))
            events = events.set_column(place, field, filled)
    return events


def read_set_aside(layout: Layout, manifest: Manifest) -> pa.Table:
    """Read all rows that a store set aside: events with `reason` and `origin`."""
    fields = [*event_schema(), pa.field("reason", pa.string()), pa.field("origin", pa.string())]
    schema = pa.schema(fields)
    tables = [schema.empty_table()]
    for done in manifest.appends:
        if done.set_aside is None:
            continue
        path = layout.place(manifest.generation, done.set_aside)
        try:
            table = parquet.ParquetFile(path).read()
        except (OSError, ValueError) as error:
            raise damaged(path, error) from None
        reasons = table.column("reason")
        events = as_events(table.drop_columns(["reason"])).cast(event_schema())
        table = events.append_column("reason", reasons)
        origins = pa.array([done.origin] * len(table), pa.string())
        tables.append(table.append_column("origin", origins).cast(schema))
    return pa.concat_tables(tables)
