"""Print how fast the event store imports and answers, beside Polars and pandas on the same file, with memory.

Nothing here is a test. `store.py` takes a million rows; `store.py 50000000 --gdelt 2000000` is the size that
docs/scale.md reports. Rows are made by DuckDB in the order of their days, as event data come; countries and types
are skewed. Each figure is of a fresh process; files are deleted at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from garrison.vocabulary import event_types
from garrison.world import countries

ROOT = Path(__file__).resolve().parents[1]
GDELT_SAMPLE = ROOT / "tests/events/formats/samples/gdelt_2.export.CSV"

MEASURE = """
import json, resource, sys, time
from datetime import date
path, home = sys.argv[1:3]
{prepare}
walls = []
for _ in range({rounds}):
    wall, cpu = time.perf_counter(), time.process_time()
    answer = ask()
    walls.append((time.perf_counter() - wall, time.process_time() - cpu))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
print(json.dumps([walls, peak, answer]))
"""

IMPORT = """
from garrison.events.store import EventStore, import_file
import garrison.events.formats
def ask():
    return import_file(EventStore(home), path)[0].n_added
"""
STORE = """
import duckdb
from garrison.events.store import EventFilter, EventStore
store = EventStore(home)
one = EventFilter(country="VEN", since=date(2016, 1, 1), until=date(2016, 12, 31))
months, slice_ = ["country", "month", "type"], ["place", "day", "type"]
"""
POLARS = """
import polars as pl
rows = pl.scan_parquet(path)
def count(frame, *keys):
    found = frame.group_by(*keys).agg(n_events=pl.len(), p=pl.col("p_happened").sum()).sort(*keys)
    return len(found.collect(engine="streaming"))
"""
PANDAS = """
import pandas as pd
def count(frame, *keys):
    grouped = frame.groupby(list(keys), observed=True, dropna=False, sort=True)["p_happened"]
    return len(grouped.agg(["size", "sum"]))
"""
DUCKDB = """
import duckdb
def count(where, *keys):
    sql = f"SELECT {', '.join(keys)}, count(*), sum(p_happened) FROM '{path}' WHERE {where} GROUP BY ALL ORDER BY ALL"
    return duckdb.sql(sql).to_arrow_table().num_rows
"""
MONTHS = (
    ("garrison, parts' own counts", STORE + "def ask(): return len(store.counts(months))"),
    ("garrison, scan of the rows", STORE + "def ask(): return len(store.counts(months, scan=True))"),
    (
        "DuckDB on the file",
        DUCKDB + "def ask(): return count('true', 'country', \"date_trunc('month', date_start)\", 'type')",
    ),
    (
        "Polars on the file",
        POLARS + "def ask(): return count(rows, 'country', pl.col('date_start').dt.truncate('1mo'), 'type')",
    ),
    (
        "pandas on the file",
        PANDAS
        + """
def ask():
    frame = pd.read_parquet(path, columns=["country", "date_start", "type", "p_happened"])
    frame["date_start"] = pd.to_datetime(frame["date_start"]).dt.to_period("M")
    return count(frame, "country", "date_start", "type")
""",
    ),
)
SLICE = (
    ("garrison", STORE + "def ask(): return len(store.counts(slice_, one))"),
    (
        "DuckDB on the file",
        DUCKDB
        + """def ask():
    where = "country = 'VEN' AND date_start BETWEEN DATE '2016-01-01' AND DATE '2016-12-31'"
    return count(where, 'adm1', 'date_start', 'type')
""",
    ),
    (
        "Polars on the file",
        POLARS
        + """def ask():
    one = (pl.col("country") == "VEN") & pl.col("date_start").is_between(date(2016, 1, 1), date(2016, 12, 31))
    return count(rows.filter(one), "adm1", "date_start", "type")
""",
    ),
    (
        "pandas on the file",
        PANDAS
        + """def ask():
    first, last = date(2016, 1, 1), date(2016, 12, 31)
    wanted = [("country", "==", "VEN"), ("date_start", ">=", first), ("date_start", "<=", last)]
    frame = pd.read_parquet(path, columns=["adm1", "date_start", "type", "p_happened"], filters=wanted)
    return count(frame, "adm1", "date_start", "type")
""",
    ),
)
DAYS = (
    ("garrison, scan of the rows", STORE + "def ask(): return len(store.counts(['country', 'day', 'type']))"),
    ("DuckDB on the file", DUCKDB + "def ask(): return count('true', 'country', 'date_start', 'type')"),
    ("Polars on the file", POLARS + "def ask(): return count(rows, 'country', 'date_start', 'type')"),
)


def make_rows(path: Path, n_rows: int, name: str = "made") -> None:
    """Write made-up events of twenty years into one Parquet file; the name begins their ids."""
    lands = [land.code for land in countries()]
    lands.insert(5, lands.pop(lands.index("VEN")))
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '3GB'")
    connection.execute("SET temp_directory = ?", [str(path.with_suffix(".tmp"))])
    connection.execute("CREATE TABLE lands AS SELECT ?::VARCHAR[] AS code", [lands])
    connection.execute("CREATE TABLE kinds AS SELECT ?::VARCHAR[] AS code", [list(event_types())])
    connection.execute(f"""
COPY (
  WITH dice AS (
    SELECT i, (hash(i) >> 2)::BIGINT AS h, (hash(i + 1000000007) >> 2)::BIGINT AS g,
      (hash(i * 3 + 17) >> 2)::BIGINT AS k
    FROM range({n_rows}) AS t(i)
  ), rows AS (
    SELECT *, DATE '2005-01-01' + (i * 7304 // {n_rows})::INTEGER AS day,
      1 + floor((SELECT len(code) FROM lands) * pow((g % 100000) / 100000.0, 2))::INTEGER AS land
    FROM dice
  )
  SELECT
    printf('{name}:%010d', i) AS id,
    (SELECT code FROM kinds)[1 + floor((SELECT len(code) FROM kinds) * pow((h % 10000) / 10000.0, 2))::INTEGER] AS type,
    (SELECT code FROM lands)[land] AS country,
    day AS published, day AS date_start, day AS date_end,
    round(0.5 + (k % 500) / 1000.0, 3)::DOUBLE AS p_happened,
    round(1 + (k % 97) / 10.0, 1)::DOUBLE AS evidence_ratio,
    'Something happened in place ' || (k % 50000) AS summary,
    CASE WHEN k % 10 < 7 THEN (SELECT code FROM lands)[land] || '-' || (k // 10) % 20 END AS adm1,
    CASE WHEN k % 10 < 7 THEN 'Place ' || (k % 50000) END AS place_text,
    ['MIL', 'COP', 'GRD', NULL, NULL, 'OPP'][1 + (k // 100) % 6] AS actor_sector,
    ['CVL', 'OPP', NULL][1 + (k // 1000) % 3] AS target_sector,
    (1 + k % 12)::BIGINT AS n_independent_sources,
    ['media'] AS source_kinds, ['source ' || (h % 3000)] AS sources,
    ['GOV', 'MIL', 'CVL', 'REB'][1 + h % 4] AS actor_text, ['GOV', 'MIL', 'CVL', 'REB'][1 + k % 4] AS target_text,
    CASE WHEN k % 10 < 7 THEN round((k % 18000) / 100.0 - 90, 2)::DOUBLE END AS latitude,
    CASE WHEN k % 10 < 7 THEN round((h % 36000) / 100.0 - 180, 2)::DOUBLE END AS longitude,
    'made' AS dataset, (10 + h % 200)::VARCHAR AS dataset_code
  FROM rows
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)""")


def make_gdelt(path: Path, n_rows: int) -> None:
    """Write GDELT 2 text: the sample's rows again and again, each with an id and a day of its own."""
    lines = [line.split("\t") for line in GDELT_SAMPLE.read_text(encoding="utf8").splitlines()]
    with path.open("w", encoding="utf8") as file:
        for number in range(n_rows):
            cells = list(lines[number % len(lines)])
            day = f"{2016 + number * 4 // n_rows}{1 + number % 12:02d}{1 + number // 12 % 28:02d}"
            cells[0], cells[1], cells[2], cells[3] = str(10**9 + number), day, day[:6], day[:4]
            cells[59] = f"{day}120000"
            file.write("\t".join(cells) + "\n")


def measured(code: str, path: Path, home: Path, rounds: int) -> tuple[float, float, float, float, int]:
    """Give wall and CPU seconds of the first round, the best wall of all, peak GiB, and the answer."""
    command = [sys.executable, "-c", MEASURE.format(prepare=code, rounds=rounds), str(path), str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    walls, peak, answer = json.loads(done.stdout.splitlines()[-1])
    return walls[0][0], walls[0][1], min(wall for wall, _ in walls), peak, answer


def print_import(name: str, path: Path, home: Path) -> None:
    """Import once and print the line."""
    wall, cpu, _, peak, n_rows = measured(IMPORT, path, home, rounds=1)
    print(f"{name:<34}{n_rows:>12,}{wall:>9.1f}{cpu:>9.1f}{n_rows / wall:>12,.0f}{peak:>9.2f}", flush=True)


def copied(path: Path) -> Path:
    """Write the rows of a file into another one, in another order of bytes."""
    other = path.with_name(f"copy-{path.name}")
    duckdb.sql(f"COPY (FROM '{path}') TO '{other}' (FORMAT parquet, COMPRESSION snappy)")
    return other


def print_queries(title: str, engines: tuple[tuple[str, str], ...], path: Path, home: Path) -> None:
    """Ask every engine one question and print the table."""
    print(f"\n{title:<34}{'groups':>12}{'first, s':>10}{'best, s':>9}{'CPU, s':>9}{'GiB':>7}")
    for name, code in engines:
        first, cpu, best, peak, groups = measured(code, path, home, rounds=3)
        print(f"{name:<34}{groups:>12,}{first:>10.3f}{best:>9.3f}{cpu:>9.2f}{peak:>7.2f}", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    parser.add_argument(
        "--gdelt", type=int, default=0, help="rows of GDELT text; a twenty-fifth of the rows if 0"
    )
    parser.add_argument("--folder", type=Path, default=None, help="where the files lie for the while")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="garrison-bench-", dir=given.folder))
    try:
        run(folder, given.rows, given.gdelt or given.rows // 25)
    finally:
        shutil.rmtree(folder)


def run(folder: Path, n_rows: int, n_gdelt: int) -> None:
    """Make the files, import them, ask."""
    path, text, home = folder / "rows.parquet", folder / "gdelt.export.CSV", folder / "garrison"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(
        f"\nEvent store: {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB; load {os.getloadavg()[0]:.1f}"
    )
    begun = time.perf_counter()
    make_rows(path, n_rows)
    make_gdelt(text, n_gdelt)
    print(
        f"{n_rows:,} made-up events, {path.stat().st_size / 2**20:,.0f} MiB, in {time.perf_counter() - begun:.0f} s\n"
    )
    print(f"{'import':<34}{'rows':>12}{'s':>9}{'CPU, s':>9}{'rows/s':>12}{'GiB':>9}")
    measured(IMPORT, text, folder / "warm", rounds=1)
    print_import("Parquet", path, home)
    print_import("GDELT text", text, folder / "other")
    more = folder / "more.parquet"
    make_rows(more, max(n_rows // 250, 1), "more")
    print_import("Parquet, more into that store", more, home)
    print_import("the same rows in another file", copied(more), home)
    size = sum(file.stat().st_size for file in (home / "events").rglob("*") if file.is_file())
    print(f"{'':<34}the store takes {size / 2**20:,.0f} MiB, {size / n_rows:.1f} bytes a row")
    print_queries("country, month, type", MONTHS, path, home)
    print_queries("one country and year: place, day", SLICE, path, home)
    print_queries("country, day, type", DAYS, path, home)


if __name__ == "__main__":
    main()
