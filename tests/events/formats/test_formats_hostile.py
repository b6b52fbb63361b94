"""Bad input: file, line and column are named, the row is set aside and counted, the rest goes in."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest

import garrison.events.formats.limits as limits_module
from garrison.errors import TableError
from garrison.events.formats import OpenedEvents, formats, open_events, read_events, recognise

SAMPLES = Path(__file__).parent / "samples"
GDELT = (SAMPLES / "gdelt_2.export.CSV").read_bytes()
ACLED = (SAMPLES / "acled.csv").read_text(encoding="utf8")


def read(path: Path) -> tuple[OpenedEvents, list[dict[str, Any]]]:
    opened = open_events(path)
    events = [row for batch in opened.batches() for row in batch.to_pylist()]
    tally = opened.tally
    assert tally.rows == tally.kept + tally.set_aside + tally.repeated + tally.no_events
    assert opened.rejects.num_rows == tally.set_aside
    return opened, events


def placed(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def gdelt_row(**changed: str) -> bytes:
    cells = dict(
        zip(formats()["gdelt_2"].shape.columns, GDELT.decode().splitlines()[0].split("\t"), strict=True)
    )
    return "\t".join({**cells, **changed}.values()).encode() + b"\n"


def one_reject(opened: OpenedEvents) -> dict[str, Any]:
    assert opened.rejects.num_rows == 1, opened.rejects.to_pylist()
    return dict(opened.rejects.to_pylist()[0])


def test_a_gzip_file_that_breaks_off(tmp_path: Path) -> None:
    rows = b"".join(gdelt_row(GlobalEventID=str(number)) for number in range(3000))
    packed = gzip.compress(rows)
    opened, events = read(placed(tmp_path / "day.csv.gz", packed[: len(packed) // 2]))
    reject = one_reject(opened)
    assert 100 < len(events) < 3000
    assert reject["line"] == len(events) + 1
    assert "breaks off here" in reject["reason"]


def test_a_file_that_is_no_gzip_after_its_first_bytes(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"day\.gz: is no whole gzip file"):
        recognise(placed(tmp_path / "day.gz", b"\x1f\x8b" + bytes(40)))


def test_wrong_numbers_of_columns(tmp_path: Path) -> None:
    short, long = (
        gdelt_row(GlobalEventID="2").split(b"\t", 1)[1],
        gdelt_row(GlobalEventID="3")[:-1] + b"\tmore\n",
    )
    opened, events = read(
        placed(tmp_path / "day.csv", gdelt_row() + short + long + gdelt_row(GlobalEventID="4"))
    )
    assert [event["id"] for event in events] == ["gdelt:650000001", "gdelt:4"]
    assert [(row["line"], row["reason"].split(";")[0]) for row in opened.rejects.to_pylist()] == [
        (2, "has 60 cells where 61 belong"),
        (3, "has 62 cells where 61 belong"),
    ]


@pytest.mark.parametrize("where", [0, 1])
def test_a_quote_that_is_never_closed_costs_its_own_row_only(tmp_path: Path, where: int) -> None:
    head, first, *rest = ACLED.splitlines()
    broken = [
        'X1,2019-04-06,2019,1,D,Protests,Peaceful protest,"Protesters,,6,,,,,,862,S,Venezuela,,,,,1,1,1,s,N,n,0,,0'
    ]
    rows = [head, *([first] if where else []), *broken, *([] if where else [first]), *rest]
    opened, events = read(placed(tmp_path / "a.csv", "\n".join(rows) + "\n"))
    reject = one_reject(opened)
    assert reject["line"] == 2 + where
    assert "quote" in reject["reason"]
    assert reject["text"].startswith("X1,")
    assert {event["id"].split("+")[0] for event in events} == {f"acled:VEN{number}" for number in range(1, 7)}


def test_quotes_in_the_midst_of_a_cell(tmp_path: Path) -> None:
    """An even number of them, the last of which opens a cell that no quote closes."""
    head, first, *rest = ACLED.splitlines()
    cells = first.split(",")
    cells[7] = 'the "six'
    cells[8] = '"open'
    opened, events = read(placed(tmp_path / "a.csv", "\n".join([head, ",".join(cells), *rest]) + "\n"))
    assert one_reject(opened)["line"] == 2
    assert len({event["id"].split("+")[0] for event in events}) == 5


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("Day", "00000000", "is no date; write it as YYYYMMDD"),
        ("Day", "20170231", "is no date"),
        ("Day", "17760704", "is no year between 1900 and 2100"),
        ("DATEADDED", "2017", "is no date"),
        ("DATEADDED", "20170101000000", "lies before the event"),
        ("ActionGeo_Lat", "97.5", "is no degree between -90 and 90"),
        ("ActionGeo_Long", "-181", "is no degree between -180 and 180"),
        ("ActionGeo_Lat", "nan", "is no degree"),
        ("ActionGeo_Lat", "#VALUE!", "is no degree"),
        ("GlobalEventID", "", "is empty"),
    ],
)
def test_cells_that_cannot_be(tmp_path: Path, column: str, cell: str, reason: str) -> None:
    bad = gdelt_row(**{"GlobalEventID": "7", column: cell})
    opened, events = read(placed(tmp_path / "day.csv", gdelt_row() + bad + gdelt_row(GlobalEventID="8")))
    reject = one_reject(opened)
    assert [event["id"] for event in events] == ["gdelt:650000001", "gdelt:8"]
    assert (reject["line"], reject["column"]) == (2, column)
    assert reason in reject["reason"]
    assert reject["file"].endswith("day.csv")


def test_dates_of_zeros_in_acled(tmp_path: Path) -> None:
    opened, _ = read(placed(tmp_path / "a.csv", ACLED.replace("2019-04-08", "0000-00-00", 1)))
    reject = one_reject(opened)
    assert (reject["column"], reject["reason"]) == ("event_date", "is no date; write it as YYYY-MM-DD")
    # The row before it stands on two lines.
    assert reject["line"] == 6


def test_an_id_that_comes_again(tmp_path: Path) -> None:
    rows = gdelt_row() + gdelt_row() + gdelt_row(EventCode="145")
    opened, events = read(placed(tmp_path / "day.csv", rows))
    assert len(events) == 1
    assert opened.tally.repeated == 1
    assert one_reject(opened)["line"] == 3
    assert "other content" in one_reject(opened)["reason"]


def test_an_id_that_comes_again_in_a_later_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits_module._table()["block"], "value", 700)
    rows = [gdelt_row(GlobalEventID=str(number)) for number in range(20)]
    opened, events = read(
        placed(
            tmp_path / "day.csv", b"".join([*rows, rows[3], gdelt_row(GlobalEventID="4", EventCode="010")])
        )
    )
    assert (len(events), opened.tally.repeated, one_reject(opened)["line"]) == (20, 1, 22)


def test_mixed_encodings_and_control_characters(tmp_path: Path) -> None:
    utf8 = gdelt_row(Actor1Name="Ejército")
    mixed = gdelt_row(GlobalEventID="2", Actor1Name="@@ Niño").replace(b"@@", b"Ej\xe9rcito\x00\x07")
    _, events = read(placed(tmp_path / "day.csv", utf8 + mixed))
    assert [event["actor_text"] for event in events] == ["Ejército", "Ejército Niño"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_byte_order_marks(tmp_path: Path, encoding: str) -> None:
    _, events = read(placed(tmp_path / "a.csv", ACLED.encode(encoding)))
    assert events[1]["place_text"] == "San Cristóbal"


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n\n"])
def test_line_ends_of_other_machines(tmp_path: Path, line_end: str) -> None:
    text = ACLED.replace(",\none of them", ", one of them").replace("\n", line_end)
    _, events = read(placed(tmp_path / "a.csv", text))
    assert len(events) == 7


def test_semicolons_of_a_spreadsheet(tmp_path: Path) -> None:
    header = ACLED.splitlines()[0].replace(",", ";")
    row = "X1;2019-04-06;2019;1;D;Protests;Peaceful protest;Protesters;;6;;;;;;862;S;Venezuela;"
    row += "Zulia;;;M;1;1;1;s;N;n, n;0;;"
    _, events = read(placed(tmp_path / "a.csv", f"{header}\n{row}\n"))
    assert [(event["id"], event["adm1"]) for event in events] == [("acled:X1", "VE-V")]


def test_a_line_of_megabytes(tmp_path: Path) -> None:
    rows = gdelt_row() + b"x" * 1_200_000 + b"\n" + gdelt_row(GlobalEventID="3")
    opened, events = read(placed(tmp_path / "day.csv", rows))
    assert len(events) == 2
    assert one_reject(opened)["line"] == 2


def test_a_file_without_line_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits_module._table()["block"], "value", 100_000)
    monkeypatch.setitem(limits_module._table()["longest_line"], "value", 50_000)
    opened, events = read(
        placed(tmp_path / "day.csv", gdelt_row() + b"x" * 900_000 + b"\n" + gdelt_row(GlobalEventID="3"))
    )
    assert [event["id"] for event in events] == ["gdelt:650000001", "gdelt:3"]
    assert one_reject(opened)["line"] == 2


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def tarred(path: Path, **files: bytes) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_archives_of_several_days(tmp_path: Path, pack: Any) -> None:
    days = {
        "one.CSV": gdelt_row(),
        "two.csv": gdelt_row(GlobalEventID="2") + b"bad\n",
        "README.pdf": b"%PDF",
        "__MACOSX/._x.csv": b"?",
    }
    opened, events = read(pack(tmp_path / "days.pack", **days))
    assert [event["id"] for event in events] == ["gdelt:650000001", "gdelt:2"]
    assert one_reject(opened)["file"].endswith("days.pack/two.csv")


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "C:\\evil.csv", "..\\evil.csv"]
)
def test_names_that_lead_out_of_an_archive(tmp_path: Path, pack: Any, name: str) -> None:
    with pytest.raises(TableError, match="leads out of the archive"):
        list(open_events(pack(tmp_path / "days.pack", **{name: gdelt_row()}), format="gdelt_2").batches())


def test_links_in_an_archive(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tgz", "w:gz") as archive:
        link = tarfile.TarInfo("day.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    with pytest.raises(TableError, match="is a link"):
        recognise(tmp_path / "a.tgz")


@pytest.mark.parametrize("pack", ["zip", "gz"])
def test_a_bomb(tmp_path: Path, pack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits_module._table()["unpacked_free"], "value", 100_000)
    bomb = gdelt_row() + b"\n" * 20_000_000
    path = tmp_path / f"bomb.{pack}"
    path = zipped(path, **{"day.csv": bomb}) if pack == "zip" else placed(path, gzip.compress(bomb))
    with pytest.raises(TableError, match="unpacks to more than 300 times its size"):
        read_events(path)


def test_an_archive_whose_files_differ(tmp_path: Path) -> None:
    path = zipped(tmp_path / "two.zip", **{"a.csv": gdelt_row(), "b.csv": ACLED.encode()})
    with pytest.raises(TableError, match=r"two\.zip/b\.csv, line 1: is not GDELT 2\.0"):
        list(open_events(path).batches())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n\n \n", "is empty"),
        (b"a,b,c\n1,2,3\n", "no known format has such columns"),
        (b"%PDF-1.7\n\xff\xfe\x00", "no known format"),
        (b"PK\x03\x04nothing", "is no whole zip archive"),
    ],
)
def test_files_that_are_no_event_data(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(TableError, match=message):
        recognise(placed(tmp_path / "file.csv", content))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such file"):
        recognise(tmp_path / "none.csv")
    with pytest.raises(TableError, match="is a folder"):
        recognise(tmp_path)
    with pytest.raises(TableError, match=r"unknown format of event data 'gdlet_2'\. Did you mean gdelt_2"):
        open_events(SAMPLES / "acled.csv", format="gdlet_2")


def test_rejects_are_written_and_a_warning_counts_them(tmp_path: Path) -> None:
    path = placed(tmp_path / "day.csv", gdelt_row() + b"bad\n")
    with pytest.warns(
        UserWarning, match=r"1 row set aside, the first: .*day\.csv, line 2: has 1 cells where 61 belong"
    ):
        events = read_events(path, rejects=tmp_path / "rejects.parquet")
    assert len(events) == 1
    assert parquet.read_table(tmp_path / "rejects.parquet")["line"].to_pylist() == [2]


def test_texts_are_cut_at_three_hundred_characters(tmp_path: Path) -> None:
    long = ACLED.replace("marched in Maracaibo", "marched " + "x" * 5000)
    _, events = read(placed(tmp_path / "a.csv", long))
    assert max(len(event["summary"]) for event in events) == 300


def test_markup_and_commands_stay_text(tmp_path: Path) -> None:
    evil = "'; DROP TABLE cells; -- <script>alert(1)</script> {{7*7}} $(id)"
    _, events = read(placed(tmp_path / "day.csv", gdelt_row(Actor1Name=evil, ActionGeo_FullName=evil)))
    assert events[0]["actor_text"] == evil
