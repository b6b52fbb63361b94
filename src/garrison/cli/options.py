"""Options that several verbs share, worded once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Country = Annotated[
    str | None,
    typer.Option("--country", "-c", help="Country code or name; found in the text if not given."),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help="Use only what was published by this day, YYYY-MM-DD; dates reports that carry no date.",
    ),
]
Title = Annotated[str | None, typer.Option("--title", help="Title of the report, where the text has none.")]
Home = Annotated[
    Path,
    typer.Option(
        "--home", help="Your project folder, which holds the event store and the ledger.", show_default=True
    ),
]

#: The project folder where none is named.
DEFAULT_HOME = Path("garrison")
