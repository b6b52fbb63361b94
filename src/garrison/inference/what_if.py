"""What a lever would change: the same simulated crises with and without it, weighted by the same reports."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from garrison.engines import simulate
from garrison.inference.state import State
from garrison.regime import Lever


@dataclass(frozen=True)
class LeverEffect:
    """What a lever does to the model's log odds of a break within the horizon, with its 90% simulation interval."""

    lever: Lever
    horizon_days: int
    log_odds_change: float
    log_odds_change90: tuple[float, float]
    n_runs: int

    def moves(self, p: float) -> tuple[float, tuple[float, float]]:
        """Apply the change to a chance of a break.

        Parameters
        ----------
        p
            In (0, 1).

        Returns
        -------
        tuple
            The chance with the lever, and the 90% interval of its difference from `p`.
        """
        log_odds = np.log(p / (1 - p))
        moved = 1 / (1 + np.exp(-(log_odds + np.array([self.log_odds_change, *self.log_odds_change90]))))
        return float(moved[0]), (float(moved[1] - p), float(moved[2] - p))


def lever_effect(state: State, lever: Lever, horizon_days: int) -> LeverEffect:
    """Re-simulate every run with a lever and the same random numbers, and compare.

    Parameters
    ----------
    state
        Its weights hold in both arms: the lever starts after the last report.
    lever
        Starts on the state's as-of day or later.
    horizon_days
        Above 0; the state's runs must reach so far.

    Returns
    -------
    LeverEffect
        The interval is of the paired difference over resampled runs; it holds no doubt about the model.
    """
    runs = state.runs
    moved = simulate(runs.parameters, start=runs.start, days=runs.days, seed=runs.seed, levers=[lever])
    weights = state.weights()
    before = state.breaks_within(horizon_days).astype(float)
    after = ((moved.break_day > state.today) & (moved.break_day <= state.today + horizon_days)).astype(float)
    resampled = state.resampled_counts * weights
    total = resampled.sum(axis=1)
    changes = state.log_odds(resampled @ after / total) - state.log_odds(resampled @ before / total)
    low, high = np.quantile(changes, (0.05, 0.95)).tolist()
    return LeverEffect(
        lever=lever,
        horizon_days=horizon_days,
        log_odds_change=float(state.log_odds(weights @ after) - state.log_odds(weights @ before)),
        log_odds_change90=(low, high),
        n_runs=state.n_runs,
    )
