"""The registry of mechanisms: what is said to hold or break such regimes, and by which term of the model it enters."""

from garrison.regime.mechanisms.mechanism_table import mechanism_table
from garrison.regime.mechanisms.registry import (
    GROUPS_OF_UNEVENNESS,
    KINDS,
    MOVES,
    OUTCOMES,
    Change,
    Mechanism,
    levers_on_day,
    mechanism,
    mechanism_of,
    mechanisms,
)

__all__ = [
    "GROUPS_OF_UNEVENNESS",
    "KINDS",
    "MOVES",
    "OUTCOMES",
    "Change",
    "Mechanism",
    "levers_on_day",
    "mechanism",
    "mechanism_of",
    "mechanism_table",
    "mechanisms",
]
