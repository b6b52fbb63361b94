"""The `garrison` command: its verbs, and how errors become one line and an exit code.

Exit codes: 0 done, 1 failed, 2 bad use. Results go to standard output, progress and errors to standard error.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from garrison.cli.brief import brief
from garrison.cli.check import check
from garrison.cli.check_claim import check_claim
from garrison.cli.code import code
from garrison.cli.code_cases import code_cases
from garrison.cli.data import data_app
from garrison.cli.evaluate import evaluate
from garrison.cli.events import events
from garrison.cli.import_events import import_events
from garrison.cli.ledger import ledger_app
from garrison.cli.link import link
from garrison.cli.simulate import simulate
from garrison.cli.what_if import what_if
from garrison.errors import GarrisonError, InputError
from garrison.version import __version__

app = typer.Typer(
    name="garrison",
    help="How near are a country's security forces to breaking with its regime: reports in, one page out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(brief)
app.command()(code)
app.command()(link)
app.command(name="check-claim")(check_claim)
app.command(name="import")(import_events)
app.command()(events)
app.command()(evaluate)
app.command()(simulate)
app.command(name="what-if")(what_if)
app.command()(check)
app.command(name="code-cases")(code_cases)
app.add_typer(data_app, name="data")
app.add_typer(ledger_app, name="ledger")


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"garrison {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version.")
]


@app.callback()
def _root(version: Version = False) -> None:
    pass


def run() -> None:
    """Run the command line; an error of Garrison's is one line on standard error."""
    try:
        app()
    except GarrisonError as error:
        print(f"garrison: {' '.join(str(error).split())}", file=sys.stderr)
        sys.exit(2 if isinstance(error, InputError) else 1)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            # The reader of a pipe has gone; that is no error of ours.
            sys.stderr.close()
            sys.exit(0)
        where = error.filename2 or error.filename or "a file"
        print(f"garrison: {where}: {error.strerror or error}; choose another place with -o", file=sys.stderr)
        sys.exit(2)
