"""One writer of a ledger at a time."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from garrison.errors import LedgerError
from garrison.records.file_lock import held as held_file


def held(path: Path, wait: float) -> AbstractContextManager[None]:
    """Hold the lock of a ledger; other processes and threads wait for it.

    Parameters
    ----------
    path
        The lock file, beside the ledger.
    wait
        Seconds to wait for another process.

    Returns
    -------
    context manager
        Raises a LedgerError if another process still holds it then.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, held(Path(folder) / "ledger.lock", 1.0):
    ...     print("mine")
    mine
    """
    return held_file(
        path,
        wait,
        lambda holder, hint: LedgerError(
            f"{path}: another process ({holder}) has held the ledger for {wait:g} seconds; {hint}"
        ),
    )
