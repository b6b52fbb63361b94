"""Wrong things typed: one clear line that names the thing and the fix, exit code 2, nothing written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = "Unrest in Egypt\n\nPublished: 2019-05-10\n\nPolice arrested 12 protesters in Cairo on Thursday.\n"


def garrison(*words: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "garrison.cli", *words], cwd=cwd, input=stdin, capture_output=True, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\n \t\n")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02\x7fELF" * 100)
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)
    (tmp_path / "latin.txt").write_bytes("Protesta en Mérida, según la policía".encode("latin-1"))
    (tmp_path / "undated.txt").write_text(
        "Unrest\n\nPolice arrested 12 protesters in Cairo.\n", encoding="utf8"
    )
    (tmp_path / "deck.pptx").write_bytes(b"PK\x03\x04")
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    return tmp_path


CASES = [
    (["missing.txt", "--country", "EGY"], "missing.txt"),
    (["empty.txt", "--country", "EGY"], "empty.txt"),
    (["blank.txt", "--country", "EGY"], "blank.txt"),
    (["binary.txt", "--country", "EGY"], "binary.txt"),
    (["picture.txt", "--country", "EGY"], "picture.txt"),
    (["huge.txt", "--country", "EGY"], "huge.txt"),
    (["latin.txt", "--country", "EGY"], "latin.txt"),
    (["undated.txt", "--country", "EGY"], "--as-of"),
    (["deck.pptx", "--country", "EGY"], "deck.pptx"),
    (["good.txt", "--country", "Atlantis"], "Atlantis"),
    (["good.txt", "--country", "EGY", "--as-of", "2999-01-01"], "2999-01-01"),
    (["good.txt", "--country", "EGY", "--as-of", "yesterday"], "yesterday"),
    (["good.txt", "--country", "EGY", "--as-of", "2018-01-01"], "2018-01-01"),
    (["good.txt", "--country", "EGY", "--crisis-start", "2019-06-01"], "2019-06-01"),
    (["good.txt", "--country", "EGY", "--case", "venezuela-2071"], "venezuela-2017"),
    (["good.txt", "--country", "EGY", "--case", "venezuela-2017"], "Egypt"),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "named"), CASES, ids=lambda value: " ".join(value) if isinstance(value, list) else None
)
def test_bad_input_is_one_line_and_code_2(words: list[str], named: str, folder: Path) -> None:
    done = garrison("brief", *words, "-o", "out/page.html", cwd=folder)
    message = done.stderr.decode()
    assert done.returncode == 2, message
    assert len(message.strip().splitlines()) == 1, message
    assert named in message
    assert "Traceback" not in message
    assert not (folder / "out").exists()
    assert done.stdout == b""


@pytest.mark.slow
def test_a_page_cannot_be_written_as_a_picture_and_nothing_is_left(folder: Path) -> None:
    done = garrison("brief", "good.txt", "--country", "EGY", "--runs", "500", "-o", "page.png", cwd=folder)
    assert done.returncode == 2
    assert ".html" in done.stderr.decode()
    assert not list(folder.glob("*page*"))


@pytest.mark.slow
@pytest.mark.parametrize("target", ["folder.html", "good.txt/page.html", "/proc/page.html"])
def test_a_place_that_cannot_be_written_is_refused_before_any_work(target: str, folder: Path) -> None:
    (folder / "folder.html").mkdir()
    for verb in ("brief", "code"):
        done = garrison(verb, "good.txt", "--country", "EGY", "-o", target, cwd=folder)
        message = done.stderr.decode()
        assert done.returncode == 2, message
        assert len(message.strip().splitlines()) == 1, message


@pytest.mark.slow
def test_the_good_of_a_folder_is_kept_and_the_bad_is_named(folder: Path) -> None:
    done = garrison("code", str(folder), "--country", "EGY", cwd=folder)
    message = done.stderr.decode()
    assert done.returncode == 0, message
    assert b'"doc": "good"' in done.stdout
    for name in ("empty.txt", "binary.txt", "huge.txt", "latin.txt", "undated.txt"):
        assert name in message


@pytest.mark.slow
def test_claims_are_read_from_standard_input_and_pipe_on(folder: Path) -> None:
    done = garrison("code", "-", "--country", "EGY", cwd=folder, stdin=GOOD.encode())
    assert done.returncode == 0
    first = done.stdout.decode().splitlines()[0]
    assert first.startswith('{"record": "segmentation"')


@pytest.mark.slow
def test_same_input_same_seed_same_bytes(folder: Path) -> None:
    pages = []
    for name in ("one.html", "two.html"):
        environment = {**os.environ, "PYTHONHASHSEED": str(len(pages) + 1)}
        subprocess.run(
            [
                sys.executable,
                "-m",
                "garrison.cli",
                "brief",
                "good.txt",
                "--country",
                "EGY",
                "--runs",
                "500",
                "-o",
                name,
            ],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=True,
        )
        pages.append((folder / name).read_bytes())
    assert pages[0] == pages[1]
