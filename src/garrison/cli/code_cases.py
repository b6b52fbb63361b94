"""`garrison code-cases`: blind coding sheets for breaks that no dated list codes, and how far two readers agree."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from garrison.cli.options import DEFAULT_HOME, Home
from garrison.cli.progress import say
from garrison.cli.whole_numbers import parse_whole
from garrison.errors import ParameterError

if TYPE_CHECKING:
    from garrison.forecasting.defection_sheets import SheetComparison

#: The folder of sheets in the project folder, and the readers where none is named.
_FOLDER = "code-cases"
_READERS = ("first", "second")


class Format(StrEnum):
    """Forms in which a comparison is printed."""

    table = "table"
    csv = "csv"
    json = "json"


Reader = Annotated[
    list[str] | None,
    typer.Option("--reader", help="Name of a reader; repeat it, two at least.", show_default=False),
]
Seed = Annotated[str | None, typer.Option("--seed", metavar="N", help="Seed of the readers' orders; 1.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Folder for the sheets; code-cases/ in your project folder."),
]
Compare = Annotated[
    tuple[Path, Path] | None,
    typer.Option("--compare", metavar="A.csv B.csv", help="Compare two filled sheets; none is written."),
]
Form = Annotated[Format, typer.Option("--format", "-f", help="With --compare; csv gives the disagreements.")]


def code_cases(
    reader: Reader = None,
    seed: Seed = None,
    output: Output = None,
    compare: Compare = None,
    form: Form = Format.table,
    home: Home = DEFAULT_HOME,
) -> None:
    """Write a blind coding sheet for each reader, one row a crisis; or compare two that are filled."""
    if compare is not None:
        if reader or seed is not None or output is not None:
            raise ParameterError("--compare writes no sheets: leave out --reader, --seed and -o")
        _compare(*compare, form)
        return
    if form is not Format.table:
        raise ParameterError("--format is for --compare; sheets are written as comma-separated values")
    _write(tuple(reader or _READERS), parse_whole(seed, "--seed"), output or home / _FOLDER, home)


def _write(readers: tuple[str, ...], seed: int | None, folder: Path, home: Path) -> None:
    from garrison.forecasting.defection_sheets import blind_crises, write_sheets
    from garrison.forecasting.defection_sheets.sheet import check_readers
    from garrison.forecasting.history.data_folder import tables_of_home
    from garrison.forecasting.history.library import RISK_SET_TABLES, qualifying_protests
    from garrison.forecasting.history.sources import sha256_of

    check_readers(readers)
    paths = tables_of_home(home)
    say("running the rule of the risk set ...")
    try:
        crises = blind_crises(qualifying_protests(paths))
    finally:
        say("")
    inputs = {name: sha256_of(paths[name]) for name in RISK_SET_TABLES}
    for path in write_sheets(crises, folder, readers, 1 if seed is None else seed, inputs):
        typer.echo(f"{len(crises)} crises: {path}")


def _compare(first: Path, second: Path, form: Format) -> None:
    from garrison.forecasting.defection_sheets import compare_sheets, read_sheet

    found = compare_sheets(read_sheet(first), read_sheet(second))
    for words in found.set_aside:
        typer.echo(f"garrison: set aside {' '.join(words.split())}", err=True)
    if form is Format.json:
        typer.echo(json.dumps(found.figures(), indent=1))
    elif form is Format.csv:
        typer.echo(_disagreements_text(found), nl=False)
    else:
        typer.echo(repr(found))
        for row in found.disagreements:
            typer.echo(
                f"{row.crisis}  {row.country}  {row.column}: {row.first or '-'} (line {row.first_line}), "
                f"{row.second or '-'} (line {row.second_line})"
            )


def _disagreements_text(found: SheetComparison) -> str:
    from garrison.forecasting.defection_sheets import Disagreement
    from garrison.records.cells import cell_text

    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Disagreement)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {key: cell_text(value) for key, value in asdict(row).items()} for row in found.disagreements
    )
    return text.getvalue()
