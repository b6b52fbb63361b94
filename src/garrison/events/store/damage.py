"""How a damaged file of a store is named, and what to do about it."""

from __future__ import annotations

from pathlib import Path

from garrison.errors import StoreError


def damaged(path: Path, reason: object) -> StoreError:
    """Make the error for a file that is missing or cannot be read.

    Examples
    --------
    >>> print(damaged(Path("part.parquet"), "too short"))
    part.parquet: is damaged (too short); restore it from a copy, or ... the other parts into a new store ...
    """
    words = " ".join(str(reason).split())[:200]
    return StoreError(
        f"{path}: is damaged ({words}); restore it from a copy, or import the file that it came from and the other "
        "parts into a new store with --home NEW_FOLDER"
    )
