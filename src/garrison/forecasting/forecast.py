"""The headline, and beside it what the model would say."""

from __future__ import annotations

import html
import json
import os
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from garrison.errors import TableError
from garrison.forecasting.age_classes import BAND50, BAND90
from garrison.forecasting.base_rate import (
    BaseRate,
    base_rate,
    constants,
    draw_expected_breaks,
    hazard_table,
)
from garrison.forecasting.models.stacker import Stacker
from garrison.inference import State, describe
from garrison.records import write_aside


@dataclass(frozen=True)
class ModelView:
    """What the model would say: the base rate moved by a part of the model's shift of the log odds.

    Parameters
    ----------
    p
        logit p = logit base rate + weight * clip(log LR), in (0, 1), averaged over what is unsure.
    band50, band90
        Over the uncertainty of the base rate and of the weight.
    log_odds_shift, log_odds_shift90
        log LR: posterior against prior log odds of a break in the model, natural logarithm, unclipped, and the
        90% interval that the number of runs leaves it.
    p_prior, p_posterior
        The model's raw chance of a break within the horizon before and after the reports.
    n_runs, effective_sample_size, n_effective_breaks, sample_is_enough
        How many simulated crises carry it, how many breaks among them, and whether that is enough to lean on.
    """

    p: float
    band50: tuple[float, float]
    band90: tuple[float, float]
    log_odds_shift: float
    log_odds_shift90: tuple[float, float]
    p_prior: float
    p_posterior: float
    n_runs: int
    effective_sample_size: float
    n_effective_breaks: float
    sample_is_enough: bool


@dataclass(frozen=True)
class Forecast:
    """The chance of a break by a day: the headline with its bands, its base rate, and the model beside it."""

    country: str
    as_of: date
    target: str
    horizon_days: int
    age_weeks: int
    headline: BaseRate
    base_rates: tuple[BaseRate, ...]
    model: ModelView
    reasons: tuple[tuple[str, float], ...]
    seed: int = 1

    @property
    def p(self) -> float:
        """The headline: while no forecast of this kind has proven skill, it is the base rate."""
        return self.headline.p

    @property
    def ends(self) -> date:
        """The last day of the window."""
        return self.as_of + timedelta(days=self.horizon_days)

    def why(self) -> str:
        """Say in words how the headline came about and what moved the model most."""
        lines = [
            f"The headline is the base rate of crises {self.age_weeks} weeks after they began: no forecast of "
            "this kind has shown skill over it yet.",
            f"The model would say {self.model.p:.1%}: the reports move its log odds by "
            f"{self.model.log_odds_shift:+.2f}.",
        ]
        lines += [f"  {moved:+.2f}  {words}" for words, moved in self.reasons[:5]]
        return "\n".join(lines)

    def cite(self) -> str:
        """Give the references of what the forecast rests on."""
        return files_text("SOURCES.md")

    def to_frame(self) -> Any:
        """Give the base rates and the model's number as a pandas frame."""
        import pandas as pd

        rows = [
            {
                "what": f"base rate, {rate.rule}",
                "horizon_days": rate.horizon_days,
                "p": rate.p,
                "low90": rate.band90[0],
                "high90": rate.band90[1],
            }
            for rate in self.base_rates
        ]
        rows.append(
            {
                "what": "model would say",
                "horizon_days": self.horizon_days,
                "p": self.model.p,
                "low90": self.model.band90[0],
                "high90": self.model.band90[1],
            }
        )
        return pd.DataFrame(rows)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the forecast as .json or its table as .csv."""
        suffix = Path(path).suffix.lower()
        if suffix == ".json":
            content = {**asdict(self), "schema": 1}
            return write_aside(path, json.dumps(content, default=str, indent=1).encode())
        if suffix == ".csv":
            return write_aside(path, self.to_frame().to_csv(index=False).encode())
        raise TableError(f"{path}: a forecast is saved as .json or .csv, not '{suffix}'")

    def __repr__(self) -> str:
        low, high = self.headline.band90
        return (
            f"Forecast {self.target} for {self.country}, {self.as_of} to {self.ends}\n"
            f"  headline (base rate): {self.p:.1%}, 90% band {low:.1%} to {high:.1%}\n"
            f"  the model would say:  {self.model.p:.1%} (log odds moved {self.model.log_odds_shift:+.2f}, "
            f"90% of its simulation error {self.model.log_odds_shift90[0]:+.2f} to "
            f"{self.model.log_odds_shift90[1]:+.2f})"
        )

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(repr(self))}</pre>"


def files_text(name: str) -> str:
    """Read a text file that this room ships."""
    from importlib.resources import files

    return files(__package__).joinpath(name).read_text(encoding="utf8")


def forecast(
    state: State,
    *,
    age_weeks: int | None = None,
    horizon_days: int | None = None,
    regime_class: str = "unknown",
    seed: int = 1,
) -> Forecast:
    """Forecast a break of the security forces from the inferred state.

    The headline is the crisis hazard by age, class of regime and decade (pi). Beside it stands what the model would
    say, logit p = logit pi + a clip(log LR, -ln 10, ln 10) with a ~ Normal(.5, .25).

    Parameters
    ----------
    state
        From `garrison.infer`; its runs must reach the horizon.
    age_weeks
        Whole weeks since the crisis's last escalation; since the state's first day if not given.
    horizon_days
        Above 0; the headline's horizon if not given.
    regime_class
        closed, electoral or unknown (see `base_rate`).
    seed
        Of the draws behind the bands.

    Returns
    -------
    Forecast
        Headline, base rates under every rule, the model's view, and what moved it.

    Source: design of the headline; the constants stand in `constants.toml`.
    """
    target = constants()["target"]
    horizon = horizon_days or int(target["headline_horizon"])
    age = (state.as_of - state.runs.start).days // 7 if age_weeks is None else age_weeks
    rates = tuple(
        base_rate(age, days, rule, regime_class=regime_class, as_of=state.as_of, seed=seed)
        for rule in hazard_table()
        for days in dict.fromkeys([*target["horizons"], horizon])
    )
    return Forecast(
        country=state.country,
        as_of=state.as_of,
        target=str(target["code"]),
        horizon_days=horizon,
        age_weeks=age,
        headline=base_rate(age, horizon, regime_class=regime_class, as_of=state.as_of, seed=seed),
        base_rates=rates,
        model=_model_view(state, age, horizon, regime_class, seed),
        reasons=_reasons(state, horizon),
        seed=seed,
    )


def _model_view(state: State, age_weeks: int, horizon_days: int, regime_class: str, seed: int) -> ModelView:
    """Move the base rate by a part of the model's shift, over the uncertainty of both."""
    rule = str(constants()["target"]["headline_rule"])
    expected = draw_expected_breaks(
        age_weeks, horizon_days, rule, regime_class=regime_class, as_of=state.as_of, seed=seed
    )
    pi = -np.expm1(-expected)
    generator = np.random.Generator(np.random.Philox(key=[seed, 1]))
    shift = state.log_evidence_ratio(horizon_days)
    # The shift is itself a simulated number: the bands carry its simulation error.
    shifts = state.resampled_log_evidence_ratios(horizon_days)
    p = Stacker.prior().draw(pi, np.resize(shifts, len(pi)), generator)
    low50, high50, low90, high90 = np.quantile(p, [*BAND50, *BAND90]).tolist()
    return ModelView(
        p=float(p.mean()),
        band50=(low50, high50),
        band90=(low90, high90),
        log_odds_shift=shift,
        log_odds_shift90=(float(np.quantile(shifts, BAND90[0])), float(np.quantile(shifts, BAND90[1]))),
        p_prior=state.p_break(horizon_days, state.prior_weights),
        p_posterior=state.p_break(horizon_days),
        n_runs=state.n_runs,
        effective_sample_size=state.effective_sample_size,
        n_effective_breaks=state.n_effective_breaks(horizon_days),
        sample_is_enough=state.sample_is_enough(horizon_days),
    )


def _reasons(state: State, horizon_days: int) -> tuple[tuple[str, float], ...]:
    """Say how far each observation moves the log odds: with it less without it, the strongest first."""
    full = state.log_evidence_ratio(horizon_days)
    moved = [
        (describe(item, {}), full - state.log_evidence_ratio(horizon_days, (index,)))
        for index, item in enumerate(state.observations)
    ]
    return tuple(sorted(moved, key=lambda pair: (-abs(pair[1]), pair[0])))
