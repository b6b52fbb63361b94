"""Who decides (the four cohorts) and what moves them (the drivers): names and their order in every array."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
"""An array of real numbers; the run is always the first axis."""

Numbers: TypeAlias = NDArray[Any]
"""An array of real or complex numbers: the kernel takes both, so that its slopes come out exactly."""

COHORTS = ("civilians", "troops", "officers", "elite")
"""Civilians; troops and their sergeants; officers; the generals and the circle that commands them."""

CIVILIANS, TROOPS, OFFICERS, ELITE = range(4)

DRIVERS = ("H", "W", "V", "I", "O", "T", "X", "U", "M_C", "M_S", "M_O", "M_E", "B", "P")
"""Order of the drivers in the last axis of the loadings; their meaning stands in `loadings.toml`."""

FIRST_PEER = DRIVERS.index("M_C")
PEERS = slice(FIRST_PEER, FIRST_PEER + len(COHORTS))
BELIEF = DRIVERS.index("B")
PUNISHMENT = DRIVERS.index("P")
