"""Batches from anywhere become events of the present schema, their repeating words kept as codes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from garrison.errors import TableError, nearest
from garrison.records import Event, arrow_schema

#: Rows, and bytes, that are handled together.
PIECE_ROWS = 1 << 18
PIECE_BYTES = 96 << 20

_CODED = pa.dictionary(pa.int32(), pa.string())

#: Columns of few words, always kept as codes; others where fewer than this share of their words are distinct.
_FEW_WORDS = ("country", "type", "dataset")
_REPEATING = 0.5


@cache
def event_schema() -> pa.Schema:
    """Give the Arrow schema of events as this version of Garrison knows them."""
    return arrow_schema(Event)


@cache
def _defaults() -> dict[str, Any]:
    return {
        field.name: list(field.default) if isinstance(field.default, tuple) else field.default
        for field in dataclasses.fields(Event)
        if field.default is not dataclasses.MISSING
    }


def default_of(name: str) -> Any:
    """Give what a column of events holds where nothing is told.

    Examples
    --------
    >>> default_of("denied"), default_of("sources"), default_of("id")
    (False, [], None)
    """
    return _defaults().get(name)


def as_events(table: pa.Table | pa.RecordBatch) -> pa.Table:
    """Give a table every column of events, in their order; what it lacks stands at its default.

    Raises
    ------
    TableError
        If it has a column that events do not have, lacks one that they need, or has another type in it.

    Examples
    --------
    >>> from datetime import date
    >>> day = [date(2017, 5, 7)]
    >>> row = {"id": ["a"], "type": ["COUP"], "country": ["VEN"], "published": day, "date_start": day}
    >>> row |= {"date_end": day, "p_happened": [0.5], "evidence_ratio": [1.0]}
    >>> as_events(pa.table(row)).column("denied").to_pylist()
    [False]
    """
    if isinstance(table, pa.RecordBatch):
        table = pa.Table.from_batches([table])
    schema = event_schema()
    for name in table.column_names:
        if name not in schema.names:
            raise TableError(f"events have no column '{name}'. {nearest(name, schema.names)}")
    columns = [_column(table, field) for field in schema]
    return pa.table(columns, names=schema.names)


def _column(table: pa.Table, field: pa.Field) -> Any:
    if field.name not in table.column_names:
        if field.name not in _defaults():
            raise TableError(f"column '{field.name}' is missing; events need it")
        return pa.array([_defaults()[field.name]], field.type).take(pa.array(np.zeros(len(table), int)))
    column = table.column(field.name)
    kind = column.type
    if kind == field.type or (kind == _CODED and field.name != "id"):
        return column
    try:
        if pa.types.is_dictionary(kind) and pa.types.is_string(kind.value_type) and field.name != "id":
            return column.cast(_CODED)
        return column.cast(field.type)
    except pa.ArrowException as error:
        raise TableError(f"column '{field.name}' holds {kind}, not {field.type}: {error}") from None


def pieces(batches: Iterable[pa.RecordBatch | pa.Table]) -> Iterator[pa.Table]:
    """Join small batches and cut large ones, so that each piece has a size that is quick to handle."""
    waiting: list[pa.Table] = []
    n_waiting = 0
    for batch in batches:
        table = as_events(batch)
        waiting.append(table)
        n_waiting += table.num_rows
        if n_waiting >= PIECE_ROWS or sum(one.nbytes for one in waiting) >= PIECE_BYTES:
            yield from _cut(_joined(waiting))
            waiting, n_waiting = [], 0
    if n_waiting:
        yield from _cut(_joined(waiting))


def _joined(tables: list[pa.Table]) -> pa.Table:
    if len(tables) == 1:
        return tables[0]
    forms = {table.schema for table in tables}
    if len(forms) > 1:  # Some have codes where others have texts.
        tables = [table.cast(event_schema()) for table in tables]
    return pa.concat_tables(tables).unify_dictionaries()


def _cut(table: pa.Table) -> Iterator[pa.Table]:
    size = PIECE_ROWS
    if table.nbytes > 2 * PIECE_BYTES:
        size = max(1, min(PIECE_ROWS, table.num_rows * PIECE_BYTES // table.nbytes))
    for start in range(0, table.num_rows, size):
        piece = table.slice(start, size)
        whole = all(column.num_chunks == 1 for column in piece.columns)
        yield piece if whole else piece.combine_chunks()


class WordCodes:
    """Keep columns of repeating words as codes; which ones, the first table decides for all that follow."""

    def __init__(self) -> None:
        self._coded: frozenset[str] | None = None

    def encode(self, events: pa.Table) -> pa.Table:
        """Give the table with the same form as those before it."""
        columns = {
            name: self._one_form(name, column)
            for name, column in zip(events.column_names, events.columns, strict=True)
        }
        if self._coded is None:
            self._coded = frozenset(
                name for name, column in columns.items() if pa.types.is_dictionary(column.type)
            )
        return pa.table(columns)

    def _one_form(self, name: str, column: Any) -> Any:
        coded = pa.types.is_dictionary(column.type)
        if name == "id" or not (coded or pa.types.is_string(column.type)):
            return column
        if self._coded is not None:
            if name in self._coded:
                return column if coded else column.dictionary_encode()
            return column.cast(pa.string()) if coded else column
        if coded:
            return column
        found = column.dictionary_encode()
        n_words = max((len(chunk.dictionary) for chunk in found.chunks), default=0)
        return found if name in _FEW_WORDS or n_words <= _REPEATING * len(column) else column
