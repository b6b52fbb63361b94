"""Garrison: how near a country's security forces are to breaking with its regime, from what is reported.

Reports become claims graded by certainty, claims become events, events an inferred state of loyalty, the
state simulated futures and a forecast beside its base rate, and all of it one page that leads back to quoted
words.

>>> import garrison
>>> page = garrison.brief("article.txt", country="VEN")  # doctest: +SKIP
>>> page.save("brief.html")  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from garrison.version import __version__

# Where each public name lives; a room is imported when one of its names is first used.
_PUBLIC = {
    "GarrisonError": "errors",
    "Claim": "records",
    "Claims": "records",
    "Event": "records",
    "Events": "records",
    "Report": "records",
    "Reports": "records",
    "read_reports": "reports",
    "code": "coding",
    "link": "events",
    "read_events": "events.formats",
    "EventFilter": "events.store",
    "EventStore": "events.store",
    "case": "cases",
    "cases": "cases",
    "check": "cases",
    "compare": "cases",
    "load_scenario": "cases",
    "simulate": "cases",
    "infer": "inference",
    "forecast": "forecasting",
    "brief": "briefing",
    "evaluate": "evaluation",
}

__all__ = [
    "Claim",
    "Claims",
    "Event",
    "EventFilter",
    "EventStore",
    "Events",
    "GarrisonError",
    "Report",
    "Reports",
    "__version__",
    "brief",
    "case",
    "cases",
    "check",
    "code",
    "compare",
    "evaluate",
    "forecast",
    "infer",
    "link",
    "load_scenario",
    "read_events",
    "read_reports",
    "simulate",
]

if TYPE_CHECKING:
    from garrison.briefing.brief import brief
    from garrison.cases import case, cases, check, compare, load_scenario, simulate
    from garrison.coding import code
    from garrison.errors import GarrisonError
    from garrison.evaluation.evaluate import evaluate
    from garrison.events import link
    from garrison.events.formats import read_events
    from garrison.events.store import EventFilter, EventStore
    from garrison.forecasting import forecast
    from garrison.inference import infer
    from garrison.records import Claim, Claims, Event, Events, Report, Reports
    from garrison.reports import read_reports


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'garrison' has no attribute '{name}'")
    return getattr(import_module(f"garrison.{_PUBLIC[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, *globals()])
