"""kill -9 at 100 random points of an append: nothing acknowledged is lost, nothing half-written is left.

Each trial appends to a store that has grown by those before it, so that small parts and segments are merged on the
way. Half of the trials are killed after a random time, half before or after a random call of the operating system.
"""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.dataset as dataset
import pytest
from made_events import made_events

from garrison.events.store import EventStore

N_TRIALS = 100
N_ROWS = 30


class Killer:
    """The process that appends in children and kills them."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("killed_appends.py")
        self.process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def trial(self, home: Path, first: int, kind: str, value: object) -> tuple[str, int]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{home} {first} {first + N_ROWS} {kind} {value}\n")
        self.process.stdin.flush()
        said, calls = self.process.stdout.readline().split()
        return said, int(calls)


@pytest.fixture
def killer() -> Iterator[Killer]:
    made = Killer()
    yield made
    assert made.process.stdin
    made.process.stdin.close()
    made.process.wait()


def seen_by_others(home: Path) -> list[str]:
    """The ids that a plain reader of the folder sees."""
    if not list((home / "events").glob("year=*/*.parquet")):
        return []
    found = dataset.dataset(home / "events", format="parquet", partitioning="hive")
    return found.to_table(columns=["id"]).column("id").to_pylist()


def kept(home: Path) -> set[str]:
    """The ids that the store itself gives."""
    return set(EventStore(home).events().table.column("id").to_pylist())


def ids(numbers: range) -> set[str]:
    return {f"made-{number}" for number in numbers}


@pytest.mark.slow
def test_killed_at_a_hundred_random_points(killer: Killer, tmp_path: Path) -> None:
    dice = random.Random(7)
    said, n_calls = killer.trial(tmp_path, 0, "none", 0)
    assert said == "acknowledged"
    begun = time.monotonic()
    assert killer.trial(tmp_path, N_ROWS, "none", 0)[0] == "acknowledged"
    seconds = time.monotonic() - begun
    outcomes = []
    for number in range(2, N_TRIALS + 2):
        first = number * N_ROWS
        before, after = ids(range(first)), ids(range(first + N_ROWS))
        by_time = number % 2
        value = dice.uniform(0, 1.1 * seconds) if by_time else dice.randint(1, round(1.3 * n_calls))
        said, _ = killer.trial(tmp_path, first, "after" if by_time else "call", value)
        assert said != "failed"

        others = seen_by_others(tmp_path)
        assert len(others) == len(set(others)), "a plain reader sees a row twice"
        found = kept(tmp_path)
        assert found in (before, after), "an append is in the store in part"
        assert set(others) <= found, "a plain reader sees a row that is not committed"
        if said == "acknowledged":
            assert found == after, "an acknowledged append is lost"
        outcomes.append((said, found == after))

        done = EventStore(tmp_path).append(
            [made_events(range(first, first + N_ROWS)).table],
            origin="again",
            digest=f"{first}-{first + N_ROWS}",
        )
        assert done.again == (found == after)
        assert sorted(seen_by_others(tmp_path)) == sorted(after)
        assert not (tmp_path / "events/_store/staging").exists()
    assert len(EventStore(tmp_path).events()) == EventStore(tmp_path).check() == first + N_ROWS
    assert {("killed", False), ("killed", True)} <= set(outcomes), (
        "no kill before, or none behind, the commit"
    )
    assert sum(said == "killed" for said, _ in outcomes) >= 50


@pytest.mark.slow
def test_killed_at_every_call_of_a_commit_that_merges(killer: Killer, tmp_path: Path) -> None:
    """Every call of the ninth append, which merges eight parts, in a fresh copy of the store each."""
    base = tmp_path / "base"
    store = EventStore(base)
    for number in range(7):
        first = number * N_ROWS
        store.append([made_events(range(first, first + N_ROWS)).table], origin="x", digest=f"{first}")
    before, after = ids(range(7 * N_ROWS)), ids(range(8 * N_ROWS))
    trial = tmp_path / "trial"
    shutil.copytree(base, trial)
    said, n_calls = killer.trial(trial, 7 * N_ROWS, "none", 0)
    assert said == "acknowledged"
    for call in range(1, n_calls + 1, 2):
        shutil.rmtree(trial)
        shutil.copytree(base, trial)
        said, _ = killer.trial(trial, 7 * N_ROWS, "call", call)
        others = seen_by_others(trial)
        found = kept(trial)
        assert found in (before, after)
        assert len(others) == len(set(others))
        assert set(others) <= found
        store = EventStore(trial)
        store.append([made_events(range(7 * N_ROWS, 8 * N_ROWS)).table], origin="y", digest="again")
        assert sorted(seen_by_others(trial)) == sorted(after)
        assert store.check() == len(after)
