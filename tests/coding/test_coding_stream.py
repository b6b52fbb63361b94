"""Streams of reports: the same claims however they are cut, on one core or two, and after an interruption."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from garrison.coding import claim_file, code, code_stream
from garrison.coding.claim_file import ClaimFile
from garrison.coding.interchange import interchange_lines
from garrison.errors import CountryError, ParameterError, TableError
from garrison.records import Report, Reports

PUBLISHED = date(2021, 10, 20)
SENTENCES = (
    "Nine soldiers deserted on Monday.",
    "The protest went on and police arrested five students.",
    "The army remains loyal to the president.",
    "Three men talked about the weather.",
)


def reports(count: int) -> list[Report]:
    texts = [SENTENCES[number % len(SENTENCES)] for number in range(count)]
    return [
        Report(f"wire-{number}", text, PUBLISHED, article_start=0, article_end=len(text))
        for number, text in enumerate(texts)
    ]


def whole(count: int) -> str:
    read = Reports.of(reports(count))
    return "".join(line + "\n" for line in interchange_lines(code(read, country="SDN"), read))


def written(target: Path, count: int, form: str = "jsonl", job: dict | None = None) -> Path:
    file = ClaimFile(target, form, job or {"inputs": count})
    done = file.begin()
    for _ in file.write(code_stream(islice(reports(count), done, None), country="SDN")):
        pass
    return file.finish()


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = dict(claim_file.limits())
    limits.update(stream_piece=3, stream_batch=2)
    monkeypatch.setattr("garrison.coding.claim_file.limits", lambda: limits)
    monkeypatch.setattr("garrison.coding.coding_stream.limits", lambda: limits)


@pytest.mark.parametrize("count", [0, 1, 3, 7])
def test_pieces_together_are_the_whole(tmp_path: Path, count: int) -> None:
    path = written(tmp_path / "claims.jsonl", count)
    assert path.read_text(encoding="utf8") == whole(count)
    assert [item.name for item in tmp_path.iterdir()] == ["claims.jsonl"]


def test_parquet_and_csv_hold_the_same_claims(tmp_path: Path) -> None:
    expected = code(Reports.of(reports(7)), country="SDN")
    table = parquet.read_table(written(tmp_path / "claims.parquet", 7, "parquet"))
    assert table.to_pylist() == expected.table.to_pylist()
    assert table.schema.metadata[b"garrison_schema"] == b"1"
    assert written(tmp_path / "claims.csv", 7, "csv").read_text(encoding="utf8") == expected.to_csv()


class _KilledError(Exception):
    pass


@pytest.mark.parametrize("after", [1, 3, 4, 6])
def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path, after: int) -> None:
    target = tmp_path / "claims.jsonl"

    def failing() -> Iterator[Report]:
        yield from reports(7)[:after]
        raise _KilledError

    file = ClaimFile(target, "jsonl", {"inputs": 7})
    assert file.begin() == 0
    with pytest.raises(_KilledError):
        list(file.write(code_stream(failing(), country="SDN")))
    assert not target.exists(), "nothing half-written stands under the file's name"
    again = ClaimFile(target, "jsonl", {"inputs": 7})
    coded = after // 2 * 2  # whole batches
    assert again.begin() == coded // 3 * 3, "whole pieces are kept"
    assert written(target, 7).read_text(encoding="utf8") == whole(7)


def test_another_job_does_not_go_on_with_foreign_pieces(tmp_path: Path) -> None:
    file = ClaimFile(tmp_path / "claims.jsonl", "jsonl", {"country": "SDN"})
    file.begin()
    with pytest.raises(TableError, match=r"claims\.jsonl\.part holds the unfinished work"):
        ClaimFile(tmp_path / "claims.jsonl", "jsonl", {"country": "EGY"}).begin()


def test_one_bad_report_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from garrison.coding import code_reports

    real = code_reports.code_report

    def breaking(report: Report, country: str | None) -> list:
        if report.doc == "wire-2":
            raise RecursionError("too deep")
        return real(report, country)

    monkeypatch.setattr(code_reports, "code_report", breaking)
    coded = list(code_stream(reports(5), country="SDN"))
    assert [item.report.doc for item in coded] == [f"wire-{number}" for number in range(5)]
    assert [item.problem for item in coded if item.problem] == [
        "could not be coded: RecursionError: too deep"
    ]
    assert not coded[2].claims
    assert coded[4].claims


@pytest.mark.slow
def test_two_cores_code_the_same(tmp_path: Path) -> None:
    alone = [json.dumps(item.claims, default=str) for item in code_stream(reports(9), country="SDN")]
    both = [
        json.dumps(item.claims, default=str) for item in code_stream(reports(9), country="SDN", workers=2)
    ]
    assert alone == both


def test_bad_use_is_named_before_any_work() -> None:
    with pytest.raises(ParameterError, match="0 workers"):
        code_stream([], workers=0)
    with pytest.raises(CountryError):
        code_stream([], country="Atlantis")
