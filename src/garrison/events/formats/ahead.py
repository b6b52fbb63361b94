"""Read ahead: the next block is cut into cells while the last one is made into events."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterator[T]) -> Iterator[T]:
    """Give items of an iterator, always making the next one in a thread of its own.

    Parameters
    ----------
    items
        Made one at a time; an exception in making one is raised where that one would have come.

    Yields
    ------
    T
        The same items in the same order.

    Examples
    --------
    >>> list(ahead(iter("abc")))
    ['a', 'b', 'c']
    """
    end = object()
    with ThreadPoolExecutor(max_workers=1) as worker:
        coming = worker.submit(next, items, end)
        while (item := coming.result()) is not end:
            coming = worker.submit(next, items, end)
            yield item  # type: ignore[misc]
