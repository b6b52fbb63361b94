"""`garrison evaluate`: how good a stage is, on gold."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from garrison.cli.progress import say


class Figures(StrEnum):
    """Forms in which figures are printed."""

    table = "table"
    json = "json"


Stage = Annotated[str, typer.Argument(metavar="STAGE", help="What to evaluate: coding.")]
Police = Annotated[
    Path | None, typer.Option("--police", help="Sentences of IndiaPoliceEvents (CSV with its columns).")
]
Plv = Annotated[
    Path | None, typer.Option("--plv", help="Sentences of the Zero-Shot PLOVER gold (TSV with its columns).")
]
Gold = Annotated[Path | None, typer.Option("--gold", help="A folder of documents with gold claims.")]
Form = Annotated[Figures, typer.Option("--format", "-f", help="table: with every class; json: the figures.")]


def evaluate(
    stage: Stage = "coding",
    police: Police = None,
    plv: Plv = None,
    gold: Gold = None,
    form: Form = Figures.table,
) -> None:
    """Measure how good a stage is; with no file named, on the project's own gold."""
    from garrison.evaluation import evaluate as measure
    from garrison.evaluation import tables

    say("coding the gold ...")
    found = measure(stage, police=police, plv=plv, gold=gold)
    say("")
    if form is Figures.json:
        typer.echo(json.dumps(found.figures()))
    else:
        typer.echo(tables(found))
