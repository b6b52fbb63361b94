"""`garrison ledger`, as typed."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from garrison.forecasting.ledger import ForecastEntry, Ledger, resolver_of_target


def garrison(*words: str, cwd: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "garrison.cli", *words], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for country in ("VEN", "SDN"):
        asked = ForecastEntry(
            country=country,
            as_of=date(2017, 5, 7),
            vintage=date(2017, 5, 7),
            target="T1a",
            target_version="1",
            horizon_days=90,
            p=0.02,
            band50=(0.01, 0.03),
            band90=(0.005, 0.05),
            base_rate=0.03,
            model_p=0.06,
            settings_sha256="0" * 64,
            seed=1,
            package_version="0.1.0",
            resolver=resolver_of_target("T1a")[1],
            note="=cmd",
        )
        Ledger(tmp_path / "garrison").append(asked, written=date(2017, 5, 8))
    (tmp_path / "breaks.csv").write_text(
        "country,date,type,target\nVEN,2017-06-01,COUP,T1a\nVEN,x,COUP,T1a\n"
    )
    return tmp_path


def test_forecasts_are_listed_in_every_form(folder: Path) -> None:
    table = garrison("ledger", "list", cwd=folder)
    assert (table.returncode, len(table.stdout.splitlines())) == (0, 2), table.stderr
    rows = json.loads(garrison("ledger", "list", "--country", "Sudan", "-f", "json", cwd=folder).stdout)
    assert [(row["country"], row["due"], row["outcome"]) for row in rows] == [("SDN", "2017-08-05", None)]
    text = garrison("ledger", "list", "--format", "csv", cwd=folder).stdout
    assert text.startswith("number,written")
    assert ",'=cmd," in text
    none = garrison("ledger", "list", "--due-by", "2017-08-04", cwd=folder)
    assert (none.returncode, none.stdout[:16]) == (0, "no such forecast")


def test_what_is_due_is_settled_and_scored(folder: Path) -> None:
    done = garrison("ledger", "resolve", "--events", "breaks.csv", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "breaks.csv line 3" in done.stderr
    assert "1 settled, 1 left open" in done.stdout
    assert "came 100.0%" in done.stdout
    hand = garrison("ledger", "resolve", "2", "--outcome", "0", "--source", "the lists", cwd=folder)
    assert (hand.returncode, hand.stdout.splitlines()[0]) == (0, "entry 4 settles entry 2 as 0")
    figures = json.loads(garrison("ledger", "scores", "-f", "json", cwd=folder).stdout)
    assert {(row["whose"], row["n"], row["observed_rate"]) for row in figures["rows"]} == {
        ("headline", 2, 0.5),
        ("model", 2, 0.5),
    }
    assert garrison("ledger", "verify", cwd=folder).stdout.startswith(
        "garrison/ledger.jsonl: whole: 4 entries"
    )


def test_a_broken_chain_is_refused_by_every_verb_and_named(folder: Path) -> None:
    head = garrison("ledger", "verify", cwd=folder).stdout.split()[-1]
    path = folder / "garrison" / "ledger.jsonl"
    good = path.read_bytes()
    path.write_bytes(good.splitlines(keepends=True)[0])
    assert garrison("ledger", "verify", cwd=folder).returncode == 0
    cut = garrison("ledger", "verify", "--head", head, cwd=folder)
    assert (cut.returncode, "line 2" in cut.stderr) == (1, True)
    path.write_bytes(good.replace(b'"p":0.02', b'"p":0.52', 1))
    for words in (["verify"], ["list"], ["scores"], ["resolve", "--events", "breaks.csv"]):
        done = garrison("ledger", *words, cwd=folder)
        assert done.returncode == 1, words
        assert "line 1: text: it was changed" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1 + (words[0] == "resolve")
        assert done.stdout == ""
    # Nor is a page made for it that could not be written down.
    brief = garrison("brief", "--ledger", "-o", "page.html", cwd=folder)
    assert brief.returncode == 1, brief.stderr
    assert not (folder / "page.html").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["list", "--home", "elsewhere"], "there is no ledger"),
        (["list", "--due-by", "soon"], "not a date"),
        (["list", "--country", "Atlantis"], "Atlantis"),
        (["resolve"], "--events"),
        (["resolve", "1"], "--outcome"),
        (["resolve", "one", "--outcome", "1", "--source", "x"], "no whole number"),
        (["resolve", "1", "--outcome", "maybe", "--source", "x"], "0, 1 or void"),
        (["resolve", "9", "--outcome", "1", "--source", "x"], "has 2 entries"),
        (["resolve", "--events", "none.csv"], "no such file"),
        (["verify", "--head", "x"], "NUMBER:HASH"),
    ],
)
def test_bad_use_is_one_line_and_code_2(folder: Path, words: list[str], message: str) -> None:
    done = garrison("ledger", *words, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.slow
def test_a_brief_is_written_into_the_ledger(folder: Path) -> None:
    done = garrison("brief", "--runs", "500", "--ledger", "--home", "mine", "-o", "page.json", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "Ledger: entry 1 of mine/ledger.jsonl" in done.stdout
    (entry,) = Ledger(folder / "mine").entries()
    page = json.loads((folder / "page.json").read_text())["forecast"]
    assert (entry.content.p, entry.content.model_p) == (page["headline"]["p"], page["model"]["p"])
    assert entry.content.vintage <= entry.content.as_of
    assert {one.name for one in entry.content.inputs} >= {"venezuela-2017/events.csv"}
