"""The types that a claim or an event can have."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from garrison.errors import TableError, nearest


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of claim or event: its words, its group on a timeline, its counterparts in other schemes."""

    name: str
    label: str
    group: str
    definition: str
    is_not: str
    examples: tuple[str, ...]
    plover: str | None
    plover_mode: str | None
    cameo: str | None
    acled: str | None


@cache
def event_types() -> Mapping[str, EventType]:
    """Give every type by its name, in the order of the codebook.

    Returns
    -------
    Mapping
        Name to `EventType`; counterparts that a scheme does not have are None.

    Examples
    --------
    >>> event_types()["DEFECT"].plover
    'REJECT'
    """
    rows = tomllib.loads(files(__package__).joinpath("event_types.toml").read_text(encoding="utf8"))
    return MappingProxyType(
        {
            name: EventType(
                name=name,
                label=row["label"],
                group=row["group"],
                definition=row["definition"],
                is_not=row["is_not"],
                examples=tuple(row["examples"]),
                plover=row["plover"] or None,
                plover_mode=row.get("plover_mode"),
                cameo=row["cameo"] or None,
                acled=row["acled"] or None,
            )
            for name, row in rows.items()
        }
    )


def event_type(name: str) -> EventType:
    """Give one type by its name.

    Raises
    ------
    TableError
        If there is no such type; the message names the nearest one.

    Examples
    --------
    >>> event_type("COUP").label
    'coup'
    """
    try:
        return event_types()[name]
    except KeyError:
        raise TableError(f"unknown event type '{name}'. {nearest(name, event_types())}") from None
