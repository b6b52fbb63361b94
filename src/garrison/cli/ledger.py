"""`garrison ledger`: what was forecast, what came of it, how good it was, and that nobody changed it since."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from garrison.cli.dates import parse_day
from garrison.cli.options import DEFAULT_HOME, Home
from garrison.cli.whole_numbers import parse_whole
from garrison.errors import DateError, ParameterError, TableError

if TYPE_CHECKING:
    from garrison.forecasting.ledger import Ledger

ledger_app = typer.Typer(
    help="What was forecast, what came of it, and how good it was; nothing in it is ever changed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """Forms in which the ledger is printed."""

    table = "table"
    csv = "csv"
    json = "json"


Target = Annotated[str | None, typer.Option("--target", help="Only forecasts of this target, such as T1a.")]
Country = Annotated[str | None, typer.Option("--country", "-c", help="Only of this country: code or name.")]
DueBy = Annotated[str | None, typer.Option("--due-by", help="Only what is due by this day, YYYY-MM-DD.")]
Form = Annotated[Format, typer.Option("--format", "-f", help="How to print it.")]
Number = Annotated[
    str | None, typer.Argument(metavar="[NUMBER]", help="The forecast to settle by hand.", show_default=False)
]
OutcomeOf = Annotated[
    str | None, typer.Option("--outcome", help="By hand: 1 it came in time, 0 it did not, void.")
]
Source = Annotated[str | None, typer.Option("--source", help="By hand: where that can be read.")]
Reason = Annotated[
    str | None, typer.Option("--reason", help="By hand: why; needed for void and for a correction.")
]
EventTable = Annotated[
    Path | None,
    typer.Option(
        "--events", help="Settle from this table: CSV with country, date, type, target, or .parquet."
    ),
]
By = Annotated[
    str | None, typer.Option("--by", help="What is due by this day, from what was known by then; today.")
]
CompleteFrom = Annotated[
    str | None,
    typer.Option("--complete-from", help="The table holds everything that counts from this day on"),
]
CompleteTo = Annotated[
    str | None, typer.Option("--complete-to", help="... up to this one; only then is anything settled as 0.")
]
HeadOption = Annotated[
    str | None, typer.Option("--head", help="NUMBER:HASH that an earlier verify printed: is it still there?")
]


@ledger_app.command(name="list")
def list_forecasts(
    target: Target = None,
    country: Country = None,
    due_by: DueBy = None,
    form: Form = Format.table,
    home: Home = DEFAULT_HOME,
) -> None:
    """List the forecasts with what came of them."""
    from garrison.forecasting.ledger import line_of
    from garrison.forecasting.ledger.table import COLUMNS, rows_of
    from garrison.records.cells import cell_text

    ledger = _ledger(home)
    found = ledger.forecasts(target=target, country=_code(country), due_by=_day(due_by, "--due-by"))
    if form is Format.table:
        typer.echo("\n".join(line_of(*pair) for pair in found) or f"no such forecast in {ledger.path}")
    elif form is Format.json:
        typer.echo(json.dumps(rows_of(found), default=str, indent=1))
    else:
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: cell_text(value) for key, value in row.items()} for row in rows_of(found))
        typer.echo(text.getvalue(), nl=False)


@ledger_app.command()
def resolve(
    number: Number = None,
    outcome: OutcomeOf = None,
    source: Source = None,
    reason: Reason = None,
    events: EventTable = None,
    by: By = None,
    complete_from: CompleteFrom = None,
    complete_to: CompleteTo = None,
    target: Target = None,
    country: Country = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Settle what has come due from a table of events, or one forecast by hand; print the scores."""
    from garrison.forecasting.ledger import happenings_of

    ledger = _ledger(home)
    if number is not None:
        if events is not None:
            raise ParameterError("give the number of a forecast, or --events, not both")
        _by_hand(ledger, number, outcome, source, reason)
    elif events is None:
        raise ParameterError(
            "give the number of a forecast with --outcome and --source, or a table with --events"
        )
    else:
        table = happenings_of(
            events,
            complete_from=_day(complete_from, "--complete-from"),
            complete_to=_day(complete_to, "--complete-to"),
        )
        for words in table.set_aside:
            typer.echo(f"garrison: set aside {words}", err=True)
        day = parse_day(by, "--by") or date.today()
        done = ledger.resolve(table, by=day, written=date.today(), target=target, country=_code(country))
        typer.echo(repr(done))
    typer.echo(repr(ledger.scores()))


@ledger_app.command()
def scores(
    target: Target = None, country: Country = None, form: Form = Format.table, home: Home = DEFAULT_HOME
) -> None:
    """Score what is settled: Brier and log score beside those of the base rate."""
    from dataclasses import asdict

    found = _ledger(home).scores(target=target, country=_code(country))
    if form is Format.table:
        typer.echo(repr(found))
    elif form is Format.json:
        typer.echo(json.dumps(asdict(found), indent=1))
    else:
        typer.echo(found.to_frame().to_csv(index=False), nl=False)


@ledger_app.command()
def verify(head: HeadOption = None, home: Home = DEFAULT_HOME) -> None:
    """Walk the whole chain: whole, or the first line that does not fit (exit code 1)."""
    ledger = _ledger(home)
    found = ledger.verify(head=head)
    if not found.is_whole:
        typer.echo(f"garrison: {found.problem}", err=True)
        raise typer.Exit(1)
    typer.echo(f"{ledger.path}: {found!r}")


def _by_hand(
    ledger: Ledger, number: str, outcome: str | None, source: str | None, reason: str | None
) -> None:
    whole = parse_whole(number, "entry")
    assert whole is not None
    if outcome is None or source is None:
        raise ParameterError(
            f"entry {whole}: add --outcome 0, 1 or void, and --source: where that can be read"
        )
    if outcome not in ("0", "1", "void"):
        raise ParameterError(f"--outcome {outcome[:40]}: give 0, 1 or void")
    entry = ledger.resolve_by_hand(
        whole,
        outcome,  # type: ignore[arg-type]  # one of the three, as just checked
        source=source,
        written=date.today(),
        reason=reason or "",
    )
    typer.echo(f"entry {entry.number} settles entry {whole} as {outcome}")


def _ledger(home: Path) -> Ledger:
    from garrison.forecasting.ledger import LEDGER_NAME, Ledger

    ledger = Ledger(home / LEDGER_NAME)
    if not ledger.path.exists():
        raise TableError(f"{ledger.path}: there is no ledger; garrison brief ... --ledger begins one")
    return ledger


def _code(country: str | None) -> str | None:
    from garrison.world import country as country_of

    return country_of(country).code if country else None


def _day(text: str | None, option: str) -> date | None:
    """Read a day that may lie ahead: forecasts are due in the future."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DateError(f"{option} {text}: not a date; write it as YYYY-MM-DD") from None
