"""A file of other people's event data, opened: its format, its events by the batch, its rejects, its tally."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pyarrow as pa

from garrison.errors import TableError
from garrison.events.formats.ahead import ahead
from garrison.events.formats.cells import cells_of_file
from garrison.events.formats.events_of_cells import EventMaker
from garrison.events.formats.format_file import Format, format_named
from garrison.events.formats.layout import Layout, layout_of
from garrison.events.formats.limits import limit
from garrison.events.formats.lines import Block, Trouble, blocks
from garrison.events.formats.packed_files import DAMAGE, Member, members
from garrison.events.formats.query import needed_columns
from garrison.events.formats.tally import Tally

_REJECTS = pa.schema(
    [
        ("file", pa.string()),
        ("line", pa.int64()),
        ("column", pa.string()),
        ("reason", pa.string()),
        ("text", pa.string()),
    ]
)


class OpenedEvents:
    """A file of event data, read by the batch; see `open_events`.

    Parameters
    ----------
    path
        The file.
    kind
        Its format.
    """

    def __init__(self, path: Path, kind: Format) -> None:
        self.path, self.format = path, kind
        self.tally = Tally()
        self._rejects: list[tuple[str, Trouble]] = []

    def __repr__(self) -> str:
        return f"OpenedEvents: {self.path} ({self.format.title})\n{self.tally}"

    @property
    def rejects(self) -> pa.Table:
        """The rows set aside: file, line, column (where one is to blame), reason, text; whole once all is read."""
        rows = [
            {"file": name, "line": one.line, "column": one.column, "reason": one.reason, "text": one.text}
            for name, one in self._rejects
        ]
        return pa.Table.from_pylist(rows, schema=_REJECTS)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Read the file from its beginning.

        Yields
        ------
        pyarrow.RecordBatch
            With the columns of `Event`; `type` is null where no type of ours corresponds.

        Raises
        ------
        TableError
            If the file or a file packed in it is not of the format.
        """
        self.tally, self._rejects = Tally(), []
        maker = EventMaker(self.format, self.tally)
        try:
            for name, cells, lost in ahead(self._cells()):
                yield from self._batches_of(name, cells, lost, maker)
        finally:
            maker.close()

    def _cells(self) -> Iterator[tuple[str, pa.Table, list[Trouble]]]:
        """Cut all files into cells, block by block."""
        needed = needed_columns(self.format)
        for member in members(self.path):
            parts, layout = _laid_out(member, self.format)
            for cells, lost in cells_of_file(parts, layout, needed):
                yield member.name, cells, lost

    def _batches_of(
        self, name: str, cells: pa.Table, lost: list[Trouble], maker: EventMaker
    ) -> Iterator[pa.RecordBatch]:
        self.tally.rows += len(lost)
        self.tally.set_aside += len(lost)
        events, more = maker.events_of(cells) if cells.num_rows else (None, [])
        self._keep(name, sorted(lost + more, key=lambda one: one.line))
        if events is not None and events.num_rows:
            yield from events.combine_chunks().to_batches()

    def _keep(self, name: str, troubles: list[Trouble]) -> None:
        room = limit("most_rejects") - len(self._rejects)
        self._rejects += [(name, one) for one in troubles[: max(room, 0)]]


def _laid_out(member: Member, wanted: Format) -> tuple[Iterator[Block], Layout]:
    """Give the blocks of one file, its header line taken off, and its layout."""
    found = blocks(member.stream)
    first = next(found, None)
    if first is None:
        raise TableError(f"{member.name}: is empty; give a file with rows")
    if first.troubles and not any(first.lines):
        trouble = first.troubles[0]
        raise TableError(f"{member.name}, line {trouble.line}: {trouble.reason}")
    layout = layout_of(first.lines, member.name, wanted)
    if layout.header:
        header = next(place for place, line in enumerate(first.lines) if line.strip())
        first = replace(first, lines=first.lines[header + 1 :], first=first.first + header + 1)
    return chain([first], found), layout


def recognise(path: str | os.PathLike[str]) -> Format:
    """Tell which format of event data a file has.

    Parameters
    ----------
    path
        Text, or text packed as .gz, .zip or .tar.gz.

    Returns
    -------
    Format

    Raises
    ------
    TableError
        If it has none that is known, is empty or cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "export.csv"
    ...     _ = path.write_text("event_id_cnty,event_date,event_type,sub_event_type,actor1")
    ...     recognise(path).title
    'ACLED'
    """
    target = Path(path)
    try:
        for member in members(target):
            first = next(blocks(member.stream), None)
            if first is not None:
                return layout_of(first.lines, member.name).format
    except DAMAGE as error:
        raise TableError(f"{target}: cannot be read ({error}); fetch it again") from None
    raise TableError(f"{target}: is empty, or holds no file of rows; give a file of event data")


def open_events(path: str | os.PathLike[str], *, format: str | Format | None = None) -> OpenedEvents:
    r"""Open a file of other people's event data.

    Parameters
    ----------
    path
        Text, or text packed as .gz, .zip or .tar.gz; nothing is unpacked onto the disk.
    format
        The format or its name; told by the file's first lines unless it is given.

    Returns
    -------
    OpenedEvents
        Nothing more is read before its `batches()` are.

    Raises
    ------
    TableError
        If the format is unknown.

    Examples
    --------
    >>> import tempfile
    >>> rows = "event_id_cnty,event_date,event_type,sub_event_type,actor1\nX1,2020-01-02,Riots,Mob violence,x"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "export.csv"
    ...     _ = path.write_text(rows)
    ...     opened = open_events(path)
    ...     [batch["id"].to_pylist() for batch in opened.batches()], opened.tally.unmapped
    ([['acled:X1']], Counter({'Riots / Mob violence': 1}))
    """
    target = Path(path)
    if format is None:
        return OpenedEvents(target, recognise(target))
    return OpenedEvents(target, format if isinstance(format, Format) else format_named(format))
