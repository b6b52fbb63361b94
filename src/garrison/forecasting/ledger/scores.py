"""How good the settled forecasts were, beside the base rates that stood next to them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from garrison.forecasting.ledger.entry import Entry, ForecastEntry, Resolution
from garrison.forecasting.ledger.settings import setting


def brier_and_log(chances: Sequence[float], outcomes: Sequence[int]) -> tuple[float, float]:
    """Give the mean Brier score and the mean log score of chances; lower is better in both.

    Brier = mean (p - y)^2; log = mean -ln(chance given to what came).

    Parameters
    ----------
    chances
        Strictly between 0 and 1.
    outcomes
        0 or 1, as many; at least one.

    Returns
    -------
    tuple

    Source: Brier (1950), Monthly Weather Review 78; Good (1952), JRSS B 14.

    Examples
    --------
    >>> brier, log = brier_and_log([0.5, 0.5], [0, 1])
    >>> round(brier, 3), round(log, 3)
    (0.25, 0.693)
    """
    pairs = list(zip(chances, outcomes, strict=True))
    brier = math.fsum((p - y) ** 2 for p, y in pairs) / len(pairs)
    log = math.fsum(-math.log(p if y else 1 - p) for p, y in pairs) / len(pairs)
    return brier, log


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """Scores of one kind of forecast: of a target, a horizon, of whom, and when written.

    `whose` is `headline` or `model`; `timing` is `live`, or `late` where the entry was written so long after its
    as-of day that its writer may have known what came. Scores are means; lower is better; the base rate's stand
    beside. A skill is 1 - score / score of the base rate.
    """

    target: str
    target_version: str
    horizon_days: int
    timing: str
    whose: str
    n: int
    mean_p: float
    observed_rate: float
    brier: float
    brier_base: float
    brier_skill: float
    log: float
    log_base: float
    log_skill: float


@dataclass(frozen=True, slots=True)
class LedgerScores:
    """Scores of the settled forecasts, and what was left out of them.

    `n_void` could not be settled, `n_repeated` answer a question that an earlier entry answers, `n_overdue` are due
    and not settled: while there are any, the scores may be those of the easy ones.
    """

    rows: tuple[ScoreRow, ...]
    n_void: int
    n_repeated: int
    n_overdue: int

    def to_frame(self) -> Any:
        """Give the rows as a pandas frame."""
        import pandas as pd

        return pd.DataFrame([asdict(row) for row in self.rows])

    def __repr__(self) -> str:
        lines = [
            f"{row.target} within {row.horizon_days} d, {row.whose}, {row.timing}: {row.n} settled, mean p "
            f"{row.mean_p:.1%}, came {row.observed_rate:.1%}; Brier {row.brier:.4f} (base rate "
            f"{row.brier_base:.4f}), log {row.log:.4f} ({row.log_base:.4f})"
            for row in self.rows
        ]
        if len(lines) > 8:
            lines = [*lines[:7], f"... and {len(lines) - 7} more"]
        left_out = (
            f"left out: {self.n_void} void, {self.n_repeated} repeated; due and not settled: {self.n_overdue}"
        )
        return "\n".join([*(lines or ["no forecast is settled"]), left_out])


def is_live(entry: Entry) -> bool:
    """Tell whether a forecast was written down soon enough after its as-of day for what came to be unknown."""
    content = entry.content
    assert isinstance(content, ForecastEntry)
    days = timedelta(days=setting("scores", "live_days"))
    return entry.written <= min(content.as_of + days, content.due - timedelta(days=1))


def score(settled: Iterable[tuple[Entry, Resolution]], n_overdue: int) -> LedgerScores:
    """Score settled forecasts by target, horizon, timing and whose they are.

    Of several answers to one question (same country, target, as-of day, horizon) only the first counts: else whoever
    asks again and again would be scored again and again. Void ones are counted, not scored.

    Parameters
    ----------
    settled
        Forecasts with what came of them, in the order of the ledger.
    n_overdue
        How many are due and not settled.
    """
    n_void = n_repeated = 0
    seen = set()
    groups: dict[tuple[str, str, int, str, str], list[tuple[float, float, int]]] = {}
    for entry, resolution in settled:
        content = entry.content
        assert isinstance(content, ForecastEntry)
        if resolution.outcome == "void":
            n_void += 1
            continue
        if content.question in seen:
            n_repeated += 1
            continue
        seen.add(content.question)
        timing = "live" if is_live(entry) else "late"
        for whose, p in (("headline", content.p), ("model", content.model_p)):
            if p is not None:
                key = (content.target, content.target_version, content.horizon_days, timing, whose)
                groups.setdefault(key, []).append((p, content.base_rate, int(resolution.outcome)))
    rows = tuple(_row(*key, triples) for key, triples in sorted(groups.items()))
    return LedgerScores(rows, n_void, n_repeated, n_overdue)


def _row(
    target: str,
    version: str,
    horizon_days: int,
    timing: str,
    whose: str,
    triples: Sequence[tuple[float, float, int]],
) -> ScoreRow:
    chances, base, outcomes = (list(column) for column in zip(*triples, strict=True))
    brier, log = brier_and_log(chances, outcomes)
    brier_base, log_base = brier_and_log(base, outcomes)
    return ScoreRow(
        target=target,
        target_version=version,
        horizon_days=horizon_days,
        timing=timing,
        whose=whose,
        n=len(triples),
        mean_p=math.fsum(chances) / len(triples),
        observed_rate=sum(outcomes) / len(triples),
        brier=brier,
        brier_base=brier_base,
        brier_skill=1 - brier / brier_base,
        log=log,
        log_base=log_base,
        log_skill=1 - log / log_base,
    )


def latest_resolutions(entries: Iterable[Entry]) -> Mapping[int, Resolution]:
    """Give what came of each settled forecast, by its number; a later resolution corrects an earlier one."""
    return {entry.content.of: entry.content for entry in entries if isinstance(entry.content, Resolution)}
