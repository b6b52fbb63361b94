"""Where the forces stand, given what was published by a day: simulated crises weighted by how they fit."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.engines import Runs
from garrison.errors import UndefinedError
from garrison.inference.channels import channels, setting
from garrison.inference.likelihood import log_likelihood
from garrison.inference.observed import Observation
from garrison.regime import observation_dispersion

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class State:
    """The inferred state: runs drawn from the admitted priors, weighted by what was published by `as_of`.

    Parameters
    ----------
    country
        Alpha-3 code.
    as_of
        The last day whose publications were used.
    runs
        The simulated crises; their first day is the crisis's start.
    observations
        What the reports say, each report once.
    log_likelihoods
        How each run fits each observation. Shape (observation, run).
    p_refusal_known
        The chance that some story of collective refusal is true; 0 where nobody tells one.
    case
        The case whose conditions were used; empty where the priors are wide.
    """

    country: str
    as_of: date
    runs: Runs
    observations: tuple[Observation, ...] = ()
    log_likelihoods: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    p_refusal_known: float = 0.0
    case: str = ""

    @property
    def today(self) -> int:
        """The as-of day as an index of days of the runs."""
        return (self.as_of - self.runs.start).days

    @property
    def n_runs(self) -> int:
        """How many simulated crises there are."""
        return len(self.runs.break_day)

    @property
    def unbroken(self) -> NDArray[np.bool_]:
        """Which runs have not broken by the as-of day: a break would be known. Shape (run,)."""
        return (self.runs.break_day < 0) | (self.runs.break_day > self.today)

    @property
    def hollowed(self) -> NDArray[np.bool_]:
        """In which runs half the ranks have refused openly by the as-of day. Shape (run,)."""
        return (self.runs.hollow_day >= 0) & (self.runs.hollow_day <= self.today)

    def _still_possible(self, p_refusal: float) -> Floats:
        """Weigh runs by what everybody would know: no break, and no open refusal by half the ranks unless told."""
        held = np.where(self.hollowed, p_refusal, 1.0) * self.unbroken
        if not held.any():
            raise UndefinedError(
                "every simulated crisis has broken before the as-of day; start the crisis later"
            )
        return np.asarray(held / held.sum())

    @property
    def prior_weights(self) -> Floats:
        """Weights before any report: equal among the runs that can still be. Shape (run,), summing to 1."""
        return self._still_possible(0.0)

    def weights(self, without: Sequence[int] = ()) -> Floats:
        """Give the weights after the reports: importance weights with a tempered likelihood.

        w_i proportional to L_i^eta over the runs that can still be: not broken, and hollowed only as far as a story
        of collective refusal is believed.

        Parameters
        ----------
        without
            Indices of observations to leave out, to see what they do.

        Returns
        -------
        ndarray
            Shape (run,), summing to 1.
        """
        kept = [index for index in range(len(self.observations)) if index not in set(without)]
        possible = self._still_possible(self.p_refusal_known)
        if not kept:
            return possible
        score = setting("tempering") * self.log_likelihoods[kept].sum(axis=0)
        score = np.where(possible > 0, score, -np.inf)
        weights = possible * np.exp(score - score.max())
        return np.asarray(weights / weights.sum())

    @property
    def effective_sample_size(self) -> float:
        """How many equally weighted runs the weights are worth: (sum w)^2 / sum w^2 (Kong 1992)."""
        weights = self.weights()
        return float(1.0 / np.square(weights).sum())

    def n_effective_breaks(self, horizon_days: int) -> float:
        """Give how many equally weighted breaks within the horizon carry the model's chance.

        Parameters
        ----------
        horizon_days
            Days after the as-of day.
        """
        weights = self.weights()[self.breaks_within(horizon_days)]
        total = float(weights.sum())
        return total**2 / float(np.square(weights).sum()) if total > 0 else 0.0

    def sample_is_enough(self, horizon_days: int) -> bool:
        """Say whether enough runs, and enough breaks among them, carry the result to lean on its digits."""
        return bool(
            self.effective_sample_size >= setting("smallest_sample")
            and self.n_effective_breaks(horizon_days) >= setting("fewest_breaks")
        )

    def breaks_within(self, horizon_days: int) -> NDArray[np.bool_]:
        """Say which runs break after the as-of day and within the horizon. Shape (run,)."""
        day = self.runs.break_day
        return (day > self.today) & (day <= self.today + horizon_days)

    def p_break(self, horizon_days: int, weights: Floats | None = None) -> float:
        """Give the model's chance of a break within the horizon, after the reports unless other weights are given.

        Parameters
        ----------
        horizon_days
            Days after the as-of day, above 0; the runs must reach so far.
        weights
            Shape (run,), summing to 1.

        Returns
        -------
        float
            In [0, 1].

        Raises
        ------
        UndefinedError
            If the runs end before the horizon.
        """
        if self.today + horizon_days >= self.runs.days:
            last = self.runs.start + timedelta(days=self.runs.days - 1)
            raise UndefinedError(
                f"the runs end on {last}; a horizon of {horizon_days} days needs longer runs"
            )
        return float((self.weights() if weights is None else weights) @ self.breaks_within(horizon_days))

    def p_hollow(self, horizon_days: int) -> float:
        """Give the chance that half the ranks refuse openly within the horizon while their officers stay.

        Parameters
        ----------
        horizon_days
            Days after the as-of day, above 0.

        Returns
        -------
        float
            In [0, 1]; such a state is no break and is reported apart.
        """
        day = self.runs.hollow_day
        return float(self.weights() @ ((day > self.today) & (day <= self.today + horizon_days)))

    def log_evidence_ratio(self, horizon_days: int, without: Sequence[int] = ()) -> float:
        """Give how far the reports move the model's log odds of a break: log(posterior odds / prior odds).

        Parameters
        ----------
        horizon_days
            Days after the as-of day.
        without
            Indices of observations to leave out.

        Returns
        -------
        float
            Natural logarithm; exactly 0 where nothing was observed.
        """
        prior = self.p_break(horizon_days, self.prior_weights)
        after = self.p_break(horizon_days, self.weights(without))
        return float(self.log_odds(after) - self.log_odds(prior))

    @cached_property
    def resampled_counts(self) -> Floats:
        """How often each run stands in each bootstrap sample of the runs. Shape (resample, run)."""
        generator = np.random.Generator(np.random.Philox(key=[self.runs.seed, 3]))
        share = np.full(self.n_runs, 1 / self.n_runs)
        return generator.multinomial(self.n_runs, share, size=int(setting("n_resamples"))).astype(float)

    def resampled_log_evidence_ratios(self, horizon_days: int) -> Floats:
        """Give what the shift of the log odds could as well have been with other runs: its simulation error.

        Parameters
        ----------
        horizon_days
            Days after the as-of day.

        Returns
        -------
        ndarray
            Shape (resample,); all 0 where nothing was observed.

        Source: bootstrap of a ratio of weighted means (Efron & Tibshirani 1993, chapter 6).
        """
        counts = self.resampled_counts
        breaks = self.breaks_within(horizon_days).astype(float)
        odds = []
        for weights in (self.prior_weights, self.weights()):
            drawn = counts * weights
            odds.append(self.log_odds(drawn @ breaks / drawn.sum(axis=1)))
        return odds[1] - odds[0]

    def log_odds(self, p: Floats | float) -> Floats:
        """Give log odds; chances below half a run, or so near 1, cannot be told apart."""
        floor = 0.5 / self.n_runs
        bounded = np.clip(p, floor, 1 - floor)
        return np.asarray(np.log(bounded / (1 - bounded)))

    def share(self, series: str, probabilities: Sequence[float]) -> Floats:
        """Give quantiles over the weighted runs of a share, day by day.

        Parameters
        ----------
        series
            `visible troops` (openly defying), `hidden officers` (would defy alone and safe), and so on.
        probabilities
            In [0, 1].

        Returns
        -------
        ndarray
            Shape (probability, day), in [0, 1].
        """
        return self.runs.fan(series, probabilities, self.weights())

    def to_frame(self) -> Any:
        """Give the observations as a pandas frame: what was observed and how it moves the log odds."""
        import pandas as pd

        full = self.log_evidence_ratio(90) if self.observations else 0.0
        return pd.DataFrame(
            {
                "channel": [item.channel for item in self.observations],
                "first_day": [item.first_day for item in self.observations],
                "last_day": [item.last_day for item in self.observations],
                "log_odds_moved": [
                    full - self.log_evidence_ratio(90, (index,)) for index in range(len(self.observations))
                ],
            }
        )

    def __repr__(self) -> str:
        return (
            f"State of the forces in {self.country} as of {self.as_of}\n"
            f"  {len(self.observations)} observations, {self.n_runs} runs, "
            f"effective sample size {self.effective_sample_size:.0f}\n"
            f"  model's P(break within 90 days): {self.p_break(90, self.prior_weights):.3f} before the reports, "
            f"{self.p_break(90):.3f} after"
        )

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(repr(self))}</pre>"


def weigh_runs(runs: Runs, observations: Sequence[Observation], prior: Floats) -> Floats:
    """Give the log-likelihood of each observation under each run.

    Parameters
    ----------
    runs
        Simulated crises with the expected counts of each channel by day.
    observations
        What was reported.
    prior
        Weights of the runs before any report. Shape (run,), summing to 1.

    Returns
    -------
    ndarray
        Shape (observation, run).
    """
    means = []
    series = [channels()[item.channel]["series"] for item in observations]
    for item, name in zip(observations, series, strict=True):
        rate = runs.series(f"{name}_rate")
        first = max(0, (item.first_day - runs.start).days)
        last = (item.last_day - runs.start).days
        means.append(np.maximum(rate[:, first : last + 1].sum(axis=1, dtype=float), np.finfo(float).tiny))
    dispersions = [
        observation_dispersion()[name] * ((item.last_day - item.first_day).days + 1) / setting("burst_days")
        for item, name in zip(observations, series, strict=True)
    ]
    return log_likelihood(observations, means, dispersions, prior)
