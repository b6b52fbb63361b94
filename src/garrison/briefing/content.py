"""What a page says, as plain values: the content that the briefing room turns into HTML.

The page is a pure function of a `BriefContent`. Nothing here computes: whoever assembles a brief fills these
records from claims, events, the inferred state, the runs and the forecast.

Three conventions hold throughout. A probability and a share is a fraction in [0, 1]; the page prints it as a
frequency or a percentage. A `note` is the number of the row of `BriefContent.provenance` that says where the value
comes from; the page links to it. A claim is named by its `Claim.id`, and every claim named has a `Quote`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

from garrison.briefing.answer import (
    Chance,
    Header,
    Headline,
    LabelRule,
    ModelView,
    Sentence,
    TrackRecord,
)
from garrison.briefing.evidence import (
    AuditedClaim,
    InputDocument,
    NotCounted,
    ProvenanceRow,
    Quote,
    SetAsideClaim,
    TimelineEvent,
)
from garrison.briefing.outlook import (
    Bands,
    DissentSeries,
    LeverEffect,
)
from garrison.errors import TableError

__all__ = [
    "AuditedClaim",
    "Bands",
    "BriefContent",
    "Chance",
    "Credit",
    "DissentSeries",
    "Footer",
    "Header",
    "Headline",
    "InputDocument",
    "LabelRule",
    "LeverEffect",
    "ModelView",
    "NotCounted",
    "ProvenanceRow",
    "Quote",
    "Sentence",
    "SetAsideClaim",
    "TimelineEvent",
    "TrackRecord",
]


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose data or software the page rests on, and under which licence."""

    name: str
    licence: str


@dataclass(frozen=True, slots=True)
class Footer:
    """How to make the page again: the command, the seed, the version, the inputs, and whom to thank."""

    command: str
    seed: int
    version: str
    inputs: tuple[InputDocument, ...]
    credits: tuple[Credit, ...]


@dataclass(frozen=True, eq=False)
class BriefContent:
    """Everything that one page says.

    Parameters
    ----------
    verdict
        Two to four sentences: the report's own headline first, what it says and what supports it.
    claims
        The audited claims, those of the report's headline first.
    cannot_see
        What this brief cannot see, in sentences; required, besides the words that every page says.
    levers
        What would move the chance most: at most three changes of the public and the economy.
    dissent
        Dissent so far and ahead; empty if no model run was made.

    Raises
    ------
    TableError
        If `cannot_see` or `verdict` is empty, or a note or a claim is named that the content does not hold.
    """

    header: Header
    headline: Headline
    verdict: tuple[Sentence, ...]
    claims: tuple[AuditedClaim, ...]
    not_counted: tuple[NotCounted, ...]
    timeline: tuple[TimelineEvent, ...]
    dissent: tuple[DissentSeries, ...]
    levers: tuple[LeverEffect, ...]
    cannot_see: tuple[str, ...]
    provenance: tuple[ProvenanceRow, ...]
    quotes: tuple[Quote, ...]
    footer: Footer

    def __post_init__(self) -> None:
        for name in ("cannot_see", "verdict", "provenance"):
            if not getattr(self, name):
                raise TableError(f"brief: {name} is empty; a page must not be published without it")
        rows = {row.number for row in self.provenance}
        quoted = {quote.claim_id for quote in self.quotes}
        for where, part in _parts(self, "brief"):
            _check_values(part, where)
            for number in _notes_of(part):
                if number not in rows:
                    raise TableError(f"{where}: note {number} has no row in provenance; add the row")
            for claim_id in _claim_ids_of(part):
                if claim_id not in quoted:
                    raise TableError(f"{where}: claim '{claim_id}' has no quote in quotes; add the quote")


def _parts(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Walk through the records inside a record, each with the path that leads to it."""
    if is_dataclass(value) and not isinstance(value, type):
        yield where, value
        for item in fields(value):
            yield from _parts(getattr(value, item.name), f"{where}.{item.name}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _parts(item, f"{where}[{index}]")


def _check_values(part: Any, where: str) -> None:
    """Refuse probabilities outside [0, 1] and bands that do not fit their days."""
    for name in ("p", "p_happened", "p_before", "p_after"):
        value = getattr(part, name, None)
        if value is not None and not 0 <= value <= 1:
            raise TableError(f"{where}.{name}: {value} is no probability; give a fraction between 0 and 1")
    if isinstance(part, Bands):
        for name in ("median", "low50", "high50", "low90", "high90"):
            shares = np.asarray(getattr(part, name))
            if shares.shape != part.days.shape or not shares.size:
                raise TableError(f"{where}.{name}: shape {shares.shape} does not fit days {part.days.shape}")
            if not ((shares >= 0) & (shares <= 1)).all():
                raise TableError(f"{where}.{name}: shares must lie between 0 and 1")


def _notes_of(part: Any) -> Iterator[int]:
    for name in ("note", "age_note"):
        if hasattr(part, name):
            yield getattr(part, name)
    for name in ("notes", "depends_on"):
        yield from getattr(part, name, ())


def _claim_ids_of(part: Any) -> Iterator[str]:
    yield from getattr(part, "claim_ids", ())
    for name in ("claim_id", "duplicate_of"):
        if getattr(part, name, None) is not None:
            yield getattr(part, name)
