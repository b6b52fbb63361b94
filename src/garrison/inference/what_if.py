"""What a lever would change: the same simulated crises with and without it, weighted by the same reports."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from garrison.engines import simulate
from garrison.inference.state import State
from garrison.regime import Lever


@dataclass(frozen=True)
class LeverEffect:
    """The change of P(break within the horizon) that a lever makes, with its 90% interval."""

    lever: Lever
    horizon_days: int
    p_before: float
    p_after: float
    change90: tuple[float, float]
    n_runs: int


def lever_effect(state: State, lever: Lever, horizon_days: int, *, n_resamples: int = 400) -> LeverEffect:
    """Re-simulate every run with a lever and the same random numbers, and compare.

    Parameters
    ----------
    state
        Its weights hold in both arms: the lever starts after the last report.
    lever
        Starts on the state's as-of day or later.
    horizon_days
        Above 0; the state's runs must reach so far.
    n_resamples
        Of the runs, with their weights, for the interval.

    Returns
    -------
    LeverEffect
        Chances in [0, 1]; the interval is of the paired difference.
    """
    moved = simulate(
        state.runs.parameters,
        start=state.runs.start,
        days=state.runs.days,
        seed=state.runs.seed,
        levers=[lever],
    )
    weights = state.weights()
    before = state.breaks_within(horizon_days).astype(float)
    after = ((moved.break_day > state.today) & (moved.break_day <= state.today + horizon_days)).astype(float)
    generator = np.random.Generator(np.random.Philox(key=[state.runs.seed, 2]))
    counts = generator.multinomial(state.n_runs, np.full(state.n_runs, 1 / state.n_runs), size=n_resamples)
    resampled = counts * weights
    changes = resampled @ (after - before) / resampled.sum(axis=1)
    low, high = np.quantile(changes, (0.05, 0.95)).tolist()
    return LeverEffect(
        lever=lever,
        horizon_days=horizon_days,
        p_before=float(weights @ before),
        p_after=float(weights @ after),
        change90=(low, high),
        n_runs=state.n_runs,
    )
