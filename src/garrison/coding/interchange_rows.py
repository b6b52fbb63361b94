"""Claims read back from the interchange form: its lines, checked, and the claims that they tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from garrison.errors import TableError, nearest
from garrison.records import Claim, Quantity, Source
from garrison.vocabulary import certainties, event_types


class _Number(BaseModel):
    what: str
    low: float
    high: float
    kind: str


class _Teller(BaseModel):
    text: str
    kind: str


class ClaimRow(BaseModel):
    """A line of kind `claim`; keys that it lacks are empty, others are passed over.

    Two keys are wider than the interchange form: `published` and `country`, which a line may bring.
    """

    model_config = ConfigDict(extra="ignore")
    doc: str
    char_start: int
    char_end: int
    type: str
    certainty: str
    id: str = ""
    quote: str = ""
    published: date | None = None
    country: str | None = None
    plover: str | None = None
    plover_mode: str | None = None
    actor_text: str | None = None
    actor_sector: str | None = None
    actor_rank: str | None = None
    actor_country: str | None = None
    target_text: str | None = None
    target_sector: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_basis: str | None = None
    adm1: str | None = None
    place_text: str | None = None
    numbers: tuple[_Number, ...] = ()
    sources: tuple[_Teller, ...] = ()
    negated: bool = False
    duplicate_of: str | None = None


class SegmentationRow(BaseModel):
    """A line of kind `segmentation`: where article and comments lie in a document."""

    model_config = ConfigDict(extra="ignore")
    doc: str
    article_start: int
    article_end: int
    comments_start: int | None = None
    comments_end: int | None = None


def read_interchange(path: Path) -> Iterator[ClaimRow | SegmentationRow]:
    """Read the lines of a file of the interchange form; other kinds of record are passed over.

    Parameters
    ----------
    path
        JSON lines, in UTF-8.

    Yields
    ------
    ClaimRow or SegmentationRow
        In the order of the file.

    Raises
    ------
    TableError
        If a line is none of the form, or names an unknown type or certainty: file, line and key.
    """
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            record = row["record"]
            if record == "segmentation":
                yield SegmentationRow.model_validate(row)
            elif record == "claim":
                yield _known(ClaimRow.model_validate(row))
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"])
            raise TableError(f"{path}, line {number}: {key}: {first['msg'].lower()}") from None
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise TableError(
                f"{path}, line {number}: not a record of the interchange form ({error})"
            ) from None
        except TableError as error:
            raise TableError(f"{path}, line {number}: {error}") from None


def _known(row: ClaimRow) -> ClaimRow:
    if row.type not in event_types():
        raise TableError(f"unknown type '{row.type}'. {nearest(row.type, event_types())}")
    if row.certainty not in certainties():
        raise TableError(f"unknown certainty '{row.certainty}'. {nearest(row.certainty, certainties())}")
    return row


def claim_of(row: ClaimRow, published: date) -> Claim:
    """Make the claim that a line tells.

    Parameters
    ----------
    row
        A line of kind `claim`.
    published
        The day of its report.
    """
    fields = row.model_dump(exclude={"numbers", "sources", "published"})
    return Claim(
        **fields,
        published=published,
        numbers=tuple(Quantity(one.what, one.low, one.high, one.kind) for one in row.numbers),
        sources=tuple(Source(one.text, one.kind) for one in row.sources),
    )
