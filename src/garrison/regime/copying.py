"""Copying numbers in compiled code that allocates nothing."""

from __future__ import annotations

from garrison.regime.cohorts import Floats
from garrison.regime.compiled import compiled


@compiled
def copy_into(target: Floats, source: Floats) -> None:
    """Write the numbers of one array over those of another of the same length.

    Parameters
    ----------
    target, source
        One axis.
    """
    for place in range(target.size):
        target[place] = source[place]
