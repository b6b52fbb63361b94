"""Whether a file is the known version of a table, and what differs if it is not."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from garrison.errors import TableError
from garrison.forecasting.history.data_limits import data_limit
from garrison.forecasting.history.sources import Path_, Source, read_table, sha256_of, source, sources
from garrison.forecasting.history.table_search import FoundFiles


class TableState(StrEnum):
    """How a known table stands among the user's data."""

    present = "present"
    other_version = "other version"
    missing = "missing"


@dataclass(frozen=True)
class TableCheck:
    """What was found of one known table.

    Parameters
    ----------
    source
        The known table.
    state
        Present in the known version, as another version, or missing.
    path
        The file, None where it is missing.
    differs
        What differs from the known version, in words.
    """

    source: Source
    state: TableState
    path: Path | None = None
    differs: str = ""


@dataclass(frozen=True)
class DataCheck:
    """How all known tables stand among the user's data.

    Parameters
    ----------
    tables
        By table name, in the order of `sources.toml`.
    set_aside
        A sentence for everything of a table's name that was not read.
    """

    tables: dict[str, TableCheck]
    set_aside: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Say how many tables are there."""
        counts = [
            f"{n} {state}"
            for state in TableState
            if (n := sum(check.state is state for check in self.tables.values()))
        ]
        return f"{len(self.tables)} known tables: {', '.join(counts)}"


def check_table(path: Path_, name: str) -> TableCheck:
    r"""Hold a file against the known version of a table.

    Parameters
    ----------
    path
        The file.
    name
        Of the table.

    Returns
    -------
    TableCheck
        Present, or another version with what differs; whatever is wrong with the file is told there, not raised.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "gw_states.csv")
    ...     _ = path.write_text("gwcode,stateabb,statename,startdate,enddate\n2,USA,x,1816-01-01,2017-12-31\n")
    ...     check = check_table(path, "states")
    >>> check.state.value, check.differs
    ('other version', 'number of rows is 1; as in peacesciencer has 216')
    """
    known, file = source(name), Path(path)
    try:
        if sha256_of(file) in known.hashes:
            return TableCheck(known, TableState.present, file)
        differs = _difference(file, known)
    except OSError as error:
        differs = f"cannot be read ({error.strerror or error})"
    return TableCheck(known, TableState.other_version, file, differs)


def check_found(*found: FoundFiles) -> DataCheck:
    """Hold everything that was found against the known versions.

    Parameters
    ----------
    found
        From `search_tables`; of several files of one table the first of the known version counts, else the first.

    Examples
    --------
    >>> check_found().tables["polity"].state
    <TableState.missing: 'missing'>
    """
    tables = {}
    for name, known in sources().items():
        paths = [path for each in found for path in each.by_table.get(name, [])]
        tables[name] = _best(check_table(path, name) for path in paths) or TableCheck(
            known, TableState.missing
        )
    return DataCheck(tables, tuple(words for each in found for words in each.set_aside))


def _best(checks: Iterable[TableCheck]) -> TableCheck | None:
    first: TableCheck | None = None
    for check in checks:
        if check.state is TableState.present:
            return check
        first = first or check
    return first


def _difference(file: Path, known: Source) -> str:
    largest = data_limit("search", "largest_table")
    if (size := file.stat().st_size) > largest:
        return f"takes {size:,} bytes, more than any known table; not looked into"
    try:
        rows = len(read_table(file, known.name, any_version=True))
    except TableError as error:
        cut = "" if _ends_with_line(file) else "; or the file was cut off"
        return str(error).removeprefix(str(file)).lstrip(":, ") + cut
    if rows != known.rows:
        return f"number of rows is {rows:,}; {known.version} has {known.rows:,}"
    return f"as many rows ({rows:,}) and the same columns, other content"


def _ends_with_line(file: Path) -> bool:
    with file.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - 1))
        return stream.read(1) == b"\n"
