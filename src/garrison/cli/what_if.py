"""`garrison what-if`: the same crises with and without something, met by the same chance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from garrison.cli.arm_words import read_changes
from garrison.cli.progress import say
from garrison.cli.simulate import NumberOfRuns, Seed, check_output
from garrison.cli.whole_numbers import parse_whole
from garrison.errors import ParameterError

ScenarioFile = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help="A scenario file (.toml), or hypothesis:h01.", show_default=False
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="LEVER=SIZE[@DAY][~RAMP][*CREDIBILITY]...",
        help="What is different in the second arm; or CONDITION=VALUE (LOW..HIGH for a range).",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="Where to write every outcome of both arms: .parquet, .csv, .json or .jsonl."
    ),
]


def what_if(
    scenario: ScenarioFile,
    changes: Words = None,
    output: Output = None,
    runs: NumberOfRuns = None,
    seed: Seed = None,
) -> None:
    """Say what a lever or another condition would change: both arms under the same chance, with an interval."""
    from garrison.cases import compare, difference_lines, load_scenario

    check_output(output)
    asked = load_scenario(scenario).sized(parse_whole(runs, "--runs"), parse_whole(seed, "--seed"))
    found = read_changes(changes or [], asked.start)
    if not (found.levers or found.conditions):
        raise ParameterError(
            "nothing is different: add LEVER=SIZE or CONDITION=VALUE, for example raise_pay=0.3"
        )
    say(f"simulating 2 x {asked.runs} crises ...")
    comparison = compare(asked, levers=found.levers, conditions=found.conditions)
    say("")
    for line in difference_lines(comparison):
        typer.echo(line)
    if output is not None:
        comparison.save(output)
        typer.echo(f"Outcomes: {output}")
