"""Coding sheets: blind, in an order of each reader's own, read strictly, compared by brute force."""

import csv
import io
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import ParameterError, TableError
from garrison.forecasting.defection_sheets import (
    CODED,
    GIVEN,
    ReadSheet,
    blind_crises,
    compare_sheets,
    ladder_pages,
    read_sheet,
    sheet_text,
    write_sheets,
)
from garrison.forecasting.history.crisis_set import crisis_set
from garrison.forecasting.history.library import build_crisis_set, find_tables, qualifying_protests

HISTORY = Path(__file__).parents[3] / "shared" / "data" / "history"
START = date(2010, 1, 1)


def protests(days: dict[str, list[int]]) -> pd.DataFrame:
    rows = [(iso, START + timedelta(days=day)) for iso, listed in days.items() for day in listed]
    return pd.DataFrame(
        {
            "iso": [iso for iso, _ in rows],
            "gw": 1,
            "autocratic": True,
            "begin": [day for _, day in rows],
            "end": [day for _, day in rows],
        }
    )


CRISES = blind_crises(
    protests({"VEN": [0, 400], "SDN": [0, 30], "CIV": [10], "DDR": [20], "MLI": [5, 300, 900]})
)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def filled(tmp_path: Path, reader: str, cells: dict[str, dict[str, str]]) -> ReadSheet:
    """Write a sheet, fill cells by crisis, read it."""
    rows = rows_of(sheet_text(CRISES, reader))
    text = io.StringIO()
    writer = csv.DictWriter(text, [*GIVEN, *CODED])
    writer.writeheader()
    writer.writerows({**row, **cells.get(row["crisis"], {})} for row in rows)
    path = tmp_path / f"{reader}.csv"
    path.write_text(text.getvalue(), encoding="utf-8-sig")
    return read_sheet(path)


D0 = {"rung": "D0", "confidence": "high"}
D3 = {
    "rung": "D3", "d1_day": "2010-01", "d3_day": "2010-02-03", "kinds": "voice; withdrawal", "forces": "police",
    "confidence": "medium", "sources": "a wire of 2010-02-04",
}  # fmt: skip
NAME = "SDN-2010-01-01"

# The sheet


def test_a_sheet_has_a_row_for_every_crisis_and_nothing_of_its_outcome() -> None:
    rows = rows_of(sheet_text(CRISES, "ann"))
    assert tuple(rows[0]) == (*GIVEN, *CODED)
    assert {row["crisis"] for row in rows} == set(CRISES["crisis"])
    assert [row["place"] for row in rows] == [str(place) for place in range(1, len(rows) + 1)]
    assert all(row[name] == "" for row in rows for name in CODED)
    assert {row["country"] for row in rows} == {"Sudan", "Mali", "Venezuela", "Ivory Coast", "East Germany"}
    sudan = next(row for row in rows if row["crisis"] == NAME)
    assert (sudan["onset"], sudan["last_day"], sudan["weeks"]) == ("2010-01-01", "2010-05-06", "18")


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 900), min_size=1, max_size=8), st.lists(st.integers(0, 900), max_size=4))
def test_no_break_moves_a_sheet_though_it_moves_the_risk_set(days: list[int], breaks: list[int]) -> None:
    rows = protests({"VEN": days})
    labels = pd.DataFrame({"iso": "VEN", "date": [START + timedelta(days=day) for day in breaks]})
    under_labels = crisis_set(rows, labels).crises
    blind = blind_crises(rows)
    whole = blind[blind["last_day"] < date(2019, 12, 31)]
    assert (whole["weeks"] >= 13).all()  # the shortest crisis there is: length tells nothing
    unbroken = crisis_set(rows, labels.iloc[:0]).crises
    assert blind["weeks"].tolist() == unbroken["weeks"].tolist()
    assert int(under_labels["weeks"].sum()) <= int(blind["weeks"].sum())


def test_orders_are_seeded_and_each_readers_own() -> None:
    def order(reader: str, seed: int) -> list[str]:
        return [row["crisis"] for row in rows_of(sheet_text(CRISES, reader, seed))]

    assert order("ann", 1) == order("ann", 1)
    assert len({tuple(order(*key)) for key in product(("ann", "ben"), (1, 2, 3))}) == 6
    assert sheet_text(CRISES.sample(frac=1, random_state=5), "ann") == sheet_text(CRISES, "ann")


def test_words_that_a_spreadsheet_would_run_are_marked_as_text() -> None:
    hostile = CRISES.assign(country=["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\tx", *CRISES["country"][5:]])
    cells = [cell for row in csv.reader(io.StringIO(sheet_text(hostile, "ann"))) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t")]


def test_a_filled_sheet_is_never_written_over(tmp_path: Path) -> None:
    paths = write_sheets(CRISES, tmp_path / "new", ["ann", "ben"], 7, {"polity": "0" * 64})
    assert [path.name for path in paths] == ["defection-ann.csv", "defection-ben.csv"]
    assert '"seed": 7' in (tmp_path / "new" / "sheets.json").read_text()
    before = paths[0].read_bytes()
    with pytest.raises(TableError, match="there already"):
        write_sheets(CRISES, tmp_path / "new", ["cleo", "ann"], 8)
    assert paths[0].read_bytes() == before
    assert not (tmp_path / "new" / "defection-cleo.csv").exists()
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "defection-ben.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(TableError, match="there already"):
        write_sheets(CRISES, tmp_path / "linked", ["ann", "ben"])
    (tmp_path / "file").write_text("")
    with pytest.raises(TableError, match="is a file"):
        write_sheets(CRISES, tmp_path / "file", ["ann", "ben"])


@pytest.mark.parametrize(
    "readers",
    [
        ["ann"],
        [],
        ["ann", "ann"],
        ["ann", "ANN"],
        ["ann", "../x"],
        ["ann", "=x"],
        ["ann", ""],
        ["ann", "b" * 41],
    ],
)
def test_two_readers_with_plain_names_are_needed(tmp_path: Path, readers: list[str]) -> None:
    with pytest.raises(ParameterError, match="name"):
        write_sheets(CRISES, tmp_path, readers)
    assert list(tmp_path.iterdir()) == []


def test_the_sheet_of_the_project_data_opens_no_list_of_breaks() -> None:
    if not HISTORY.exists():
        pytest.skip("the historical data are not beside this checkout")
    paths = find_tables(HISTORY)
    crises = blind_crises(
        qualifying_protests({name: paths[name] for name in ("mass_mobilization", "vdem_polyarchy", "polity")})
    )
    assert (len(crises), int(crises["weeks"].sum()), crises["crisis"].nunique()) == (611, 10976, 611)
    assert max(crises["last_day"]) == date(2019, 12, 31)
    under_labels = build_crisis_set(paths, "strict").crises
    short = under_labels[~under_labels["censored"] & (under_labels["weeks"] < 13)]
    # This is what the sheet must not show: under labels every short crisis is one with a break.
    assert short["label"].notna().all()
    assert len(short) > 10


# Reading


def test_a_filled_sheet_is_read(tmp_path: Path) -> None:
    sheet = filled(
        tmp_path,
        "ann",
        {NAME: D3, "VEN-2010-01-01": D0, "MLI-2010-01-06": {"rung": "?", "confidence": "low"}},
    )
    assert sheet.malformed == ()
    assert len(sheet.coded) + len(sheet.uncoded) == len(CRISES)
    one = sheet.coded[NAME]
    assert (one.rung, sorted(one.kinds), sorted(one.forces)) == (3, ["voice", "withdrawal"], ["police"])
    assert one.days == {1: (START, date(2010, 1, 31)), 3: (date(2010, 2, 3), date(2010, 2, 3))}
    assert sheet.coded["MLI-2010-01-06"].rung is None
    again = read_sheet(sheet.path)
    assert again == sheet


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"rung": "D5"}, "rung: 'D5' is none of"),
        ({"rung": "=HYPERLINK(1)"}, "rung: '=HYPERLINK"),
        ({"rung": ""}, "rung: is empty, but d1_day is filled"),
        ({"d3_day": ""}, "d3_day: is empty, but the rung is D3"),
        ({"d3_day": "03/02/2010"}, "d3_day: '03/02/2010' is no day"),
        ({"d3_day": "2010-02-30"}, "no day of the calendar"),
        ({"d3_day": "２０10-02-03"}, "is no day; write"),
        ({"d3_day": "2011-02-03"}, "lies outside the crisis (2010-01-01 to 2010-05-06)"),
        ({"d4_day": "2010-02-04"}, "d4_day: is filled, but the rung is D3"),
        ({"further_break_days": "2010-03-01"}, "less than 90 days after the break of 2010-02-03"),
        ({"further_break_days": "2010-06-03"}, "outside the crisis"),
        ({"further_break_days": "2010-05"}, "write YYYY-MM-DD"),
        ({"kinds": "vocie"}, "Did you mean voice?"),
        ({"kinds": " ; "}, "kinds: is empty"),
        ({"forces": "army, police"}, "'army, police' is unknown"),
        ({"confidence": ""}, "confidence: '' is none of high, medium, low"),
        ({"sources": ""}, "sources: is empty"),
        ({"sheet": "T1b-0"}, "another version than T1b-1"),
        ({"onset": "2010-01-02"}, "does not fit iso, onset"),
        ({"last_day": "soon"}, "last_day: 'soon' is no day"),
        ({"reader": ""}, "reader: is empty"),
        ({"rung": "D0"}, "is filled, but the rung is D0"),
    ],
)
def test_a_malformed_cell_is_named_with_file_line_and_column(tmp_path, cells, said) -> None:
    if cells.get("reader") == "":
        everybody = {crisis: {"reader": ""} for crisis in CRISES["crisis"]}
        sheet = filled(tmp_path, "ann", everybody)
    else:
        sheet = filled(tmp_path, "ann", {NAME: {**D3, **cells}, "VEN-2010-01-01": D0})
        assert set(sheet.coded) == {"VEN-2010-01-01"}
        assert NAME not in sheet.uncoded
    lines = sheet.path.read_text(encoding="utf-8-sig").splitlines()
    assert said in "\n".join(sheet.malformed)
    for words in sheet.malformed:
        line = int(words.split(", line ")[1].split(":")[0])
        assert words.startswith(f"{sheet.path}, line {line}: ")
        assert NAME in lines[line - 1] or "reader" in cells or NAME[:3] in lines[line - 1]


def test_every_malformed_cell_of_a_row_is_named(tmp_path: Path) -> None:
    sheet = filled(tmp_path, "ann", {NAME: {**D3, "d3_day": "x", "kinds": "y", "confidence": "z"}})
    assert [words.split(": ")[1] for words in sheet.malformed] == ["d3_day", "kinds", "confidence"]


def test_days_of_later_breaks_are_read(tmp_path: Path) -> None:
    days = {"d1_day": "", "d3_day": "2010-01-10", "further_break_days": "2010-04-10;"}
    assert filled(tmp_path, "ann", {NAME: {**D3, **days}}).coded[NAME].further_breaks == (date(2010, 4, 10),)
    second = {**days, "further_break_days": "2010-04-10; 2010-04-20"}
    assert "after the break of 2010-04-10" in filled(tmp_path, "ann", {NAME: {**D3, **second}}).malformed[0]


def test_broken_files_are_refused_and_broken_rows_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    good = sheet_text(CRISES, "ann")
    cases = [
        ("", "must be there once"),
        (good.replace(",", ";"), "parted by ';'"),
        (good.replace("rung", "rong", 1), "column rung"),
        (good.replace("note", "rung", 1), "column rung, note"),
        (good.replace(",ann,", ",ben,", 1), "rows of several readers"),
        (good + '"' + "x" * 200_000, "not comma-separated"),
    ]
    for text, said in cases:
        path.write_text(text, encoding="utf8")
        with pytest.raises(TableError, match=said):
            read_sheet(path)
    path.write_bytes(b"\xff\xfe" + good.encode("utf-16-le"))
    with pytest.raises(TableError, match="UTF-8"):
        read_sheet(path)
    for place, said in ((tmp_path, "is no file"), (tmp_path / "none.csv", "no such file")):
        with pytest.raises(TableError, match=said):
            read_sheet(place)
    twice = good + good.splitlines()[1] + "\n\n,,\n" + good.splitlines()[2][:30] + "\n"
    path.write_text(twice, encoding="utf8")
    sheet = read_sheet(path)
    said = "\n".join(sheet.malformed)
    assert "is told twice; keep one row" in said
    assert f"line {len(CRISES) + 5}: " in said
    assert len(sheet.uncoded) == len(CRISES) - 1


# Comparing


def test_two_readers_by_hand(tmp_path: Path) -> None:
    later = {**D3, "d3_day": "2010-02-18", "kinds": "voice", "forces": "army;police"}
    first = filled(
        tmp_path, "ann", {NAME: D3, "VEN-2010-01-01": D0, "CIV-2010-01-11": D0, "MLI-2010-01-06": D0}
    )
    unsure = {"rung": "?", "confidence": "low"}
    cells = {NAME: later, "VEN-2010-01-01": D0, "CIV-2010-01-11": D3, "MLI-2010-01-06": unsure}
    second = filled(tmp_path, "ben", cells)
    found = compare_sheets(first, second)
    assert (found.n_compared, found.n_undecided, found.uncoded) == (3, 1, (len(CRISES) - 4,) * 2)
    third = found.rungs[2]
    assert (third.rung, third.both, third.only_first, third.only_second, third.neither) == ("D3", 1, 0, 1, 1)
    assert (third.agreed, third.yes_agreed, third.kappa) == pytest.approx((2 / 3, 2 / 3, 0.4))
    assert (third.n_days, third.n_days_near) == (1, 0)  # 15 days apart
    assert (found.rungs[3].kappa, found.rungs[3].alpha, found.rungs[3].yes_agreed) == (None, None, None)
    told = {(row.crisis[:3], row.column, row.first, row.second) for row in found.disagreements}
    assert told == {
        ("SDN", "d3_day", "2010-02-03", "2010-02-18"),
        ("SDN", "kinds", "voice;withdrawal", "voice"),
        ("SDN", "forces", "police", "army;police"),
        ("CIV", "rung", "D0", "D3"),
        ("MLI", "rung", "D0", "?"),
    }
    lines = first.path.read_text(encoding="utf-8-sig").splitlines()
    assert all(row.crisis in lines[row.first_line - 1] for row in found.disagreements)
    assert len(repr(found).splitlines()) <= 10
    assert found.to_frame()["rung"].tolist() == ["D1", "D2", "D3", "D4"]


def coding(rung: int) -> dict[str, str]:
    return (
        {**D3, "d1_day": "", "d3_day": "", "rung": f"D{rung}", f"d{rung}_day": "2010-02-03"} if rung else D0
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=5, max_size=5))
def test_every_rung_is_what_counting_gives(tmp_path_factory, rungs: list[tuple[int, int]]) -> None:
    tmp_path = tmp_path_factory.mktemp("sheets")
    names = [name for name in CRISES["crisis"] if name.split("-", 1)[1] < "2010-02"]
    sheets = [
        filled(tmp_path, reader, {name: coding(pair[place]) for name, pair in zip(names, rungs, strict=True)})
        for place, reader in enumerate(("ann", "ben"))
    ]
    found, mirrored = compare_sheets(*sheets), compare_sheets(*reversed(sheets))
    for row, other in zip(found.rungs, mirrored.rungs, strict=True):
        step = int(row.rung[1])
        cells = [(one >= step, two >= step) for one, two in rungs]
        assert (row.both, row.neither) == (cells.count((True, True)), cells.count((False, False)))
        assert row.agreed == sum(one == two for one, two in cells) / 5
        assert (row.only_first, row.kappa, row.alpha) == (other.only_second, other.kappa, other.alpha)
        p_one, p_two = (sum(cell[place] for cell in cells) / 5 for place in (0, 1))
        chance = p_one * p_two + (1 - p_one) * (1 - p_two)
        if row.kappa is not None and chance < 1:
            assert row.kappa == pytest.approx((row.agreed - chance) / (1 - chance))
    if all(one == two for one, two in rungs):
        assert found.ladder_alpha in (None, 1.0)
        assert not found.disagreements


def test_what_cannot_be_compared_is_named(tmp_path: Path) -> None:
    first = filled(tmp_path, "ann", {NAME: D3, "VEN-2010-01-01": D0})
    with pytest.raises(ParameterError, match="both are of reader 'ann'"):
        compare_sheets(first, first)
    second = filled(tmp_path, "ben", {NAME: {**D3, "last_day": "2010-05-07"}, "VEN-2010-01-01": D0})
    text = second.path.read_text(encoding="utf-8-sig")
    second.path.write_text(
        "\n".join(line for line in text.splitlines() if "CIV" not in line), encoding="utf8"
    )
    found = compare_sheets(first, read_sheet(second.path))
    assert found.n_compared == 1
    said = "\n".join(found.set_aside)
    assert "crisis CIV-2010-01-11 is not in it" in said
    assert f"crisis {NAME}: lasts to 2010-05-06" in said


def test_the_codebook_shows_every_word_that_a_sheet_knows() -> None:
    page = (Path(__file__).parents[2] / "docs" / "codebook-defection.md").read_text(encoding="utf8")
    for part in ladder_pages().values():
        assert part in page
    for column in CODED:
        assert f"`{column}`" in page
