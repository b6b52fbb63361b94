"""`garrison check`: whether a file is right, and what it says."""

from __future__ import annotations

from typing import Annotated

import typer

File = Annotated[
    str,
    typer.Argument(
        metavar="FILE", help="A scenario, a case.toml or a table of levers (.toml).", show_default=False
    ),
]


def check(file: File) -> None:
    """Check a scenario, a case or a table of levers: what it says, or everything that is wrong with it."""
    from garrison.cases import ScenarioError
    from garrison.cases import check as check_file

    try:
        lines = check_file(file)
    except ScenarioError as error:
        for problem in error.problems:
            typer.echo(f"garrison: {' '.join(problem.split())}", err=True)
        raise typer.Exit(2) from None
    for line in lines:
        typer.echo(line)
