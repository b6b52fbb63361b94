"""When small files are made one: eight of a size become one of the next, so that their number stays small."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

#: So many files of one size are merged; sizes are powers of it.
MANY = 8
_BITS = 3


def due_to_merge(files: Iterable[T], n_rows: Callable[[T], int], *, largest: int) -> list[T]:
    """Find files of about one size that are enough to be merged; the smallest such size first.

    Each row is so rewritten at most once a size, and of each size there are fewer than eight files.

    Parameters
    ----------
    files
        Those that may be merged with one another.
    n_rows
        Rows of a file.
    largest
        Rows from which on a file is left alone.

    Returns
    -------
    list
        Eight or more files, or none.

    Examples
    --------
    >>> due_to_merge([9, 10, 11, 9000], lambda rows: rows, largest=1000)
    []
    >>> due_to_merge([9] * 8 + [900] * 8, lambda rows: rows, largest=1000)
    [9, 9, 9, 9, 9, 9, 9, 9]
    """
    sizes: dict[int, list[T]] = defaultdict(list)
    for file in files:
        if n_rows(file) < largest:
            sizes[n_rows(file).bit_length() // _BITS].append(file)
    return next((sizes[size] for size in sorted(sizes) if len(sizes[size]) >= MANY), [])
