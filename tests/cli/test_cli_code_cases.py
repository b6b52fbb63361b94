"""`garrison code-cases`: sheets from the user's own tables, and two of them compared."""

import csv
import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from garrison.cli.main import app, run
from garrison.forecasting.history.sources import sha256_of, sources

PROTESTS = (
    {"country": "Sudan", "participants": "many", "removal_of_politician": "1", "start_date": "2010-01-01"},
    {
        "country": "Mali",
        "participants": "12,000",
        "political_behavior_process": "1",
        "start_date": "2011-03-06",
    },
    {
        "country": "Mali",
        "participants": "some",
        "political_behavior_process": "1",
        "start_date": "2015-03-05",
    },
)


def protest_table() -> str:
    """Write protests with every column that the known table has."""
    text = io.StringIO()
    writer = csv.DictWriter(text, sources()["mass_mobilization"].columns, restval="0", lineterminator="\n")
    writer.writeheader()
    for number, row in enumerate(PROTESTS):
        writer.writerow({"id": number, "participants_category": "", **row, "end_date": row["start_date"]})
    return text.getvalue()


TABLES = {
    "mass_mobilization": protest_table(),
    "vdem_polyarchy": (
        "vdem_country_name,country_text_id,year,v2x_polyarchy,GWn\nSudan,SDN,2009,.2,625\nSudan,SDN,2010,.2,625\n"
        "Mali,MLI,2009,.2,432\nMali,MLI,2010,.2,432\n"
    ),
    "polity": "scode,polity_annual_country,year,polity2,GWn\nSUD,Sudan,2009,-4,625\nSUD,Sudan,2010,-4,625\n",
}
CODED = {
    "D0": {"rung": "D0", "confidence": "high"},
    "D1": {
        "rung": "D1", "d1_day": "2010-02", "kinds": "desertion", "forces": "army", "confidence": "low",
        "sources": "=cmd", "note": "@home",
    },
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tables").mkdir()
    for name, text in TABLES.items():
        path = tmp_path / "tables" / sources()[name].file
        path.write_text(text)
        monkeypatch.setitem(sources(), name, replace(sources()[name], sha256=sha256_of(path)))
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
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.strip().splitlines()
    return line


def fill(path: Path, cells: dict[str, dict[str, str]]) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, **cells.get(row["iso"], {})} for row in rows)
    path.write_text(text.getvalue(), encoding="utf8")


def test_sheets_are_written_from_the_users_tables(folder: Path) -> None:
    garrison("data", "use", "tables")
    out, err = garrison("code-cases", "--reader", "ann", "--reader", "ben", "--seed", "4")
    assert out.splitlines() == [
        f"2 crises: garrison/code-cases/defection-{name}.csv" for name in ("ann", "ben")
    ]
    assert err == ""
    text = (folder / "garrison/code-cases/defection-ann.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {(row["country"], row["onset"], row["weeks"], row["rung"]) for row in rows} == {
        ("Sudan", "2010-01-01", "13", ""),
        ("Mali", "2011-03-06", "13", ""),
    }
    made = json.loads((folder / "garrison/code-cases/sheets.json").read_text())
    assert (made["seed"], made["readers"], set(made["inputs"])) == (4, ["ann", "ben"], set(TABLES))
    garrison("code-cases", "--reader", "ann", "--reader", "ben", "--seed", "4", "-o", "again")
    again = (folder / "again/defection-ann.csv").read_text(encoding="utf-8-sig")
    assert again == text


def test_two_sheets_are_compared_in_every_form(folder: Path) -> None:
    garrison("data", "use", "tables")
    garrison("code-cases", "-o", "sheets")
    first, second = (folder / "sheets" / f"defection-{name}.csv" for name in ("first", "second"))
    fill(first, {"SDN": CODED["D1"], "MLI": CODED["D0"]})
    fill(second, {"SDN": CODED["D0"], "MLI": {"rung": "D7"}})
    out, err = garrison("code-cases", "--compare", first, second)
    assert "first and second: 1 crises compared" in out
    assert "SDN-2010-01-01  Sudan  rung: D1 (line" in out
    assert len(err.splitlines()) == 1
    assert f"set aside {second}, line " in err
    assert "rung: 'D7' is none of D0, D1, D2, D3, D4, ?" in err
    figures = json.loads(garrison("code-cases", "--compare", first, second, "-f", "json")[0])
    assert (figures["n_compared"], figures["rungs"][0]["only_first"]) == (1, 1)
    rows = list(
        csv.DictReader(io.StringIO(garrison("code-cases", "--compare", first, second, "-f", "csv")[0]))
    )
    assert [(row["column"], row["first"], row["second"]) for row in rows] == [("rung", "D1", "D0")]
    assert not (folder / "garrison/code-cases").exists()


def test_words_of_a_sheet_cannot_run_in_a_spreadsheet(folder: Path) -> None:
    garrison("data", "use", "tables")
    garrison("code-cases", "-o", "sheets")
    first, second = (folder / "sheets" / f"defection-{name}.csv" for name in ("first", "second"))
    fill(first, {"SDN": {**CODED["D1"], "country": "=cmd|' /C calc'!A0"}})
    fill(second, {"SDN": CODED["D0"]})
    out, _ = garrison("code-cases", "--compare", first, second, "-f", "csv")
    assert ",'=cmd" in out
    assert ",=cmd" not in out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([], "garrison data use PATH"),
        (["--home", "half"], "is not among your data"),
        (["--home", "other"], "this is not Polity 5"),
        (["--home", "full", "--seed", "one"], "no whole number"),
        (["--home", "full", "--reader", "ann"], "two readers"),
        (["--home", "full", "--reader", "ann", "--reader", "../ben"], "letters, digits"),
        (["--home", "full", "-o", "sheet.csv"], "is a file"),
        (["--home", "full", "-f", "json"], "--compare"),
        (["--compare", "none.csv", "sheet.csv"], "no such file"),
        (["--compare", "sheet.csv", "sheet.csv"], "column sheet"),
        (["--compare", "tables", "sheet.csv"], "is no file"),
        (["--compare", "sheet.csv", "sheet.csv", "--seed", "1"], "writes no sheets"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bad_use_is_one_line_and_code_2(folder, capsys, monkeypatch, words, named) -> None:
    (folder / "sheet.csv").write_text("a,b\n")
    garrison("data", "use", "tables", "--home", "full")
    half = folder / "halves"
    half.mkdir()
    protests = sources()["mass_mobilization"].file
    (half / protests).write_text(TABLES["mass_mobilization"])
    garrison("data", "use", "halves", "--home", "half")
    (folder / "others").mkdir()
    for path in (folder / "tables").iterdir():
        (folder / "others" / path.name).write_bytes(path.read_bytes().replace(b"-4", b"-5"))
    garrison("data", "use", "others", "--home", "other")
    before = sorted(path for path in folder.rglob("*"))
    assert named in refused(capsys, monkeypatch, "code-cases", *words)
    assert sorted(path for path in folder.rglob("*")) == before
