"""Damaged files, wrong places, two writers: one clear error, nothing lost, nothing half-written."""

import multiprocessing
import os
import re
import threading
from pathlib import Path

import pytest
from made_events import made_events

from garrison.errors import GarrisonError, InputError, StoreError, TableError
from garrison.events.store import EventStore
from garrison.events.store.lock import write_lock

N_ROWS = 60


@pytest.fixture
def store(tmp_path: Path) -> EventStore:
    made = EventStore(tmp_path)
    made.append([made_events(range(N_ROWS)).table], origin="made", digest="1")
    return made


def parts(home: Path) -> list[Path]:
    return sorted((home / "events").glob("year=*/*.parquet"))


@pytest.mark.parametrize("damage", ["gone", "short", "empty", "garbage", "turned"])
def test_a_damaged_part_is_named(store: EventStore, tmp_path: Path, damage: str) -> None:
    part = parts(tmp_path)[0]
    content = bytearray(part.read_bytes())
    middle = len(content) // 2
    written = {
        "short": content[:middle],
        "empty": b"",
        "garbage": os.urandom(len(content)),
        "turned": content[:200] + bytes(byte ^ 255 for byte in content[200:middle]) + content[middle:],
    }
    part.unlink() if damage == "gone" else part.write_bytes(written[damage])
    with pytest.raises(StoreError, match=re.escape(part.name)) as caught:
        store.check()
    assert "restore it" in str(caught.value)
    with pytest.raises(StoreError, match=re.escape(part.name)):
        EventStore(tmp_path).events()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 1}', os.urandom(300)])
def test_a_damaged_manifest_is_named_and_the_parts_can_be_imported_anew(
    store: EventStore, tmp_path: Path, content: bytes
) -> None:
    manifest = tmp_path / "events/_store/manifest.json"
    manifest.write_bytes(content)
    for ask in (store.events, lambda: store.counts("month"), lambda: len(store), lambda: repr(store)):
        with pytest.raises(StoreError, match=r"manifest\.json.*garrison import"):
            ask()
    with pytest.raises(StoreError, match=r"manifest\.json"):
        store.append([made_events([99]).table], origin="x", digest="2")
    assert manifest.read_bytes() == content
    from garrison.events.store import import_file

    rescued = EventStore(tmp_path / "new")
    for part in parts(tmp_path):
        import_file(rescued, part)
    assert len(rescued.events()) == N_ROWS


def test_one_changed_number_in_the_manifest_is_seen(store: EventStore, tmp_path: Path) -> None:
    manifest = tmp_path / "events/_store/manifest.json"
    manifest.write_text(re.sub(r'"rows": \d+', '"rows": 1', manifest.read_text(), count=1))
    with pytest.raises(StoreError, match="damaged"):
        store.events()


def test_a_missing_manifest_beside_parts_is_named(store: EventStore, tmp_path: Path) -> None:
    (tmp_path / "events/_store/manifest.json").unlink()
    with pytest.raises(StoreError, match="is missing"):
        store.append([made_events([99]).table], origin="x", digest="2")


@pytest.mark.parametrize("size", [0, 17, None])
def test_a_damaged_index_is_named_and_nothing_is_added(
    store: EventStore, tmp_path: Path, size: int | None
) -> None:
    (segment,) = (tmp_path / "events/_store/index").iterdir()
    segment.unlink() if size is None else segment.write_bytes(b"x" * size)
    with pytest.raises(StoreError, match=re.escape(segment.name)):
        store.append([made_events([99]).table], origin="x", digest="2")
    assert len(store.events()) == N_ROWS


def test_missing_counts_are_named_and_a_scan_still_answers(store: EventStore, tmp_path: Path) -> None:
    for counts in (tmp_path / "events/_store/counts").iterdir():
        counts.unlink()
    with pytest.raises(StoreError, match="counts"):
        store.counts("month")
    assert store.counts("month", scan=True).n_events == N_ROWS


@pytest.mark.parametrize("place", ["home", "home/events", "home/events/_store"])
def test_a_file_where_a_folder_should_be(tmp_path: Path, place: str) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a file")
    with pytest.raises(TableError, match="is a file"):
        EventStore(tmp_path / "home")
    assert path.read_text() == "a file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="--home"):
        EventStore(tmp_path).append([made_events([1]).table], origin="x", digest="1")
    tmp_path.chmod(0o700)


def test_a_place_where_nothing_can_be_made() -> None:
    with pytest.raises(InputError, match="--home"):
        EventStore("/proc/garrison").append([made_events([1]).table], origin="x", digest="1")


def test_a_reader_without_the_right_to_write_still_reads(
    store: EventStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged = tmp_path / "events/_store/staging/000002/leftover.part"
    staged.parent.mkdir(parents=True)
    staged.write_text("half")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert len(store.events()) == N_ROWS
    assert staged.exists()


def test_what_a_killed_append_left_is_swept(store: EventStore, tmp_path: Path) -> None:
    staged = tmp_path / "events/_store/staging/000002/year=2016/part-000002-000.parquet.part"
    staged.parent.mkdir(parents=True)
    staged.write_text("half")
    assert len(store.events()) == N_ROWS
    assert not staged.exists()


def test_files_of_others_in_the_folder_stay(store: EventStore, tmp_path: Path) -> None:
    note = tmp_path / "events/year=2016/notes.txt"
    note.write_text("mine")
    store.append([made_events(range(N_ROWS, N_ROWS + 10)).table], origin="x", digest="2")
    assert note.read_text() == "mine"


def test_a_second_writer_waits_or_is_told(store: EventStore) -> None:
    with write_lock(store._layout, wait=0), pytest.raises(StoreError, match=str(os.getpid())):
        store.append([made_events([99]).table], origin="x", digest="2", wait=0.1)

    lock = write_lock(store._layout, wait=0)
    lock.__enter__()
    threading.Timer(0.3, lambda: lock.__exit__(None, None, None)).start()
    assert store.append([made_events([99]).table], origin="x", digest="2", wait=20).n_added == 1


def _write(home: str, writer: int) -> None:
    for number in range(6):
        first = 10 * (6 * writer + number)
        table = made_events(range(first, first + 15)).table
        EventStore(home).append([table], origin=str(writer), digest=f"{writer}-{number}")


@pytest.mark.slow
def test_two_writers_and_a_reader_at_once(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_write, args=(str(tmp_path), writer)) for writer in range(2)]
    for writer in writers:
        writer.start()
    seen = 0
    while any(writer.is_alive() for writer in writers):
        try:
            found = EventStore(tmp_path).events().table.column("id").to_pylist()
        except TableError:
            continue  # not yet made
        assert len(found) == len(set(found)) >= seen
        seen = len(found)
    assert [writer.exitcode for writer in writers] == [0, 0]
    found = EventStore(tmp_path).events().table.column("id").to_pylist()
    assert sorted(found) == sorted(f"made-{number}" for number in range(125))
    assert EventStore(tmp_path).check() == 125


def test_every_refusal_is_an_error_of_ours(store: EventStore, tmp_path: Path) -> None:
    parts(tmp_path)[0].write_bytes(b"PAR1 no more")
    for ask in (store.events, lambda: store.counts("day"), store.check, lambda: list(store.batches())):
        with pytest.raises(GarrisonError):
            ask()
