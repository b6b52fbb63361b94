"""`garrison link` and `garrison check-claim`, as typed."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from garrison.coding import code, read_claims
from garrison.coding.interchange import interchange_lines
from garrison.errors import TableError
from garrison.events import SourceRecords
from garrison.records import Claims, Report, Reports, Source

TEXT = (
    "Nine soldiers deserted in Khartoum on Monday, the Northern Wire reported. Police arrested forty protesters in "
    "Omdurman. The army did not defect, the defence ministry said."
)


def garrison(*words: str, cwd: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "garrison.cli", *words], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("claims")
    report = Report("wire", TEXT, date(2019, 4, 9), article_start=0, article_end=len(TEXT))
    reports = Reports.of([report])
    claims = code(reports, country="SDN")
    claims.save(folder / "claims.parquet")
    (folder / "claims.jsonl").write_text(
        "".join(line + "\n" for line in map(str.rstrip, interchange_lines(claims, reports))), encoding="utf8"
    )
    return folder


def test_claims_become_events_in_every_form(coded: Path, tmp_path: Path) -> None:
    table = garrison("link", str(coded / "claims.parquet"), cwd=tmp_path)
    assert table.returncode == 0, table.stderr
    assert "DEFECT" in table.stdout
    rows = json.loads(garrison("link", str(coded / "claims.parquet"), "-f", "json", cwd=tmp_path).stdout)
    assert len(rows) == len(table.stdout.splitlines())
    written = garrison("link", str(coded / "claims.parquet"), "-o", "events.parquet", cwd=tmp_path)
    assert (written.returncode, written.stdout) == (0, "")
    assert parquet.read_table(tmp_path / "events.parquet").num_rows == len(rows)


def test_the_interchange_form_reads_back(coded: Path) -> None:
    plain, lines = (read_claims([coded / name]) for name in ("claims.parquet", "claims.jsonl"))
    assert [(one.id, one.type, one.certainty, one.numbers, one.sources) for one in plain] == [
        (one.id, one.type, one.certainty, one.numbers, one.sources) for one in lines
    ]


def test_sources_are_learned_and_used(coded: Path, tmp_path: Path) -> None:
    (first, *_) = read_claims([coded / "claims.parquet"])
    many = [
        replace(
            first,
            id=f"d{n}#1",
            doc=f"d{n}",
            date_start=date(2019, 1, 1 + n),
            date_end=date(2019, 1, 1 + n),
            type="STRIKE",
            sources=(Source("Northern Wire", "media"),),
        )
        for n in range(0, 28, 3)
    ]
    Claims.of(many).save(tmp_path / "many.parquet")
    learned = garrison("link", "many.parquet", "--learn-sources", "sources.json", cwd=tmp_path)
    assert learned.returncode == 0, learned.stderr
    (record,) = SourceRecords.load(tmp_path / "sources.json")
    assert record.words == ("northern", "wire")
    used = garrison("link", "many.parquet", "--sources", "sources.json", cwd=tmp_path)
    assert used.returncode == 0
    both = garrison(
        "link", "many.parquet", "--sources", "sources.json", "--learn-sources", "x.json", cwd=tmp_path
    )
    assert both.returncode == 2
    assert "exclude each other" in both.stderr


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("claims.parquet", b"no parquet", "no Parquet file of claims"),
        ("claims.jsonl", b'{"record": "claim"}\n', "line 1: doc: field required"),
        ("claims.jsonl", b"\n{broken\n", "line 2: not a record of the interchange form"),
        (
            "claims.jsonl",
            b'{"record": "claim", "doc": "a", "char_start": 0, "char_end": 1, "type": "DEFECT", "certainty": "sure"}\n',
            "unknown certainty 'sure'",
        ),
        (
            "claims.jsonl",
            b'{"record": "claim", "doc": "a", "char_start": 0, "char_end": 1, "type": "DEFECT", '
            b'"certainty": "claim_media"}\n',
            "names no day",
        ),
        ("missing.parquet", None, "no such file"),
    ],
)
def test_a_file_without_claims_is_named(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(TableError, match=message):
        read_claims([tmp_path / name])
    run = garrison("link", name, "-o", "events.parquet", cwd=tmp_path)
    assert run.returncode == 2
    assert message in run.stderr
    assert not (tmp_path / "events.parquet").exists()


def test_a_parquet_of_something_else_is_named(tmp_path: Path) -> None:
    import pyarrow as pa

    parquet.write_table(pa.table({"a": [1]}), tmp_path / "other.parquet")
    with pytest.raises(TableError, match="lacks the columns id"):
        read_claims([tmp_path / "other.parquet"])


@pytest.mark.parametrize("column", ["type", "certainty"])
def test_a_word_of_another_version_is_named(coded: Path, tmp_path: Path, column: str) -> None:
    (first, *_) = read_claims([coded / "claims.parquet"])
    Claims.of([replace(first, **{column: "SURELY"})]).save(tmp_path / "claims.parquet")
    with pytest.raises(TableError, match=f"unknown {column} 'SURELY'"):
        read_claims([tmp_path / "claims.parquet"])


def test_a_claim_is_checked(tmp_path: Path) -> None:
    words = ("check-claim", "Soldiers joined the protesters in Caracas.", "--source", "social_media")
    plain = garrison(*words, "--case", "venezuela-2017", cwd=tmp_path)
    assert plain.returncode == 0, plain.stderr
    assert "what would settle it" in plain.stdout
    found = json.loads(garrison(*words, "--case", "venezuela-2017", "-f", "json", cwd=tmp_path).stdout)
    assert found["parts"][0]["type"] == "FRATERNIZE_JOIN"
    nobody = garrison("check-claim", "The cat sat.", cwd=tmp_path)
    assert nobody.returncode == 2
    assert "can be checked" in nobody.stderr


def test_reports_tell_who_published_what(coded: Path, tmp_path: Path) -> None:
    row = {"id": "wire", "text": TEXT, "published": "2019-04-09", "publisher": "Southern Post"}
    (tmp_path / "reports.jsonl").write_text(json.dumps(row) + "\n")
    (tmp_path / "others.jsonl").write_text(json.dumps(row | {"id": "other"}) + "\n")
    done = garrison("link", str(coded / "claims.parquet"), "--reports", "reports.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "DEFECT" in done.stdout
    done = garrison("link", str(coded / "claims.parquet"), "--reports", "others.jsonl", cwd=tmp_path)
    assert done.returncode == 2
    assert "give the files that garrison code read" in done.stderr
