"""The store of events of one project: append, ask, count."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from garrison.errors import StoreError, TableError
from garrison.events.store.append import append_batches
from garrison.events.store.commit import prepare, settle, settle_if_free
from garrison.events.store.counting import check_keys, count_events
from garrison.events.store.counts import Counts
from garrison.events.store.event_filter import EventFilter
from garrison.events.store.layout import layout_of
from garrison.events.store.lock import write_lock
from garrison.events.store.manifest import Appended, Manifest, read_manifest
from garrison.events.store.reading import read_set_aside, stream_events
from garrison.events.store.saving import save_stream
from garrison.events.store.scan import connect, find_damage, on_committed, unbroken
from garrison.records import Events

#: Seconds that a writer waits for another one.
WAIT = 60.0


class EventStore:
    """Events of any number in the project folder, as partitioned Parquet that every reader of it can read.

    An append is in the store whole or not at all, whatever happens to the process; the same file, or the same rows in
    another file, add nothing when they come again.

    Parameters
    ----------
    home
        The project folder; the store lies in `<home>/events/` and is made by the first append.

    Raises
    ------
    TableError
        If a file stands where a folder should be.

    Examples
    --------
    >>> from datetime import date
    >>> from tempfile import TemporaryDirectory
    >>> from garrison.records import Event, Events
    >>> day = date(2017, 5, 7)
    >>> events = Events.of([Event("a", "COUP", "VEN", day, day, day, 0.1, 1.0)])
    >>> with TemporaryDirectory() as home:
    ...     store = EventStore(home)
    ...     print(store.append(events.table.to_batches(), origin="by hand", digest="1"))
    ...     print(store.append(events.table.to_batches(), origin="again", digest="2"))
    ...     store.counts(["month", "type"]).table.to_pylist()
    by hand: 1 added, 0 already known
    again: 0 added, 1 already known
    [{'month': datetime.date(2017, 5, 1), 'type': 'COUP', 'n_events': 1, 'n_expected': 0.1}]
    """

    def __init__(self, home: str | os.PathLike[str] = "garrison") -> None:
        self._layout = layout_of(home)
        self._opened: Any = None

    @property
    def _connection(self) -> Any:
        self._opened = self._opened or connect()
        return self._opened.cursor()

    def append(
        self,
        batches: Iterable[pa.RecordBatch | pa.Table],
        *,
        origin: str,
        digest: str,
        n_expected: int = 0,
        wait: float = WAIT,
        watch: Callable[[int], None] | None = None,
    ) -> Appended:
        """Add events, whole or not at all; when this returns they are on the disk.

        Rows that are stored already (same id, same content) add nothing; rows whose id is stored with another content,
        and rows without an id or a date, are set aside in the store with their reason.

        Parameters
        ----------
        batches
            Tables or record batches with the columns of events.
        origin
            What they come from, for the record: a file's name.
        digest
            What tells that file from every other; if it is known, nothing is read.
        n_expected
            About how many events there are, 0 if unknown.
        wait
            Seconds to wait for another process that writes.
        watch
            Told now and then how many rows have been read.

        Returns
        -------
        Appended
            Rows added, known, set aside.

        Raises
        ------
        StoreError
            If another process writes, or the store is damaged.
        TableError
            If the place cannot be written to, or the batches are no events.
        """
        prepare(self._layout)
        with write_lock(self._layout, wait=wait):
            manifest = read_manifest(self._layout)
            settle(self._layout, manifest)
            before = next((done for done in manifest.appends if done.digest == digest), None)
            if before is not None:
                return replace(before, origin=origin, again=True)
            try:
                return append_batches(
                    self._layout,
                    manifest,
                    batches,
                    origin=origin,
                    digest=digest,
                    n_expected=n_expected,
                    watch=watch,
                )
            except BaseException:
                self._undo(manifest)
                raise

    def _undo(self, before: Manifest) -> None:
        """Sweep what a failed append wrote; if it failed after its commit, it stays."""
        if read_manifest(self._layout).generation == before.generation:
            shutil.rmtree(self._layout.inner / "staging", ignore_errors=True)

    def _ask(self, question: Callable[[Manifest], Any]) -> Any:
        if not self._layout.inner.exists():
            raise TableError(
                f"{self._layout.root}: there is no event store; make one with: garrison import FILE"
            )
        settle_if_free(self._layout)
        return on_committed(self._layout, question)

    def events(self, wanted: EventFilter | None = None, *, limit: int | None = None) -> Events:
        """Give the wanted events, sorted by their first day, then by id.

        Parameters
        ----------
        wanted
            Which; all if None.
        limit
            At most so many, the earliest ones.

        Returns
        -------
        Events
        """
        return Events(pa.Table.from_batches(*reversed(self._rows(wanted, limit))))

    def _rows(self, wanted: EventFilter | None, limit: int | None) -> tuple[Any, Any]:
        wanted = wanted or EventFilter()

        def question(manifest: Manifest) -> tuple[pa.Schema, list[pa.RecordBatch]]:
            reader = stream_events(self._connection, self._layout, manifest, wanted, limit=limit)
            return reader.schema, list(reader)

        schema, batches = self._ask(question)
        return schema, batches

    def batches(
        self, wanted: EventFilter | None = None, *, in_order: bool = False
    ) -> Iterator[pa.RecordBatch]:
        """Give the wanted events batch by batch, so that any number of them fits into memory.

        Parameters
        ----------
        wanted
            Which; all if None.
        in_order
            Sorted by first day and id, which takes longer; else in no order.

        Yields
        ------
        pyarrow.RecordBatch
            With the columns of events.
        """
        wanted = wanted or EventFilter()
        reader = self._ask(
            lambda manifest: stream_events(
                self._connection, self._layout, manifest, wanted, limit=None, in_order=in_order
            )
        )
        yield from unbroken(self._layout, reader)

    def save(
        self,
        path: str | os.PathLike[str],
        wanted: EventFilter | None = None,
        *,
        form: str | None = None,
    ) -> Path:
        """Write the wanted events, in their order: .parquet, .csv, .json, .jsonl, .geojson, by the suffix or `form`.

        Written aside first and then renamed. Parquet, CSV and JSON lines are written batch by batch, so that they may
        be of any size.
        """
        return save_stream(self.batches(wanted, in_order=True), path, form=form)

    def counts(
        self, by: str | Sequence[str], wanted: EventFilter | None = None, *, scan: bool = False
    ) -> Counts:
        """Count the wanted events by keys.

        Parameters
        ----------
        by
            Any of `country`, `place` (first-order division), `type`, `actor` (sector), `dataset`, and one of `day`,
            `week` (its Monday), `month` (its first day), `year`; of an event's first day.
        wanted
            Which events; all if None.
        scan
            Read the events even where each part's own counts suffice: by country, month or year, type and dataset,
            filtered by these and by whole months.

        Returns
        -------
        Counts
        """
        keys = check_keys(by)
        wanted = wanted or EventFilter()
        found: Counts = self._ask(
            lambda manifest: count_events(self._connection, self._layout, manifest, keys, wanted, scan=scan)
        )
        return found

    def set_aside(self) -> pa.Table:
        """Give all rows that were set aside, with their reason and where they came from."""
        found: pa.Table = self._ask(lambda manifest: read_set_aside(self._layout, manifest))
        return found

    def appends(self) -> tuple[Appended, ...]:
        """List what was appended, in its order."""
        return read_manifest(self._layout).appends

    def check(self) -> int:
        """Compare every part with the digest that it was written with; give the number of events.

        Raises
        ------
        StoreError
            If a part is missing or differs.
        """
        manifest: Manifest = self._ask(lambda state: state)
        found = find_damage(self._layout, manifest, with_digests=True)
        if found:
            more = f" (and {len(found) - 1} more files)" if len(found) > 1 else ""
            raise StoreError(f"{found[0]}{more}")
        return manifest.n_rows

    def __len__(self) -> int:
        return read_manifest(self._layout).n_rows

    def __repr__(self) -> str:
        manifest = read_manifest(self._layout)
        years = sorted({part.year for part in manifest.parts})
        span = f", {years[0]} to {years[-1]}" if years else ""
        return (
            f"EventStore at {self._layout.root}: {manifest.n_rows} events{span}, {len(manifest.parts)} parts"
        )
