"""The ledger's chain: any change of any byte is found and named; hostile files are refused with the line."""

import hashlib
import json
import tracemalloc
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_samples import WRITTEN, filled, forecast

from garrison.errors import DateError, GarrisonError, LedgerError, ParameterError, TableError
from garrison.forecasting.ledger import Ledger, Resolution, Resolver
from garrison.forecasting.ledger.chain import canonical

LAW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def signed(row: dict) -> bytes:
    """A line with a right hash of its own, as a forger would write it."""
    row = {key: value for key, value in row.items() if key != "sha256"}
    return canonical({**row, "sha256": hashlib.sha256(canonical(row)).hexdigest()}) + b"\n"


@LAW
@given(place=st.integers(0, 10**9), byte=st.integers(0, 255))
def test_any_changed_byte_is_found_in_its_line(tmp_path: Path, place: int, byte: int) -> None:
    path = tmp_path / "law.jsonl"
    path.unlink(missing_ok=True)
    ledger = filled(path)
    good = path.read_bytes()
    place %= len(good) - 1  # not the last line's own line feed
    bad = good[:place] + bytes([byte]) + good[place + 1 :]
    path.write_bytes(bad)
    found = ledger.verify()
    assert found.is_whole == (bad == good)
    if bad != good:
        assert found.line == good[:place].count(b"\n") + 1
        with pytest.raises(LedgerError, match=f"line {found.line}"):
            list(ledger.entries())


@LAW
@given(place=st.integers(0, 10**9), cut=st.booleans(), byte=st.integers(0, 255))
def test_any_byte_put_in_or_left_out_is_found(tmp_path: Path, place: int, cut: bool, byte: int) -> None:
    path = tmp_path / "law.jsonl"
    path.unlink(missing_ok=True)
    ledger = filled(path)
    good = path.read_bytes()
    place %= len(good) - 1
    bad = good[:place] + (b"" if cut else bytes([byte])) + good[place + cut :]
    path.write_bytes(bad)
    # A byte put in beside its twin changes nothing but the length.
    assert bad != good
    assert not ledger.verify().is_whole


@given(order=st.permutations(range(4)), dropped=st.sets(st.integers(0, 3), max_size=2))
@LAW
def test_lines_moved_or_left_out_are_found(tmp_path: Path, order: list[int], dropped: set[int]) -> None:
    path = tmp_path / "law.jsonl"
    path.unlink(missing_ok=True)
    ledger = filled(path)
    head = ledger.verify().head
    lines = path.read_bytes().splitlines(keepends=True)
    kept = [line for line in order if line not in dropped]
    path.write_bytes(b"".join(lines[line] for line in kept))
    assert ledger.verify().is_whole == (kept == list(range(len(kept))))
    # A cut end is a whole chain; the head noted earlier tells.
    assert ledger.verify(head=head).is_whole == (kept == [0, 1, 2, 3])


def test_a_line_forged_with_its_own_hash_breaks_the_next(tmp_path: Path) -> None:
    ledger = filled(tmp_path / "ledger.jsonl")
    head = ledger.verify().head
    lines = ledger.path.read_bytes().splitlines(keepends=True)
    row = json.loads(lines[1])
    row["content"]["p"] = 0.9
    ledger.path.write_bytes(lines[0] + signed(row) + b"".join(lines[2:]))
    found = ledger.verify()
    assert (found.line, found.differs) == (3, "hash")
    # A forger who writes all hashes anew is found by the head alone.
    before, text = lines[0].rstrip(), lines[0]
    for line in [signed(row), *lines[2:]]:
        again = {**json.loads(line), "previous": hashlib.sha256(before).hexdigest()}
        text += signed(again)
        before = signed(again).rstrip()
    ledger.path.write_bytes(text)
    assert ledger.verify().is_whole
    assert ledger.verify(head=head).differs == "hash"


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({"schema": 2}, "schema"),
        ({"kind": "prophecy"}, "kind"),
        ({"kind": ["forecast"]}, "kind"),
        ({"number": 7}, "order"),
        ({"number": True}, "order"),
        ({"previous": "1" * 64}, "hash"),
        ({"written": "2017-13-01"}, "content"),
        ({"written": "20170508"}, "content"),
        ({"written": "2016-01-01"}, "content"),
        ({"written": 5}, "content"),
        ({"extra": 1}, "text"),
        ({"content": None}, "content"),
        ({"content": {}}, "content"),
    ],
)
def test_a_well_signed_line_of_another_form_is_named(tmp_path: Path, change: dict, differs: str) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(forecast(), written=WRITTEN)
    ledger.path.write_bytes(signed({**json.loads(ledger.path.read_bytes()), **change}))
    found = ledger.verify()
    assert (found.line, found.differs) == (1, differs), found
    with pytest.raises(LedgerError):
        ledger.append(forecast(), written=WRITTEN)


@pytest.mark.parametrize(
    "change",
    [
        {"p": 1.0},
        {"p": "0.1"},
        {"p": 1},
        {"vintage": "2018-01-01"},
        {"horizon_days": -1},
        {"horizon_days": 10**30},
        {"country": "Venezuela"},
        {"band90": [0.3, 0.1]},
        {"inputs": [{"name": "a", "sha256": "x"}]},
        {"more": 1},
        {"as_of": "9999-12-31", "vintage": "2017-01-01"},
    ],
)
def test_a_well_signed_forecast_that_cannot_be_is_named(tmp_path: Path, change: dict) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(forecast(), written=WRITTEN)
    row = json.loads(ledger.path.read_bytes())
    ledger.path.write_bytes(signed({**row, "content": {**row["content"], **change}}))
    found = ledger.verify()
    assert (found.line, found.differs) == (1, "content"), found


@pytest.mark.parametrize(
    "text",
    [
        b"no json\n",
        b"\n",
        b"{}\n",
        b"[]\n",
        b"null\n",
        b"\xff\xfe\n",
        b"\x00" * 100 + b"\n",
        b"[" * 100_000 + b"\n",
        b'{"schema":1,"p":NaN}\n',
        b"1" * 10_000 + b"\n",
        b"x" * 1_500_000 + b"\n",
        b"x" * 5_000_000,
    ],
    ids=range(12),
)
def test_what_is_no_ledger_is_refused_with_its_line_and_left_alone(tmp_path: Path, text: bytes) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.path.write_bytes(text)
    assert ledger.verify().line == 1
    with pytest.raises(GarrisonError, match=r"line"):
        ledger.append(forecast(), written=WRITTEN)
    assert ledger.path.read_bytes() == text
    assert len(repr(ledger).splitlines()) <= 10


def test_a_long_ledger_is_read_a_line_at_a_time(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    with ledger._file.writing():
        ledger._file.append([forecast(note="x" * 20_000)] * 400, WRITTEN)
    tracemalloc.start()
    assert ledger.verify().n_entries == 400
    assert tracemalloc.get_traced_memory()[1] < 4_000_000 < ledger.path.stat().st_size
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"p": float("nan")}, ParameterError),
        ({"p": 0.0}, ParameterError),
        ({"band50": (0.5, float("inf"))}, ParameterError),
        ({"horizon_days": 0}, ParameterError),
        ({"seed": -1}, ParameterError),
        ({"settings_sha256": "A" * 64}, ParameterError),
        ({"vintage": date(2017, 5, 8)}, DateError),
        ({"as_of": "2017-05-07"}, DateError),
        ({"target": " "}, ParameterError),
        ({"resolver": Resolver("a", "1", (), 0.0)}, ParameterError),
    ],
)
def test_a_forecast_that_cannot_be_is_refused(change: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        forecast(**change)


def test_days_of_writing_only_go_forward(tmp_path: Path) -> None:
    ledger = filled(tmp_path)
    with pytest.raises(DateError, match="before the ledger's last entry"):
        ledger.append(forecast(), written=WRITTEN)
    with pytest.raises(DateError, match="after the day of writing"):
        Ledger(tmp_path / "other.jsonl").append(forecast(), written=WRITTEN - timedelta(days=30))
    assert len(ledger) == 4
    assert not (tmp_path / "other.jsonl").exists()


def test_a_ledger_cannot_be_a_folder_or_lie_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "home" / "ledger.jsonl").mkdir(parents=True)
    for place in (tmp_path / "file" / "ledger.jsonl", tmp_path / "home"):
        with pytest.raises(TableError):
            Ledger(place).append(forecast(), written=WRITTEN)


def test_every_entry_reads_back_as_it_was_written(tmp_path: Path) -> None:
    asked = forecast(
        note='"\n\u2028 \x00 =cmd', model_p=None, model_band90=None, resolver=Resolver("x", "2", ("COUP",))
    )
    ledger = Ledger(tmp_path)
    ledger.append(asked, written=WRITTEN)
    (entry,) = ledger.entries()
    assert (entry.content, entry.number, entry.written, entry.kind) == (asked, 1, WRITTEN, "forecast")
    assert ledger.path.read_bytes().count(b"\n") == 1
    done = Resolution(of=1, outcome="void", source="x", resolved=WRITTEN, reason="no list goes so far")
    assert ledger.append(done, written=WRITTEN).content == done


def test_words_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError):
        Ledger(tmp_path).append(forecast(note="\ud800"), written=WRITTEN)
