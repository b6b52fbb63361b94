"""One writer of a store at a time."""

from __future__ import annotations

from contextlib import AbstractContextManager

from garrison.errors import StoreError
from garrison.events.store.layout import Layout
from garrison.records.file_lock import held


def write_lock(layout: Layout, *, wait: float) -> AbstractContextManager[None]:
    """Hold the store for writing.

    Parameters
    ----------
    layout
        Its folders; the inner one must exist.
    wait
        Seconds to wait for another writer.

    Returns
    -------
    context manager
        Raises a StoreError if another process still writes after that time; the message names it.
    """
    return held(
        layout.lock,
        wait,
        lambda holder, hint: StoreError(f"{layout.root}: is being written by process {holder}; {hint}"),
    )
