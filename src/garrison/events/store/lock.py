"""One writer at a time: a lock that the system releases even if its holder is killed."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from garrison.errors import StoreError
from garrison.events.store.layout import Layout


@contextmanager
def write_lock(layout: Layout, *, wait: float) -> Iterator[None]:
    """Hold the store for writing.

    Parameters
    ----------
    layout
        Its folders; the inner one must exist.
    wait
        Seconds to wait for another writer.

    Raises
    ------
    StoreError
        If another process still writes after that time; the message names it.
    """
    handle = os.open(layout.lock, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _take(handle, layout, time.monotonic() + wait)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _take(handle: int, layout: Layout, latest: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= latest:
                holder = os.pread(handle, 32, 0).decode(errors="replace").strip() or "unknown"
                raise StoreError(
                    f"{layout.root}: is being written by process {holder}; try again when it is done"
                ) from None
            time.sleep(0.05)
