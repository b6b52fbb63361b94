"""Explain how the risk set differs from its reference of November 2026, one reading of the rule after the other.

    python tools/crisis_weeks_reference.py shared/data/history      # docs/decisions/crisis-weeks.md tells what it found

The reference was made by a script that was not kept. Here the rule runs a second time, week by week, with a switch for
each reading in which that script departed from the rule as written. With none it must give what
`garrison.forecasting.history` gives, with all of them what the reference gives, crisis by crisis.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from garrison.forecasting.history.crisis_set import CrisisSet, qualifying
from garrison.forecasting.history.labels import LABEL_SETS, labels, merged
from garrison.forecasting.history.library import build_crisis_set, find_tables, listed_events
from garrison.forecasting.history.mass_mobilization import read_protests
from garrison.forecasting.history.polity import read_polity
from garrison.forecasting.history.rule import censored
from garrison.forecasting.history.sources import read_table
from garrison.forecasting.history.vdem_polyarchy import read_polyarchy

#: The readings of the reference, in the order in which they are added.
READINGS = {
    "sizes": "a size class overrules the number told",
    "gaps": "a gap is asked on first days of weeks only",
    "numbers": "states go by the project's own numbers",
    "values": "a missing value of the year before is taken from the year itself",
    "published": "no corrections",
    "cases": "hand-dated cases merge before the label set is chosen",
    "days": "days of Cline's list stop at the 28th",
}

#: Numbers of the project that no list knows: Serbia, Montenegro, the Soviet Union, Ethiopia since 2016.
UNKNOWN_NUMBERS = ("342", "348", "364", "529")
#: Numbers that the reference takes for Montenegro: Kosovo, Yugoslavia from 1992.
TAKEN_FOR_MONTENEGRO = ("341", "347")
MONTENEGRO = 341

Span = tuple[date, date]
Crisis = tuple[int, date, int, date | None]
Paths = Mapping[str, Path]

DAY = timedelta(days=1)
WEEK = 7 * DAY
PAUSE = 90 * DAY


def protests_read(paths: Paths, readings: Sequence[str]) -> pd.DataFrame:
    """Read the protests that make a crisis, with their sizes and states as the readings have them."""
    protests = read_protests(paths["mass_mobilization"])
    told = read_table(paths["mass_mobilization"], "mass_mobilization").set_index("line").loc[protests["line"]]
    if "sizes" in readings:
        size = told["participants_category"].to_numpy()
        protests["large"] &= (size == "") | (size == ">10000")
    if "numbers" in readings:
        taken = told["ccode"].isin(TAKEN_FOR_MONTENEGRO).to_numpy()
        protests["iso"] = protests["iso"].mask(taken, "MNE")
        protests["gw"] = protests["gw"].mask(taken, MONTENEGRO)
        protests = protests[~told["ccode"].isin(UNKNOWN_NUMBERS).to_numpy()]
    polyarchy, polity = read_polyarchy(paths["vdem_polyarchy"]), read_polity(paths["polity"])
    if "values" in readings:
        polyarchy = pd.concat([polyarchy, values_of_the_year(polyarchy, polity)], ignore_index=True)
    return qualifying(protests, polyarchy, polity)


def values_of_the_year(polyarchy: pd.DataFrame, polity: pd.DataFrame) -> pd.DataFrame:
    """Give each state's first value to the year before it, where no list has one."""
    known = {*zip(polyarchy["iso"], polyarchy["year"], strict=True)}
    known |= {*zip(polity["iso"], polity["year"], strict=True)}
    before = polyarchy.assign(year=polyarchy["year"] - 1)
    return before[[key not in known for key in zip(before["iso"], before["year"], strict=True)]]


def breaks_read(paths: Paths, label_set: str, readings: Sequence[str]) -> pd.DataFrame:
    """Read the breaks, with their days and merging as the readings have them."""
    listed = listed_events(paths, correct="published" not in readings)
    if "days" in readings:
        cline = listed["source"] == "cline"
        listed.loc[cline, "date"] = [day.replace(day=min(day.day, 28)) for day in listed.loc[cline, "date"]]
    if "cases" not in readings or label_set == "strict+cases":
        return labels(listed, label_set)
    events = merged(listed)
    return events[events["n_lists"] >= {"strict": 1, "two_of_four": 2}[label_set]]


def chained(spans: Sequence[Span]) -> list[Span]:
    """Keep the protests of the first crisis: up to the first gap of more than 90 days."""
    ended = spans[0][1]
    kept = []
    for begin, end in spans:
        if begin > ended + PAUSE:
            break
        kept.append((begin, end))
        ended = max(ended, end)
    return kept


def follow(spans: Sequence[Span], breaks: Iterable[date], weekly: bool) -> tuple[int, date | None, date]:
    """Count a crisis's weeks at risk; give its break, and the first day on which another may begin."""
    onset = day = spans[0][0]
    own = list(spans) if weekly else chained(spans)
    weeks = 0
    while day <= censored() and day - max(min(end, day) for begin, end in own if begin <= day) <= PAUSE:
        weeks += 1
        label = next(
            (each for each in sorted(breaks) if day <= each < day + WEEK and each <= censored()), None
        )
        if label is not None:
            return weeks, label, label + PAUSE
        day = onset + weeks * WEEK
    return weeks, None, day if weekly else max(end for _, end in own) + PAUSE + DAY


def crises_read(paths: Paths, label_set: str, readings: Sequence[str] = ()) -> set[Crisis]:
    """Run the rule with some readings of the reference.

    Parameters
    ----------
    paths
        Files by table name.
    label_set
        Which breaks count.
    readings
        Names from `READINGS`.

    Returns
    -------
    set
        Number of the state, onset, weeks at risk and break of each crisis.
    """
    rows, breaks = protests_read(paths, readings), breaks_read(paths, label_set, readings)
    return crises_of(rows, breaks, "gaps" in readings)


def crises_of(rows: pd.DataFrame, breaks: pd.DataFrame, weekly: bool = False) -> set[Crisis]:
    """Walk through the protests of each state; `weekly` asks for gaps on first days of weeks only."""
    days = {str(iso): set(part["date"]) for iso, part in breaks.groupby("iso")}
    found: set[Crisis] = set()
    for iso, part in rows.groupby("iso"):
        spans = sorted(zip(part["begin"], part["end"], strict=True))
        autocratic_on = dict(zip(part["begin"], part["autocratic"], strict=True))
        free = date.min
        for place, (begin, _) in enumerate(spans):
            if free <= begin <= censored():
                weeks, label, free = follow(spans[place:], days.get(str(iso), set()), weekly)
                if autocratic_on[begin]:
                    found.add((int(part["gw"].iloc[0]), begin, weeks, label))
    return found


def crises_of_the_reference(folder: Path, label_set: str) -> set[Crisis]:
    """Read the crises of the reference."""
    with (folder / "crisis_weeks" / f"crises_{label_set}.csv").open(encoding="utf8", newline="") as file:
        return {
            (
                int(row["gw"]),
                date.fromisoformat(row["onset_d"]),
                int(row["weeks"]),
                date.fromisoformat(row["label_d"]) if row["label_d"] else None,
            )
            for row in csv.DictReader(file)
        }


def crises_of_the_product(crises: CrisisSet) -> set[Crisis]:
    """Give the crises of the product in the same form."""
    frame = crises.crises
    columns = (frame[name] for name in ("gw", "onset", "weeks", "label"))
    return {
        (int(gw), onset, int(weeks), None if pd.isna(label) else label)
        for gw, onset, weeks, label in zip(*columns, strict=True)
    }


def counted(crises: set[Crisis]) -> list[int]:
    """Count crises, weeks, breaks, and states with one."""
    broken = [crisis for crisis in crises if crisis[3] is not None]
    return [
        len(crises),
        sum(weeks for _, _, weeks, _ in crises),
        len(broken),
        len({state for state, *_ in broken}),
    ]


def told(crises: Iterable[Crisis]) -> str:
    """Write crises as number of the state, onset, weeks and break."""
    return "; ".join(
        f"{state} {onset} {weeks}" + (f" ({label})" if label else "")
        for state, onset, weeks, label in sorted(crises, key=lambda crisis: crisis[:3])
    )


def show_steps(folder: Path, paths: Paths, label_set: str) -> None:
    """Print what each reading changes, from the rule as written to the reference."""
    before = crises_read(paths, label_set)
    assert before == crises_of_the_product(build_crisis_set(paths, label_set))
    print(f"\n{label_set}\nas written: {counted(before)} crises, weeks, breaks, states with one")
    for place, (reading, words) in enumerate(READINGS.items()):
        after = crises_read(paths, label_set, list(READINGS)[: place + 1])
        change = [new - old for new, old in zip(counted(after), counted(before), strict=True)]
        print(f"{reading} ({words}): {change}\n  only as written: {told(before - after)}")
        print(f"  only in the reference: {told(after - before)}")
        before = after
    reference = crises_of_the_reference(folder, label_set)
    print(f"reference: {counted(reference)}, not explained: {told(before ^ reference) or 'nothing'}")


def main() -> None:
    """Print all differences under each label set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the tables of history, with crisis_weeks among them")
    folder = parser.parse_args().folder
    paths = find_tables(folder)
    for label_set in LABEL_SETS:
        show_steps(folder, paths, label_set)


if __name__ == "__main__":
    main()
