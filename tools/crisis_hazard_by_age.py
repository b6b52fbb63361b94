"""Print the crisis hazard by age of the risk set beside the shipped table, and a fresh crisis's base rate with either.

    python tools/crisis_hazard_by_age.py shared/data/history      # docs/decisions/crisis-weeks.md holds what it printed

The shipped table is not touched.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from unittest.mock import patch

from garrison.forecasting.base_rate import AgeClass, base_rate, hazard_table
from garrison.forecasting.history.crisis_set import CrisisSet
from garrison.forecasting.history.labels import LABEL_SETS
from garrison.forecasting.history.library import build_crisis_set, find_tables

Classes = tuple[AgeClass, ...]
HORIZONS = (30, 90)


def classes_of(crises: CrisisSet, shipped: Classes) -> Classes:
    """Count weeks at risk and breaks of a risk set in the age classes of the shipped table."""
    ages = crises.by_age([item.first_week for item in shipped])
    rows = zip(shipped, ages["crisis_weeks"], ages["events"], strict=True)
    return tuple(
        AgeClass(item.first_week, item.last_week, int(weeks), int(events)) for item, weeks, events in rows
    )


def show_hazards(here: dict[str, Classes], shipped: dict[str, Classes]) -> None:
    """Print breaks in weeks at risk by age, and in brackets those of the shipped table."""
    first = next(iter(shipped.values()))
    print("| weeks | " + " | ".join(LABEL_SETS) + " |")
    for place, item in enumerate(first):
        until = "on" if item.last_week is None else f"to {item.last_week}"
        cells = [
            f"{now.n_events} in {now.crisis_weeks:,} ({then.n_events} in {then.crisis_weeks:,})"
            for now, then in ((here[name][place], shipped[name][place]) for name in LABEL_SETS)
        ]
        print(f"| {item.first_week} {until} | " + " | ".join(cells) + " |")


def show_base_rates(name: str, table: dict[str, Classes]) -> None:
    """Print what the headline of a fresh crisis would be with a table: mean and 90% band in percent."""
    with patch("garrison.forecasting.base_rate.hazard_table", lambda: table):
        for label_set in LABEL_SETS:
            rates = [base_rate(0, horizon, label_set) for horizon in HORIZONS]
            told = [f"{rate.p:.2%} ({rate.band90[0]:.2%} to {rate.band90[1]:.2%})" for rate in rates]
            print(f"{name}, {label_set}: " + " | ".join(told))


def main() -> None:
    """Print both tables and both base rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the tables of history")
    paths = find_tables(parser.parse_args().folder)
    shipped = hazard_table()
    crises = {name: build_crisis_set(paths, name) for name in LABEL_SETS}
    here = {name: classes_of(crises[name], shipped[name]) for name in LABEL_SETS}
    show_hazards(here, shipped)
    show_base_rates("shipped", shipped)
    show_base_rates("here", here)
    for name, found in crises.items():
        fresh = found.weeks[found.weeks["week"] == 0]
        rates = [
            f"{frame[f'within_{days}'].mean():.4f}" for frame in (found.weeks, fresh) for days in HORIZONS
        ]
        print(
            f"followed by a break within 30 and 90 days, {name}: weeks {rates[:2]}, fresh crises {rates[2:]}"
        )


if __name__ == "__main__":
    main()
