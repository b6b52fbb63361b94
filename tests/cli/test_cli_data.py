"""`garrison data`: a folder is named, tables are listed, one is fetched; what is wrong is one line."""

import csv
import hashlib
import io
import json
import os
import pty
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from garrison.cli.main import app, run
from garrison.forecasting.history import fetching
from garrison.forecasting.history.sources import sources

FILE = "pt_events_1950_2019.csv"
GOOD = b"country,ccode,year,month,day,coup,version\nCuba,40,1952,3,10,2,x\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    tiny = replace(sources()["powell_thyne"], sha256=hashlib.sha256(GOOD).hexdigest(), rows=1, version="tiny")
    monkeypatch.setitem(sources(), "powell_thyne", tiny)
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / FILE).write_bytes(GOOD)
    return tmp_path


def garrison(*words: object) -> tuple[str, str]:
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr


def refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: object
) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["garrison", *map(str, words)])
    with pytest.raises(SystemExit) as caught:
        run()
    return int(str(caught.value.code)), capsys.readouterr().err.strip().splitlines()[-1]


def test_a_folder_is_used_and_listed(folder: Path) -> None:
    (folder / "tables" / "mm_master.csv").write_text("id,country\n1,=cmd\n")
    out, err = garrison("data", "use", "tables")
    assert f"1 present, 1 other version, {len(sources()) - 2} missing" in err
    assert "noted in garrison/data.toml" in err
    assert str(folder / "tables" / FILE) in out
    assert "differs: line 1: column ccode" in out
    assert "polity5.csv: the table polity5 of the R package" in out
    assert "garrison data get mass_mobilization, or " in out
    again, _ = garrison("data", "list")
    assert again == out


def test_every_form_tells_the_same(folder: Path) -> None:
    garrison("data", "use", "tables", "--home", "mine")
    rows = json.loads(garrison("data", "list", "-f", "json", "--home", "mine")[0])
    assert {row["name"] for row in rows} == set(sources())
    (one,) = [row for row in rows if row["state"] == "present"]
    assert (one["name"], one["may_be_bundled"], one["file"]) == ("powell_thyne", False, FILE)
    cells = list(csv.DictReader(io.StringIO(garrison("data", "list", "-f", "csv", "--home", "mine")[0])))
    assert [row["licence"] for row in cells] == [row["licence"] for row in rows]
    assert [row["state"] for row in cells] == [row["state"] for row in rows]
    assert not (folder / "garrison").exists()


def test_the_list_needs_no_data(folder: Path) -> None:
    out, _ = garrison("data", "list")
    assert out.count("missing") == len(sources())
    assert not (folder / "garrison").exists()


def test_what_is_set_aside_is_told(folder: Path) -> None:
    (folder / "outside.csv").write_bytes(GOOD)
    (folder / "tables" / "polity5.csv").symlink_to(folder / "outside.csv")
    _, err = garrison("data", "use", "tables")
    assert f"set aside {folder}/tables/polity5.csv: a link that leads out of" in err


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["use", "none"], "no such folder"),
        (["use", f"tables/{FILE}"], "is a file"),
        (["use", "empty"], "no known table is in it"),
        (["use", "tables", "--home", f"tables/{FILE}"], "is a file, not a folder"),
        (["get", "powel_thyne"], "Did you mean powell_thyne?"),
        (["get", "cline"], "has no address"),
        (["get", "powell_thyne"], "--accept-licence"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bad_use_is_one_line_and_code_2(folder, capsys, monkeypatch, words, named) -> None:
    (folder / "empty").mkdir()
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    code, line = refused(capsys, monkeypatch, "data", *words)
    assert (code, line.startswith("garrison: ")) == (2, True)
    assert named in line
    assert not (folder / "garrison").exists()


class Terminal(io.StringIO):
    """Somebody who sits at a terminal and has typed."""

    def isatty(self) -> bool:
        return True


def serve(monkeypatch: pytest.MonkeyPatch, content: bytes = GOOD) -> list[str]:
    """Let every address give this content; the addresses asked are noted."""
    asked: list[str] = []

    def fetch(address: str, hashes: object) -> bytes:
        asked.append(address)
        return content

    monkeypatch.setattr(fetching, "fetch_table", partial(fetching.fetch_table, fetch=fetch))
    return asked


@pytest.mark.parametrize("way", ["option", "asked"])
def test_a_table_is_fetched_once_the_licence_is_accepted(folder, capsys, monkeypatch, way) -> None:
    asked = serve(monkeypatch)
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    words = ["data", "get", "powell_thyne", *(["--accept-licence"] if way == "option" else [])]
    for times in (1, 2):
        monkeypatch.setattr(sys, "argv", ["garrison", *words])
        with pytest.raises(SystemExit) as caught:
            run()
        said = capsys.readouterr()
        assert caught.value.code in (0, None), said.err
        assert said.out.strip().endswith(f"garrison/data/powell_thyne/{FILE}")
        assert ("there already" in said.out) == (times == 2)
        assert ("licence:  no licence published" in said.err) == (times == 1)
    assert asked == [sources()["powell_thyne"].address]
    assert (folder / "garrison" / "data" / "powell_thyne" / FILE).read_bytes() == GOOD


def test_a_failed_download_is_code_1(folder, capsys, monkeypatch) -> None:
    nowhere = replace(sources()["powell_thyne"], address="https://127.0.0.1:1/file.csv")
    monkeypatch.setitem(sources(), "powell_thyne", nowhere)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    code, line = refused(capsys, monkeypatch, "data", "get", "powell_thyne", "--accept-licence")
    assert (code, "cannot be fetched" in line) == (1, True), line
    assert not (folder / "garrison").exists()


def test_who_says_no_at_a_real_terminal_gets_nothing(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    os.write(leader, b"n\n")
    done = subprocess.run(
        [sys.executable, "-m", "garrison.cli", "data", "get", "powell_thyne"],
        cwd=tmp_path,
        stdin=follower,
        capture_output=True,
        text=True,
        check=False,
    )
    os.close(leader)
    os.close(follower)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "Do you accept the licence of powell_thyne?" in done.stderr
    assert "nothing was fetched" in done.stderr
    assert list(tmp_path.iterdir()) == []
