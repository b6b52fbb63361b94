"""The closed lists that every room shares: event types, certainty, sectors, ranks, kinds of sources.

They are data (`event_types.toml`, `terms.toml`); this room only reads them. A type that is missing for a real
report is added there by decision, never silently in code.
"""

from garrison.vocabulary.codebook import certainty_table, term_lists, type_pages
from garrison.vocabulary.event_types import EventType, event_type, event_types
from garrison.vocabulary.terms import (
    Certainty,
    certainties,
    is_counted,
    ranks,
    sectors,
    source_kinds,
)

__all__ = [
    "Certainty",
    "EventType",
    "certainties",
    "certainty_table",
    "event_type",
    "event_types",
    "is_counted",
    "ranks",
    "sectors",
    "source_kinds",
    "term_lists",
    "type_pages",
]
