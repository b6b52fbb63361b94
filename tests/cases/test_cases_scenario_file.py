"""Scenario files as people write them: read whole, or refused in clear lines that name file, line and fix."""

import math
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import garrison
from garrison.cases import Scenario, ScenarioError, check, hypothesis_files, load_scenario, read_scenario
from garrison.cases.toml_lines import line_of, lines_of_keys
from garrison.errors import GarrisonError, ParameterError
from garrison.regime import known_conditions, known_levers

EXAMPLE = """\
# Does a march matter more where people go hungry? Umlauts are text: ä ö ü.
schema = 1
name = "a march in a hungry country"
question = "Does a march matter more where people go hungry?"
country = "VEN"
start = 2017-05-07
days = 90
runs = 300
seed = 1

[conditions]
hardship = [0.6, 0.9]
pay = 0.35

[shifts.elite]
identity = -0.2

[[lever]]
name = "march"
size = 1.0
day = 3
ramp_days = 2

[[compare]]
name = "hunger and amnesty"

[compare.conditions]
hardship = 0.95

[[compare.lever]]
name = "amnesty"
size = 0.5
start = 2017-05-14
credibility = 0.4

[[expect]]
outcome = "highest civilians"
sign = 1
arm = "hunger and amnesty"
"""
SHORT = 'schema = 1\nname = "x"\nstart = 2017-05-07\ndays = 90\n'


def problems_of(text: str, path: str = "s.toml") -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read_scenario(text, path)
    for line in caught.value.problems:
        assert "\n" not in line
        assert line.startswith(path)
        assert "Error" not in line
        assert "pydantic" not in line
    return list(caught.value.problems)


def refusal(text: str, path: str = "s.toml") -> tuple[str, ...]:
    """What is said against a file, nothing if it is read."""
    try:
        read_scenario(text, path)
    except ScenarioError as error:
        return (str(error), *error.problems)
    return ()


def test_an_example_is_read_whole() -> None:
    scenario = read_scenario(EXAMPLE, "s.toml")
    assert scenario.start == date(2017, 5, 7)
    assert scenario.conditions == {"hardship": (0.6, 0.9), "pay": (0.35, 0.35)}
    assert scenario.shifts == {"elite": {"identity": -0.2}}
    assert scenario.levers[0].start == date(2017, 5, 10)
    (arm,) = scenario.arms
    assert arm.levers[0].credibility == 0.4
    assert arm.conditions == {"hardship": (0.95, 0.95)}
    (expected,) = scenario.expectations
    assert (expected.arm, expected.than) == ("hunger and amnesty", "as it stands")
    assert len(repr(scenario).splitlines()) <= 10
    assert "<li>" in scenario._repr_html_()


def test_a_case_brings_its_conditions_as_known_by_a_day() -> None:
    early = read_scenario(SHORT + 'case = "venezuela-2017"\nas_of = 2017-04-15\n', "s.toml").coded
    late = read_scenario(SHORT + 'case = "venezuela-2017"\n', "s.toml").coded
    assert set(early.drivers) < set(late.drivers)
    replaced = read_scenario(SHORT + 'case = "venezuela-2017"\n[conditions]\npay = 0.9\n', "s.toml").coded
    assert replaced.drivers["pay"] == (0.9, 0.9)
    assert replaced.drivers["hardship"] == late.drivers["hardship"]


def test_every_beginning_of_a_file_is_a_scenario_or_one_line(tmp_path: Path) -> None:
    whole = EXAMPLE.encode()
    path = tmp_path / "cut.toml"
    n_read = 0
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        try:
            load_scenario(path)
            n_read += 1
        except ScenarioError as error:
            said = [str(error), *error.problems]
        else:
            continue
        assert len(said) > 1
        assert all(len(line.splitlines()) == 1 and str(path) in line for line in said), said
    # After the four required keys many beginnings are whole scenarios of their own.
    assert 0 < n_read < len(whole)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"# only a remark\n", "'schema' is missing"),
        (b"\x00\x01\x02\x7fELF" * 30, "binary"),
        (b"\xff\xfe\xfa" * 30, "UTF-8"),
        (b'schema = 1\nname = "caf\xe9"\n', "line 2"),
        (b"x" * 1_000_001, "larger than"),
        (b"[" * 60_000, "s.toml"),
        (b"a=" + b"[" * 60_000, "too large to read"),
        (b"runs = " + b"9" * 6000 + b"\n", "too large to read"),
    ],
    ids=[
        "empty",
        "blank",
        "remark",
        "binary",
        "not-utf8",
        "latin-1",
        "large",
        "brackets",
        "nested",
        "digits",
    ],
)
def test_what_is_no_scenario_is_one_line(content: bytes, named: str, tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_bytes(content)
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert named in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="no such file"):
        load_scenario(tmp_path / "none.toml")
    with pytest.raises(ScenarioError, match="is a folder"):
        load_scenario(tmp_path)
    with pytest.raises(ScenarioError):
        load_scenario("nul\x00byte.toml")


BAD = [
    ("days = 90", "days = 0", "line 7", "days is 0"),
    ("days = 90", "days = -3", "line 7", "days is -3"),
    ("days = 90", "days = 4000", "line 7", "ten years"),
    ("days = 90", "days = 90.5", "line 7", "whole number"),
    ("days = 90", "days = true", "line 7", "whole number"),
    ("days = 90", 'days = "90"', "line 7", "whole number"),
    ("runs = 300", "runs = -300", "line 8", "runs is -300"),
    ("runs = 300", "runs = 0", "line 8", "runs is 0"),
    ("runs = 300", "runs = 10000000000000000000000", "line 8", "runs is 1000"),
    ("runs = 300", f"runs = {'9' * 4000}", "line 8", "runs is 999"),
    ("seed = 1", "seed = -1", "line 9", "seed is -1"),
    ("start = 2017-05-07", 'start = "2017-05-07"', "line 6", "without quotes"),
    ("start = 2017-05-07", "start = 2017-05-07T00:00:00", "line 6", "start is"),
    ("start = 2017-05-07", "start = 2017-02-30", "line 6", "s.toml"),
    ("start = 2017-05-07\n", "", "s.toml", "'start' is missing"),
    ("start = 2017-05-07", "start = 9999-12-01", "s.toml", "after the year 9999"),
    ("schema = 1", "schema = 2", "line 2", "schema is 2"),
    ("schema = 1\n", "", "s.toml", "'schema' is missing"),
    ("schema = 1", "schema = 1\nschema = 1", "line 3", "Cannot overwrite"),
    ('country = "VEN"', 'country = "VNE"', "line 5", "Did you mean"),
    ('country = "VEN"', 'case = "venezuela-2071"', "line 5", "venezuela-2017"),
    ('country = "VEN"', 'country = "EGY"\ncase = "venezuela-2017"', "line 5", "is about VEN"),
    ('country = "VEN"', 'as_of = 2017-05-01', "line 5", "no case is given"),
    ('country = "VEN"', 'layout = "fulll"', "line 5", "Did you mean full?"),
    ('country = "VEN"', 'layout = "full"', "line 5", "needs a country"),
    ("seed = 1", "sead = 1", "line 9", "Did you mean seed?"),
    ("pay = 0.35", "pey = 0.35", "line 13", "Did you mean pay?"),
    ("pay = 0.35", "pay = 1.35", "line 13", "give 0 to 1"),
    ("pay = 0.35", "pay = nan", "line 13", "finite"),
    ("pay = 0.35", "pay = inf", "line 13", "finite"),
    ("pay = 0.35", "pay = -1e400", "line 13", "finite"),
    ("pay = 0.35", f"pay = 1{'0' * 400}", "line 13", "computer can hold"),
    ("pay = 0.35", "pay = true", "line 13", "list of two"),
    ("pay = 0.35", "pay = 'low'", "line 13", "list of two"),
    ("pay = 0.35", "pay = [0.1, 0.2, 0.3]", "line 13", "list of two"),
    ("pay = 0.35", "pay = [0.5, 0.2]", "line 13", "smaller first"),
    ("pay = 0.35", "pay = {low = 1}", "line 13", "list of two"),
    ("pay = 0.35", "pay = 0.35\npay = 0.4", "line 14", "Cannot overwrite"),
    ("[conditions]", "[[conditions]]", "line 11", "is a list: give a table"),
    ("[shifts.elite]", "[shifts.elit]", "line 15", "Did you mean elite?"),
    ("[shifts.elite]", "[shifts.Zulia]", "line 15", 'layout = "full"'),
    ("identity = -0.2", "identiti = -0.2", "line 16", "identity"),
    ("identity = -0.2", "identity = -2", "line 16", "-1"),
    ("identity = -0.2", "identity = nan", "line 16", "finite"),
    ("identity = -0.2", "identity = 'low'", "line 16", "give a number"),
    ('name = "march"', 'name = "marsh"', "line 19", "Did you mean march?"),
    ('name = "march"', "name = 3", "line 19", "a text in quotes"),
    ('name = "march"\n', "", "line 18", "'name' is missing"),
    ("size = 1.0", "size = 11.0", "line 20", "0 to 3"),
    ("size = 1.0", "size = nan", "line 20", "finite"),
    ("size = 1.0", "size = '1'", "line 20", "give a number"),
    ("size = 1.0", "sise = 1.0", "line 20", "Did you mean size?"),
    ("size = 1.0", f"size = 1{'0' * 400}", "line 20", "computer can hold"),
    ("day = 3", "day = 90", "line 18", "outside the window"),
    ("day = 3", "day = -1", "line 18", "outside the window"),
    ("day = 3", "day = 99999999999", "line 21", "day is no day"),
    ("day = 3", "start = 2017-05-06", "line 21", "outside the window 2017-05-07 to 2017-08-04"),
    ("day = 3", "start = 2019-01-01", "line 21", "outside the window"),
    ("day = 3", "day = 3\nstart = 2017-05-08", "line 21", "both start and day"),
    ("ramp_days = 2", "ramp_days = 0", "line 22", "ramp_days"),
    ("ramp_days = 2", "credibility = 0.5", "line 22", "no pledge"),
    ("credibility = 0.4", "credibility = 1.4", "line 34", "credibility"),
    ("[[lever]]", "[lever]", "line 18", "double brackets"),
    ("[[compare]]", "[[compar]]", "line 27", "is a table: give a list"),
    ('name = "hunger and amnesty"', 'name = "as it stands"', "line 25", "two arms are called"),
    ('outcome = "highest civilians"', 'outcome = "highest civilian"', "line 37", "Did you mean highest civilians?"),
    ("sign = 1", "sign = 2", "line 38", "1 for more"),
    ('arm = "hunger and amnesty"', 'arm = "hunger"', "line 39", "is unknown"),
    ('arm = "hunger and amnesty"', "than = true", "line 39", "name of an arm, or a number"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "where", "named"), BAD, ids=lambda value: str(value)[:40])
def test_one_wrong_thing_is_one_line_with_its_place(good: str, bad: str, where: str, named: str) -> None:
    assert good in EXAMPLE
    line, *more = problems_of(EXAMPLE.replace(good, bad, 1))
    # What leans on the wrong thing may be wrong for it: the arm of a list that is not found, of a changed name.
    assert not more or "compar" in bad or "stands" in bad, more
    assert where in line, line
    assert named in line, line


def test_out_of_range_gives_the_range_and_its_reason() -> None:
    (line,) = problems_of(EXAMPLE.replace("pay = 0.35", "pay = 1.35"))
    assert known_conditions()["pay"].unit in line
    (line,) = problems_of(EXAMPLE.replace("size = 1.0", "size = 11.0"))
    assert known_levers()["march"].range_reason in line


def test_all_wrong_things_are_found_at_once(tmp_path: Path) -> None:
    text = (
        EXAMPLE.replace("pay = 0.35", "pey = 0.35")
        .replace('"march"', '"marsh"')
        .replace("runs = 300", "runs = -1")
    )
    assert len(problems_of(text)) == 3
    path = tmp_path / "s.toml"
    path.write_text(text, encoding="utf8")
    with pytest.raises(ScenarioError, match="2 more: garrison check"):
        load_scenario(path)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_one_line(content: bytes) -> None:
    assert all(len(line.splitlines()) == 1 for line in refusal(content.decode("utf8", errors="replace")))


@given(
    st.sampled_from([line for line in EXAMPLE.splitlines() if "=" in line]),
    st.one_of(
        st.text(max_size=12),
        st.floats(),
        st.integers(),
        st.booleans(),
        st.dates(),
        st.lists(st.floats(), max_size=3),
    ),
)
def test_any_value_at_any_key_is_read_or_refused_in_lines(line: str, value: object) -> None:
    key = line.split("=")[0]
    words = {True: "true", False: "false"}[value] if isinstance(value, bool) else toml_words(value)
    said = refusal(EXAMPLE.replace(line, f"{key}= {words}", 1))
    assert all(len(problem.splitlines()) == 1 for problem in said), said


def toml_words(value: object) -> str:
    if isinstance(value, str):
        import json

        return json.dumps(value, ensure_ascii=True)
    if isinstance(value, float):
        return "nan" if math.isnan(value) else f"{value:e}" if math.isfinite(value) else f"{value:+}"
    if isinstance(value, list):
        return f"[{', '.join(toml_words(item) for item in value)}]"
    return str(value)


def test_lines_are_found_in_nested_lists_of_tables() -> None:
    text = "[[a]]\nx = 1\n[[a.b]]\ny = 2\n[[a]]\n[[a.b]]\ny = 3\n[a.b.c]\nz = '''\nw = 1\n'''\nv = 2\n"
    lines = lines_of_keys(text)
    assert lines["a", 0, "b", 0, "y"] == 4
    assert lines["a", 1, "b", 0, "y"] == 7
    assert lines["a", 1, "b", 0, "c", "v"] == 12
    assert ("a", 1, "b", 0, "c", "w") not in lines
    assert line_of(("nowhere",), lines) is None


def test_a_scenario_made_in_python_is_checked_alike() -> None:
    with pytest.raises(ParameterError, match="days is 0"):
        Scenario("x", date(2020, 1, 1), 0)
    with pytest.raises(ParameterError, match="Did you mean pay"):
        Scenario("x", date(2020, 1, 1), 10, conditions={"pey": (0, 1)})
    with pytest.raises(ParameterError, match="runs is 0"):
        Scenario("x", date(2020, 1, 1), 10).sized(0)


@pytest.mark.parametrize("name", list(hypothesis_files()))
def test_the_bundled_hypotheses_are_right(name: str) -> None:
    assert check(f"hypothesis:{name}")[0].startswith("ok: scenario")
    told = load_scenario(f"hypothesis:{name}").hypothesis
    assert told is not None
    assert told.id == f"H{int(name[1:])}"


def test_there_are_twelve_hypotheses_and_an_unknown_one_is_named() -> None:
    assert list(hypothesis_files()) == [f"h{number:02d}" for number in range(1, 13)]
    with pytest.raises(GarrisonError, match="hypothesis 'h77' is unknown"):
        load_scenario("hypothesis:h77")


def test_the_example_of_the_documentation_is_right() -> None:
    page = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf8")
    (text,) = re.findall(r"^```toml\n(.*?)^```", page, re.M | re.S)
    scenario = read_scenario(text, "docs/scenarios.md")
    assert scenario.arms
    assert scenario.expectations


@pytest.mark.parametrize("source", ["cases/venezuela_2017/case.toml", "regime/levers/levers.toml"])
def test_beginnings_of_cases_and_tables_of_levers_are_checked_in_lines(source: str, tmp_path: Path) -> None:
    whole = (Path(garrison.__file__).parent / source).read_bytes()[:6000]
    path = tmp_path / "case.toml"
    (tmp_path / "events.csv").write_bytes(
        (Path(garrison.__file__).parent / "cases/venezuela_2017/events.csv").read_bytes()
    )
    (tmp_path / "reports").mkdir()
    n_wrong = 0
    for end in range(0, len(whole), 37):
        path.write_bytes(whole[:end])
        try:
            assert check(path)[0].startswith("ok: ")
        except ScenarioError as error:
            said = error.problems
        else:
            continue
        n_wrong += 1
        assert said
        assert all(len(line.splitlines()) == 1 and str(path) in line for line in said), said
    assert n_wrong > 50
