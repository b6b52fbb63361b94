"""Import a file into a store: its new events appended, its rows that are no events kept beside the store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pyarrow as pa

from garrison.events.store.event_store import EventStore
from garrison.events.store.incoming import Incoming
from garrison.events.store.manifest import Appended
from garrison.records import save_table


def import_file(
    store: EventStore,
    path: str | os.PathLike[str],
    *,
    form: str | None = None,
    rejects: str | os.PathLike[str] | None = None,
    watch: Callable[[int], None] | None = None,
) -> tuple[Appended, str]:
    r"""Append the events of a file: Parquet with our columns, or event data of any format that is known.

    Parameters
    ----------
    store
        Where to.
    path
        The file.
    form
        Name of its format; told by its content if None.
    rejects
        Where to write the rows that are no events, each with its line and reason; nothing is written where there are
        none. If None, they are only counted.
    watch
        Told now and then how many events have been read.

    Returns
    -------
    tuple
        What the append did, and what the reader says of the file's rows (empty for Parquet).

    Raises
    ------
    TableError
        If the file cannot be read.
    StoreError
        If another process writes to the store, or it is damaged.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> rows = "event_id_cnty,event_date,event_type,sub_event_type,actor1,country"
    >>> rows += "\nX1,2020-01-02,Riots,Mob violence,,Mali"
    >>> with tempfile.TemporaryDirectory() as home:
    ...     data = Path(home) / "acled.csv"
    ...     _ = data.write_text(rows)
    ...     import_file(EventStore(home), data)[0].n_added
    1
    """
    incoming = Incoming(path, form)

    def batches() -> Iterator[pa.RecordBatch]:
        yield from incoming.batches()
        # Kept before the append is committed, so that no known file lacks them.
        rows = incoming.rejects()
        if rows is not None and rejects is not None:
            save_table(rows, rejects)

    done = store.append(
        batches(),
        origin=str(path),
        digest=incoming.digest(),
        n_expected=incoming.n_expected,
        watch=watch,
    )
    return done, "" if done.again else incoming.tally()
