"""Made-up events for the tests of the store."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from garrison.records import Event, Events

COUNTRIES = ("VEN", "EGY", "SDN", "KEN")
TYPES = ("COUP", "PROTEST", "DEFECT", "MUTINY")
FIRST = date(2015, 11, 1)


def made_event(number: int) -> Event:
    """One event, the same for each number."""
    dice = random.Random(number)
    start = FIRST + timedelta(days=dice.randrange(120))
    return Event(
        id=f"made-{number}",
        type=dice.choice(TYPES) if dice.random() < 0.9 else None,
        country=dice.choice(COUNTRIES),
        published=start + timedelta(days=dice.randrange(5)),
        date_start=start,
        date_end=start + timedelta(days=dice.randrange(3)),
        p_happened=dice.randrange(101) / 100,
        evidence_ratio=dice.choice((0.5, 1.0, 8.0)),
        summary=f"what happened {dice.randrange(50)}",
        adm1=dice.choice((None, "VE-A", "VE-B")),
        actor_sector=dice.choice((None, "ARM", "POL")),
        sources=tuple(f"paper {dice.randrange(4)}" for _ in range(dice.randrange(3))),
        latitude=dice.choice((None, -1.5, 10.25)),
        longitude=dice.choice((None, 0.0, 66.5)),
        dataset=dice.choice((None, "acled", "gdelt")),
        dataset_code=dice.choice((None, "14", "190")),
    )


def made_events(numbers: Iterable[int]) -> Events:
    """Events of some numbers."""
    return Events.of([made_event(number) for number in numbers])


def told_otherwise(number: int) -> Event:
    """The event of a number with another content."""
    return replace(made_event(number), summary="something else")
