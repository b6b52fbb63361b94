"""`garrison code` as a stream: through pipes, on two cores, killed and taken up again."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SENTENCES = (
    "Nine soldiers deserted on Monday, the ministry said.",
    "Police arrested twenty protesters as the march went on.",
    "The weather was fair and the league played on.",
)
COMMAND = [sys.executable, "-m", "garrison.cli"]


def feed(path: Path, count: int) -> Path:
    rows = [
        {
            "id": f"wire-{n}",
            "published": "2019-04-07",
            "text": f"{SENTENCES[n % 3]} So wrote post number {n}.",
        }
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return path


def code(*words: str, cwd: Path, **options: object) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*COMMAND, "code", *words, "--country", "SDN"], cwd=cwd, capture_output=True, **options
    )


@pytest.mark.slow
def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    feed(tmp_path / "feed.jsonl", 100)
    words = ["feed.jsonl", "-o", "claims.jsonl"]
    part = tmp_path / "claims.jsonl.part"
    running = subprocess.Popen(
        [*COMMAND, "code", *words, "--country", "SDN"], cwd=tmp_path, stderr=subprocess.PIPE
    )
    try:
        while running.poll() is None and not list(part.glob("*-64.jsonl")):
            time.sleep(0.02)
    finally:
        running.send_signal(signal.SIGKILL)
        running.communicate()
    assert not (tmp_path / "claims.jsonl").exists()
    again = code(*words, cwd=tmp_path)
    assert again.returncode == 0
    assert b"going on behind 64 reports" in again.stderr
    assert not part.exists()
    piped = code("-", "--workers", "2", cwd=tmp_path, stdin=(tmp_path / "feed.jsonl").open("rb"))
    assert piped.returncode == 0
    assert piped.stdout == (tmp_path / "claims.jsonl").read_bytes()


@pytest.mark.slow
def test_bad_documents_are_named_and_the_good_rest_is_coded(tmp_path: Path) -> None:
    path = feed(tmp_path / "feed.jsonl", 3)
    with path.open("a", encoding="utf8") as file:
        file.write('{broken\n{"id": "undated", "text": "Soldiers left."}\n')
    done = code("feed.jsonl", "missing.txt", cwd=tmp_path)
    assert done.returncode == 0
    kinds = [json.loads(line)["record"] for line in done.stdout.splitlines()]
    assert kinds.count("segmentation") == 3
    assert kinds.count("claim") >= 2
    said = done.stderr.decode().splitlines()
    assert len(said) == 3
    assert "line 4" in said[0]
    assert "line 5" in said[1]
    assert "missing.txt" in said[2]


@pytest.mark.slow
def test_where_nothing_can_be_read_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = code("empty.txt", "missing.txt", "-o", "claims.parquet", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 3
    assert [path.name for path in tmp_path.iterdir()] == ["empty.txt"]
