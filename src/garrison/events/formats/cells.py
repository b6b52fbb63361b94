"""Lines become cells: an Arrow table of strings with each row's line, and the lines that are no rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from garrison.events.formats.layout import Layout
from garrison.events.formats.limits import limit
from garrison.events.formats.lines import Block, Trouble
from garrison.events.formats.polecat_rows import mended_row

#: Columns that every table of cells has beside the file's: the line of a row, and its bytes.
LINE, RAW = "@line", "@raw"


class _Rows:
    """Rows on their way into a table: their bytes and lines, and what was set aside."""

    def __init__(self, layout: Layout, more: bool = False) -> None:
        self.layout, self.more = layout, more
        self.held: int | None = None
        self.rows: list[bytes] = []
        self.lines: Sequence[int] = []
        self.troubles: list[Trouble] = []

    def add(self, row: bytes, line: int) -> None:
        self.rows.append(row)
        cast(list[int], self.lines).append(line)

    def refuse(self, row: bytes, line: int, reason: str) -> None:
        text = row.decode("utf-8", "replace")[: limit("longest_text")]
        self.troubles.append(Trouble(line, None, reason, text))

    def width(self, found: int, line: int, row: bytes) -> None:
        asked = len(self.layout.columns)
        self.refuse(row, line, f"has {found} cells where {asked} belong; mend the delimiters of this row")


def cells_of(
    block: Block, layout: Layout, needed: Sequence[str], *, more: bool = False
) -> tuple[pa.Table, list[Trouble], Block | None]:
    """Cut the lines of a block into cells.

    Parameters
    ----------
    block
        Lines of the file, its header line not among them.
    layout
        How the file is laid out.
    needed
        The columns that are read; those that the file lacks are null.
    more
        Whether further lines come after the block.

    Returns
    -------
    tuple of pyarrow.Table, list of Trouble, and Block or None
        The needed columns, with `@line` and `@raw`; the lines set aside; the lines of a row that further lines end.

    Examples
    --------
    >>> from garrison.events.formats.layout import layout_of
    >>> layout = layout_of([b"event_id_cnty,event_date,event_type,sub_event_type,actor1"], "a.csv")
    >>> block = Block([b'A1,2020-01-02,Riots,"Mob, violence",x', b"A2,1"], 2)
    >>> table, troubles, _ = cells_of(block, layout, ["actor1"])
    >>> table["actor1"].to_pylist(), [trouble.line for trouble in troubles]
    (['x'], [3])
    """
    rows = _Rows(layout, more)
    if layout.format.shape.quoted:
        _take_quoted(block, rows)
    else:
        _take_plain(block, rows)
    table = _parsed(rows, needed)
    if table is None:
        # Quotes in the midst of a cell: where they end is told row by row.
        again = _Rows(layout)
        again.troubles, again.held = rows.troubles, rows.held
        for row, line in zip(rows.rows, rows.lines, strict=True):
            _take_alone(row, line, again)
        rows = again
        table = _parsed(rows, needed)
        assert table is not None
    held = None if rows.held is None else Block(block.lines[rows.held :], block.first + rows.held)
    return table, rows.troubles, held


def cells_of_file(
    parts: Iterable[Block], layout: Layout, needed: Sequence[str]
) -> Iterator[tuple[pa.Table, list[Trouble]]]:
    """Cut all lines of a file into cells, block by block; a row may begin in one block and end in the next.

    Parameters
    ----------
    parts, layout, needed
        As for `cells_of`.

    Yields
    ------
    tuple of pyarrow.Table and list of Trouble
        As `cells_of` gives them, with the troubles of the block itself.
    """
    coming = iter(parts)
    block = next(coming, None)
    while block is not None:
        following = next(coming, None)
        table, troubles, held = cells_of(block, layout, needed, more=following is not None)
        yield table, block.troubles + troubles
        if held is not None and following is not None:
            following = replace(following, lines=held.lines + following.lines, first=held.first)
        block = following


def _take_plain(block: Block, rows: _Rows) -> None:
    """Take lines whose cells never hold a delimiter; rows of POLECAT are mended first."""
    columns = rows.layout.columns
    mends = rows.layout.format.shape.repair == "polecat"
    delimiter, asked = rows.layout.delimiter.encode(), len(columns) - 1
    if not mends and all(block.lines):
        rows.rows, rows.lines = block.lines, range(block.first, block.first + len(block.lines))
        return
    for line, row in enumerate(block.lines, start=block.first):
        if not row:
            continue
        if row.count(delimiter) != asked:
            mended = mended_row(row.decode(), columns) if mends else None
            if mended is None:
                rows.width(row.count(delimiter) + 1, line, row)
                continue
            row = mended.encode()
        rows.add(row, line)


def _take_quoted(block: Block, rows: _Rows) -> None:
    """Take lines whose cells may be quoted, and rows that a quoted cell spreads over several lines."""
    lines = block.lines
    odd = [place for place, line in enumerate(lines) if line.count(b'"') & 1]
    if not odd and all(lines):
        rows.rows, rows.lines = lines, range(block.first, block.first + len(lines))
        return
    place, next_odd = 0, 0
    while place < len(lines):
        if next_odd < len(odd) and odd[next_odd] < place:
            next_odd += 1
            continue
        if next_odd == len(odd) or place != odd[next_odd]:
            if lines[place]:
                rows.add(lines[place], block.first + place)
            place += 1
            continue
        closing = odd[next_odd + 1] if next_odd + 1 < len(odd) else None
        if closing is None and rows.more and _may_go_on(lines, place, rows.layout.delimiter):
            rows.held = place
            return
        place = _take_opened(lines, place, closing, block.first, rows)


def _may_go_on(lines: list[bytes], place: int, delimiter: str) -> bool:
    """Say whether a row in which a quote is opened may end after the block."""
    return len(lines) - place <= limit("longest_quotation") and _strictly(lines[place], delimiter) is None


def _take_opened(lines: list[bytes], place: int, closing: int | None, first: int, rows: _Rows) -> int:
    """Take a row in which a quote is opened; give the place of the line after it."""
    if closing is not None and closing - place <= limit("longest_quotation"):
        cells = _strictly(b"\n".join(lines[place : closing + 1]), rows.layout.delimiter)
        if cells is not None and len(cells) == len(rows.layout.columns):
            rows.add(_written(cells, rows.layout.delimiter), first + place)
            return closing + 1
    cells = _strictly(lines[place], rows.layout.delimiter)
    if cells is None:
        rows.refuse(lines[place], first + place, "a quote is opened and never closed; close or double it")
    else:
        _take_cells(cells, lines[place], first + place, rows)
    return place + 1


def _take_alone(line: bytes, number: int, rows: _Rows) -> None:
    cells = _strictly(line, rows.layout.delimiter)
    if cells is None:
        rows.refuse(line, number, "a quote is opened and never closed; close or double it")
    else:
        _take_cells(cells, line, number, rows)


def _take_cells(cells: Sequence[str], line: bytes, number: int, rows: _Rows) -> None:
    if len(cells) == len(rows.layout.columns):
        rows.add(_written(cells, rows.layout.delimiter), number)
    else:
        rows.width(len(cells), number, line)


def _strictly(text: bytes, delimiter: str) -> list[str] | None:
    """Cut one row, or say that its quotes do not close."""
    try:
        found = list(csv.reader(io.StringIO(text.decode(), newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None


def _written(cells: Sequence[str], delimiter: str) -> bytes:
    """Write cells as one line that every reader cuts alike; line ends in them become spaces."""
    quoted = (cell.replace('"', '""').replace("\n", " ").replace("\r", " ") for cell in cells)
    return delimiter.join(f'"{cell}"' if cell else "" for cell in quoted).encode()


def _parsed(rows: _Rows, needed: Sequence[str]) -> pa.Table | None:
    """Cut rows by the delimiter; None where a quote in the midst of a cell swallowed the row after it."""
    layout, shape = rows.layout, rows.layout.format.shape
    wanted = [name for name in layout.columns if name in set(needed)]
    wrong: dict[int, int] = {}

    def refused(row: arrow_csv.InvalidRow) -> str:
        wrong[row.number - 1] = row.actual_columns
        return "skip"

    data = b"\n".join(rows.rows) + b"\n"
    table = (
        arrow_csv.read_csv(
            pa.BufferReader(data),
            read_options=arrow_csv.ReadOptions(
                column_names=layout.columns, use_threads=False, block_size=len(data) + 1
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=layout.delimiter,
                quote_char='"' if shape.quoted else False,
                double_quote=shape.quoted,
                ignore_empty_lines=True,
                newlines_in_values=False,
                invalid_row_handler=refused,
            ),
            convert_options=arrow_csv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(layout.columns, pa.string()),
                include_columns=wanted,
                null_values=["", *shape.nulls],
                strings_can_be_null=True,
            ),
        )
        if rows.rows
        else pa.table({name: pa.array([], pa.string()) for name in wanted})
    )
    if table.num_rows + len(wrong) != len(rows.rows):
        return None
    lines, raw = pa.array(np.array(rows.lines, dtype=np.int64)), pa.array(rows.rows, pa.binary())
    if wrong:
        keep = np.ones(len(rows.rows), dtype=bool)
        for place, width in wrong.items():
            keep[place] = False
            rows.width(width, rows.lines[place], rows.rows[place])
        lines, raw = lines.filter(pa.array(keep)), raw.filter(pa.array(keep))
    for name in needed:
        if name not in wanted:
            table = table.append_column(name, pa.nulls(table.num_rows, pa.string()))
    return table.append_column(LINE, lines).append_column(RAW, raw)
