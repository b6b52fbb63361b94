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


Stage = Annotated[str, typer.Argument(metavar="STAGE", help="What to evaluate: coding or forecast.")]
Police = Annotated[
    Path | None,
    typer.Option("--police", help="coding: sentences of IndiaPoliceEvents (CSV with its columns)."),
]
Plv = Annotated[
    Path | None,
    typer.Option("--plv", help="coding: sentences of the Zero-Shot PLOVER gold (TSV with its columns)."),
]
Gold = Annotated[Path | None, typer.Option("--gold", help="coding: a folder of documents with gold claims.")]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="forecast: a folder of the published tables; everything is asked anew (minutes). Without it the "
        "scorecard that Garrison carries is shown.",
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option("--question", help="forecast, with --data: ask only this question (repeatable)."),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="forecast: write the scorecard (.json or .csv).")
]
Form = Annotated[Figures, typer.Option("--format", "-f", help="table: with every class; json: the figures.")]


def evaluate(
    stage: Stage = "coding",
    police: Police = None,
    plv: Plv = None,
    gold: Gold = None,
    data: Data = None,
    only: Only = None,
    output: Output = None,
    form: Form = Figures.table,
) -> None:
    """Measure how good a stage is: coding on gold (the project's own if no file is named), forecasts on history."""
    if stage == "forecast":
        _forecast({"police": police, "plv": plv, "gold": gold}, data, only, output, form)
        return
    from garrison.errors import ParameterError
    from garrison.evaluation import CodingEvaluation, tables
    from garrison.evaluation import evaluate as measure

    for name, value in (("--data", data), ("--question", only), ("--output", output)):
        if value:
            raise ParameterError(f"{name} belongs to garrison evaluate forecast")
    say("coding the gold ...")
    found = measure(stage, police=police, plv=plv, gold=gold)
    say("")
    assert isinstance(found, CodingEvaluation)
    if form is Figures.json:
        typer.echo(json.dumps(found.figures()))
    else:
        typer.echo(tables(found))


def _forecast(
    others: dict[str, Path | None],
    data: Path | None,
    only: list[str] | None,
    output: Path | None,
    form: Figures,
) -> None:
    from garrison.errors import ParameterError
    from garrison.evaluation import evaluate as measure
    from garrison.forecasting.scorecard import Scorecard
    from garrison.forecasting.scorecard_tables import plain_tables
    from garrison.records import check_target

    if output is not None:
        check_target(output)
        if output.suffix.lower() not in (".json", ".csv"):
            raise ParameterError(f"{output}: a scorecard is written as .json or .csv, not '{output.suffix}'")
    try:
        card = measure("forecast", data=data, only=only, progress=say, **others)
    finally:
        say("")
    assert isinstance(card, Scorecard)
    if output is not None:
        card.save(output)
    elif form is Figures.json:
        typer.echo(json.dumps(card.figures()))
    else:
        typer.echo(plain_tables(card))
