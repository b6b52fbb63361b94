"""Hypotheses put to the model: what is expected, what the runs say, whichever way it falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from garrison.cases.scenarios.compare import Comparison, Effect, compare
from garrison.cases.scenarios.hypothesis_files import hypothesis_files
from garrison.cases.scenarios.outcome_measures import ends_words, measure
from garrison.cases.scenarios.scenario import AS_IT_STANDS, Arm, Expectation, Scenario
from garrison.cases.scenarios.scenario_draws import draw_regimes, run_arm
from garrison.cases.scenarios.scenario_file import load_scenario
from garrison.errors import UndefinedError

if TYPE_CHECKING:
    from garrison.engines import Runs

SPEAKS = ("for", "against", "undecided", "not defined")


@dataclass(frozen=True, slots=True)
class Finding:
    """One expectation held against the runs: `speaks` is one of `SPEAKS`; `effect` None where nothing is defined."""

    expectation: Expectation
    effect: Effect | None
    speaks: str

    def words(self) -> str:
        """Say the finding in a line."""
        item, found = self.expectation, self.effect
        asked = {1: "more", -1: "less", 0: "the same"}[item.sign]
        if item.within:
            asked += f" up to {item.within:g}" if item.sign == 0 else f" by {item.within:g} or more"
        than = f"{item.than:g}" if isinstance(item.than, float) else f"'{item.than}'"
        expected = f"{item.outcome}, '{item.arm}' against {than}, expected {asked}"
        if found is None:
            return f"{expected}: not defined in these runs"
        few = f", defined in {found.n_runs} runs" if measure(item.outcome).partial else ""
        if isinstance(item.than, float):
            low, high = found.low + item.than, found.high + item.than
            return f"{expected}: {found.second:.4g} (90% {low:.4g} to {high:.4g}{few}) speaks {self.speaks}"
        return (
            f"{expected}: {found.first:.4g} to {found.second:.4g}, difference {found.difference:+.2g} "
            f"(90% {found.low:+.2g} to {found.high:+.2g}{few}) speaks {self.speaks}"
        ).replace("speaks undecided", "leaves it undecided")


@dataclass(frozen=True, repr=False)
class HypothesisResult:
    """What the model says to a hypothesis: its arms compared, and every expectation held against them."""

    comparison: Comparison
    findings: tuple[Finding, ...]

    @property
    def speaks(self) -> str:
        """Say which way it falls, "in part" where something stays undecided."""
        kinds = {item.speaks for item in self.findings}
        if not self.findings:
            return "cannot be tested"
        if "for" in kinds and "against" in kinds:
            return "mixed"
        for word in ("for", "against"):
            if word in kinds:
                return word if kinds == {word} else f"{word} in part"
        return "undecided"

    def lines(self) -> list[str]:
        """Say it in lines for a terminal."""
        told = self.comparison.scenario.hypothesis
        lines = []
        if told is not None:
            lines = [
                f"{told.id}: {told.statement} (from {told.origin})",
                f"  would speak for it: {told.speaks_for}",
                f"  would speak against it: {told.speaks_against}",
            ]
        lines += [f"  {item.words()}" for item in self.findings]
        if not self.findings:
            lines.append(f"  the regime ends by: {ends_words(self.comparison.arms[AS_IT_STANDS])}")
        lines.append(f"  In these runs the model speaks: {self.speaks}.")
        if told is not None:
            lines.append(f"  What a run cannot tell: {told.cannot_tell}")
        return lines

    def __repr__(self) -> str:
        return "\n".join(self.lines()[:10])


def judge(comparison: Comparison) -> HypothesisResult:
    """Hold the expectations of a scenario against its simulated arms.

    Parameters
    ----------
    comparison
        The arms, simulated.

    Returns
    -------
    HypothesisResult
        An expectation of more (or less) is met where the whole 90% interval of the difference lies on its side by
        more than the given margin, failed where no part of it does, undecided between. No change is met where
        the interval lies within the given margin, failed where it lies outside.
    """
    found = tuple(_finding(comparison, item) for item in comparison.scenario.expectations)
    return HypothesisResult(comparison, found)


def _finding(comparison: Comparison, item: Expectation) -> Finding:
    try:
        if isinstance(item.than, str):
            effect = comparison.effect(item.outcome, item.arm, item.than)
        else:
            level = comparison.value(item.outcome, item.arm)
            effect = Effect(
                item.outcome,
                item.than,
                level.second,
                level.second - item.than,
                level.low - item.than,
                level.high - item.than,
                level.n_runs,
            )
    except UndefinedError:
        return Finding(item, None, "not defined")
    return Finding(item, effect, _speaks(item, effect))


def _speaks(item: Expectation, effect: Effect) -> str:
    if item.sign == 0:
        if -item.within <= effect.low and effect.high <= item.within:
            return "for"
        return "against" if effect.low > item.within or effect.high < -item.within else "undecided"
    low, high = sorted((item.sign * effect.low, item.sign * effect.high))
    if low > item.within:
        return "for"
    return "against" if high < item.within else "undecided"


def run_hypothesis(
    name: str | Scenario, *, runs: int | None = None, seed: int | None = None
) -> HypothesisResult:
    """Simulate a hypothesis's arms and say what the model says to it.

    Parameters
    ----------
    name
        Id of a bundled hypothesis ("h01"), or a scenario with arms or expectations of one's own.
    runs, seed
        Instead of the scenario's own.

    Returns
    -------
    HypothesisResult
        Whichever way it falls.
    """
    scenario = name if isinstance(name, Scenario) else load_scenario(f"hypothesis:{name}")
    if scenario.arms:
        return judge(compare(scenario, runs=runs, seed=seed))
    asked = scenario.sized(runs, seed)
    alone: dict[str, Runs] = {AS_IT_STANDS: run_arm(draw_regimes(asked), asked, Arm(AS_IT_STANDS))}
    return judge(Comparison(asked, alone))


def hypothesis_table(results: Sequence[HypothesisResult]) -> str:
    """Write results as a Markdown table.

    Parameters
    ----------
    results
        As `run_hypothesis` gives them.

    Returns
    -------
    str
        One row a hypothesis.
    """
    lines = [
        "| | hypothesis | what the runs say | the model speaks | what a run cannot tell |",
        "|---|---|---|---|---|",
    ]
    for result in results:
        told = result.comparison.scenario.hypothesis
        if told is None:
            continue
        said = "<br>".join(item.words() for item in result.findings) or _ends(result)
        lines.append(f"| {told.id} | {told.statement} | {said} | {result.speaks} | {told.cannot_tell} |")
    return "\n".join(lines) + "\n"


def _ends(result: HypothesisResult) -> str:
    return f"the regime ends by: {ends_words(result.comparison.arms[AS_IT_STANDS])}"


def all_hypotheses(*, runs: int | None = None, seed: int | None = None) -> str:
    """Run every bundled hypothesis and write the table for the documentation.

    Parameters
    ----------
    runs, seed
        Instead of the scenarios' own.

    Returns
    -------
    str
        Markdown; a minute or two of computing at full size.
    """
    return hypothesis_table([run_hypothesis(name, runs=runs, seed=seed) for name in hypothesis_files()])
