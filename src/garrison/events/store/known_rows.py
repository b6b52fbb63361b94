"""Which rows a store already holds: sorted hashes on disk, and a table of those that the present append brings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from garrison.errors import StoreError
from garrison.events.store.hash_kernels import NEW, insert_keys, look_up
from garrison.events.store.layout import Layout
from garrison.events.store.manifest import Manifest, Segment
from garrison.events.store.row_hashes import Hashes

_LEAST_BITS = 12
#: A table is this full at most before it doubles; fuller ones grow slow.
_FULL = 0.78
#: Slots behind the last home, for rows that its neighbours push away.
_SPARE = 4096
_SLICE = 1 << 20


class KnownRows:
    """Tell which rows are new, and remember them.

    Parameters
    ----------
    layout, manifest
        The store and its committed state.
    n_expected
        Rows that the append is expected to bring; saves the table from growing.
    """

    def __init__(self, layout: Layout, manifest: Manifest, *, n_expected: int = 0) -> None:
        self._segments = [
            read_segment(layout.place(manifest.generation, piece.file), piece) for piece in manifest.segments
        ]
        self.n_new = 0
        self._bits = max(_LEAST_BITS, int(np.ceil(np.log2(max(n_expected, 1) / _FULL))))
        self._keys, self._contents = self._empty()

    def _empty(self) -> tuple[Hashes, Hashes]:
        slots = (1 << self._bits) + _SPARE
        return np.zeros(slots, np.uint64), np.zeros(slots, np.uint64)

    def admit(self, keys: Hashes, contents: Hashes) -> NDArray[np.int8]:
        """Say of each row whether it is `NEW`, `KNOWN` or of a known id with `OTHER` content; new ones are remembered.

        Of two rows of one id with different contents the first one stays.
        """
        said = np.full(len(keys), NEW, np.int8)
        order = np.argsort(keys) if self._segments else np.zeros(0, np.int64)
        for old_keys, old_contents in self._segments:
            look_up(old_keys, old_contents, keys, contents, order, said)
        rest = np.flatnonzero(said == NEW)
        found = np.full(len(rest), NEW, np.int8)
        self._insert(keys[rest], contents[rest], found)
        said[rest] = found
        self.n_new += int((found == NEW).sum())
        return said

    def _insert(self, keys: Hashes, contents: Hashes, said: NDArray[np.int8]) -> None:
        while self.n_new + len(keys) > _FULL * (1 << self._bits):
            self._grow()
        done = 0
        while True:
            shift = np.uint64(64 - self._bits)
            table = (self._keys, self._contents)
            done += insert_keys(*table, shift, keys[done:], contents[done:], said[done:])
            if done == len(keys):
                return
            self._grow()

    def _grow(self) -> None:
        """Double the table, again where too many rows crowd at its end."""
        old_keys, old_contents = self._keys, self._contents
        whole = False
        while not whole:
            self._bits += 1
            self._keys, self._contents = self._empty()
            shift = np.uint64(64 - self._bits)
            whole = True
            for start in range(0, len(old_keys), _SLICE):
                keys, contents = old_keys[start : start + _SLICE], old_contents[start : start + _SLICE]
                filled = keys != 0
                said = np.zeros(int(filled.sum()), np.int8)
                table = (self._keys, self._contents)
                whole &= insert_keys(*table, shift, keys[filled], contents[filled], said) == len(said)

    def write(self, path: Path) -> int:
        """Write the new rows as a sorted segment and forget them; gives its bytes."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for values in (self._keys, self._contents):
                for start in range(0, len(values), _SLICE):
                    filled = self._keys[start : start + _SLICE] != 0
                    file.write(values[start : start + _SLICE][filled].tobytes())
        self._keys, self._contents = np.zeros(0, np.uint64), np.zeros(0, np.uint64)
        return path.stat().st_size


def read_segment(path: Path, segment: Segment) -> tuple[Hashes, Hashes]:
    """Open a segment of the index, without reading it into memory.

    Raises
    ------
    StoreError
        If it is missing or has another size than the manifest says.
    """
    size = path.stat().st_size if path.is_file() else -1
    if size != segment.bytes or segment.bytes != 16 * segment.rows:
        raise StoreError(
            f"{path}: is missing or damaged ({size} bytes, {segment.bytes} expected); restore it from a copy, or "
            "import the store's parts into a new one with --home NEW_FOLDER"
        )
    whole = np.memmap(path, np.uint64, mode="r")
    return whole[: segment.rows], whole[segment.rows :]


def merge_segments(pieces: Sequence[tuple[Hashes, Hashes]], path: Path) -> int:
    """Write several segments as one; gives its bytes."""
    keys = np.concatenate([keys for keys, _ in pieces])
    order = np.argsort(keys, kind="stable")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(keys[order].tobytes())
        file.write(np.concatenate([contents for _, contents in pieces])[order].tobytes())
    return path.stat().st_size
