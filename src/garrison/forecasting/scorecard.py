"""The scorecard: how good each kind of forecast was on history, out of sample, as `make verify-history` wrote it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from garrison.errors import TableError
from garrison.records import write_aside

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = 1
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% interval by country bootstrap."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of history.

    Parameters
    ----------
    question
        Its name in questions.toml, or the published system's.
    target, label_set, horizon_days
        What was forecast, under which rule of what counts, how far ahead.
    scope
        all states, states in crisis, crises, campaigns.
    validation
        rolling origin or countries left out.
    first_year, last_year
        Of the rows that are scored.
    """

    question: str
    target: str
    label_set: str
    horizon_days: int
    scope: str
    validation: str
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class ForecastScore:
    """How good one forecaster was on one question.

    Parameters
    ----------
    n_rows, n_followed, n_states
        Rows scored, those whose window held an event, and the states of the latter.
    rate, mean_forecast
        Share of rows followed by an event, and the mean chance that was given.
    brier, log_score
        Mean scores, lower is better; natural logarithm.
    brier_skill, log_skill
        Against the base rate known at the time.
    roc_auc, pr_auc
        Ranking; the second is to be compared with `rate`.
    slope
        Of the calibration line, with its interval: 1 where chances spread as they should; None where it cannot be
        fitted.
    miscalibration, discrimination
        CORP parts of the Brier score.
    detectable
        The smallest true log skill that these rows would have told from none four times in five; None for the base.
    """

    n_rows: int
    n_followed: int
    n_states: int
    rate: float
    mean_forecast: float
    brier: float
    log_score: float
    brier_skill: Estimate
    log_skill: Estimate
    roc_auc: Estimate
    pr_auc: float
    slope: Estimate | None
    miscalibration: float
    discrimination: float
    detectable: float | None


@dataclass(frozen=True, slots=True)
class Scored:
    """A forecaster's score on a question; `role` is base, headline, published or contestant."""

    asked: Asked
    forecaster: str
    role: str
    score: ForecastScore


@dataclass(frozen=True, slots=True)
class Comparison:
    """By how much the first forecaster is better than the second; above 0 it is.

    Parameters
    ----------
    brier_skill, log_skill
        Differences of skill against the base rate of the rows, paired, with 95% intervals by country bootstrap.
    roc_auc
        Difference of the ranking, with its interval.
    detectable
        The smallest true difference of log skill that these rows would have told from none four times in five.
    p_value
        Of the difference of log scores over time (Diebold and Mariano, lags of the horizon); None where the series is
        too short.
    """

    brier_skill: Estimate
    log_skill: Estimate
    roc_auc: Estimate
    detectable: float | None
    p_value: float | None


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How a base rate did on countries that taught it nothing, and whether a model did better."""

    base: Scored
    model: Scored


@dataclass(frozen=True, slots=True)
class Compared:
    """Two forecasters on the rows of a question."""

    asked: Asked
    first: str
    second: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure to be beaten, what ours is, whether it is above, and whether its whole interval is."""

    name: str
    figure: str
    bar: float
    source: str
    ours: Estimate
    above: bool
    clearly: bool


@dataclass(frozen=True)
class Scorecard:
    """Every score, comparison and bar, with the tables they rest on and the settings of the run."""

    package_version: str
    seed: int
    n_draws: int
    tables: Mapping[str, str]
    scores: tuple[Scored, ...]
    comparisons: tuple[Compared, ...]
    bars: tuple[Bar, ...]

    def of(
        self, target: str, horizon_days: int, *, label_set: str, question: str | None = None
    ) -> tuple[Scored, ...]:
        """Give the scores of a target at a horizon.

        Parameters
        ----------
        target, horizon_days, label_set
            What was forecast.
        question
            Only of this question; of all if not given.
        """
        return tuple(
            item
            for item in self.scores
            if (item.asked.target, item.asked.horizon_days, item.asked.label_set)
            == (target, horizon_days, label_set)
            and question in (None, item.asked.question)
        )

    def track_record(self, target: str, label_set: str, horizon_days: int) -> TrackRecord | None:
        """Give the record of the base rate of a target where countries were left out, and of the model beside it.

        Parameters
        ----------
        target, label_set, horizon_days
            What is forecast.

        Returns
        -------
        TrackRecord or None
            None where this was never asked.
        """
        mine = {
            item.role: item
            for item in self.of(target, horizon_days, label_set=label_set)
            if item.asked.validation == "countries left out"
        }
        return TrackRecord(mine["base"], mine["headline"]) if {"base", "headline"} <= mine.keys() else None

    def figures(self) -> dict[str, Any]:
        """Give everything as plain numbers and words, as the file holds it."""
        return {"schema": SCHEMA, **asdict(self)}

    def to_frame(self) -> pd.DataFrame:
        """Give one line a score, intervals as columns of their own."""
        import pandas as pd

        return pd.json_normalize([asdict(item) for item in self.scores])

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write it as .json, or its scores as .csv, aside first.

        Raises
        ------
        TableError
            If the suffix is another.
        """
        suffix = Path(path).suffix.lower()
        if suffix == ".json":
            return write_aside(path, (json.dumps(self.figures(), indent=1) + "\n").encode())
        if suffix == ".csv":
            return write_aside(path, self.to_frame().to_csv(index=False).encode())
        raise TableError(f"{path}: a scorecard is saved as .json or .csv, not '{suffix}'")

    def __repr__(self) -> str:
        met = sum(bar.above for bar in self.bars)
        return (
            f"Scorecard: {len(self.scores)} scores on {len({item.asked for item in self.scores})} questions, "
            f"{met} of {len(self.bars)} bars passed"
        )

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html(index=False, border=0))


def read_scorecard(path: str | os.PathLike[str]) -> Scorecard:
    """Read a scorecard that `Scorecard.save` wrote.

    Parameters
    ----------
    path
        A .json file.

    Raises
    ------
    TableError
        If it is none, or of another schema.
    """
    try:
        return _scorecard(json.loads(Path(path).read_text(encoding="utf8")), str(path))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise TableError(f"{path}: is no scorecard ({error}); write one with make verify-history") from None


@cache
def shipped_scorecard() -> Scorecard:
    """Give the scorecard that Garrison carries.

    Examples
    --------
    >>> shipped_scorecard().n_draws
    1000
    """
    text = files(__package__).joinpath("scorecard.json").read_text(encoding="utf8")
    return _scorecard(json.loads(text), "scorecard.json")


def _scorecard(content: Any, place: str) -> Scorecard:
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        found = content.get("schema") if isinstance(content, dict) else None
        raise TableError(f"{place}: is no scorecard of schema {SCHEMA} (found {found}); write it anew")
    try:
        return Scorecard(
            package_version=content["package_version"],
            seed=content["seed"],
            n_draws=content["n_draws"],
            tables=content["tables"],
            scores=tuple(_scored(row) for row in content["scores"]),
            comparisons=tuple(_compared(row) for row in content["comparisons"]),
            bars=tuple(_made(Bar, row) for row in content["bars"]),
        )
    except (KeyError, TypeError) as error:
        raise TableError(f"{place}: the scorecard is not whole ({error}); write it anew") from None


def _scored(row: Mapping[str, Any]) -> Scored:
    return Scored(
        _made(Asked, row["asked"]), row["forecaster"], row["role"], _made(ForecastScore, row["score"])
    )


def _compared(row: Mapping[str, Any]) -> Compared:
    return Compared(
        _made(Asked, row["asked"]), row["first"], row["second"], _made(Comparison, row["comparison"])
    )


def _made(kind: type[_T], row: Mapping[str, Any]) -> _T:
    """Make a record of a row; what has a value and an interval is an estimate."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    values = {name: Estimate(**row[name]) if isinstance(row[name], dict) else row[name] for name in names}
    return kind(**values)
