"""The user's folder of tables: what is found, what differs, what is fetched, and what is refused."""

import hashlib
import os
import threading
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import DownloadError, ParameterError, TableError
from garrison.forecasting.history import download as download_module
from garrison.forecasting.history import table_search
from garrison.forecasting.history.beger_ward import read_beger_ward
from garrison.forecasting.history.data_folder import (
    check_data,
    data_folder,
    is_present,
    tables_of_home,
    use_data,
)
from garrison.forecasting.history.download import download
from garrison.forecasting.history.fetching import fetch_table, terms
from garrison.forecasting.history.library import find_tables
from garrison.forecasting.history.powell_thyne import read_powell_thyne
from garrison.forecasting.history.sources import sha256_of, sources
from garrison.forecasting.history.table_check import TableState, check_table

HISTORY = Path(__file__).parents[4] / "shared" / "data" / "history"
FILE = "pt_events_1950_2019.csv"
GOOD = b"country,ccode,year,month,day,coup,version\nCuba,40,1952,3,10,2,x\nYemen,679,1994,3,1,1,x\n"
INDEXED = GOOD.replace(b"country", b",country").replace(b"Cuba", b"0,Cuba").replace(b"Yemen", b"1,Yemen")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a file of two rows the known version of one table."""
    tiny = replace(
        sources()["powell_thyne"], sha256=digest(GOOD), address_sha256=digest(INDEXED), rows=2, version="tiny"
    )
    monkeypatch.setitem(sources(), "powell_thyne", tiny)


@pytest.fixture
def folder(tmp_path: Path, known: None) -> Path:
    """A folder of tables."""
    below = tmp_path / "tables" / "coups"
    below.mkdir(parents=True)
    (below / FILE).write_bytes(GOOD)
    return tmp_path / "tables"


def state(path: Path) -> tuple[str, str]:
    check = check_table(path, "powell_thyne")
    return check.state.value, check.differs


# The folder


def test_a_folder_is_noted_and_found_again(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    check = use_data(folder, home)
    assert repr(check) == f"{len(sources())} known tables: 1 present, {len(sources()) - 1} missing"
    assert data_folder(home) == folder
    assert tables_of_home(home) == {"powell_thyne": folder / "coups" / FILE}
    assert len(read_powell_thyne(tables_of_home(home)["powell_thyne"])) == 2
    assert [path.name for path in home.iterdir()] == ["data.toml"]


def test_the_file_at_the_address_is_the_known_version_too(folder: Path) -> None:
    path = folder / "coups" / FILE
    path.write_bytes(INDEXED)
    assert state(path) == ("present", "")
    assert len(read_powell_thyne(path)) == 2


def test_nothing_is_known_before_a_folder_is_named(tmp_path: Path) -> None:
    assert data_folder(tmp_path) is None
    assert {check.state for check in check_data(tmp_path).tables.values()} == {TableState.missing}
    with pytest.raises(TableError, match="garrison data use PATH"):
        tables_of_home(tmp_path)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="/\0"), min_size=1, max_size=30))
def test_a_folder_of_any_name_is_noted(name: str) -> None:
    from garrison.forecasting.history.data_folder import _note

    assert tomllib.loads(_note(Path("/", name)))["folder"] == str(Path("/", name))


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (b"schema = 1\nfolder = ", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b"schema = 2\nfolder = '/tmp'\n", "schema 2"),
        (b"folder = '/tmp'\n", "schema None"),
        (b"schema = 1\nfolder = 7\n", "names no folder"),
        (b"schema = 1\nfolder = 'tables'\n", "names no folder"),
        (b'schema = 1\nfolder = "/a\\u0000b"\n', "names no folder"),
        (b"schema = 1\nfolder = '/no/such/folder'\n", "no such folder"),
    ],
)
def test_a_note_that_cannot_be_used_is_named(tmp_path: Path, note: bytes, said: str) -> None:
    (tmp_path / "data.toml").write_bytes(note)
    with pytest.raises(TableError, match=said) as caught:
        tables_of_home(tmp_path)
    assert "garrison data use PATH" in str(caught.value)


def test_a_folder_without_tables_leaves_the_note_as_it_was(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    use_data(folder, home)
    before = (home / "data.toml").read_bytes()
    (tmp_path / "empty").mkdir()
    for wrong, said in (
        ("empty", "no known table"),
        ("none", "no such folder"),
        (f"tables/coups/{FILE}", "is a file"),
    ):
        with pytest.raises(TableError, match=said):
            use_data(tmp_path / wrong, home)
    assert (home / "data.toml").read_bytes() == before


def test_a_project_folder_that_cannot_be_written_is_refused(
    folder: Path, tmp_path: Path, monkeypatch
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TableError, match="is a file"):
        use_data(folder, tmp_path / "file")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(TableError, match="may not be written"):
        use_data(folder, tmp_path / "home")
    assert not (tmp_path / "home").exists()


# What differs


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (GOOD + b"Fiji,950,2000,5,29,2,x\n", "number of rows is 3; tiny has 2"),
        (GOOD.replace(b"1952", b"1953"), "as many rows (2) and the same columns, other content"),
        (
            GOOD[:-12],
            "line 3: 3 fields, the header has 7; quote fields that hold commas; or the file was cut off",
        ),
        (GOOD.replace(b"ccode", b"code"), "column ccode is missing"),
        (b"", "column country"),
        (b"\x00\xff\xfe\x00" * 40, "not comma-separated text"),
        (b'country,ccode\n"' + b"x" * 200_000, "is missing"),
        (GOOD + b'"' + b"x" * 200_000, "not comma-separated text"),
    ],
    ids=["more rows", "other cell", "truncated", "column", "empty", "binary", "open quote", "huge field"],
)
def test_what_differs_is_told(folder: Path, content: bytes, said: str) -> None:
    path = folder / "coups" / FILE
    path.write_bytes(content)
    found, differs = state(path)
    assert found == "other version"
    assert said in differs
    assert str(path) not in differs


def test_a_file_that_is_too_large_or_gone_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "coups" / FILE
    path.write_bytes(GOOD * 2)
    monkeypatch.setattr("garrison.forecasting.history.table_check.data_limit", lambda *_: 100)
    assert "more than any known table" in state(path)[1]
    assert "cannot be read" in state(folder / "none.csv")[1]


def test_the_known_version_is_chosen_of_several_files(folder: Path) -> None:
    for name, content in (("a", GOOD + b"\n1,2"), ("z", GOOD[:-9])):
        (folder / name).mkdir()
        (folder / name / FILE).write_bytes(content)
    assert find_tables(folder) == {"powell_thyne": folder / "coups" / FILE}
    (folder / "coups" / FILE).unlink()
    assert find_tables(folder) == {"powell_thyne": folder / "a" / FILE}


def test_links_out_of_the_folder_and_things_that_are_no_file_are_set_aside(
    folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / FILE).write_bytes(GOOD)
    (folder / "coups" / FILE).rename(folder / "kept.bin")
    for name in ("out", "inside", "nowhere", "circle", "pipe", "folder"):
        (folder / name).mkdir()
    (folder / "out" / FILE).symlink_to(outside / FILE)
    (folder / "linked").symlink_to(outside)
    (folder / "nowhere" / FILE).symlink_to(folder / "none")
    (folder / "circle" / FILE).symlink_to(folder / "circle" / FILE)
    os.mkfifo(folder / "pipe" / FILE)
    (folder / "folder" / FILE).mkdir()
    found = table_search.search_tables(folder)
    assert found.by_table == {}
    said = "\n".join(found.set_aside)
    for reason, times in (("leads out", 1), ("leads nowhere", 2), ("no ordinary file", 1), ("a folder", 1)):
        assert said.count(reason) == times, said
    with pytest.raises(TableError, match=r"no known table is in it; .*leads"):
        use_data(folder, tmp_path / "home")
    (folder / "inside" / FILE).symlink_to(folder / "kept.bin")
    assert table_search.search_tables(folder).by_table == {"powell_thyne": [folder / "inside" / FILE]}


def test_a_whole_disk_is_no_folder_of_tables(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_search, "data_limit", lambda *_: 1)
    with pytest.raises(TableError, match="more than 1 files"):
        table_search.search_tables(folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="who may do everything is not kept out of a folder")
def test_a_folder_that_cannot_be_entered_is_named(folder: Path) -> None:
    (folder / "coups").chmod(0)
    try:
        assert "cannot be entered" in table_search.search_tables(folder).set_aside[0]
    finally:
        (folder / "coups").chmod(0o755)


def test_all_known_tables_are_found_in_the_project_data() -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    found = find_tables(HISTORY)
    checks = {name: check_table(path, name).state for name, path in found.items()}
    assert set(checks.values()) == {TableState.present}
    assert set(checks) >= {"powell_thyne", "colpus", "cline", "archigos", "mass_mobilization", "polity"}


def test_addresses_are_pinned_to_a_commit_and_their_files_to_a_hash() -> None:
    for known in sources().values():
        if known.address:
            assert known.address.startswith("https://raw.githubusercontent.com/")
            assert len(known.address.split("/")[5]) == 40
            assert all(len(each) == 64 for each in known.hashes)
        else:
            assert not known.address_sha256


# Fetching, from a server on this machine


class Answers(BaseHTTPRequestHandler):
    """A server that answers well and badly."""

    def do_GET(self) -> None:
        getattr(self, f"give_{self.path.strip('/').split('/')[0]}")()

    def give_good(self, content: bytes = GOOD, size: int | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content) if size is None else size))
        self.end_headers()
        self.wfile.write(content)

    def give_other(self) -> None:
        self.give_good(GOOD[:-3])

    def give_short(self) -> None:
        self.give_good(GOOD[:20], len(GOOD))

    def give_huge(self) -> None:
        self.give_good(b"", 10**12)

    def give_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(50):
            self.wfile.write(b"x" * 10_000)

    def give_gone(self) -> None:
        self.send_error(404)

    def give_garbage(self) -> None:
        self.wfile.write(b"\x00\x01 no http at all\r\n\r\n")

    def give_nothing(self) -> None:
        self.close_connection = True

    def lead(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.end_headers()

    def give_moved(self) -> None:
        self.lead("/good")

    def give_circle(self) -> None:
        self.lead("/circle")

    def give_plain(self) -> None:
        self.lead("http://plain.example/file.csv")

    def give_file(self) -> None:
        self.lead("file:///etc/hostname")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        running.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


own_host = partial(download, allow_own_host=True)


def fetch_from(address: str, home: Path, monkeypatch: pytest.MonkeyPatch, **words: bool) -> Path:
    monkeypatch.setitem(sources(), "powell_thyne", replace(sources()["powell_thyne"], address=address))
    return fetch_table("powell_thyne", home, fetch=own_host, **words)


@pytest.mark.parametrize("way", ["good", "moved"])
def test_a_table_is_fetched_whole_and_found(known, server, tmp_path, monkeypatch, way) -> None:
    path = fetch_from(f"{server}/{way}", tmp_path, monkeypatch, accept_licence=True)
    assert path.read_bytes() == GOOD
    assert path == tmp_path / "data" / "powell_thyne" / FILE == is_present(tmp_path, "powell_thyne")
    assert path.with_name("SOURCE.txt").read_text() == terms("powell_thyne")
    assert sorted(each.name for each in path.parent.iterdir()) == ["SOURCE.txt", FILE]
    assert tables_of_home(tmp_path) == {"powell_thyne": path}


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("other", "another file than the known one"),
        ("short", "broke off after 20 of"),
        ("huge", "are more than"),
        ("endless", "sends more than"),
        ("gone", "answers 404"),
        ("garbage", "cannot be fetched"),
        ("nothing", "cannot be fetched"),
        ("circle", "answers 302"),
        ("plain", "not https; it was not asked"),
        ("file", "answers 302"),
    ],
)
def test_a_bad_answer_leaves_nothing_behind(known, server, tmp_path, monkeypatch, way, said) -> None:
    if way == "endless":
        monkeypatch.setattr(download_module, "data_limit", lambda _, name: 100_000)
    with pytest.raises(DownloadError, match=said):
        fetch_from(f"{server}/{way}", tmp_path / "home", monkeypatch, accept_licence=True)
    assert not (tmp_path / "home").exists()


def test_a_server_that_is_too_slow_is_left(known, server, tmp_path, monkeypatch) -> None:
    limits = {"silence": 5, "longest": -1, "largest": 10**6}
    monkeypatch.setattr(download_module, "data_limit", lambda _, name: limits[name])
    with pytest.raises(DownloadError, match="took longer"):
        fetch_from(f"{server}/good", tmp_path / "home", monkeypatch, accept_licence=True)


def test_without_a_network_the_error_says_so(known, server, tmp_path, monkeypatch) -> None:
    nobody = "http://127.0.0.1:1/good"
    with pytest.raises(DownloadError, match=r"cannot be fetched .*network"):
        fetch_from(nobody, tmp_path / "home", monkeypatch, accept_licence=True)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.csv",
        "ftp://example.org/a.csv",
        "file:///etc/hostname",
        "https://",
        "https:///a.csv",
        "http://localhost.example.org/a.csv",
        "http://127.0.0.1@example.org/a.csv",
        "http://[::1",
        "data:text/csv,a",
        "",
    ],
)
@pytest.mark.parametrize("own", [False, True])
def test_nothing_but_https_is_asked(address: str, own: bool) -> None:
    with pytest.raises(ParameterError, match="https"):
        download(address, ["0"], allow_own_host=own)


def test_the_own_machine_is_asked_without_encryption_only_where_the_caller_says_so(server: str) -> None:
    with pytest.raises(ParameterError, match="https"):
        download(f"{server}/good", [digest(GOOD)])
    assert own_host(f"{server}/good", [digest(GOOD)]) == GOOD


def test_without_consent_an_address_or_a_place_nothing_is_asked(known, tmp_path, monkeypatch) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("asked")

    with pytest.raises(ParameterError, match=r"accept its licence .*--accept-licence"):
        fetch_table("powell_thyne", tmp_path, fetch=never)
    with pytest.raises(TableError, match=r"no address.*R package peacesciencer"):
        fetch_table("archigos", tmp_path, accept_licence=True, fetch=never)
    with pytest.raises(ParameterError, match="Did you mean cline"):
        fetch_table("clin", tmp_path, accept_licence=True, fetch=never)
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(TableError, match="is a file"):
        fetch_table("powell_thyne", tmp_path, accept_licence=True, fetch=never)


def test_a_fetched_table_does_not_hide_a_better_one(folder, server, tmp_path, monkeypatch) -> None:
    home = tmp_path / "home"
    path = fetch_from(f"{server}/good", home, monkeypatch, accept_licence=True)
    use_data(folder, home)
    assert tables_of_home(home)["powell_thyne"] == folder / "coups" / FILE
    (folder / "coups" / FILE).write_bytes(GOOD[:-9])
    assert tables_of_home(home)["powell_thyne"] == path
    assert sha256_of(path) == digest(GOOD)


def test_the_published_way_to_write_an_unknown_value_is_read(tmp_path: Path) -> None:
    rows = "gwcode,year,for_year,outcome,observed,p\n101,2010,2011,attempt,1,4.5e-4\n101,2018,2019,attempt,NA,0.1\n"
    path = tmp_path / "forecaster2_fcasts.csv"
    path.write_text(rows)
    assert read_beger_ward(path, any_version=True)[["observed", "p"]].to_numpy().tolist() == [[True, 4.5e-4]]
