"""Compilation of the model's equations to machine code, kept on disk between runs."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

ROOMS = ("regime", "engines", "stability")
_PACKAGE = Path(__file__).resolve().parents[1]

_OPTIONS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    # Products may be added without rounding in between; sums keep their order, so that digits do not hang on how
    # many numbers a processor adds at once.
    "fastmath": {"contract", "arcp", "nsz"},
    # The model's code allocates nothing, so that counting references to its arrays would be most of its work.
    "_nrt": False,
}

Function = TypeVar("Function", bound=Callable[..., Any])


@functools.cache
def _digest_of_sources() -> str:
    """Name the present state of all sources that compiled code can come from.

    Numba looks at the file of a function alone; the functions that it calls may have changed in theirs.
    """
    digest = hashlib.blake2b(numba.__version__.encode(), digest_size=8)
    for room in ROOMS:
        for path in sorted((_PACKAGE / room).rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


@functools.cache
def _cache_folder() -> Path | None:
    """Give the folder for compiled code of these sources, or None where none can be written."""
    beside = _PACKAGE / "regime" / "__pycache__"
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "garrison"
    for parent in (beside, home):
        folder = parent / f"compiled-{_digest_of_sources()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK):
                continue
            _drop_old(folder)
        except OSError:
            continue
        return folder
    return None


def _drop_old(folder: Path) -> None:
    """Remove what was compiled from earlier sources, all but the newest two: another checkout may use one."""
    others = [path for path in folder.parent.glob("compiled-*") if path != folder]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for old in others[2:]:
        shutil.rmtree(old, ignore_errors=True)


def compiled(function: Function) -> Function:
    """Compile a function of the model when it is first called; without Python's lock, so that runs share cores.

    Parameters
    ----------
    function
        Of numbers and arrays alone.

    Returns
    -------
    Callable
        The same function; the machine code is kept on disk and made anew when any source of the model changes.

    Examples
    --------
    >>> @compiled
    ... def twice(number):
    ...     return 2 * number
    >>> twice(2.0)
    4.0
    """
    folder = _cache_folder()
    kept = folder is not None and Path(function.__code__.co_filename).is_file()
    settings: Any = numba.config
    compile_: Any = numba.njit
    previous = settings.CACHE_DIR
    try:
        if kept:
            settings.CACHE_DIR = str(folder)
        made: Function = compile_(cache=kept, **_OPTIONS)(function)
    finally:
        settings.CACHE_DIR = previous
    return made
