"""`garrison import` and `garrison events`: into the store, out of it, and what is wrong in one line."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from garrison.cli.main import app, run

SAMPLES = Path(__file__).parents[1] / "events/formats/samples"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def garrison(*words: object) -> tuple[str, str]:
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr


def refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: object) -> str:
    monkeypatch.setattr(sys, "argv", ["garrison", *map(str, words)])
    with pytest.raises(SystemExit) as caught:
        run()
    assert caught.value.code == 2
    return capsys.readouterr().err.strip().splitlines()[-1]


def test_import_adds_once_and_events_tells(folder: Path) -> None:
    out, err = garrison("import", SAMPLES / "acled.csv", SAMPLES / "gdelt_2.export.CSV")
    assert "14 events in garrison/events" in out
    assert "7 added, 0 already known" in err
    out, err = garrison("import", SAMPLES / "acled.csv")
    assert "imported before" in err
    out, _ = garrison("events", "--country", "Venezuela", "--type", "PROTEST")
    assert out.splitlines()[-1] == "3 events"
    out, _ = garrison("events", "--by", "year,dataset", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert sum(int(row["n_events"]) for row in rows) == 14
    out, _ = garrison("events", "--by", "place", "--format", "geojson")
    assert json.loads(out)["type"] == "FeatureCollection"
    out, _ = garrison("events", "--format", "json", "--as-of", "2018-01-01")
    assert len(json.loads(out)) == 7
    out, _ = garrison("events", "--format", "csv", "--min-p", "0.99")
    assert all(float(row["p_happened"]) >= 0.99 for row in csv.DictReader(io.StringIO(out)))


def test_import_into_a_file_makes_no_store(folder: Path) -> None:
    out, _ = garrison("import", SAMPLES / "acled.csv", "-o", "events.parquet")
    assert out.splitlines()[-1] == "7 events: events.parquet"
    assert sorted(path.name for path in folder.iterdir()) == ["events.parquet"]
    garrison("import", "events.parquet", "--home", "project")
    out, _ = garrison("events", "--home", "project", "--by", "country")
    assert "VEN" in out


def test_rows_that_are_no_events_are_kept_beside(folder: Path) -> None:
    rows = (SAMPLES / "acled.csv").read_text(encoding="utf8")
    broken = rows + rows.splitlines()[1].replace("2019", "20x9") + "\n"
    (folder / "broken.csv").write_text(broken, encoding="utf8")
    _, err = garrison("import", "broken.csv", "-o", "out/events.csv")
    assert "1 set aside" in err
    assert "out/rejects.parquet" in err
    assert (folder / "out/rejects.parquet").exists()
    _, err = garrison("import", "broken.csv")
    assert "garrison/rejects/broken.parquet" in err
    (folder / "more").mkdir()
    (folder / "more/broken.csv").write_text(broken.replace("20x9", "20y9"), encoding="utf8")
    _, err = garrison("import", "more/broken.csv")
    assert "garrison/rejects/broken-2.parquet" in err


def test_files_are_written_and_drawn(folder: Path) -> None:
    garrison("import", SAMPLES / "acled.csv")
    for name in ("events.csv", "events.geojson", "events.jsonl"):
        garrison("events", "-o", name)
        assert (folder / name).stat().st_size
    garrison("events", "--by", "month", "-o", "counts.json")
    for name in ("one.svg", "two.svg", "three.png"):
        garrison("events", "--by", "month,type", "--plot", name)
    assert (folder / "one.svg").read_bytes() == (folder / "two.svg").read_bytes()
    assert (folder / "three.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["events"], "garrison import"),
        (["import", "none.csv"], "none.csv"),
        (["import", "."], "folder"),
        (["import", "torn.parquet"], "torn.parquet"),
        (["import", "notes.csv", "-o", "events.doc"], ".doc"),
        (["import", "notes.csv", "--home", "notes.csv"], "is a file"),
        (["events", "--type", "COUPP"], "COUP"),
        (["events", "--country", "Atlantis"], "Atlantis"),
        (["events", "--since", "yesterday"], "--since"),
        (["events", "--min-p", "much"], "--min-p"),
        (["events", "--by", "momth"], "month"),
        (["events", "--plot", "a.pdf"], ".svg"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_is_wrong_is_one_line(
    words: list[str],
    named: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (folder / "torn.parquet").write_bytes(b"PAR1 torn")
    (folder / "notes.csv").write_text("a,b\n1,2\n")
    if words[:2] == ["events", "--by"]:
        garrison("import", SAMPLES / "acled.csv")
    assert named in refused(capsys, monkeypatch, *words)


def test_the_good_of_several_files_is_kept_and_the_bad_is_named(folder: Path) -> None:
    (folder / "torn.parquet").write_bytes(b"PAR1 torn")
    out, err = garrison("import", SAMPLES / "acled.csv", "torn.parquet")
    assert "7 events" in out
    assert "torn.parquet" in err
