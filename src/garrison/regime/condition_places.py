"""Where each condition stands in the arrays that compiled code reads, and its bounds."""

from __future__ import annotations

import numpy as np

from garrison.regime.compiled import compiled
from garrison.regime.conditions import known_conditions

_NAMES = tuple(known_conditions())


def _place(name: str) -> int:
    return _NAMES.index(name)


HARDSHIP, PAY, RENTS, IDENTITY = _place("hardship"), _place("pay"), _place("rents"), _place("identity")
EXPOSURE, CONTROL, KINSHIP, ORDER = (
    _place("exposure"),
    _place("control"),
    _place("kinship"),
    _place("order"),
)
FORCE_LEVEL, VISIBILITY, PROPAGANDA = _place("force"), _place("visibility"), _place("propaganda")
FOREIGN, COHESION, VIOLENCE = _place("foreign"), _place("cohesion"), _place("violence")
HAVEN, VIGILANCE = _place("haven"), _place("vigilance")

LOWEST = np.array([item.low for item in known_conditions().values()])
HIGHEST = np.array([item.high for item in known_conditions().values()])
REFERENCE = np.array([item.reference for item in known_conditions().values()])


@compiled
def within(value: float) -> float:
    """Keep an index between 0 and 1.

    Examples
    --------
    >>> within(1.2), within(-0.1)
    (1.0, 0.0)
    """
    if value < 0.0:
        return 0.0
    return 1.0 if value > 1.0 else value
