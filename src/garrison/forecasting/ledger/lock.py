"""One writer at a time: a lock beside the ledger that other processes wait for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from garrison.errors import LedgerError

#: Seconds between two looks at a lock that another process holds.
_PAUSE = 0.01

try:
    import fcntl
except ImportError:  # Not every system has it; there the mere existence of a file is the lock.
    _HAS_LOCKS = False
else:
    _HAS_LOCKS = True


@contextmanager
def held(path: Path, wait: float) -> Iterator[None]:
    """Hold the lock of a ledger; other processes and threads wait for it.

    Parameters
    ----------
    path
        The lock file. Where the system locks files, it stays, and a process that dies frees it; elsewhere its
        existence is the lock.
    wait
        Seconds to wait for another process.

    Raises
    ------
    LedgerError
        If another process still holds it then.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, held(Path(folder) / "ledger.lock", 1.0):
    ...     print("mine")
    mine
    """
    until = time.monotonic() + wait
    free = _lock_file(path, until, wait) if _HAS_LOCKS else _make_file(path, until, wait)
    try:
        yield
    finally:
        free()


def _lock_file(path: Path, until: float, wait: float) -> Callable[[], None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                os.close(handle)
                _refuse(path, wait, "try again when it is done")
            time.sleep(_PAUSE)
        except BaseException:
            os.close(handle)
            raise
        else:
            return lambda: os.close(handle)


def _make_file(path: Path, until: float, wait: float) -> Callable[[], None]:
    while True:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
        except FileExistsError:
            if time.monotonic() >= until:
                _refuse(path, wait, f"if none is at work, one was killed: delete {path.name}")
            time.sleep(_PAUSE)
        else:
            return lambda: path.unlink(missing_ok=True)


def _refuse(path: Path, wait: float, hint: str) -> NoReturn:
    raise LedgerError(f"{path}: another process has held the ledger for {wait:g} seconds; {hint}")
