"""Two 64-bit hashes of every row: of its id, and of all that it says.

A row is known where both were seen, and a row of a known id with another content is told by the second. With the salt
of the store nobody can make two rows collide on purpose; by chance, among 50 million ids, one pair shares its first
hash in about 1 of 15,000 stores, and is then set aside, not lost.

The hash of the content is a sum over columns, each with the hash of its name mixed in, and what is null or an empty
list adds nothing: neither the order of columns nor a column that is missing on one side matters.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from garrison.events.store.hash_kernels import add_coded, add_lists, add_values, hash_texts

Hashes = NDArray[np.uint64]


def row_hashes(table: pa.Table, salt: int) -> tuple[Hashes, Hashes]:
    """Hash the ids and the contents of events.

    Parameters
    ----------
    table
        Events; columns of text may be plain or dictionary-encoded, which gives the same hashes.
    salt
        Of the store.

    Returns
    -------
    tuple of ndarray
        Hash of the id, never 0, and of the content; each of shape (row,).

    Examples
    --------
    >>> one = pa.table({"id": ["a", "b", "a"], "type": ["COUP", "COUP", None]})
    >>> ids, contents = row_hashes(one, salt=1)
    >>> bool(ids[0] == ids[2]), bool(contents[0] == contents[2])
    (True, False)
    """
    contents = np.zeros(len(table), np.uint64)
    for name, column in zip(table.column_names, table.columns, strict=True):
        if column.null_count < len(column):
            _add_column(_whole(column), _key(name, salt), contents)
    ids = _texts(_whole(table.column("id")), np.uint64(salt))
    ids[ids == 0] = 1
    return ids, contents


def _key(name: str, salt: int) -> np.uint64:
    text = f"{salt} {name}".encode()
    return np.uint64(int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little"))


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _add_column(column: Any, key: np.uint64, out: Hashes) -> None:
    kind = column.type
    if isinstance(column, pa.ChunkedArray):  # combine_chunks of dictionaries may give one chunk still
        column = pa.concat_arrays(column.chunks)
    if pa.types.is_dictionary(kind):
        codes = column.indices.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64, copy=False)
        add_coded(codes, _valid(column), _texts(column.dictionary, np.uint64(0)), key, out)
    elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
        add_values(_texts(column, np.uint64(0)), _valid(column), key, out)
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind):
        offsets = column.offsets.to_numpy().astype(np.int64, copy=False)
        children = _texts(column.values.cast(pa.string()), np.uint64(0))
        children[~_valid(column.values)] = 0
        add_lists(offsets, _valid(column), children, key, out)
    else:
        add_values(_words(column), _valid(column), key, out)


def _valid(column: pa.Array) -> NDArray[np.bool_]:
    if not column.null_count:
        return np.ones(len(column), np.bool_)
    valid: NDArray[np.bool_] = column.is_valid().to_numpy(zero_copy_only=False)
    return valid


def _words(column: pa.Array) -> Hashes:
    """Give numbers, days and truth values as 64-bit words; equal numbers give equal words."""
    kind = column.type
    if pa.types.is_floating(kind):
        filled = column.cast(pa.float64()).fill_null(0.0).to_numpy(zero_copy_only=False)
        # Minus zero is zero.
        words: Hashes = (filled + 0.0).view(np.uint64)
        return words
    if pa.types.is_date32(kind):
        column = column.cast(pa.int32())
    filled = column.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    whole: Hashes = np.ascontiguousarray(filled).view(np.uint64)
    return whole


def _texts(column: pa.Array, seed: np.uint64) -> Hashes:
    """Hash texts; what stands at a null is of no account."""
    if pa.types.is_dictionary(column.type):
        codes = column.indices.fill_null(0).to_numpy(zero_copy_only=False)
        found: Hashes = _texts(column.dictionary, seed)[codes]
        return found
    wide = pa.types.is_large_string(column.type)
    offset_type = np.int64 if wide else np.int32
    out = np.zeros(len(column), np.uint64)
    if not len(column):
        return out
    _, offsets, data = column.buffers()
    starts = np.frombuffer(offsets, offset_type)[column.offset : column.offset + len(column) + 1]
    letters = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
    hash_texts(starts.astype(np.int64, copy=False), letters, seed, out)
    return out
