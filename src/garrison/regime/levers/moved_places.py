"""Where each thing that a lever can move stands in the arrays that compiled code reads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from garrison.regime.conditions import known_conditions
from garrison.regime.levers.known_levers import MOVED

ENDS = ("leader_exit", "pact", "election", "patron", "foreign_force", "plot")
"""Hazards that levers can raise, by the name of what they move: five ends, and plots, which are contested."""


class Moves(NamedTuple):
    """Index of each thing that levers move; `push` and `identity` are the first of four, by class."""

    push: int
    identity: int
    attendance: int
    fatigue: int
    fatigue_troops: int
    quarter: int
    trusted_first: int
    rotation: int
    militia: int
    lethality: int
    severity: int
    conditional_aid: int
    exit_cost: int
    belief: int
    rumour: int
    ends: NDArray[np.int64]


MOVES = Moves(
    push=MOVED.index("push_civilians"),
    identity=MOVED.index("identity_civilians"),
    ends=np.array([MOVED.index(name) for name in ENDS]),
    **{name: MOVED.index(name) for name in Moves._fields if name not in ("push", "identity", "ends")},
)
"""The indices themselves."""

# What the economy computes is not set here.
_BY_ECONOMY = ("hardship", "pay", "rents", "identity")

CONDITION_OF = np.array(
    [
        (MOVED.index(name), place)
        for place, name in enumerate(known_conditions())
        if name in MOVED and name not in _BY_ECONOMY
    ]
)
"""(item, 2): index of the moved thing, index of the condition that it is added to."""
