"""What somebody could do from a date on: the levers that are known, and what they move on each day."""

from garrison.regime.levers.known_levers import (
    GROUPS,
    MOVED,
    SHAPES_IN_TIME,
    KnownLever,
    MovedThing,
    known_levers,
    moved_things,
)
from garrison.regime.levers.levers import LONGEST_RAMP_DAYS, Lever, LeverEffects, lever_effects

__all__ = [
    "GROUPS",
    "LONGEST_RAMP_DAYS",
    "MOVED",
    "SHAPES_IN_TIME",
    "KnownLever",
    "Lever",
    "LeverEffects",
    "MovedThing",
    "known_levers",
    "lever_effects",
    "moved_things",
]
