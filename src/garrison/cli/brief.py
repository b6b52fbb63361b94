"""`garrison brief`: reports in, one page out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from garrison.cli.dates import parse_day
from garrison.cli.options import DEFAULT_HOME, AsOf, Country, Home, Title
from garrison.cli.progress import say

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[REPORT]...",
        help="Files (.txt .md .html .pdf .jsonl), folders, - for standard input, or event data (ACLED, GDELT, "
        "ICEWS ...). Without any: the bundled case.",
        show_default=False,
    ),
]
CaseName = Annotated[
    str | None, typer.Option("--case", help="A bundled case; chosen by country and day if not given.")
]
CrisisStart = Annotated[
    str | None, typer.Option("--crisis-start", help="First day of the crisis, YYYY-MM-DD.")
]
Output = Annotated[
    Path, typer.Option("--output", "-o", help="Where to write: .html, or .json for the numbers.")
]
NumberOfRuns = Annotated[int, typer.Option("--runs", min=500, max=200_000, help="Simulated crises.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Seed of all random numbers.")]
InLedger = Annotated[
    bool,
    typer.Option(
        "--ledger", help="Write the forecast into the ledger of --home, to be scored when it is due."
    ),
]


def brief(
    sources: Sources = None,
    country: Country = None,
    case: CaseName = None,
    as_of: AsOf = None,
    title: Title = None,
    crisis_start: CrisisStart = None,
    output: Output = Path("brief.html"),
    runs: NumberOfRuns = 4000,
    seed: Seed = 1,
    ledger: InLedger = False,
    home: Home = DEFAULT_HOME,
) -> None:
    """Turn reports into one page: claims audited, the forces' state, a forecast beside its base rate."""
    from garrison.briefing import brief as make_brief
    from garrison.briefing.brief import check_form
    from garrison.records import check_target

    check_form(output)
    check_target(output)
    kept = None
    if ledger:
        from garrison.forecasting.ledger import LEDGER_NAME, Ledger

        kept = Ledger(home / LEDGER_NAME)
        kept.check_end()
    page = make_brief(
        *(sources or []),
        country=country,
        case=case,
        as_of=parse_day(as_of, "--as-of"),
        title=title,
        crisis_start=parse_day(crisis_start, "--crisis-start"),
        n_runs=runs,
        seed=seed,
        progress=say,
    )
    path = page.save(output)
    say("")
    for rejected in page.rejected:
        typer.echo(f"garrison: set aside {rejected}", err=True)
    typer.echo(page.headline)
    typer.echo(f"Page: {path}")
    if kept is not None:
        from garrison.briefing.ledger_entry import ledger_entry

        entry = kept.append(ledger_entry(page), written=date.today())
        typer.echo(f"Ledger: entry {entry.number} of {kept.path}, due {page.forecast.ends}")
