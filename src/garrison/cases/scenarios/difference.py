"""Two arms side by side in lines for a terminal."""

from __future__ import annotations

from garrison.cases.scenarios.compare import Comparison
from garrison.cases.scenarios.outcome_measures import measure
from garrison.cases.scenarios.summary import band_of, drawn_total, sensitive_levers
from garrison.errors import UndefinedError
from garrison.regime import COHORTS

SHOWN = (
    "p_break",
    "p_hollow",
    "p_coup_won",
    "p_desertion",
    "p_end",
    "deaths",
    "civilians arrested",
    "soldiers arrested",
    "left troops",
    *(f"visible {name}" for name in COHORTS),
    "belief",
    "pay",
    "hardship",
)
_WIDTH = 26


def difference_lines(comparison: Comparison, arm: str | None = None) -> list[str]:
    """Say what an arm changes, one line an outcome.

    Parameters
    ----------
    comparison
        Simulated arms.
    arm
        None takes the last one.

    Returns
    -------
    list of str
        First arm, second arm, difference with its 90% interval; then who moved, and the deaths in both.
    """
    first, second = comparison.names[0], arm or comparison.names[-1]
    runs = comparison.arms[first]
    lines = [
        f"{len(runs)} crises of {runs.days} days from {runs.start}, met by the same chance in both arms; "
        f"means over runs",
        f"{'':<{_WIDTH}}{first:>14}{second:>14}    difference (90% interval over runs)",
    ]
    for outcome in SHOWN:
        try:
            found = comparison.effect(outcome, second)
        except UndefinedError:
            continue
        form = _form(outcome, max(abs(found.first), abs(found.second)))
        lines.append(
            f"{outcome:<{_WIDTH}}{found.first:>14{form}}{found.second:>14{form}}    "
            f"{found.difference:+{form}} ({found.low:+{form}} to {found.high:+{form}})"
        )
    return [
        *lines,
        _who_moved(comparison, second),
        *_deaths(comparison, second),
        *_cautions(comparison, second),
    ]


def _form(outcome: str, largest: float) -> str:
    if not measure(outcome).binary and largest >= 10:
        return ",.1f"
    return ".4f"


def _who_moved(comparison: Comparison, second: str) -> str:
    changes = []
    for name in COHORTS:
        found = comparison.effect(f"highest {name}", second)
        if found.low > 0 or found.high < 0:
            changes.append((abs(found.difference), f"{name} {found.difference:+.4f}"))
    told = [words for _, words in sorted(changes, reverse=True)]
    return (
        f"who moved (largest share openly defying, on average): {', '.join(told) or 'nobody beyond chance'}"
    )


def _deaths(comparison: Comparison, second: str) -> list[str]:
    words = []
    for name in (comparison.names[0], second):
        band = band_of(drawn_total(comparison.arms[name], "deaths"))
        words.append(f"{name} {band.median:,.0f} ({band.low:,.0f} to {band.high:,.0f})")
    return [f"deaths, median and 90% band: {'; '.join(words)}"]


def _cautions(comparison: Comparison, second: str) -> list[str]:
    lines = []
    if n_moved := comparison.n_not_quiet(second):
        lines.append(
            f"{n_moved} of {len(comparison.arms[second])} regimes are not in HOLD under these conditions even "
            f"before anything happens: their breaks count from the first day"
        )
    if found := sensitive_levers(comparison.arms[second].levers):
        lines.append(
            f"WARNING: {', '.join(found)} is repression, purge or intelligence: read the deaths above beside what it "
            f"does for the regime. Shown to study history, never as advice."
        )
    lines.append("The intervals are of chance over runs; doubt about the model's loadings is not in them.")
    return lines
