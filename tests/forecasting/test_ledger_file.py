"""The ledger's file: two processes at once, a kill at any moment, a full disk."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ledger_samples import WRITTEN, filled, forecast

from garrison.errors import LedgerError
from garrison.forecasting.ledger import Ledger
from garrison.forecasting.ledger.lock import held

WRITER = """
import sys
sys.path.insert(0, {samples!r})
from ledger_samples import WRITTEN, forecast
from garrison.forecasting.ledger import Ledger
ledger = Ledger(sys.argv[1], lock_wait=60)
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2])):
    ledger.append(forecast(note=f"{{sys.argv[3]}} {{number}}"), written=WRITTEN)
    print(number, flush=True)
"""


def writer(path: Path, n: int, name: str) -> subprocess.Popen:
    code = WRITER.format(samples=str(Path(__file__).parent))
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path), str(n), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.slow
def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    processes = [writer(path, 100, name) for name in ("first", "second")]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    ledger = Ledger(path)
    assert ledger.verify().n_entries == 200
    notes = [entry.content.note for entry in ledger.entries()]
    for name in ("first", "second"):
        assert [note for note in notes if note.startswith(name)] == [f"{name} {n}" for n in range(100)]


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_leaves_a_whole_chain(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    chance = random.Random(1)
    for round_number in range(5):
        process = writer(path, 10_000, f"round{round_number}")
        process.stdin.write("go\n")
        process.stdin.flush()
        time.sleep(chance.uniform(0.01, 0.4))
        os.kill(process.pid, signal.SIGKILL)
        told = process.communicate()[0].split()
        ledger = Ledger(path, lock_wait=2)
        ledger.append(forecast(note="after the kill"), written=WRITTEN)
        assert ledger.verify().is_whole
        kept = [entry.content.note for entry in ledger.entries()]
        # Whatever the writer said was written, is.
        assert all(f"round{round_number} {number}" in kept for number in told)


def test_a_line_cut_at_any_byte_is_set_aside_and_the_chain_goes_on(tmp_path: Path) -> None:
    whole = filled(tmp_path / "whole.jsonl").path.read_bytes()
    start = whole[:-1].rindex(b"\n") + 1
    for cut in range(start, len(whole)):
        path = tmp_path / f"{cut}" / "ledger.jsonl"
        path.parent.mkdir()
        path.write_bytes(whole[:cut])
        said: list[str] = []
        ledger = Ledger(path, say=said.append)
        fragment = whole[start:cut]
        is_whole = cut in (start, len(whole) - 1)
        assert ledger.verify().is_whole == is_whole
        assert len(ledger) == (4 if cut == len(whole) - 1 else 3)
        added = ledger.append(forecast(), written=ledger._file.head().written)
        assert added.number == (5 if cut == len(whole) - 1 else 4)
        assert ledger.verify().is_whole
        if is_whole:
            assert not said
            assert not ledger._file.broken_path.exists()
        else:
            assert "set aside" in said[0]
            (row,) = map(json.loads, (path.parent / "ledger.broken.jsonl").read_text().splitlines())
            assert row["latin1"].encode("latin-1") == fragment
            assert row["after_entry"] == 3


def test_a_lone_half_line_and_zeros_of_a_power_cut_are_set_aside(tmp_path: Path) -> None:
    for name, text in (("half", b'{"content":'), ("zeros", b"\x00" * 50)):
        ledger = Ledger(tmp_path / f"{name}.jsonl", say=lambda words: None)
        ledger.path.write_bytes(text)
        assert ledger.append(forecast(), written=WRITTEN).number == 1
        assert ledger.verify().is_whole


def test_a_full_disk_leaves_the_ledger_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = filled(tmp_path)
    before = ledger.path.read_bytes()
    write = os.write

    def half(handle: int, text: bytes) -> int:
        if len(text) < 100:
            raise OSError(28, "No space left on device")
        return write(handle, text[: len(text) // 2])

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(OSError, match="No space"):
        ledger.append(forecast(), written=ledger._file.head().written)
    assert ledger.path.read_bytes() == before


def test_a_lock_that_is_held_is_said_so(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, lock_wait=0.1)
    with held(tmp_path / "ledger.jsonl.lock", 1), pytest.raises(LedgerError, match="another process"):
        ledger.append(forecast(), written=WRITTEN)
    ledger.append(forecast(), written=WRITTEN)


def test_without_locks_of_the_system_a_file_is_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("garrison.records.file_lock._HAS_LOCKS", False)
    lock = tmp_path / "lock"
    with held(lock, 1):
        assert lock.exists()
        with pytest.raises(LedgerError, match="delete lock"), held(lock, 0.05):
            pass
    assert not lock.exists()


def test_readers_do_not_see_a_line_that_is_being_written(tmp_path: Path) -> None:
    ledger = filled(tmp_path)
    with ledger.path.open("ab") as stream:
        stream.write(b'{"content":{"as')
    assert len(ledger) == 4
    assert ledger.verify().differs == "half-written"
