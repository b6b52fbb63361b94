"""`garrison simulate`, `what-if` and `check` as they are typed: results on stdout, one clear line for what is wrong."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.cli.arm_words import read_changes
from garrison.cli.main import run
from garrison.errors import GarrisonError

GOOD = """\
schema = 1
name = "a march"
case = "venezuela-2017"
start = 2017-05-07
days = 40
runs = 60

[conditions]
hardship = [0.6, 0.9]

[[lever]]
name = "march"
size = 1.0
day = 3

[[compare]]
name = "paid"

[[compare.lever]]
name = "raise_pay"
size = 0.3
start = 2017-05-20
ramp_days = 7
"""


def garrison(*words: str, cwd: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "garrison.cli", *words], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf8")
    (tmp_path / "empty.toml").write_bytes(b"")
    (tmp_path / "binary.toml").write_bytes(b"\x00\x01\x02" * 100)
    (tmp_path / "cut.toml").write_text(GOOD[:150], encoding="utf8")
    (tmp_path / "two.toml").write_text(
        GOOD.replace("hardship", "hardshp").replace('"march"', '"marsh"'), encoding="utf8"
    )
    (tmp_path / "case.toml").write_text(
        "[condition.pey]\nvalue = 1\n[condition.pay]\nlow = 3\n", encoding="utf8"
    )
    (tmp_path / "levers.toml").write_text('[[lever]]\nname = "x"\nrange = [1, 0]\n', encoding="utf8")
    return tmp_path


@pytest.mark.slow
def test_simulate_prints_the_chance_first_and_the_arms_compared(folder: Path) -> None:
    done = garrison("simulate", "good.toml", "-o", "out/runs.csv", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.index("P(break within 30 days)") < done.stdout.index("R_D at rest")
    assert "[as it stands]" in done.stdout
    assert "[paid]" in done.stdout
    assert "difference" in done.stdout
    lines = (folder / "out" / "runs.csv").read_text(encoding="utf8").splitlines()
    assert lines[0].startswith("arm,replicate,date,")
    assert len(lines) == 1 + 2 * 60 * 40
    again = garrison("simulate", "good.toml", cwd=folder)
    assert again.stdout == done.stdout[: len(again.stdout)]


@pytest.mark.slow
def test_what_if_takes_levers_and_conditions(folder: Path) -> None:
    done = garrison(
        "what-if",
        "good.toml",
        "raise_pay=0.3@2017-05-20~7",
        "amnesty=0.5@5*0.4",
        "control=0.5..0.7",
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    assert "p_break" in done.stdout
    assert "deaths, median and 90% band" in done.stdout
    seeds = {
        garrison("what-if", "good.toml", "purge=0.5", "--seed", seed, "--runs", "50", cwd=folder).stdout
        for seed in ("1", "2")
    }
    assert len(seeds) == 2
    assert all("WARNING: purge" in words for words in seeds)


@pytest.mark.slow
def test_hypotheses_are_listed_and_run(folder: Path) -> None:
    listed = garrison("simulate", "--list", cwd=folder)
    assert len(listed.stdout.splitlines()) == 12
    done = garrison("simulate", "hypothesis:h02", "--runs", "60", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "In these runs the model speaks:" in done.stdout


@pytest.mark.slow
def test_check_says_ok_or_everything_that_is_wrong(folder: Path) -> None:
    good = garrison("check", "good.toml", cwd=folder)
    assert good.returncode == 0
    assert good.stdout.startswith("ok: ")
    assert len(good.stdout.splitlines()) <= 10
    bad = garrison("check", "two.toml", cwd=folder)
    assert bad.returncode == 2
    assert bad.stdout == ""
    assert [("two.toml, line" in line) for line in bad.stderr.splitlines()] == [True, True]
    case = garrison("check", "case.toml", cwd=folder)
    assert case.returncode == 2
    assert "line 1: condition 'pey' is unknown. Did you mean pay?" in case.stderr
    assert "line 4: low of 'pay' is 3" in case.stderr
    levers = garrison("check", "levers.toml", cwd=folder)
    assert levers.returncode == 2
    assert all(line.startswith("garrison: levers.toml, line") for line in levers.stderr.splitlines())


CASES = [
    (["simulate"], "hypothesis:h01"),
    (["simulate", "missing.toml"], "no such file"),
    (["simulate", "."], "is a folder"),
    (["simulate", "empty.toml"], "is empty"),
    (["simulate", "binary.toml"], "binary"),
    (["simulate", "cut.toml"], "cut.toml"),
    (["simulate", "two.toml"], "1 more: garrison check two.toml"),
    (["simulate", "hypothesis:h77"], "h77"),
    (["simulate", "good.toml", "--runs", "-5"], "runs is -5"),
    (["simulate", "good.toml", "--runs", "0"], "runs is 0"),
    (["simulate", "good.toml", "--runs", "many"], "many"),
    (["simulate", "good.toml", "--runs", "9999999999999999999999"], "no whole number"),
    (["simulate", "good.toml", "--seed", "-1"], "seed is -1"),
    (["simulate", "good.toml", "-o", "x.png"], ".png"),
    (["what-if", "good.toml"], "nothing is different"),
    (["what-if", "good.toml", "raise_pay"], "cannot be read"),
    (["what-if", "good.toml", "raise_pay="], "cannot be read"),
    (["what-if", "good.toml", "=1"], "cannot be read"),
    (["what-if", "good.toml", "raise_pya=0.3"], "Did you mean raise_pay?"),
    (["what-if", "good.toml", "raise_pay=7"], "0 to 1"),
    (["what-if", "good.toml", "raise_pay=nan"], "outside 0 to 1"),
    (["what-if", "good.toml", "raise_pay=much"], "no number"),
    (["what-if", "good.toml", "raise_pay=0.1@2019-01-01"], "outside the window"),
    (["what-if", "good.toml", "raise_pay=0.1@soon"], "no day"),
    (["what-if", "good.toml", "raise_pay=0.1~x"], "whole number of days"),
    (["what-if", "good.toml", "raise_pay=0.1~0"], "ramp_days"),
    (["what-if", "good.toml", "raise_pay=0.1*0.5"], "no pledge"),
    (["what-if", "good.toml", "raise_pay=0.1@1@2"], "cannot be read"),
    (["what-if", "good.toml", "pay=0.2"], "a lever and a condition"),
    (["what-if", "good.toml", "lever:hardship=0.2"], "lever 'hardship' is unknown"),
    (["what-if", "good.toml", "hardship=1.2"], "between 0 and 1"),
    (["what-if", "good.toml", "hardship=nan"], "between 0 and 1"),
    (["what-if", "good.toml", "hardship=0.9..0.1"], "between 0 and 1"),
    (["what-if", "good.toml", "hardship=0.9", "hardship=0.8"], "set twice"),
    (["check", "empty.toml"], "is empty"),
    (["check", "binary.toml"], "binary"),
    (["check", "."], "is a folder"),
]


@pytest.mark.parametrize(
    ("words", "named"), CASES, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_what_is_wrong_is_one_line_and_code_2(
    words: list[str],
    named: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["garrison", *words])
    with pytest.raises(SystemExit) as left:
        run()
    told = capsys.readouterr()
    assert left.value.code == 2, told.err
    assert len(told.err.strip().splitlines()) == 1, told.err
    assert named in told.err
    assert told.out == ""


@pytest.mark.slow
def test_a_wrong_file_is_one_line_in_a_process_of_its_own(folder: Path) -> None:
    done = garrison("simulate", "cut.toml", cwd=folder)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def refused(word: str) -> str:
    """What is said against a word of `what-if`, nothing if it is read."""
    try:
        read_changes([word], date(2017, 5, 7))
    except GarrisonError as error:
        return str(error)
    return ""


@given(
    st.one_of(
        st.text(max_size=30),
        st.builds(
            "{}={}".format,
            st.sampled_from(["raise_pay", "hardship", "pay", "lever:pay"]),
            st.text(max_size=20),
        ),
        st.from_regex(r"raise_pay=[0-9.e@~*+-]{0,12}", fullmatch=True),
        st.from_regex(r"hardship=[0-9.e-]{0,12}", fullmatch=True),
    )
)
def test_any_word_is_read_or_refused_with_the_word_in_the_message(word: str) -> None:
    said = refused(word)
    assert not said or word in said or "raise_pay" in said or "'pay'" in said
