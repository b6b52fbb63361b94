"""Print breaks and weeks at risk by age of the crisis beside the reference, and what each makes of a fresh crisis.

    python tools/crisis_hazard_by_age.py shared/data/history      # docs/decisions/crisis-weeks.md holds what it printed

The shipped counts, by class of regime and decade too, are not touched.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from garrison.forecasting import base_rate
from garrison.forecasting.age_classes import BAND90, FIRST_WEEKS
from garrison.forecasting.history.labels import LABEL_SETS
from garrison.forecasting.history.library import build_crisis_set, find_tables
from garrison.forecasting.models import CrisisHazard

HORIZONS = (30, 90)

#: Breaks and weeks at risk of each age class.
Counts = list[tuple[int, int]]


def counts_of_the_reference(folder: Path, label_set: str) -> Counts:
    """Read the counts of the reference."""
    with (folder / "crisis_weeks" / f"hazard_{label_set}.csv").open(encoding="utf8", newline="") as file:
        return [(int(row["events"]), int(row["crisis_weeks"])) for row in csv.DictReader(file)]


def told(chances: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str:
    """Write draws of a chance as their mean and 90% band."""
    low, high = np.quantile(chances, BAND90)
    return f"{chances.mean():.2%} ({low:.2%} to {high:.2%})"


def fresh_by_age(counts: Counts) -> list[str]:
    """Give a fresh crisis's chances from counts by age alone."""
    events, weeks = zip(*counts, strict=True)
    hazard = CrisisHazard.of_counts(FIRST_WEEKS, {}, [2010] * len(counts), weeks, events)
    return [told(-np.expm1(-hazard.expected_breaks((2010,), 0, days))) for days in HORIZONS]


def fresh_by_base_rate(label_set: str) -> list[str]:
    """Give a fresh crisis's base rate."""
    rates = [base_rate(0, days, label_set) for days in HORIZONS]
    return [f"{rate.p:.2%} ({rate.band90[0]:.2%} to {rate.band90[1]:.2%})" for rate in rates]


def show_counts(here: Sequence[Counts], reference: Sequence[Counts]) -> None:
    """Print breaks in weeks at risk by age, and in brackets those of the reference."""
    for place, first in enumerate(FIRST_WEEKS):
        cells = [
            f"{now[place][0]} in {now[place][1]:,} ({then[place][0]} in {then[place][1]:,})"
            for now, then in zip(here, reference, strict=True)
        ]
        print(f"| from week {first} | " + " | ".join(cells) + " |")


def main() -> None:
    """Print the counts, the chances that either makes, and the shipped base rate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the tables of history, with crisis_weeks among them")
    folder = parser.parse_args().folder
    paths = find_tables(folder)
    reference = [counts_of_the_reference(folder, name) for name in LABEL_SETS]
    ages = [build_crisis_set(paths, name).by_age(FIRST_WEEKS) for name in LABEL_SETS]
    here = [[*zip(age["events"].astype(int), age["crisis_weeks"].astype(int), strict=True)] for age in ages]
    show_counts(here, reference)
    for name, now, then in zip(LABEL_SETS, here, reference, strict=True):
        print(name, "| by age, reference:", fresh_by_age(then), "| here:", fresh_by_age(now))
    for name in LABEL_SETS:
        print(name, "| shipped base rate:", fresh_by_base_rate(name))


if __name__ == "__main__":
    main()
