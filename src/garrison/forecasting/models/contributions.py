"""Why a forecast is what it is: what each feature of a row adds to its log odds."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to the log odds of a row, against a row of which nothing is known to differ.

    Parameters
    ----------
    feature
        Its name.
    value
        As given; NaN where missing.
    usual
        The mean of training.
    log_odds
        Added; a feature at its mean adds nothing.
    """

    feature: str
    value: float
    usual: float
    log_odds: float

    def __str__(self) -> str:
        told = "missing" if math.isnan(self.value) else f"{self.value:.4g}"
        return f"{self.log_odds:+.2f}  {self.feature}: {told} (usually {self.usual:.4g})"
