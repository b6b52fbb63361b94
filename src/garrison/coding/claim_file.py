"""A file of claims written piece by piece, so that coding that was interrupted goes on where it stopped.

While it grows, `claims.parquet` is a folder `claims.parquet.part` beside it: `job.json` says what is being coded and
how, and each piece holds the claims of so many reports, written aside and then renamed. Only when the last piece is
there is the file put together, and the folder taken away.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

from garrison.coding.coding_stream import CodedReport
from garrison.coding.interchange import interchange_lines
from garrison.coding.tables import limits
from garrison.errors import TableError
from garrison.records import Claims, Reports, arrow_schema, check_target, csv_text, write_aside

FORMS = ("jsonl", "csv", "parquet")


@dataclass(frozen=True)
class ClaimFile:
    """A file of claims that is being written.

    Parameters
    ----------
    target
        Where the file shall be.
    form
        ``"jsonl"`` (the interchange form), ``"csv"`` or ``"parquet"``.
    job
        What decides the content (inputs with size and time, country, day, version): only the same job goes on.
    """

    target: Path
    form: str
    job: dict[str, Any]

    @property
    def folder(self) -> Path:
        """Where the pieces lie while the file grows."""
        return self.target.with_name(self.target.name + ".part")

    def begin(self) -> int:
        """Begin, or go on with what an interrupted run of the same job left.

        Returns
        -------
        int
            How many reports are already coded, so that the reader may pass them over.

        Raises
        ------
        TableError
            If the file cannot be written, or another job left its pieces there.
        """
        check_target(self.target)
        note = self.folder / "job.json"
        wanted = json.dumps({"form": self.form, **self.job}, sort_keys=True, default=str)
        if note.exists() and note.read_text(encoding="utf8") != wanted:
            raise TableError(
                f"{self.folder} holds the unfinished work of another run (other inputs, options or version); "
                "remove that folder, or choose another output"
            )
        write_aside(note, wanted.encode())
        return sum(_counted(piece) for piece in self._pieces())

    def write(self, coded: Iterable[CodedReport]) -> Iterator[CodedReport]:
        """Write reports piece by piece, and pass each on once it is written.

        Parameters
        ----------
        coded
            The reports behind those that `begin` found.

        Yields
        ------
        CodedReport
            In the order of the stream.
        """
        number = len(self._pieces())
        waiting: list[CodedReport] = []
        for item in coded:
            waiting.append(item)
            if len(waiting) == limits()["stream_piece"]:
                self._write_piece(number, waiting)
                number += 1
                yield from waiting
                waiting = []
        if waiting:
            self._write_piece(number, waiting)
            yield from waiting

    def finish(self) -> Path:
        """Put the pieces together into the file, and take their folder away."""
        pieces = self._pieces()
        joined = self.folder / "whole"
        if self.form == "parquet":
            with parquet.ParquetWriter(joined, arrow_schema(Claims.record)) as writer:
                for piece in pieces:
                    writer.write_table(parquet.read_table(piece))
        else:
            with joined.open("wb") as whole:
                whole.write(heading_of(self.form))
                for piece in pieces:
                    whole.write(piece.read_bytes())
        joined.replace(self.target)
        shutil.rmtree(self.folder)
        return self.target

    def abandon(self) -> None:
        """Take the folder of pieces away without making a file of them."""
        shutil.rmtree(self.folder)

    def _pieces(self) -> list[Path]:
        return sorted(self.folder.glob(f"*-*.{self.form}"))

    def _write_piece(self, number: int, coded: list[CodedReport]) -> None:
        name = f"{number:08d}-{len(coded)}.{self.form}"
        write_aside(self.folder / name, piece_of(coded, self.form))


def _counted(piece: Path) -> int:
    return int(piece.stem.split("-")[1])


def heading_of(form: str) -> bytes:
    """Give what stands once above all claims: the names of the columns of CSV, else nothing.

    Examples
    --------
    >>> heading_of("jsonl")
    b''
    """
    return csv_text(Claims.of([]).table).encode() if form == "csv" else b""


def piece_of(coded: Iterable[CodedReport], form: str) -> bytes:
    """Write coded reports in one of the forms; CSV without its heading.

    Raises
    ------
    TableError
        If the form is unknown.

    Examples
    --------
    >>> piece_of([], "jsonl")
    b''
    """
    coded = list(coded)
    claims = Claims.of([claim for item in coded for claim in item.claims])
    if form == "parquet":
        sink = pa.BufferOutputStream()
        parquet.write_table(claims.table, sink)
        return bytes(sink.getvalue().to_pybytes())
    if form == "csv":
        return csv_text(claims.table).encode()[len(heading_of(form)) :]
    if form == "jsonl":
        reports = Reports.of([item.report for item in coded])
        return "".join(line + "\n" for line in interchange_lines(claims, reports)).encode()
    raise TableError(f"claims cannot be written as '{form}'; use {', '.join(FORMS)}")
