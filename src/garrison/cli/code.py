"""`garrison code`: reports in, graded claims out."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from garrison.cli.dates import parse_day
from garrison.cli.options import AsOf, Country, Title
from garrison.cli.progress import say
from garrison.errors import TableError


class Format(StrEnum):
    """Forms in which claims are written."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="REPORT...", help="Files (.txt .md .html .pdf .jsonl .warc; .gz), folders, or - for stdin."
    ),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write; standard output if not given.")
]
Form = Annotated[Format | None, typer.Option("--format", "-f", help="jsonl is the interchange format.")]


def code(
    sources: Sources,
    country: Country = None,
    as_of: AsOf = None,
    title: Title = None,
    output: Output = None,
    form: Form = None,
) -> None:
    """Turn reports into claims, each graded by certainty, on its quoted characters."""
    from garrison.coding import code as code_reports
    from garrison.coding import interchange_lines
    from garrison.records import check_target, save_table, write_aside
    from garrison.reports import read_reports

    form = form or _form_of(output)
    if output is not None:
        check_target(output)
    if form is Format.parquet and output is None:
        raise TableError("--format parquet needs a file: add -o claims.parquet")
    say("reading ...")
    reading = read_reports(sources, as_of=parse_day(as_of, "--as-of"), title=title)
    say("coding ...")
    claims = code_reports(reading.reports, country=country)
    say("")
    for rejected in reading.rejected:
        typer.echo(f"garrison: set aside {rejected}", err=True)
    if output is not None and form is Format.parquet:
        save_table(claims.table, output, form=".parquet")
        return
    if form is Format.csv:
        text = claims.to_csv()
    else:
        text = "".join(line + "\n" for line in interchange_lines(claims, reading.reports))
    if output is None:
        sys.stdout.write(text)
    else:
        write_aside(output, text.encode())


def _form_of(output: Path | None) -> Format:
    if output is None:
        return Format.jsonl
    suffix = output.suffix.lower().lstrip(".")
    if suffix not in list(Format):
        raise TableError(
            f"{output}: cannot tell the form from its ending; add --format jsonl, csv or parquet"
        )
    return Format(suffix)
