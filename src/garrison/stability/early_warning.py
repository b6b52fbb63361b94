"""Early-warning statistics: whether rising variance and autocorrelation announce a break. Our own figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from garrison.engines import Runs, simulate
from garrison.errors import ParameterError, UndefinedError
from garrison.regime import Parameters
from garrison.regime.cohorts import Floats
from garrison.stability.admission import ANY_DAY
from garrison.stability.ensemble import ensemble
from garrison.stability.reproduction import reproduction_number

SERIES = {
    "protests_rate": "protests a day",
    "refusals_rate": "refusals reported a day",
    "soldiers_arrested_rate": "soldiers arrested a day",
    "belief": "belief that the regime falls",
}
"""National series that the statistics are taken of, and what they are."""

STATISTICS = ("variance", "trend of the variance", "autocorrelation", "trend of the autocorrelation")
LEVEL, R_D = "level", "R_D at rest"

DAYS = 182
# Four weeks to take a statistic of, four more to see it rise; it ends a week before the break that it is to announce.
WINDOW, TREND, LEAD = 28, 28, 7
_FEWEST = 10
# The error of an area comes from the breaks, which are few: more matches would cost time and tell nothing.
_MOST_MATCHES = 500


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """How well each statistic of each series tells breaks from their matches: area under the ROC curve.

    `areas` and `errors` are by (series, statistic); .5 is a coin, 1 a perfect warning, below .5 a warning that
    points the other way. `n_breaks` breaks, each held against `n_matches` runs.
    """

    n_runs: int
    n_breaks: int
    n_matches: int
    areas: dict[tuple[str, str], float]
    errors: dict[tuple[str, str], float]

    def __repr__(self) -> str:
        best = max((name for name in self.areas if name[1] in STATISTICS), key=self.areas.__getitem__)
        level = self.areas[best[0], LEVEL]
        return (
            f"EarlyWarning: {self.n_breaks} breaks of {self.n_runs} runs, a week ahead, areas under the ROC curve "
            f"(.5 is a coin)\n  best of the statistics: {best[1]} of {SERIES[best[0]]} {self.areas[best]:.2f}; "
            f"the mere level of it {level:.2f}; R_D at rest {self.areas['', R_D]:.2f}"
        )


def early_warning(parameters: Parameters, *, seed: int, days: int = DAYS) -> EarlyWarning:
    r"""Ask whether variance and autocorrelation rise before a break, against runs that do not break.

    .. math:: AUC = P(X_{break} > X_{match}) + \tfrac12 P(X_{break} = X_{match})

    Parameters
    ----------
    parameters
        The ensemble, a few thousand runs.
    seed
        Seed of the pushes.
    days
        How long the crises are.

    Returns
    -------
    EarlyWarning
        Each break is matched with up to 500 runs that have not broken, split or ended by the end, at the same age
        of the crisis. Variance and lag-1 autocorrelation are of the series about its line over the 28 days that end a
        week before the break; their trends are rank correlations with time over the 28 windows before that. Beside
        them the mean level of the series in the same window, and R_D at rest, which knows the model. The series are
        expected counts, without noise of reporting: as favourable to the statistics as can be.
        Source of the statistics: Scheffer et al. 2009; of the doubt: Boettiger and Hastings 2012.

    Raises
    ------
    ParameterError
        If the crises are too short for a statistic.
    UndefinedError
        If too few runs break late enough to have a history.

    Examples
    --------
    >>> from garrison.stability import ensemble
    >>> try:
    ...     found = early_warning(ensemble(20, seed=1), seed=1)
    ... except UndefinedError as error:
    ...     print("too few")
    too few
    """
    history = WINDOW + TREND + LEAD
    if days <= history:
        raise ParameterError(f"days is {days}: a statistic needs more than {history} days of a crisis.")
    runs = simulate(parameters, start=ANY_DAY, days=days, seed=seed)
    broken = np.flatnonzero(runs.break_day >= history)
    intact = np.flatnonzero((runs.break_day < 0) & (runs.end_day < 0) & (runs.split_day < 0))
    if len(broken) < _FEWEST or len(intact) < _FEWEST:
        raise UndefinedError(
            f"{len(broken)} of {len(runs)} runs break after day {history} and {len(intact)} never do: at least "
            f"{_FEWEST} of both are needed. Ask with more runs."
        )
    intact = intact[:_MOST_MATCHES]
    areas, errors = {}, {}
    for series in SERIES:
        found = _of_series(runs, series, broken, intact)
        for name, (area, error) in found.items():
            areas[series, name], errors[series, name] = area, error
    number = reproduction_number(parameters)
    above = _above(number[broken], number[intact])
    areas["", R_D], errors["", R_D] = float(above.mean()), _error(above)
    return EarlyWarning(len(runs), len(broken), len(intact), areas, errors)


def _of_series(
    runs: Runs, series: str, broken: NDArray[np.int64], intact: NDArray[np.int64]
) -> dict[str, tuple[float, float]]:
    values = runs.series(series).astype(np.float64)
    above: dict[str, list[float]] = {name: [] for name in (*STATISTICS, LEVEL)}
    days = runs.break_day[broken]
    for day in np.unique(days):
        rows = np.concatenate([broken[days == day], intact])
        last = day - LEAD
        statistics = _statistics(values[rows, last - WINDOW - TREND : last])
        n_broken = int((days == day).sum())
        for name, column in statistics.items():
            above[name].extend(_above(column[:n_broken], column[n_broken:]))
    return {name: (float(np.mean(found)), _error(np.array(found))) for name, found in above.items()}


def _statistics(values: Floats) -> dict[str, Floats]:
    """Give each statistic of the last window and its trend over the windows before; values (run, day)."""
    windows = np.lib.stride_tricks.sliding_window_view(values, WINDOW, axis=1)
    time = np.arange(WINDOW) - (WINDOW - 1) / 2.0
    centred = windows - windows.mean(axis=2, keepdims=True)
    slope = (centred @ time) / (time @ time)
    rest = centred - slope[:, :, None] * time
    variance = (rest**2).mean(axis=2)
    together = (rest[:, :, 1:] * rest[:, :, :-1]).mean(axis=2)
    autocorrelation = np.divide(together, variance, out=np.zeros_like(variance), where=variance > 0)
    return {
        "variance": variance[:, -1],
        "trend of the variance": _rank_correlation(variance),
        "autocorrelation": autocorrelation[:, -1],
        "trend of the autocorrelation": _rank_correlation(autocorrelation),
        LEVEL: values[:, -WINDOW:].mean(axis=1),
    }


def _rank_correlation(values: Floats) -> Floats:
    """Give Kendall's tau of each row with time: pairs that rise less pairs that fall, of all pairs; (run,)."""
    n_days = values.shape[1]
    rises = np.zeros(len(values))
    for gap in range(1, n_days):
        rises += np.sign(values[:, gap:] - values[:, :-gap]).sum(axis=1)
    tau: Floats = rises / (n_days * (n_days - 1) / 2.0)
    return tau


def _above(broken: Floats, intact: Floats) -> Floats:
    """Give for each broken run the share of its matches that it lies above, ties counting half."""
    ordered = np.sort(intact)
    below = np.searchsorted(ordered, broken, side="left")
    not_above = np.searchsorted(ordered, broken, side="right")
    share: Floats = (below + not_above) / (2.0 * len(ordered))
    return share


def _error(shares: Floats) -> float:
    """Standard error of the area, over breaks: the matches are many more."""
    return float(shares.std(ddof=1) / np.sqrt(len(shares)))


def early_warning_table(n_runs: int = 4000, *, seed: int = 1, columns: Sequence[str] = STATISTICS) -> str:
    """Write what early-warning statistics do and fail to do, as Markdown.

    Parameters
    ----------
    n_runs
        Runs of the ensemble.
    seed
        Seed of draws and pushes.
    columns
        Which statistics.

    Returns
    -------
    str
        One row a series: areas under the ROC curve, a week ahead (standard error).
    """
    found = early_warning(ensemble(n_runs, seed=seed), seed=seed)
    heads = (*columns, LEVEL)
    lines = ["| series | " + " | ".join(heads) + " |", "|---|" + "---|" * len(heads)]
    for series, words in SERIES.items():
        cells = (f"{found.areas[series, name]:.2f} ({found.errors[series, name]:.2f})" for name in heads)
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    area, error = found.areas["", R_D], found.errors["", R_D]
    lines += [
        "",
        f"Areas under the ROC curve (standard error), a week before the break; .5 is a coin. {found.n_breaks} breaks "
        f"of {found.n_runs} runs, each against {found.n_matches} runs that stay intact, at the same age of "
        f"the crisis. R_D at rest, which knows the regime and nothing of the crisis: {area:.2f} ({error:.2f}).",
    ]
    return "\n".join(lines) + "\n"
