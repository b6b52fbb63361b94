"""`garrison import`: event data that others made, into the project's store or into one file."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from garrison.cli.options import DEFAULT_HOME, Home
from garrison.cli.progress import say
from garrison.errors import TableError

if TYPE_CHECKING:
    from garrison.events.store import EventStore

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help="Event data, packed or not: ACLED, UCDP GED, GDELT, ICEWS, POLECAT ..., or Parquet with our columns.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="Write the events to this file (.parquet, .csv, .json, ...) instead of the store.",
    ),
]
Form = Annotated[
    str | None,
    typer.Option("--format", "-f", help="Format of the files; told by their content if not given."),
]
_FORMS = (".parquet", ".csv", ".json", ".jsonl", ".geojson")


def import_events(files: Files, output: Output = None, home: Home = DEFAULT_HOME, form: Form = None) -> None:
    """Import event data that you have: what is new is added, what is known already adds nothing."""
    from garrison.events.store import EventStore

    if output is not None:
        _into_file(files, output, form)
        return
    store = EventStore(home)
    _import_all(store, files, form, lambda path: _free(home / "rejects" / f"{path.stem}.parquet"))
    typer.echo(f"{len(store)} events in {home / 'events'}")


def _free(path: Path) -> Path:
    """Give a name that no file has, so that files of one name in two folders do not write over each other's rows."""
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in itertools.count(2))
    return next(name for name in itertools.chain([path], numbered) if not name.exists())


def _into_file(files: list[Path], output: Path, form: str | None) -> None:
    """Gather the files in a store of a moment, so that what stands in two of them is written once."""
    from tempfile import TemporaryDirectory

    from garrison.events.store import EventStore
    from garrison.records import check_target, save_table

    check_target(output)
    if output.suffix.lower() not in _FORMS:
        raise TableError(f"{output}: cannot save as '{output.suffix}'; use {', '.join(_FORMS)}")

    def beside(path: Path) -> Path:
        if len(files) == 1:
            return output.with_name("rejects.parquet")
        return _free(output.with_name(f"rejects-{path.stem}.parquet"))

    with TemporaryDirectory(prefix="garrison-") as folder:
        store = EventStore(folder)
        _import_all(store, files, form, beside)
        aside = store.set_aside()
        if len(aside):
            where = save_table(aside, output.with_name("set-aside.parquet"))
            typer.echo(f"garrison: {len(aside)} rows set aside are in {where}", err=True)
        say("writing ...")
        store.save(output)
        say("")
        typer.echo(f"{len(store)} events: {output}")


def _import_all(
    store: EventStore, files: list[Path], form: str | None, rejects: Callable[[Path], Path]
) -> None:
    """Import every file; one that cannot be read is named, and the rest goes on."""
    from garrison.events.store import import_file

    refused: list[str] = []
    for path in files:
        beside = rejects(path)
        try:
            done, tally = import_file(
                store,
                path,
                form=form,
                rejects=beside,
                watch=lambda n_read, name=path.name: say(f"{name}: {n_read:,} events read ..."),  # type: ignore[misc]
            )
        except TableError as error:
            say("")
            refused.append(" ".join(str(error).split()))
            continue
        say("")
        for line in [repr(done), *tally.splitlines()]:
            typer.echo(f"garrison: {line}", err=True)
        if beside.exists() and not done.again:
            typer.echo(f"garrison: rows that are no events are in {beside}", err=True)
    if len(refused) == len(files) == 1:
        raise TableError(refused[0])
    for words in refused:
        typer.echo(f"garrison: set aside {words}", err=True)
    if len(refused) == len(files):
        raise TableError(f"nothing could be read; {len(refused)} files are named above")
