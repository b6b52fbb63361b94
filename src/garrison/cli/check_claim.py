"""`garrison check-claim`: one sentence taken apart and weighed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from garrison.cli.dates import parse_day
from garrison.cli.options import AsOf, Country


class Format(StrEnum):
    """Forms in which a checked claim is printed."""

    text = "text"
    json = "json"


Claim = Annotated[
    str, typer.Argument(metavar="CLAIM", help="The claim, in quotation marks.", show_default=False)
]
Source = Annotated[
    str | None,
    typer.Option("--source", "-s", help="Who says it: a kind (social_media, ngo ...) or a name."),
]
SourceKind = Annotated[str | None, typer.Option("--source-kind", help="The kind of a source given by name.")]
Records = Annotated[
    Path | None, typer.Option("--sources", help="Records of sources, from garrison link --learn-sources.")
]
CaseName = Annotated[
    str | None, typer.Option("--case", help="Weigh it beside what is known of this bundled case.")
]
Form = Annotated[Format, typer.Option("--format", "-f", help="How to print it.")]


def check_claim(
    claim: Claim,
    source: Source = None,
    source_kind: SourceKind = None,
    case: CaseName = None,
    country: Country = None,
    as_of: AsOf = None,
    sources: Records = None,
    form: Form = Format.text,
) -> None:
    """Take a claim apart: how likely it is heard if true and if false, its odds, and what would settle it."""
    from garrison.cases import case as case_by_name
    from garrison.events import SourceRecords
    from garrison.events.claim_check import check_claim as check
    from garrison.world import country as country_of

    chosen = case_by_name(case) if case else None
    day = parse_day(as_of, "--as-of") or (chosen.default_as_of if chosen else date.today())
    asked = country or (chosen.country if chosen else None)
    checked = check(
        claim,
        country=country_of(asked).code if asked else None,
        day=day,
        source=source,
        source_kind=source_kind,
        known=chosen.events_known_by(day) if chosen else None,
        sources=SourceRecords.load(sources) if sources else None,
    )
    typer.echo(checked.to_json() if form is Format.json else str(checked))
