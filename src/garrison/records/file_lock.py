"""One writer at a time: a lock file that other processes and threads wait for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from garrison.errors import GarrisonError

#: Seconds between two looks at a lock that another process holds.
_PAUSE = 0.01

try:
    import fcntl
except ImportError:  # Not every system has it; there the mere existence of a file is the lock.
    _HAS_LOCKS = False
else:
    _HAS_LOCKS = True

#: Makes the error of a lock that stays held, from the holder's process number and what to do about it.
Refusal = Callable[[str, str], GarrisonError]


@contextmanager
def held(path: Path, wait: float, refusal: Refusal) -> Iterator[None]:
    """Hold a lock.

    Parameters
    ----------
    path
        The lock file, which names its holder's process. Where the system locks files, it stays, and a process that dies
        frees it; elsewhere its existence is the lock.
    wait
        Seconds to wait for another process.
    refusal
        Makes the error for a lock that another process still holds then.

    Raises
    ------
    GarrisonError
        The one that `refusal` makes.

    Examples
    --------
    >>> import tempfile
    >>> from garrison.errors import StoreError
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with held(Path(folder) / "lock", 1.0, lambda holder, hint: StoreError(f"held by {holder}; {hint}")):
    ...         print("mine")
    mine
    """
    take = _lock_file if _HAS_LOCKS else _make_file
    free = take(path, time.monotonic() + wait, refusal)
    try:
        yield
    finally:
        free()


def _lock_file(path: Path, until: float, refusal: Refusal) -> Callable[[], None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise refusal(_holder(path), "try again when it is done") from None
                time.sleep(_PAUSE)
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
    except BaseException:
        os.close(handle)
        raise
    return lambda: os.close(handle)


def _make_file(path: Path, until: float, refusal: Refusal) -> Callable[[], None]:
    while True:
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)
        except FileExistsError:
            if time.monotonic() >= until:
                hint = f"if none is at work, one was killed: delete {path.name}"
                raise refusal(_holder(path), hint) from None
            time.sleep(_PAUSE)
        else:
            os.write(handle, f"{os.getpid()}\n".encode())
            os.close(handle)
            return lambda: path.unlink(missing_ok=True)


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip() or "unknown"
    except OSError:
        return "unknown"
