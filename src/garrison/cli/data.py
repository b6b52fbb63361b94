"""`garrison data`: which tables of history the user has, which are known, and fetching one by name."""

from __future__ import annotations

import csv
import io
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from garrison.cli.options import DEFAULT_HOME, Home
from garrison.cli.progress import say
from garrison.errors import ParameterError

if TYPE_CHECKING:
    from garrison.forecasting.history.table_check import DataCheck, TableCheck

data_app = typer.Typer(
    help="Tables of history: name your folder of them, list the known ones, fetch one.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """Forms in which tables are listed."""

    table = "table"
    csv = "csv"
    json = "json"


Folder = Annotated[
    Path, typer.Argument(metavar="PATH", help="The folder that holds your tables.", show_default=False)
]
Name = Annotated[
    str, typer.Argument(metavar="NAME", help="A table, as garrison data list names it.", show_default=False)
]
Form = Annotated[Format, typer.Option("--format", "-f", help="How to print it.")]
Accept = Annotated[bool, typer.Option("--accept-licence", help="Accept the licence without being asked.")]


@data_app.command()
def use(folder: Folder, form: Form = Format.table, home: Home = DEFAULT_HOME) -> None:
    """Find the known tables in a folder of yours, check their versions, and remember the folder."""
    from garrison.forecasting.history.data_folder import NOTE_NAME, use_data

    say("checking the tables ...")
    try:
        check = use_data(folder, home)
    finally:
        say("")
    _print(check, form)
    typer.echo(f"garrison: {check!r}; {folder} is noted in {home / NOTE_NAME}", err=True)


@data_app.command(name="list")
def list_tables(form: Form = Format.table, home: Home = DEFAULT_HOME) -> None:
    """List all known tables: version, licence, whether they may be bundled, where they are or can be had."""
    from garrison.forecasting.history.data_folder import check_data

    say("checking the tables ...")
    try:
        check = check_data(home)
    finally:
        say("")
    _print(check, form)


@data_app.command()
def get(name: Name, accept_licence: Accept = False, home: Home = DEFAULT_HOME) -> None:
    """Fetch one table into your project folder, once you have accepted its licence."""
    from garrison.forecasting.history.data_folder import is_present
    from garrison.forecasting.history.fetching import fetch_table, terms

    words = terms(name)
    there = is_present(home, name)
    if there is not None:
        typer.echo(f"{name} is there already: {there}")
        return
    typer.echo(words, err=True, nl=False)
    accepted = accept_licence or _ask(name)
    say(f"fetching {name} ...")
    try:
        path = fetch_table(name, home, accept_licence=accepted)
    finally:
        say("")
    typer.echo(f"{name}: {path}")


def _ask(name: str) -> bool:
    """Ask who sits at the terminal; where nobody does, nothing is accepted."""
    if not sys.stdin.isatty():
        return False
    typer.echo(f"Do you accept the licence of {name}? [y/N] ", err=True, nl=False)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise ParameterError(f"{name}: the licence was not accepted; nothing was fetched")
    return True


def _print(check: DataCheck, form: Format) -> None:
    from garrison.records.cells import cell_text

    for words in check.set_aside:
        typer.echo(f"garrison: set aside {words}", err=True)
    rows = [_row(table) for table in check.tables.values()]
    if form is Format.json:
        typer.echo(json.dumps(rows, indent=1))
    elif form is Format.csv:
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: cell_text(value) for key, value in row.items()} for row in rows)
        typer.echo(text.getvalue(), nl=False)
    else:
        typer.echo("\n".join(line for table in check.tables.values() for line in _lines(table)))


def _row(table: TableCheck) -> dict[str, Any]:
    known = table.source
    return {
        "name": known.name,
        "state": table.state.value,
        "title": known.title,
        "version": known.version,
        "file": known.file,
        "licence": known.licence,
        "may_be_bundled": known.bundle,
        "path": str(table.path) if table.path else None,
        "differs": table.differs or None,
        "where": known.where,
        "address": known.address or None,
        "citation": known.citation,
    }


def _lines(table: TableCheck) -> list[str]:
    """Say how a table stands: a line of what it is, then where it lies, what differs, or how to get it."""
    known = table.source
    bundle = "may be bundled" if known.bundle else "not to be bundled"
    lines = [
        f"{known.name:<18} {table.state.value:<14} {known.title}, {known.version}",
        f"    licence: {known.licence} ({bundle})",
    ]
    if table.path is not None:
        lines.append(f"    {table.path}")
    if table.differs:
        lines.append(f"    differs: {table.differs}")
    if table.path is None or table.differs:
        fetch = f"garrison data get {known.name}, or " if known.address else ""
        lines.append(f"    {known.file}: {fetch}{known.where}")
    return lines
