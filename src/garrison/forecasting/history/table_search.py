"""Files of known tables below a folder of the user's, and what had to be set aside there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from garrison.errors import TableError
from garrison.forecasting.history.data_limits import data_limit
from garrison.forecasting.history.sources import Path_, sources


@dataclass(frozen=True)
class FoundFiles:
    """Files that bear the name of a known table's file.

    Parameters
    ----------
    by_table
        Table name to its files, in the order of their paths.
    set_aside
        A sentence for each thing of such a name that is no file to be read, and each folder that cannot be entered.
    """

    by_table: dict[str, list[Path]] = field(default_factory=dict)
    set_aside: list[str] = field(default_factory=list)


def search_tables(folder: Path_) -> FoundFiles:
    """Look for files of known tables in a folder and its subfolders; links to folders are not followed.

    Parameters
    ----------
    folder
        Where the user keeps tables.

    Returns
    -------
    FoundFiles

    Raises
    ------
    TableError
        If it is no folder, or holds so much that it can be no folder of tables.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "polity5.csv").write_text("no table at all")
    ...     [(name, len(paths)) for name, paths in search_tables(folder).by_table.items()]
    [('polity', 1)]
    """
    root = Path(folder)
    check_folder_path(root)
    tables = {known.file: name for name, known in sources().items()}
    found = FoundFiles()
    for path in _entries(root, found.set_aside):
        if path.name not in tables:
            continue
        reason = _why_not(path, root)
        if reason:
            found.set_aside.append(f"{path}: {reason}")
        else:
            found.by_table.setdefault(tables[path.name], []).append(path)
    for paths in found.by_table.values():
        paths.sort()
    return found


def check_folder_path(folder: Path) -> None:
    """Refuse a path that is no folder.

    Raises
    ------
    TableError
        If nothing is there, or a file.
    """
    if not folder.exists():
        raise TableError(f"{folder}: no such folder; name the folder that holds your tables")
    if not folder.is_dir():
        raise TableError(f"{folder}: is a file; name the folder that it lies in")


def _entries(root: Path, set_aside: list[str]) -> Iterator[Path]:
    """Give every file and folder below, but what version control keeps for itself."""

    def note(error: OSError) -> None:
        set_aside.append(f"{error.filename}: cannot be entered ({error.strerror})")

    most, seen = data_limit("search", "most_entries"), 0
    for folder, below, names in os.walk(root, onerror=note):
        below[:] = sorted(name for name in below if name != ".git")
        seen += len(below) + len(names)
        if seen > most:
            raise TableError(
                f"{root}: holds more than {most:,} files; name the folder that holds the tables alone"
            )
        for name in [*names, *below]:
            yield Path(folder, name)


def _why_not(path: Path, root: Path) -> str:
    """Say why something of the name of a table is not read; an empty string where it is."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # a link to nothing, or a circle of links
        return "a link that leads nowhere"
    if not target.is_relative_to(root.resolve()):
        return f"a link that leads out of {root}; copy the file there"
    if target.is_dir():
        return "a folder, not a file"
    if not target.is_file():
        return "no ordinary file"
    return ""
