"""`garrison code`: reports in, graded claims out, as a stream that may be broken off and taken up."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from garrison.cli.dates import parse_day
from garrison.cli.options import AsOf, Country, Title
from garrison.cli.progress import say
from garrison.errors import ReportError, TableError

if TYPE_CHECKING:
    from garrison.records import Report
    from garrison.reports import Rejected


class Format(StrEnum):
    """Forms in which claims are written."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="REPORT...",
        help="Files (.txt .md .html .pdf .jsonl .warc, packed or not), folders, or - for standard input.",
    ),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write; standard output if not given.")
]
Form = Annotated[Format | None, typer.Option("--format", "-f", help="jsonl is the interchange format.")]
Workers = Annotated[int, typer.Option("--workers", "-w", min=1, max=256, help="Processes that code.")]


def code(
    sources: Sources,
    country: Country = None,
    as_of: AsOf = None,
    title: Title = None,
    output: Output = None,
    form: Form = None,
    workers: Workers = 1,
) -> None:
    """Turn reports into claims, each graded by certainty, on its quoted characters.

    Coding into a file that is broken off goes on where it stopped when the same command is given again.
    """
    from garrison.coding import code_stream
    from garrison.reports import iter_reports

    form = form or _form_of(output)
    if form is Format.parquet and output is None:
        raise TableError("--format parquet needs a file: add -o claims.parquet")
    day = parse_day(as_of, "--as-of")
    reading = _Reading(iter_reports(sources, as_of=day, title=title))
    say("reading ...")
    if output is None:
        _print(code_stream(reading, country=country, workers=workers), form)
        reading.check()
        return
    _write(output, form, _job(sources, country, day, title), reading, country=country, workers=workers)


class _Reading:
    """The reports of a stream; what is set aside is named on standard error and counted."""

    def __init__(self, found: Iterator[Report | Rejected]) -> None:
        self._found = found
        self.n_read = 0
        self.rejected: list[str] = []
        self._n_named = 0

    def __iter__(self) -> Iterator[Report]:
        from garrison.records import Report

        for item in self._found:
            self._name_rejected()
            if isinstance(item, Report):
                self.n_read += 1
                yield item
            else:
                self.rejected.append(str(item))

    def _name_rejected(self) -> None:
        for words in self.rejected[self._n_named :]:
            say("")
            typer.echo(f"garrison: set aside {words}", err=True)
        self._n_named = len(self.rejected)

    def check(self) -> None:
        """Refuse a stream of which nothing could be read; a single reason is the error itself."""
        if not self.n_read and len(self.rejected) == 1:
            raise ReportError(self.rejected[0])
        self._name_rejected()
        if not self.n_read:
            raise ReportError(f"nothing could be read; {len(self.rejected)} documents are named above")


def _print(coded: Iterator[Any], form: Format) -> None:
    from garrison.coding.claim_file import heading_of, piece_of

    sys.stdout.write(heading_of(form).decode())
    for item in coded:
        _say_problem(item)
        sys.stdout.write(piece_of([item], form).decode())


def _write(
    output: Path, form: Format, job: dict[str, Any], reading: _Reading, *, country: str | None, workers: int
) -> None:
    from garrison.coding import code_stream
    from garrison.coding.claim_file import ClaimFile

    file = ClaimFile(output, form, job)
    done = file.begin()
    if done:
        typer.echo(f"garrison: going on behind {done} reports that are already coded", err=True)
    coded = code_stream(islice(reading, done, None), country=country, workers=workers)
    for number, item in enumerate(file.write(coded), start=done + 1):
        _say_problem(item)
        say(f"coded {number} reports ...")
    say("")
    if not reading.n_read:
        file.abandon()
    reading.check()
    file.finish()


def _say_problem(item: Any) -> None:
    if item.problem is not None:
        say("")
        typer.echo(f"garrison: {item.report.origin or item.report.doc}: {item.problem}", err=True)


def _job(sources: list[str], country: str | None, day: date | None, title: str | None) -> dict[str, Any]:
    """Give what decides the claims: the inputs as they are now, the options, the version."""
    from garrison.version import __version__

    stamps: list[Any] = []
    for source in sources:
        if source == "-":
            # What came through a pipe cannot be read again: no other run may go on with its pieces.
            stamps.append(["-", os.getpid()])
            continue
        place = Path(source)
        for path in sorted(place.iterdir()) if place.is_dir() else [place]:
            state = path.stat() if path.exists() else None
            stamps.append([str(path.resolve()), state.st_size, state.st_mtime_ns] if state else [str(path)])
    return {"sources": stamps, "country": country, "as_of": day, "title": title, "version": __version__}


def _form_of(output: Path | None) -> Format:
    if output is None:
        return Format.jsonl
    suffix = output.suffix.lower().lstrip(".")
    if suffix not in list(Format):
        raise TableError(
            f"{output}: cannot tell the form from its ending; add --format jsonl, csv or parquet"
        )
    return Format(suffix)
