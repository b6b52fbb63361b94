"""The visible table of corrections to published tables."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pandas as pd

from garrison.errors import TableError


@dataclass(frozen=True)
class Correction:
    """One known error of a published table: what the row says, what it should say, and why."""

    source: str
    key_column: str
    key: str
    field: str
    was: str
    now: str
    why: str
    evidence: str


@cache
def corrections() -> tuple[Correction, ...]:
    """Give the corrections.

    Examples
    --------
    >>> [(item.source, item.field, item.was, item.now) for item in corrections()][0]
    ('cline', 'year', '2019', '2011')
    """
    text = files(__package__).joinpath("corrections.toml").read_text(encoding="utf8")
    return tuple(Correction(now=entry.pop("is"), **entry) for entry in tomllib.loads(text)["correction"])


def corrected(frame: pd.DataFrame, source: str, wanted: bool = True) -> pd.DataFrame:
    """Apply the corrections of a source to its table as text.

    Parameters
    ----------
    frame
        As `read_table` gives it.
    source
        Name of the table.
    wanted
        False leaves the table as published.

    Raises
    ------
    TableError
        If a row to be corrected says neither what it said nor what it should say: look at the new version.
    """
    frame = frame.copy()
    for item in corrections() if wanted else ():
        if item.source != source:
            continue
        rows = frame[item.key_column].astype(str) == item.key
        said = set(frame.loc[rows, item.field].astype(str))
        if said - {item.was, item.now}:
            raise TableError(
                f"{source} {item.key}: {item.field} is {sorted(said)}, the correction knows '{item.was}'; look at the "
                "row and at corrections.toml"
            )
        frame.loc[rows, item.field] = item.now
    return frame
