"""Events as a table with ACLED's columns, so that what reads ACLED reads them; ours stand after them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from functools import cache

from garrison.events.formats.format_file import format_named
from garrison.records import Event, Events
from garrison.vocabulary import event_types
from garrison.world import country_codes

#: Columns of ours after ACLED's.
OURS = ("garrison_id", "garrison_type", "p_happened", "evidence_ratio", "adm1")

_STATE = ("MIL", "GRD", "COP", "SPY", "GOV", "LEG", "JUD")
_NAMES = {
    "MIL": "Military Forces of {}",
    "GRD": "Military Forces of {} National Guard",
    "COP": "Police Forces of {}",
    "SPY": "Military Forces of {} Intelligence",
    "GOV": "Government of {}",
    "LEG": "Government of {}",
    "JUD": "Government of {}",
}
_DISORDER = {
    "Protests": "Demonstrations",
    "Riots": "Demonstrations",
    "Strategic developments": "Strategic developments",
}


def acled_like_csv(events: Events) -> str:
    """Write events as comma-separated text with ACLED's columns.

    Parameters
    ----------
    events
        A type that ACLED has no counterpart for has empty `event_type` and `sub_event_type`.

    Returns
    -------
    str
        A header line, then a line an event.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2017, 5, 6)
    >>> text = acled_like_csv(Events.of([Event("a", "PROTEST", "VEN", day, day, day, 0.9, 2.0, actor_sector="CVL")]))
    >>> text.splitlines()[1].split(",")[4:8]
    ['Demonstrations', 'Protests', 'Peaceful protest', 'Protesters (Venezuela)']
    """
    columns = (*format_named("acled").shape.columns, *OURS)
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(event) for event in events)
    return sheet.getvalue()


def _row(event: Event) -> dict[str, object]:
    kind, _, sub = _code(event).partition(" / ")
    numeric, name = _country(event.country)
    deaths = event.n_low if event.count_of == "deaths" and event.n_low is not None else 0
    days = (event.date_end - event.date_start).days
    return {
        "event_id_cnty": event.id,
        "event_date": event.date_start.isoformat(),
        "year": event.date_start.year,
        "time_precision": 1 if days == 0 else 2 if days <= 7 else 3,
        "disorder_type": _DISORDER.get(kind, "Political violence") if kind else "",
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": _actor(event.actor_text, event.actor_sector, name, kind),
        "inter1": _inter(event.actor_sector, kind),
        "actor2": _actor(event.target_text, event.target_sector, name, ""),
        "inter2": _inter(event.target_sector, ""),
        "iso": numeric,
        "country": name,
        "location": event.place_text or "",
        "latitude": "" if event.latitude is None else event.latitude,
        "longitude": "" if event.longitude is None else event.longitude,
        "source": "; ".join(event.sources),
        "notes": event.summary,
        "fatalities": int(deaths),
        "timestamp": _seconds(event),
        "garrison_id": event.id,
        "garrison_type": event.type or "",
        "p_happened": event.p_happened,
        "evidence_ratio": event.evidence_ratio,
        "adm1": event.adm1 or "",
    }


def _seconds(event: Event) -> int:
    published = event.published
    return int(datetime(published.year, published.month, published.day, tzinfo=UTC).timestamp())


def _code(event: Event) -> str:
    if event.dataset == "acled" and "+" not in event.id:
        return event.dataset_code or ""
    kind = event_types().get(event.type) if event.type else None
    return (kind.acled if kind else None) or ""


@cache
def _country(code: str | None) -> tuple[str, str]:
    return next(((row.numeric, row.name) for row in country_codes() if row.alpha3 == code), ("", ""))


def _actor(text: str | None, sector: str | None, country: str, kind: str) -> str:
    if text:
        return text
    if sector in _NAMES:
        return _NAMES[sector].format(country)
    words = {"Protests": "Protesters", "Riots": "Rioters"}.get(kind, "Civilians")
    return f"{words} ({country})" if sector and sector not in ("FOR", "IGO", "PRM") else ""


def _inter(sector: str | None, kind: str) -> str:
    if sector in _STATE:
        return "State Forces"
    if sector in ("FOR", "IGO"):
        return "External/Other forces"
    return {"Protests": "Protesters", "Riots": "Rioters"}.get(kind, "Civilians") if sector else ""
