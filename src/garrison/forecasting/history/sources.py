"""The published tables of history: known versions, and the checks that every reader makes first."""

from __future__ import annotations

import csv
import hashlib
import os
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from garrison.errors import ParameterError, TableError, nearest

Path_ = str | os.PathLike[str]


@dataclass(frozen=True)
class Source:
    """One published table in the version that is known: its form, its licence, where it comes from."""

    name: str
    title: str
    file: str
    version: str
    rows: int
    sha256: str
    columns: tuple[str, ...]
    first_day: date
    last_day: date
    licence: str
    bundle: bool
    citation: str
    where: str
    address: str = ""
    address_sha256: str = ""

    @property
    def hashes(self) -> tuple[str, ...]:
        """The SHA-256 of every file that is this version: the known one's, then that of the file at the address."""
        return (self.sha256, self.address_sha256) if self.address_sha256 else (self.sha256,)


@cache
def sources() -> dict[str, Source]:
    """Give every known table by its name.

    Examples
    --------
    >>> sources()["powell_thyne"].version, sources()["powell_thyne"].bundle
    ('V2019.04.22', False)
    """
    text = files(__package__).joinpath("sources.toml").read_text(encoding="utf8")
    found = {}
    for name, entry in tomllib.loads(text).items():
        first, last = entry.pop("covers")
        columns = tuple(entry.pop("columns"))
        found[name] = Source(name=name, columns=columns, first_day=first, last_day=last, **entry)
    return found


def source(name: str) -> Source:
    """Give a known table.

    Raises
    ------
    ParameterError
        For an unknown name.
    """
    if name not in sources():
        raise ParameterError(f"history table '{name}' is unknown. {nearest(name, sources())}")
    return sources()[name]


def sha256_of(path: Path_) -> str:
    """Give the SHA-256 of a file in hexadecimal digits."""
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_table(path: Path_, name: str, *, any_version: bool = False) -> pd.DataFrame:
    """Read a published table as text, after checking that it is the known version.

    Parameters
    ----------
    path
        A file of comma-separated values with a header.
    name
        Of the table in `sources.toml`.
    any_version
        Read a file whose hash is not that of the known version too, if its columns are there.

    Returns
    -------
    DataFrame
        The expected columns as text, and `line`, the line in the file.

    Raises
    ------
    TableError
        If the file is missing, not text, lacks a column, has a broken row, or is another version.
    """
    known = source(name)
    file = Path(path)
    if not file.is_file():
        raise TableError(f"{file}: no such file; {known.title} is found at: {known.where}")
    rows, lines = _rows(file, known)
    if not any_version and sha256_of(file) not in known.hashes:
        raise TableError(
            f"{file}: this is not {known.title} {known.version} ({len(rows)} rows, the known file has "
            f"{known.rows}); give the known version, or read it with any_version=True and compare the counts"
        )
    frame = pd.DataFrame(rows, columns=list(known.columns), dtype="object")
    frame["line"] = lines
    return frame


def _rows(file: Path, known: Source) -> tuple[list[list[str]], list[int]]:
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            missing = [column for column in known.columns if column not in header]
            if missing:
                raise TableError(
                    f"{file}, line 1: column {', '.join(missing)} is missing; {known.title} {known.version} has "
                    f"{', '.join(known.columns)}"
                )
            places = [header.index(column) for column in known.columns]
            for row in reader:
                if len(row) != len(header):
                    raise TableError(
                        f"{file}, line {reader.line_num}: {len(row)} fields, the header has {len(header)}; "
                        "quote fields that hold commas"
                    )
                rows.append([row[place].strip() for place in places])
                lines.append(reader.line_num)
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{file}: not comma-separated text in UTF-8 ({error}); save it as such") from None
    return rows, lines
