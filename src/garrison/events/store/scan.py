"""DuckDB over the parts of a store: what a query reads, and how a damaged part is told from a busy store."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from garrison.errors import StoreError
from garrison.events.store.damage import damaged
from garrison.events.store.event_filter import EventFilter
from garrison.events.store.layout import Layout
from garrison.events.store.manifest import Manifest, Part, read_manifest

if TYPE_CHECKING:
    import duckdb

T = TypeVar("T")

#: What a query may take of memory before it goes on with files of the system's temporary folder.
MEMORY_LIMIT = "2GB"
_TRIES = 5


def connect() -> duckdb.DuckDBPyConnection:
    """Open DuckDB in memory, bounded, with no access to the network."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
    spill = Path(tempfile.gettempdir()) / f"garrison-duckdb-{os.getuid()}"
    connection.execute("SET temp_directory = ?", [str(spill)])
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET preserve_insertion_order = false")
    return connection


def wanted_parts(manifest: Manifest, wanted: EventFilter) -> list[Part]:
    """List the parts that can hold wanted events."""
    return [part for part in manifest.parts if wanted.has_year(part.year)]


def relation(files: Sequence[Path], *, mixed: bool = False) -> tuple[str, list[Any]]:
    """Give the table that Parquet files make together, in SQL, with its parameter.

    Parameters
    ----------
    files
        One at least.
    mixed
        Whether some have columns that others lack.
    """
    words = f"read_parquet(?, hive_partitioning = false, union_by_name = {str(mixed).lower()})"
    return words, [[str(file) for file in files]]


def on_committed(layout: Layout, ask: Callable[[Manifest], T]) -> T:
    """Ask a committed state; ask again where a writer moved files meanwhile.

    Raises
    ------
    StoreError
        If a file of the state is missing or damaged; the message names it.
    """
    import duckdb

    for _ in range(_TRIES):
        manifest = read_manifest(layout)
        try:
            return ask(manifest)
        except (duckdb.Error, OSError, StoreError) as error:
            reason = error
        if isinstance(reason, duckdb.OutOfMemoryException):
            break
    found = find_damage(layout, read_manifest(layout), with_digests=True)
    if found:
        raise found[0] from None
    raise StoreError(f"{layout.root}: the query failed ({' '.join(str(reason).split())[:300]})") from reason


def unbroken(layout: Layout, batches: Iterable[T]) -> Iterator[T]:
    """Pass a stream on; where it breaks off, say what is damaged.

    Raises
    ------
    StoreError
        If a file is damaged, or a writer has replaced one meanwhile.
    """
    import duckdb

    try:
        yield from batches
    except (duckdb.Error, OSError) as error:
        found = find_damage(layout, read_manifest(layout), with_digests=True)
        if found:
            raise found[0] from None
        words = " ".join(str(error).split())[:300]
        raise StoreError(f"{layout.root}: was changed while it was read ({words}); ask again") from None


def find_damage(layout: Layout, manifest: Manifest, *, with_digests: bool) -> list[StoreError]:
    """List the files of a committed state that are missing, of a wrong size, or (if asked) of a wrong digest."""
    found = []
    for part in manifest.parts:
        path = layout.place(manifest.generation, part.file)
        if not path.is_file():
            found.append(damaged(path, "it is missing"))
        elif path.stat().st_size != part.bytes:
            found.append(damaged(path, f"{path.stat().st_size} bytes, {part.bytes} expected"))
        elif with_digests and _digest(path) != part.sha256:
            found.append(damaged(path, "its content has changed since it was written"))
        counts = layout.place(manifest.generation, part.counts)
        if not counts.is_file():
            found.append(damaged(counts, "it is missing"))
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
