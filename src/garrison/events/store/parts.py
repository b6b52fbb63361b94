"""One part: the events of one year, sorted so that a reader skips what it does not need, with what they count."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.parquet as parquet
from numpy.typing import NDArray

from garrison.events.store.commit import sync_file
from garrison.events.store.layout import Layout, counts_file, part_file
from garrison.events.store.manifest import Part

#: Rows that a reader takes or skips together: DuckDB's own size.
ROWS_OF_GROUP = 122_880
#: So many possible kinds are counted in an array; more are sorted first.
_DENSE = 1 << 23
#: By these each part counts its events beside itself, so that such counts need not read it.
COUNTED_BY = ("country", "month", "type", "dataset")
#: p_happened is summed in millionths, so that the sum does not depend on its order.
MILLIONTH = 1_000_000


def write_part(tables: list[pa.Table], layout: Layout, *, year: int, generation: int, number: int) -> Part:
    """Write events of one year as a part and its counts into the staging of a commit.

    Sorted by country, day and type; zstd; texts that repeat are dictionary-encoded in the file, plain to its readers.

    Parameters
    ----------
    tables
        Events whose columns have one form in all tables; the list is emptied, to free memory while it is written.
    layout, year, generation, number
        Where it shall lie.

    Returns
    -------
    Part
        As the manifest will name it; both files are on the disk.
    """
    events = pa.concat_tables(tables).unify_dictionaries().combine_chunks()
    tables.clear()
    codes = {name: _codes(events.column(name)) for name in ("country", "type", "dataset")}
    days = events.column("date_start").cast(pa.int32()).to_numpy().astype(np.int64)
    order = _order(codes["country"][0], days, codes["type"][0])
    file = part_file(year, generation, number)
    target, counts = (layout.staged(generation, name) for name in (file, counts_file(file)))
    for path in (target, counts):
        path.parent.mkdir(parents=True, exist_ok=True)
    _write_sorted(events, order, target)
    parquet.write_table(_counts(events, codes), counts, compression="zstd", store_schema=False)
    n_rows, columns = events.num_rows, columns_stamp(events.column_names)
    del events, codes, days, order
    # Arrow keeps freed memory for itself, which adds up over many parts.
    pa.default_memory_pool().release_unused()
    for path in (target, counts):
        sync_file(path)
    with target.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    return Part(
        file=file,
        year=year,
        rows=n_rows,
        bytes=target.stat().st_size,
        sha256=digest,
        counts=counts_file(file),
        columns=columns,
    )


def _order(*keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sort by keys, the first one first; equal rows keep no order of their own."""
    whole = np.zeros(len(keys[0]), np.int64)
    for key in keys:
        low = int(key.min())
        whole = whole * (int(key.max()) - low + 1) + (key - low)
    return np.argsort(whole)


def columns_stamp(names: Sequence[str]) -> str:
    """Stamp the columns of a part, so that parts of an older schema are told apart.

    Examples
    --------
    >>> columns_stamp(["id"]) == columns_stamp(["id", "type"])
    False
    """
    return hashlib.sha256(" ".join(names).encode()).hexdigest()[:8]


def _write_sorted(events: pa.Table, order: NDArray[np.int64], target: Path) -> None:
    """Write rows in an order, one row group after the other, so that only one is copied at a time."""
    coded = [field.name for field in events.schema if pa.types.is_dictionary(field.type)]
    lists = [f"{field.name}.list.element" for field in events.schema if pa.types.is_list(field.type)]
    numbers = [field.name for field in events.schema if pa.types.is_primitive(field.type)]
    writer = parquet.ParquetWriter(
        target,
        events.schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=[*coded, *lists, *numbers],
        store_schema=False,
    )
    with writer:
        for start in range(0, len(order), ROWS_OF_GROUP):
            writer.write_table(events.take(pa.array(order[start : start + ROWS_OF_GROUP])), ROWS_OF_GROUP)


def _codes(column: Any) -> tuple[NDArray[np.int64], list[str | None]]:
    """Give a column of few words as ranks of its words in their order, and the words; null comes last."""
    coded = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(coded, pa.ChunkedArray):
        coded = pa.concat_arrays(coded.chunks) if coded.num_chunks else pa.array([], column.type)
    if not pa.types.is_dictionary(coded.type):
        coded = coded.dictionary_encode()
    words = coded.dictionary.to_pylist()
    order = sorted(range(len(words)), key=lambda place: words[place])
    rank = np.empty(len(words) + 1, np.int64)
    rank[order] = np.arange(len(words))
    rank[-1] = len(words)
    places = coded.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)
    return rank[places], [*(words[place] for place in order), None]


def _counts(events: pa.Table, codes: dict[str, tuple[NDArray[np.int64], list[str | None]]]) -> pa.Table:
    """Count events and sum their chances by country, month, type and dataset."""
    starts = events.column("date_start").combine_chunks()
    months = compute.floor_temporal(starts, unit="month").cast(pa.int32()).to_numpy().astype(np.int64)
    month_days, month_codes = np.unique(months, return_inverse=True)
    parts = [codes["country"], (month_codes, month_days.tolist()), codes["type"], codes["dataset"]]
    key = np.zeros(len(events), np.int64)
    for values, words in parts:
        key = key * (len(words) + 1) + values
    found, n_events, millionths = _sums(key, _millionths(events.column("p_happened")))
    columns = {}
    for name, (_, words) in reversed(list(zip(COUNTED_BY, parts, strict=True))):
        found, places = np.divmod(found, len(words) + 1)
        columns[name] = pa.array(np.array(words, dtype=object)[places], _kind_of(name))
    columns = {name: columns[name] for name in COUNTED_BY}
    columns["n_events"] = pa.array(n_events)
    columns["p_millionths"] = pa.array(millionths)
    return pa.table(columns)


def _sums(key: NDArray[np.int64], values: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Give each key that occurs, how often, and the sum of its values."""
    keys, places = (None, key) if key.max() < _DENSE else np.unique(key, return_inverse=True)
    n_events = np.bincount(places)
    # Sums stay far below 2**53, so that floats hold them exactly.
    sums = np.bincount(places, weights=values).astype(np.int64)
    found = np.flatnonzero(n_events)
    return (found if keys is None else keys), n_events[found], sums[found]


def _kind_of(name: str) -> pa.DataType:
    return pa.date32() if name == "month" else pa.string()


def _millionths(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Give chances as whole millionths; what is no chance counts nothing."""
    chances = column.fill_null(0.0).to_numpy()
    chances = np.where((chances >= 0) & (chances <= 1), chances, 0.0)
    return np.floor(chances * MILLIONTH + 0.5).astype(np.int64)
