"""What is written down of every run: series by class, series of the country, and, if asked, every cohort."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from garrison.regime import COHORTS, COUNTED

BY_CLASS = ("visible", "hidden", "left")
"""Series (run, day, class), in the order in which they are written."""

BY_DAY = (
    "belief",
    *(f"{name}_rate" for name in COUNTED),
    "hardship",
    "pay",
    "rents",
    "capacity",
    "price",
    "arrears",
    "crowd",
    "resisting",
)
"""Series (run, day), in the order in which they are written."""


@dataclass(frozen=True, slots=True)
class Diary:
    """Arrays that are filled day by day.

    `by_class` (run, day, series, class), `by_day` (run, day, series), `by_cohort` (run, day, cohort); the last has
    no cohorts where none were asked for.
    """

    by_class: NDArray[np.float32]
    by_day: NDArray[np.float32]
    by_cohort: NDArray[np.float32]

    @classmethod
    def empty(cls, n_runs: int, days: int, n_cohorts: int) -> Diary:
        """Make room for so many runs, days, and cohorts in detail."""
        return cls(
            np.zeros((n_runs, days, len(BY_CLASS), len(COHORTS)), dtype=np.float32),
            np.zeros((n_runs, days, len(BY_DAY)), dtype=np.float32),
            np.zeros((n_runs, days, n_cohorts), dtype=np.float32),
        )

    def part(self, runs: slice) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Give the arrays of some runs, to be written into."""
        return self.by_class[runs], self.by_day[runs], self.by_cohort[runs]
