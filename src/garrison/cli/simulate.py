"""`garrison simulate`: a scenario in, what the model makes of it out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from garrison.cli.progress import say
from garrison.cli.whole_numbers import parse_whole
from garrison.errors import CaseError, TableError

if TYPE_CHECKING:
    from garrison.cases import HypothesisResult

ScenarioFile = Annotated[
    str | None,
    typer.Argument(
        metavar="SCENARIO",
        help="A scenario file (.toml), or hypothesis:h01 to hypothesis:h12.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Where to write every run and day: .parquet, .csv, .json or .jsonl."),
]
NumberOfRuns = Annotated[
    str | None,
    typer.Option("--runs", metavar="N", help="Simulated crises, instead of the scenario's number."),
]
Seed = Annotated[
    str | None,
    typer.Option("--seed", metavar="N", help="Seed of all random numbers, instead of the scenario's."),
]
List = Annotated[bool, typer.Option("--list", help="List the bundled hypotheses and leave.")]

_FORMS = (".parquet", ".csv", ".json", ".jsonl")


def simulate(
    scenario: ScenarioFile = None,
    output: Output = None,
    runs: NumberOfRuns = None,
    seed: Seed = None,
    list_them: List = False,
) -> None:
    """Simulate a scenario: how often a break, how soon, by whom, at what price; its arms compared if it has any."""
    if list_them:
        _list()
        return
    if scenario is None:
        raise CaseError("no scenario given: name a file, or hypothesis:h01 (garrison simulate --list)")
    from garrison.cases import load_scenario, run_hypothesis, summary_lines

    check_output(output)
    asked = load_scenario(scenario).sized(parse_whole(runs, "--runs"), parse_whole(seed, "--seed"))
    say(f"simulating {1 + len(asked.arms)} x {asked.runs} crises ...")
    result = run_hypothesis(asked)
    say("")
    simulated = result.comparison.arms
    for line in repr(asked).splitlines():
        typer.echo(line)
    for name, found in simulated.items():
        typer.echo(f"\n[{name}]")
        for line in summary_lines(found):
            typer.echo(line)
    if len(simulated) > 1:
        typer.echo("")
        typer.echo(repr(result.comparison))
    if asked.hypothesis is not None or asked.expectations:
        typer.echo("")
        for line in result.lines():
            typer.echo(line)
    if output is not None:
        _save(result, output)


def check_output(path: Path | None) -> None:
    """Refuse a file that could not be written, before any work is done for it."""
    if path is None:
        return
    from garrison.records import check_target

    check_target(path)
    if path.suffix.lower() not in _FORMS:
        raise TableError(f"{path}: cannot save as '{path.suffix}'; use {', '.join(_FORMS)}")


def _save(result: HypothesisResult, path: Path) -> None:
    """Write every run and day; with several arms, the first column says which."""
    import pandas as pd
    import pyarrow as pa

    from garrison.records import save_table

    say("writing ...")
    frames: list[Any] = []
    for name, found in result.comparison.arms.items():
        frame = found.to_frame()
        if len(result.comparison.arms) > 1:
            frame.insert(0, "arm", name)
        frames.append(frame)
    whole = pd.concat(frames, ignore_index=True)
    save_table(pa.Table.from_pandas(whole, preserve_index=False), path)
    say("")
    typer.echo(f"\nRuns: {path}")


def _list() -> None:
    from garrison.cases import hypothesis_files, load_scenario

    for name in hypothesis_files():
        told = load_scenario(f"hypothesis:{name}").hypothesis
        typer.echo(f"hypothesis:{name}  {told.statement if told else ''}")
