"""Append: batches come in, what is new goes into parts, and all of it is committed in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.parquet as parquet

from garrison.events.store.commit import commit, sync_file
from garrison.events.store.event_form import event_schema, pieces
from garrison.events.store.hash_kernels import KNOWN, NEW, OTHER
from garrison.events.store.known_rows import KnownRows
from garrison.events.store.layout import Layout
from garrison.events.store.manifest import Appended, Manifest, Part, Segment
from garrison.events.store.merging import merge_index, merge_parts
from garrison.events.store.parts import write_part
from garrison.events.store.row_hashes import row_hashes
from garrison.events.store.year_buffers import YearBuffers

#: Parts that are sorted and written while the next ones are read.
_WRITERS = 2
_REASONS = {OTHER: "another event has this id", 3: "no id, or no day of the years 1 to 9999"}
_UNUSABLE = 3
_FIRST_DAY, _LAST_DAY = -719162, 2932896


def append_batches(
    layout: Layout,
    manifest: Manifest,
    batches: Iterable[pa.RecordBatch | pa.Table],
    *,
    origin: str,
    digest: str,
    n_expected: int = 0,
    watch: Callable[[int], None] | None = None,
) -> Appended:
    """Add events to a store whose lock the caller holds, whole or not at all.

    Parameters
    ----------
    layout, manifest
        The store and its committed state.
    batches
        Events.
    origin, digest
        What they come from, and what tells it from everything else.
    n_expected
        About how many there are, 0 if unknown.
    watch
        Told how many rows have been read.

    Returns
    -------
    Appended
        What was added, known, set aside.
    """
    job = _Append(layout, manifest, n_expected)
    try:
        n_read = 0
        for piece in pieces(batches):
            job.take(piece)
            n_read += piece.num_rows
            if watch is not None:
                watch(n_read)
        return job.finish(origin, digest)
    finally:
        job.close()


class _Append:
    """One append under way: rows that are known, years that wait, parts that are being written."""

    def __init__(self, layout: Layout, manifest: Manifest, n_expected: int) -> None:
        self._layout = layout
        self._before = manifest
        self._generation = manifest.generation + 1
        self._known = KnownRows(layout, manifest, n_expected=n_expected)
        self._buffers = YearBuffers()
        self._pool = ThreadPoolExecutor(_WRITERS, thread_name_prefix="parts")
        self._writing: set[Future[Part]] = set()
        self._parts: list[Part] = []
        self._n_parts = 0
        self._aside = _Aside(layout, self._generation)
        self._said = np.zeros(4, np.int64)

    def take(self, events: pa.Table) -> None:
        """Sort rows into new, known and set aside."""
        usable = _usable(events)
        keys, contents = row_hashes(events, self._before.salt)
        said = np.full(len(events), _UNUSABLE, np.int8)
        said[usable] = self._known.admit(keys[usable], contents[usable])
        self._said += np.bincount(said, minlength=4)
        for kind, reason in _REASONS.items():
            if (said == kind).any():
                self._aside.write(events.filter(pa.array(said == kind)), reason)
        new = events if (said == NEW).all() else events.filter(pa.array(said == NEW))
        if len(new):
            for year, tables in self._buffers.add(new):
                self._write(year, tables)

    def _write(self, year: int, tables: list[pa.Table]) -> None:
        while len(self._writing) >= _WRITERS:
            self._collect(wait(self._writing, return_when=FIRST_COMPLETED).done)
        place: dict[str, Any] = {"year": year, "generation": self._generation, "number": self._n_parts}
        self._writing.add(self._pool.submit(write_part, tables, self._layout, **place))
        self._n_parts += 1

    def _collect(self, done: set[Future[Part]]) -> None:
        self._writing -= done
        self._parts += [future.result() for future in done]

    def finish(self, origin: str, digest: str) -> Appended:
        """Write what is left and commit."""
        for year, tables in self._buffers.rest():
            self._write(year, tables)
        self._collect(wait(self._writing).done)
        done = Appended(
            origin=origin,
            digest=digest,
            n_added=int(self._said[NEW]),
            n_known=int(self._said[KNOWN]),
            n_other_content=int(self._said[OTHER]),
            n_unusable=int(self._said[_UNUSABLE]),
            set_aside=self._aside.finish(),
        )
        parts = sorted(self._parts, key=lambda part: part.file)
        after = replace(
            self._before,
            generation=self._generation,
            parts=(*self._before.parts, *parts),
            segments=(*self._before.segments, *self._segment()),
            appends=(*self._before.appends, done),
            dropped=(),
        )
        after = merge_index(self._layout, merge_parts(self._layout, after, first_number=self._n_parts))
        commit(self._layout, after)
        return done

    def _segment(self) -> list[Segment]:
        if not self._known.n_new:
            return []
        file = f"_store/index/{self._generation:06d}-000.index"
        path = self._layout.staged(self._generation, file)
        size = self._known.write(path)
        sync_file(path)
        return [Segment(file, self._known.n_new, size)]

    def close(self) -> None:
        """Stop writing, whatever happened."""
        for future in self._writing:
            future.cancel()
        self._pool.shutdown(wait=True)
        self._aside.close()


def _usable(events: pa.Table) -> Any:
    """Say which rows have an id and a day of the calendar's years."""
    ids, starts = events.column("id"), events.column("date_start")
    days = starts.cast(pa.int32()).fill_null(_FIRST_DAY - 1).to_numpy()
    named = compute.greater(compute.binary_length(ids), 0).fill_null(False).to_numpy()
    return named & (days >= _FIRST_DAY) & (days <= _LAST_DAY)


class _Aside:
    """The rows of an append that are set aside, each with its reason."""

    def __init__(self, layout: Layout, generation: int) -> None:
        self.file = f"_store/set_aside/{generation:06d}.set-aside"
        self._path = layout.staged(generation, self.file)
        self._writer: Any = None

    def write(self, events: pa.Table, reason: str) -> None:
        """Keep rows with the reason."""
        table = events.cast(event_schema())
        table = table.append_column("reason", pa.array([reason] * len(table), pa.string()))
        if self._writer is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = parquet.ParquetWriter(
                self._path, table.schema, compression="zstd", store_schema=False
            )
        self._writer.write_table(table)

    def finish(self) -> str | None:
        """Bring them to the disk; give the file's name, None where nothing was set aside."""
        if self._writer is None:
            return None
        self.close()
        sync_file(self._path)
        return self.file

    def close(self) -> None:
        """Close the file."""
        if self._writer is not None:
            self._writer.close()
