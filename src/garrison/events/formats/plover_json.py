"""Events as PLOVER's JSON, an object a line, with what PLOVER has no place for under `garrison`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from garrison.records import SCHEMA_VERSION, Event, Events
from garrison.vocabulary import event_types

#: Fields of an event that PLOVER's own keys do not carry.
_OURS = (
    *(
        "type",
        "published",
        "date_end",
        "p_happened",
        "evidence_ratio",
        "adm1",
        "actor_rank",
        "count_of",
        "n_low",
    ),
    *("n_high", "count_kind", "n_independent_sources", "source_kinds", "denied", "dataset", "dataset_code"),
)


def plover_lines(events: Events) -> Iterator[str]:
    """Write events as PLOVER's JSON.

    Parameters
    ----------
    events
        An event without a PLOVER root of its own gets that of its type; a type without one (hardship, say) is written
        with `event` null.

    Yields
    ------
    str
        One object, without its line end.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2017, 5, 6)
    >>> event = Event("a", "STRIKE", "VEN", day, day, day, 0.9, 2.0, actor_sector="LAB")
    >>> json.loads(next(plover_lines(Events.of([event]))))["source"]
    [{'code': 'VENLAB', 'sector': 'LAB'}]
    """
    for event in events:
        yield json.dumps(_object(event), default=str, ensure_ascii=False, allow_nan=False)


def _object(event: Event) -> dict[str, Any]:
    kind = event_types().get(event.type) if event.type else None
    told = event.plover is not None or kind is None
    written: dict[str, Any] = {
        "id": event.id,
        "date": event.date_start,
        "source": _party(event.country, event.actor_sector, event.actor_text),
        "target": _party(event.country, event.target_sector, event.target_text),
        "event": event.plover if told or kind is None else kind.plover,
        "mode": event.plover_mode if told or kind is None else kind.plover_mode,
        "eventText": event.summary or None,
        "eventLoc": _place(event),
        "publication": "; ".join(event.sources) or None,
        "coder": "Garrison" if event.dataset is None else event.dataset,
    }
    written |= {"dead": event.n_low} if event.count_of == "deaths" else {}
    written |= {"size": event.n_low} if event.count_of == "participants" else {}
    ours = {"schema": SCHEMA_VERSION} | {name: getattr(event, name) for name in _OURS}
    kept = {key: value for key, value in written.items() if value not in (None, [], "")}
    return kept | {"event": written["event"], "garrison": ours}


def _party(country: str | None, sector: str | None, text: str | None) -> list[dict[str, str]]:
    if not (sector or text):
        return []
    home = (country or "") if sector not in ("FOR", "IGO") else ""
    party = {"actorText": text or "", "code": home + (sector or ""), "sector": sector or ""}
    return [{key: value for key, value in party.items() if value}]


def _place(event: Event) -> dict[str, Any]:
    place = {
        "name": event.place_text,
        "country": event.country,
        "latitude": event.latitude,
        "longitude": event.longitude,
    }
    return {key: value for key, value in place.items() if value is not None}
