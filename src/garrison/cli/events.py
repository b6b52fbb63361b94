"""`garrison events`: the events of the project's store, listed, counted, saved, drawn."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from garrison.cli.dates import parse_day
from garrison.cli.options import DEFAULT_HOME, Home
from garrison.cli.progress import say
from garrison.errors import ParameterError, TableError

if TYPE_CHECKING:
    from garrison.events.store import Counts, EventFilter, EventStore

#: Rows that a table on the terminal shows.
_SHOWN = 20
_COLUMNS = ("date_start", "country", "adm1", "type", "actor_sector", "p_happened", "summary", "dataset")


class EventForm(StrEnum):
    """Forms in which events and counts are printed."""

    table = "table"
    csv = "csv"
    json = "json"
    geojson = "geojson"


Country = Annotated[
    list[str] | None, typer.Option("--country", "-c", help="Country code or name; repeatable.")
]
Type = Annotated[list[str] | None, typer.Option("--type", "-t", help="Event type; repeatable.")]
Since = Annotated[str | None, typer.Option("--since", help="First day on which an event begins, YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option("--until", help="Last day on which an event begins.")]
Adm1 = Annotated[
    list[str] | None, typer.Option("--adm1", help="First-order division, ISO 3166-2; repeatable.")
]
Actor = Annotated[list[str] | None, typer.Option("--actor", help="Sector of the actor; repeatable.")]
Dataset = Annotated[list[str] | None, typer.Option("--dataset", help="Data that tell it; repeatable.")]
MinP = Annotated[
    str | None, typer.Option("--min-p", metavar="P", help="Least chance that it happened, 0 to 1.")
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="Only what was published by this day: what was known on it.")
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        help="Count by any of country, place, type, actor, dataset and one of day, week, month, year: month,type",
    ),
]
Form = Annotated[EventForm | None, typer.Option("--format", "-f", help="Form of what is printed or saved.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write; standard output if not given.")
]
Plot = Annotated[
    Path | None,
    typer.Option("--plot", help="Draw the counts into this file, .svg or .png; by month if no --by."),
]


def events(
    country: Country = None,
    type_: Type = None,
    since: Since = None,
    until: Until = None,
    adm1: Adm1 = None,
    actor: Actor = None,
    dataset: Dataset = None,
    min_p: MinP = None,
    as_of: AsOf = None,
    by: By = None,
    form: Form = None,
    output: Output = None,
    plot: Plot = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Ask the project's event store: which events, or how many by day, place, type, actor."""
    from garrison.events.store import EventFilter, EventStore

    words = {"country": country, "type": type_, "adm1": adm1, "actor": actor, "dataset": dataset}
    wanted = EventFilter(
        **{name: tuple(given) for name, given in words.items() if given},
        since=parse_day(since, "--since"),
        until=parse_day(until, "--until"),
        min_p=_chance(min_p),
        as_of=parse_day(as_of, "--as-of"),
    )
    _check(output, plot)
    store = EventStore(home)
    say("asking ...")
    if plot is not None:
        _draw(store.counts(by if by is not None else "month", wanted), plot)
    if by is not None:
        _give_counts(store.counts(by, wanted), form, output)
    elif plot is None or output is not None or form is not None:
        _give_events(store, wanted, form, output)


def _chance(words: str | None) -> float | None:
    if words is None:
        return None
    try:
        return float(words)
    except ValueError:
        raise ParameterError(f"--min-p {words[:40]}: is no number; give a chance from 0 to 1") from None


def _check(output: Path | None, plot: Path | None) -> None:
    """Refuse files that could not be written, before any work is done for them."""
    from garrison.figures import check_picture
    from garrison.records import check_target

    for path in (output, plot):
        if path is not None:
            check_target(path)
    if plot is not None:
        check_picture(plot)


def _draw(counts: Counts, plot: Path) -> None:
    from garrison.figures import save_picture

    save_picture(counts.plot, plot)
    say("")
    typer.echo(f"Plot: {plot}")


def _suffix(form: EventForm | None, output: Path) -> str:
    if form is EventForm.table:
        raise TableError("--format table is for the terminal; leave -o out, or choose csv, json or geojson")
    return f".{form}" if form else output.suffix.lower()


def _give_counts(counts: Counts, form: EventForm | None, output: Path | None) -> None:
    from garrison.events.store import table_lines
    from garrison.records import json_text
    from garrison.records.geojson import geojson_text

    say("")
    if output is not None:
        counts.save(output, form=_suffix(form, output))
        typer.echo(f"{len(counts)} rows, {counts.n_events} events: {output}")
    elif form is EventForm.csv:
        sys.stdout.write(counts.to_csv())
    elif form is EventForm.json:
        typer.echo(json_text(counts.table))
    elif form is EventForm.geojson:
        sys.stdout.write(geojson_text(counts.on_map()))
    else:
        for line in table_lines(counts.table):
            typer.echo(line)


def _give_events(store: EventStore, wanted: EventFilter, form: EventForm | None, output: Path | None) -> None:
    from garrison.events.store import table_lines, text_pieces
    from garrison.records import json_text
    from garrison.records.geojson import geojson_text

    if output is not None:
        store.save(output, wanted, form=_suffix(form, output))
        say("")
        typer.echo(f"{store.counts([], wanted).n_events} events: {output}")
    elif form is EventForm.csv:
        say("")
        for piece in text_pieces(store.batches(wanted, in_order=True), ".csv"):
            sys.stdout.write(piece)
    elif form in (EventForm.json, EventForm.geojson):
        found = store.events(wanted).table
        say("")
        sys.stdout.write(json_text(found) + "\n" if form is EventForm.json else geojson_text(found))
    else:
        found = store.events(wanted, limit=_SHOWN).table
        n_events = store.counts([], wanted).n_events
        say("")
        for line in table_lines(found.select(_COLUMNS)):
            typer.echo(line)
        more = f"; the first {_SHOWN} are shown, --format csv gives all" if n_events > _SHOWN else ""
        typer.echo(f"{n_events} events{more}")
