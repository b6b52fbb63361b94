"""The loops of hashing and of looking up, compiled; machine code is kept on disk beside the module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np

F = TypeVar("F", bound=Callable[..., Any])

_FIRST = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xBF58476D1CE4E5B9)
_THIRD = np.uint64(0x94D049BB133111EB)
_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))

#: What `insert_keys` says of a row.
NEW, KNOWN, OTHER = 0, 1, 2


def _compiled(function: F) -> F:
    compile_: Any = numba.njit
    made: F = compile_(cache=True, nogil=True)(function)
    return made


@_compiled
def mix(word: Any) -> Any:
    """Spread a 64-bit word over all its bits (the finaliser of SplitMix64, Steele and others 2014)."""
    word = (word ^ (word >> _SHIFTS[0])) * _SECOND
    word = (word ^ (word >> _SHIFTS[1])) * _THIRD
    return word ^ (word >> _SHIFTS[2])


@_compiled
def hash_texts(starts: Any, letters: Any, seed: Any, out: Any) -> None:
    """Hash texts given as offsets into their bytes, eight bytes at a time."""
    for row in range(len(out)):
        start, end = starts[row], starts[row + 1]
        value = mix(seed + _FIRST * np.uint64(end - start + 1))
        place = start
        while place + 8 <= end:
            word = np.uint64(0)
            for byte in range(8):
                word |= np.uint64(letters[place + byte]) << np.uint64(8 * byte)
            value = mix(value ^ word) + _FIRST
            place += 8
        word = np.uint64(0)
        for byte in range(end - place):
            word |= np.uint64(letters[place + byte]) << np.uint64(8 * byte)
        out[row] = mix(value ^ word)


@_compiled
def add_values(values: Any, valid: Any, key: Any, out: Any) -> None:
    """Add a column of 64-bit words to the hashes of rows."""
    for row in range(len(out)):
        if valid[row]:
            out[row] += mix(mix(values[row] + key) ^ key)


@_compiled
def add_coded(codes: Any, valid: Any, words: Any, key: Any, out: Any) -> None:
    """Add a dictionary-encoded column: the hash of each word, by its code."""
    for row in range(len(out)):
        if valid[row]:
            out[row] += mix(mix(words[codes[row]] + key) ^ key)


@_compiled
def add_lists(offsets: Any, valid: Any, children: Any, key: Any, out: Any) -> None:
    """Add a column of lists: the hashes of their members in order; an empty list adds nothing."""
    for row in range(len(out)):
        if valid[row] and offsets[row + 1] > offsets[row]:
            value = key
            for place in range(offsets[row], offsets[row + 1]):
                value = mix(value ^ children[place]) + _FIRST
            out[row] += mix(value)


@_compiled
def insert_keys(keys: Any, contents: Any, shift: Any, new_keys: Any, new_contents: Any, said: Any) -> Any:
    """Insert rows into a table whose slots stay in the order of their keys; say of each whether it was there.

    A key's home is given by its leading bits; it stands there or a little behind, in order. A slot of 0 is empty.

    Parameters
    ----------
    keys, contents
        The table: hashes of ids and of contents, shape (slot,).
    shift
        How many trailing bits of a key its home leaves out.
    new_keys, new_contents
        The rows, shape (row,).
    said
        Filled with `NEW`, `KNOWN` (same content) or `OTHER` (other content), shape (row,).

    Returns
    -------
    int
        How many rows were looked at; fewer than all where the table's end was reached, and it must grow.
    """
    last = len(keys) - 1
    for row in range(len(new_keys)):
        key, content = new_keys[row], new_contents[row]
        slot = np.int64(key >> shift)
        while slot < last and keys[slot] != 0 and keys[slot] < key:
            slot += 1
        end = slot
        while end < last and keys[end] != 0:
            end += 1
        if end >= last:
            return row
        if keys[slot] == key:
            said[row] = KNOWN if contents[slot] == content else OTHER
            continue
        said[row] = NEW
        while end > slot:
            keys[end], contents[end] = keys[end - 1], contents[end - 1]
            end -= 1
        keys[slot], contents[slot] = key, content
    return len(new_keys)


@_compiled
def look_up(keys: Any, contents: Any, new_keys: Any, new_contents: Any, order: Any, said: Any) -> None:
    """Look rows up in a sorted segment, in ascending order of their keys; where found, say `KNOWN` or `OTHER`."""
    place: Any = np.int64(0)
    n_keys: Any = len(keys)
    for index in range(len(order)):
        row = order[index]
        key = new_keys[row]
        step: Any = np.int64(1)
        while place + step < n_keys and keys[place + step] < key:
            place += step
            step *= 2
        high: Any = min(place + step, n_keys)
        while place < high:
            middle = (place + high) // 2
            if keys[middle] < key:
                place = middle + 1
            else:
                high = middle
        if place < n_keys and keys[place] == key:
            said[row] = KNOWN if contents[place] == new_contents[row] else OTHER
