"""The width-doubling audit: how far the model's number is a child of how wide its priors are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from garrison.engines import Runs, simulate
from garrison.regime import Conditions
from garrison.stability.admission import ANY_DAY
from garrison.stability.ensemble import ensemble

DOUBLE = 2.0


@dataclass(frozen=True, slots=True)
class WidthDoubling:
    """P(break within `days`) with the priors as written and twice as wide; `factor` is their ratio."""

    days: int
    n_runs: int
    p_as_written: float
    p_doubled: float

    @property
    def factor(self) -> float:
        """How many times as large the doubled number is; infinite where the first is 0 and the second is not."""
        if self.p_as_written == 0:
            return float("inf") if self.p_doubled > 0 else 1.0
        return self.p_doubled / self.p_as_written

    def __repr__(self) -> str:
        return (
            f"WidthDoubling: P(break in {self.days} days) {self.p_as_written:.3f} with the priors as written, "
            f"{self.p_doubled:.3f} with all of them twice as wide ({self.n_runs} runs each)"
        )


def width_doubling(
    n_runs: int = 2000,
    *,
    seed: int,
    conditions: Conditions | None = None,
    days: int = 90,
    weigh: Callable[[Runs], NDArray[Any]] | None = None,
) -> WidthDoubling:
    """Compare P(break) under the priors as written and under priors twice as wide.

    Parameters
    ----------
    n_runs
        Runs of each arm.
    seed
        Seed of draws and pushes: both arms meet the same random numbers.
    conditions
        What is coded of the country or case; its ranges are not widened, and neither are the pushes.
    days
        Length of a fresh crisis.
    weigh
        Gives the weights of runs (run,) where reports are to count; None weighs all alike.

    Returns
    -------
    WidthDoubling
        Both probabilities. Draws that are no quiet regime are refused in both arms.

    Examples
    --------
    >>> width_doubling(50, seed=1).days
    90
    """
    found = []
    for width in (1.0, DOUBLE):
        parameters = ensemble(n_runs, seed=seed, conditions=conditions, width=width)
        runs = simulate(parameters, start=ANY_DAY, days=days, seed=seed)
        found.append(runs.p_break(0, days - 1, None if weigh is None else weigh(runs)))
    return WidthDoubling(days, n_runs, found[0], found[1])
