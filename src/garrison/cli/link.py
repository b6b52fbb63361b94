"""`garrison link`: claims in, events out, with the chance that each happened."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from garrison.cli.dates import parse_day
from garrison.cli.options import AsOf
from garrison.cli.progress import say
from garrison.errors import TableError

if TYPE_CHECKING:
    from garrison.records import Claims, Events


class Format(StrEnum):
    """Forms in which events are printed."""

    table = "table"
    csv = "csv"
    json = "json"


Files = Annotated[
    list[Path],
    typer.Argument(metavar="CLAIMS...", help="Files of claims (.parquet) that garrison code wrote."),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="File to write: .parquet, .csv, .json, .jsonl; a table if not given."
    ),
]
CaseName = Annotated[str | None, typer.Option("--case", help="Join them to the dated facts of this case.")]
Records = Annotated[
    Path | None, typer.Option("--sources", help="Weigh named sources by these records (.json).")
]
ReportFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--reports",
        help="The reports that were coded: they tell who published which, so that a publisher is one source.",
    ),
]
Learn = Annotated[
    Path | None,
    typer.Option(
        "--learn-sources", help="Learn how reliable each named source is, and write it here (.json)."
    ),
]


def link(
    claims: Files,
    output: Output = None,
    case: CaseName = None,
    as_of: AsOf = None,
    sources: Records = None,
    learn: Learn = None,
    reports: ReportFiles = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print them.")] = Format.table,
) -> None:
    """Link claims of one happening into events, each with the chance that it happened."""
    from garrison.cases import case as case_by_name
    from garrison.coding import read_claims
    from garrison.events import SourceRecords, learn_sources
    from garrison.events import link as link_claims
    from garrison.records import check_target

    for target in (output, learn):
        if target is not None:
            check_target(target)
    if learn and sources:
        raise TableError("--learn-sources and --sources exclude each other: learn first, then use the file")
    day = parse_day(as_of, "--as-of")
    known = case_by_name(case).events() if case else None
    say("reading ...")
    told = read_claims(claims)
    publishers = _publishers(reports, told, day)
    say(f"linking {len(told)} claims ...")
    if learn:
        learned = learn_sources(told, known=known, as_of=day, publishers=publishers)
        learned.sources.save(learn)
        events = learned.events
    else:
        records = SourceRecords.load(sources) if sources else None
        events = link_claims(told, known=known, as_of=day, sources=records, publishers=publishers)
    say("")
    if output is not None:
        events.save(output)
    elif form is Format.table:
        typer.echo(_table(events))
    else:
        sys.stdout.write(events.to_csv() if form is Format.csv else events.to_json())


def _publishers(files: list[Path] | None, told: Claims, day: date | None) -> dict[str, str] | None:
    """Read who published the documents of the claims; reports of which no claim tells are no harm."""
    if not files:
        return None
    from garrison.events import publishers_of
    from garrison.reports import read_reports

    found = publishers_of(read_reports(files, as_of=day).reports)
    if not found.keys() & {claim.doc for claim in told}:
        raise TableError(
            "--reports: none of the reports is one that the claims were coded from, or none names its publisher; "
            "give the files that garrison code read"
        )
    return found


def _table(events: Events) -> str:
    lines = []
    for event in events:
        days = (
            str(event.date_start)
            if event.date_start == event.date_end
            else f"{event.date_start}..{event.date_end}"
        )
        count = f"  {event.count_q50:g} [{event.count_q05:g}, {event.count_q95:g}]" if event.count_q50 else ""
        lines.append(f"{event.p_happened:4.0%}  {days:<22}  {event.type:<24}  {event.summary[:60]}{count}")
    return "\n".join(lines) or "no event: no claim says that something happened"
