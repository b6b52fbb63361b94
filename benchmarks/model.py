"""Print how long the regime model takes on this machine, beside what the project aims at.

Nothing here is a test: times are printed, never asserted. Each part runs in a process of its own, after one call that
compiles and warms the caches. Libraries for linear algebra get one thread, so that ratios compare one core with one.

Usage: `python benchmarks/model.py`; with the name of one part it measures that part alone.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START = date(2020, 1, 1)
DAYS, DAYS_NATIONAL, DAYS_COMMITTOR = 155, 128, 90
RUNS, RUNS_NATIONAL, RUNS_COMMITTOR = 10_000, 4_000, 2_000
RUNS_AT_ONCE = 64
SEED = 1
LINEAR_ALGEBRA = ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM")


def seconds(call: Callable[[], object], times: int) -> list[float]:
    """Call once to warm up, then so many times; wall seconds of each."""
    call()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return found


def row(name: str, found: list[float], unit: str, aim: str) -> None:
    """Print the median and the spread of what was measured."""
    factor = {"ms": 1e3, "s": 1.0}[unit]
    low, middle, high = (factor * pick(found) for pick in (min, statistics.median, max))
    print(f"{name:<64} {middle:9.2f} {unit:<2}  ({low:.2f} to {high:.2f}, {len(found)} times)   aim: {aim}")


def one_run() -> None:
    """One run of a country of 220 cohorts, and one of a nation of four."""
    from garrison.engines import simulate
    from garrison.regime import layout_of_country
    from garrison.stability import ensemble

    nation = ensemble(1, seed=SEED)
    country = nation.on(layout_of_country("VEN"))
    n_cohorts = country.layout.n_cohorts
    found = seconds(lambda: simulate(country, start=START, days=DAYS, seed=SEED), 21)
    row(f"one run, {n_cohorts} cohorts x {DAYS} days, all that `simulate` does", found, "ms", "under 5 ms")
    found = seconds(lambda: simulate(country, start=START, days=DAYS, seed=SEED, pushes=False), 21)
    row("  the same without looking up pushes", found, "ms", "-")
    found = seconds(lambda: nation.on(country.layout), 21)
    row(f"  its quiet state on {n_cohorts} cohorts", found, "ms", "-")


def many_runs() -> None:
    """Ten thousand runs of 220 cohorts on all cores, and the most memory that the process ever held."""
    from garrison.engines import simulate
    from garrison.regime import layout_of_country
    from garrison.stability import ensemble

    start = time.perf_counter()
    nations = ensemble(RUNS, seed=SEED)
    drawn = time.perf_counter()
    countries = nations.on(layout_of_country("VEN"))
    rested = time.perf_counter()
    simulate(countries.take(slice(0, 2)), start=START, days=DAYS, seed=SEED)
    before = _peak()
    found, busy = [], time.process_time()
    for _ in range(3):
        began = time.perf_counter()
        runs = simulate(countries, start=START, days=DAYS, seed=SEED)
        found.append(time.perf_counter() - began)
    row(
        f"{RUNS:,} runs, {countries.layout.n_cohorts} cohorts x {DAYS} days, all cores",
        found,
        "s",
        "under 10 s",
    )
    print(
        f"  {(time.process_time() - busy) / len(found):.1f} s of processor time each, load {os.getloadavg()[0]:.1f}"
    )
    print(f"  drawing and admitting {drawn - start:.1f} s, quiet states {rested - drawn:.1f} s, before that")
    print(f"  peak memory {_peak() / 1e9:.2f} GB ({before / 1e9:.2f} GB before the runs)   aim: under 1 GB")
    print(f"  of these runs {(runs.end_day >= 0).mean():.1%} ended early; their later days cost nothing")


def _peak() -> float:
    """The most memory that this process has held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)


def ratio() -> None:
    """Compiled against plain NumPy of the same equations, one core each, the same runs."""
    sys.path.insert(0, str(ROOT / "tests" / "engines"))
    from plain_numpy import plain_simulate

    from garrison.engines import simulate
    from garrison.regime import layout_of_country
    from garrison.stability import ensemble

    nations = ensemble(RUNS_AT_ONCE, seed=SEED)
    countries = nations.on(layout_of_country("VEN"))
    kept = ("visible", "hidden", "left", "belief")
    for several, days in ((nations, DAYS_NATIONAL), (countries, DAYS)):
        name = f"{several.layout.n_cohorts} cohorts"
        # Few runs are one piece of work for the engine, so that it uses one core.
        quick = seconds(partial(simulate, several, start=START, days=days, seed=SEED, pushes=False), 9)
        same = partial(plain_simulate, several, start=START, days=days, seed=SEED, pushes=False, keep=kept)
        plain = seconds(same, 3)
        each = [value / RUNS_AT_ONCE for value in quick]
        row(f"one of {RUNS_AT_ONCE} runs, {name} x {days} days, compiled, one core", each, "ms", "-")
        each = [value / RUNS_AT_ONCE for value in plain]
        row(f"  plain NumPy, vectorised over {RUNS_AT_ONCE} runs, one core", each, "ms", "-")
        print(f"  ratio of the medians: {statistics.median(plain) / statistics.median(quick):.1f}")


def national() -> None:
    """What an inference asks for: thousands of runs of a nation."""
    from garrison.engines import simulate
    from garrison.stability import ensemble

    nations = ensemble(RUNS_NATIONAL, seed=SEED)
    found = seconds(lambda: simulate(nations, start=START, days=DAYS_NATIONAL, seed=SEED), 5)
    row(f"{RUNS_NATIONAL:,} runs, 4 cohorts x {DAYS_NATIONAL} days, all cores", found, "s", "-")


def stability() -> None:
    """The reproduction number of a country of 220 cohorts, and the committor of one national state."""
    from garrison.regime import layout_of_country
    from garrison.stability import committor, ensemble, reproduction_number

    nation = ensemble(1, seed=SEED)
    country = nation.on(layout_of_country("VEN"))
    found = seconds(lambda: reproduction_number(country), 21)
    row(f"R_D of one regime of {country.layout.n_cohorts} cohorts", found, "ms", "under 5 ms")
    found = seconds(lambda: committor(nation, seed=SEED, horizon=DAYS_COMMITTOR, n_futures=RUNS_COMMITTOR), 5)
    name = f"committor of one national state, {RUNS_COMMITTOR:,} futures x {DAYS_COMMITTOR} days, all cores"
    row(name, found, "s", "under 1 s")


PARTS = {part.__name__: part for part in (one_run, many_runs, ratio, national, stability)}


def main() -> None:
    """Print the table, every part in a process of its own."""
    # Read by the libraries when they are first imported, which every part does by itself.
    os.environ.update({f"{library}_NUM_THREADS": "1" for library in LINEAR_ALGEBRA})
    if len(sys.argv) > 1:
        PARTS[sys.argv[1]]()
        return
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    print(
        f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, load before {load}; medians"
    )
    for name in PARTS:
        subprocess.run([sys.executable, __file__, name], check=True)
    print(f"load after {', '.join(f'{value:.2f}' for value in os.getloadavg())}")


if __name__ == "__main__":
    main()
