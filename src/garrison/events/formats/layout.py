"""Which format a file has, told by its first lines, and how this file of it is laid out."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from garrison.errors import TableError
from garrison.events.formats.format_file import Format, formats

#: Spreadsheets write these in place of a format's own delimiter.
_DELIMITERS = (",", ";", "\t")

#: So many lines are looked at to tell a file without a header line.
_LOOKED_AT = 20


@dataclass(frozen=True)
class Layout:
    """A file of a format: its delimiter, the columns that it has in their order, whether a header line names them."""

    format: Format
    delimiter: str
    columns: tuple[str, ...]
    header: bool


def layout_of(lines: Sequence[bytes], name: str, wanted: Format | None = None) -> Layout:
    """Tell a file's format by its first lines.

    Parameters
    ----------
    lines
        From the file's beginning.
    name
        The file, for messages.
    wanted
        The format that it is said to have; without it all are tried.

    Returns
    -------
    Layout

    Raises
    ------
    TableError
        If no format has such columns, or not the one that is wanted.

    Examples
    --------
    >>> layout_of([b"event_id_cnty;event_date;event_type;sub_event_type;actor1"], "a.csv").delimiter
    ';'
    """
    filled = [line.decode("utf-8", "replace") for line in lines[: _LOOKED_AT * 2] if line.strip()]
    if not filled:
        raise TableError(f"{name}: is empty; give a file with rows")
    for kind in (wanted,) if wanted else formats().values():
        found = _with_header(kind, filled) or _without_header(kind, filled, sure=wanted is not None)
        if found:
            return found
    if wanted:
        raise TableError(f"{name}, line 1: is not {wanted.title}; it should have {_columns_said(wanted)}")
    known = ", ".join(kind.title for kind in formats().values())
    raise TableError(
        f"{name}, line 1: no known format has such columns. Known: {known}; name one with `format`"
    )


def _columns_said(kind: Format) -> str:
    if kind.shape.header:
        return "the columns " + ", ".join(kind.shape.recognised_by)
    return f"{len(kind.shape.columns)} columns between tabs and no header line"


def _with_header(kind: Format, lines: Sequence[str]) -> Layout | None:
    """Read the first line as column names, if these are the format's."""
    shape = kind.shape
    asked = {name.lower() for name in shape.recognised_by or shape.columns[: len(shape.columns) - 1]}
    for delimiter in (shape.delimiter, *(_DELIMITERS if shape.quoted else ())):
        cells = [cell.strip().strip('"').lower() for cell in _cut(lines[0], delimiter)]
        if asked <= set(cells):
            if shape.repair == "polecat":
                cells = _mended_header(shape.columns, cells, lines[1:])
            return Layout(kind, delimiter, _named(shape.columns, cells), header=True)
    return None


def _cut(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _named(columns: Sequence[str], cells: Sequence[str]) -> tuple[str, ...]:
    """Give the columns of a file their names in the format; columns that it does not know get names of no column."""
    names = {name.lower(): name for name in columns}
    return tuple(names.pop(cell, f"@{place}") for place, cell in enumerate(cells))


def _mended_header(columns: Sequence[str], cells: list[str], rows: Sequence[str]) -> list[str]:
    """Take surplus names off a header of POLECAT: empty ones, and those for which the rows have no cells."""
    while cells and not cells[-1]:
        cells.pop()
    widths = sorted(len(row.rstrip("\t").split("\t")) for row in rows)
    if len(cells) > len(columns) and widths and widths[len(widths) // 2] <= len(columns):
        return [name.lower() for name in columns]
    return cells


def _without_header(kind: Format, lines: Sequence[str], *, sure: bool) -> Layout | None:
    """Tell a file without a header line by the cells of half of its first rows, or of one if the format is given."""
    shape = kind.shape
    if shape.header:
        return None
    widths = {len(shape.columns) - 1, len(shape.columns)} if shape.may_lack_last else {len(shape.columns)}
    rows = [line.split(shape.delimiter) for line in lines[:_LOOKED_AT]]
    fits = [row for row in rows if len(row) in widths and _looks_right(shape.first_cells, row)]
    if not fits or (2 * len(fits) < len(rows) and not sure):
        return None
    return Layout(kind, shape.delimiter, shape.columns[: len(fits[0])], header=False)


def _looks_right(patterns: Sequence[str], row: Sequence[str]) -> bool:
    return all(re.fullmatch(pattern, cell) for pattern, cell in zip(patterns, row, strict=False))
