"""A case's table of dated facts: a CSV file with one happening a row becomes events."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from garrison.errors import CaseError, TableError, nearest
from garrison.events.credibility import weigh_sources
from garrison.records import Event, Events
from garrison.vocabulary import certainties, event_type, ranks, sectors

COLUMNS = (
    *("id", "type", "date_start", "date_end", "published"),
    *("adm1", "actor_sector", "actor_rank", "target_sector"),
    *("count_of", "n_low", "n_high", "count_kind"),
    *("source_kinds", "sources", "url", "certainty", "denied", "summary"),
)
# What a count may be a count of: the words that the observation channels know.
COUNTED = (
    "civilians arrested",
    "deaths",
    "participants",
    "protests",
    "soldiers arrested",
    "soldiers defected",
)


def read_events_table(path: Path, country: str) -> Events:
    """Read a table of dated facts.

    `source_kinds` lists independent sources, separated by ";"; what one source retells of another is written with
    ">" ("media>social_media") and is one source. The chance that a row happened follows from them.

    Parameters
    ----------
    path
        The CSV file, in UTF-8, with the columns of `COLUMNS`.
    country
        Alpha-3 code of all its rows.

    Returns
    -------
    Events
        In the order of the table.

    Raises
    ------
    CaseError
        If a column is missing or a cell cannot be read: file, line, column and what to do.

    Examples
    --------
    >>> cases = Path(__file__).parents[1] / "cases"
    >>> events = read_events_table(cases / "venezuela_2017" / "events.csv", "VEN")
    >>> events[0].type
    'INSTITUTIONAL_POWER_GRAB'
    """
    with path.open(encoding="utf8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise CaseError(f"{path}, line 1: lacks the columns {', '.join(missing)}; add them")
        events = [_event(row, country, f"{path}, line {reader.line_num}") for row in reader]
    seen: set[str] = set()
    for event in events:
        if event.id in seen:
            raise CaseError(f"{path}: the id '{event.id}' stands twice; give each row its own")
        seen.add(event.id)
    return Events.of(events)


def _event(row: Mapping[str, str], country: str, where: str) -> Event:
    start, end, published = (_day(row, key, where) for key in ("date_start", "date_end", "published"))
    if not start <= end <= published:
        raise CaseError(f"{where}: dates must follow date_start <= date_end <= published; mend one of them")
    chains = [tuple(chain.strip().split(">")) for chain in row["source_kinds"].split(";") if chain.strip()]
    if not chains:
        raise CaseError(f"{where}, column source_kinds: is empty; give at least one kind of source")
    denied = row["denied"].strip() == "yes"
    try:
        ratio, p_happened = weigh_sources(event_type(row["type"]).name, chains, denied=denied)
    except TableError as error:
        raise CaseError(f"{where}: {error}") from None
    _one_of(row["certainty"], certainties(), "certainty", where)
    return Event(
        id=row["id"],
        type=row["type"],
        country=country,
        published=published,
        date_start=start,
        date_end=end,
        p_happened=p_happened,
        evidence_ratio=ratio,
        summary=row["summary"],
        adm1=row["adm1"] or None,
        actor_sector=_one_of(row["actor_sector"], sectors(), "actor_sector", where),
        actor_rank=_one_of(row["actor_rank"], ranks(), "actor_rank", where),
        target_sector=_one_of(row["target_sector"], sectors(), "target_sector", where),
        count_of=_one_of(row["count_of"], COUNTED, "count_of", where),
        n_low=_number(row, "n_low", where),
        n_high=_number(row, "n_high", where),
        count_kind=_one_of(row["count_kind"], ("flow", "stock"), "count_kind", where),
        n_independent_sources=len(chains),
        source_kinds=tuple(dict.fromkeys(chain[-1] for chain in chains)),
        sources=tuple(name.strip() for name in row["sources"].split(";")),
        denied=denied,
    )


def _day(row: Mapping[str, str], key: str, where: str) -> date:
    try:
        return date.fromisoformat(row[key])
    except (TypeError, ValueError):
        raise CaseError(f"{where}, column {key}: '{row[key]}' is no date; write it as YYYY-MM-DD") from None


def _number(row: Mapping[str, str], key: str, where: str) -> float | None:
    if not row[key]:
        return None
    try:
        return float(row[key])
    except ValueError:
        raise CaseError(f"{where}, column {key}: '{row[key]}' is no number; write digits") from None


def _one_of(value: str, known: Mapping[str, object] | tuple[str, ...], key: str, where: str) -> str | None:
    if value and value not in known:
        raise CaseError(f"{where}, column {key}: unknown '{value}'. {nearest(value, known)}")
    return value or None
