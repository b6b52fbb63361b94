"""Print how long the main job, its steps and the start of the command line take on this machine.

Nothing here is a test: times are printed, beside what the project aims at. Each figure is the median of several runs
in fresh processes, after one that warms the caches.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = ROOT.parent / "shared" / "reports" / "venezuela-2017-05-07.txt"
COMMAND = [sys.executable, "-m", "garrison.cli"]

STEPS = """
import time, sys
from datetime import date
clock = time.perf_counter
start = clock()
import garrison
from garrison.reports import read_reports
reading = read_reports(sys.argv[1:]); read = clock()
claims = garrison.code(reading.reports, country="VEN"); coded = clock()
case = garrison.case("venezuela-2017")
day = date(2017, 5, 7)
events = garrison.link(claims, known=case.events(), as_of=day); linked = clock()
state = garrison.infer(events, country="VEN", as_of=day, case=case); inferred = clock()
garrison.forecast(state); forecast = clock()
for name, seconds in (("read", read - start), ("code", coded - read), ("link", linked - coded),
                      ("infer", inferred - linked), ("forecast", forecast - inferred)):
    print(name, round(seconds, 3))
"""


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command once: wall seconds and CPU seconds of it and its children."""
    before = os.times()
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    wall = time.perf_counter() - start
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, cpu


def report(name: str, command: list[str], aim: str, runs: int = 5) -> None:
    """Print the median of several runs after one that warms the caches."""
    timed(command)
    walls, cpus = zip(*(timed(command) for _ in range(runs)), strict=True)
    print(
        f"{name:<44} {statistics.median(walls):7.2f} s wall  {statistics.median(cpus):7.2f} s CPU"
        f"  ({min(walls):.2f}-{max(walls):.2f})   aim: {aim}"
    )


def main() -> None:
    """Print the table."""
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, median of 5 (min-max)"
    )
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder) / "page.html")
        report("garrison --help", [*COMMAND, "--help"], "under 0.3 s")
        report("garrison brief (the bundled case)", [*COMMAND, "brief", "-o", page], "under 12 s")
        sources = [str(ARTICLE)] if ARTICLE.exists() else []
        if sources:
            command = [*COMMAND, "brief", *sources, "--country", "VEN", "-o", page]
            report("garrison brief (the 20 kB article)", command, "under 12 s")
        else:
            sources = [
                str(path)
                for path in sorted((ROOT / "src/garrison/cases/venezuela_2017/reports").glob("*.txt"))
            ]
        print("\nSteps of one run, seconds (imports counted where they happen):")
        done = subprocess.run(
            [sys.executable, "-c", STEPS, *sources], check=True, capture_output=True, text=True
        )
        print("  " + "  ".join(done.stdout.split("\n")))


if __name__ == "__main__":
    main()
