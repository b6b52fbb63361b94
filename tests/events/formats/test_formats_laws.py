"""Laws of the readers: nothing is lost, blocks do not matter, and plain oracles agree with the fast ways."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import garrison.events.formats.limits as limits_module
from garrison.events.formats import open_events
from garrison.events.formats.cells import LINE, cells_of
from garrison.events.formats.format_file import format_named
from garrison.events.formats.layout import Layout
from garrison.events.formats.lines import Block, blocks
from garrison.events.formats.polecat_rows import mended_row
from garrison.events.formats.repeats import NEW, OTHER, SAME, SeenIds

SAMPLES = Path(__file__).parent / "samples"
FORMATS = {
    "acled.csv": "acled",
    "gdelt_2.export.CSV": "gdelt_2",
    "scad.csv": "scad",
    "polecat_malformed.txt": "polecat",
}
CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")) | st.just('"'), max_size=12
)
NAMES = format_named("acled").shape.columns


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELL | st.just("a\nb"), min_size=5, max_size=5), min_size=1, max_size=8))
def test_what_a_csv_writer_writes_is_cut_as_it_was(rows: list[list[str]]) -> None:
    sheet = io.StringIO()
    csv.writer(sheet, lineterminator="\n").writerows(["1", *row] for row in rows)
    layout = Layout(format_named("acled"), ",", NAMES[:6], header=True)
    block = Block(sheet.getvalue().encode().split(b"\n")[:-1], 1)
    table, troubles, _ = cells_of(block, layout, NAMES[:6])
    assert not troubles
    found = [[cell or "" for cell in row.values()] for row in table.select(list(NAMES[1:6])).to_pylist()]
    assert found == [[cell.replace("\n", " ") for cell in row] for row in rows]
    # Each row's line is that on which it begins.
    ends = np.cumsum([1 + sum(cell.count("\n") for cell in row) for row in rows])
    assert table[LINE].to_pylist() == [1, *(int(end) + 1 for end in ends[:-1])]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text('ab",\té', max_size=30), max_size=12))
def test_every_line_is_a_row_or_set_aside(lines: list[str]) -> None:
    layout = Layout(format_named("acled"), ",", NAMES[:3], header=True)
    block = Block([line.encode() for line in lines], 1)
    table, troubles, _ = cells_of(block, layout, NAMES[:3])
    told = sorted(table[LINE].to_pylist() + [trouble.line for trouble in troubles])
    assert len(told) == len(set(told))
    filled = [number for number, line in enumerate(lines, start=1) if line]
    assert set(told) <= set(filled)
    if not any(line.count('"') & 1 for line in lines):
        assert told == filled


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text("aé\r\n\t", max_size=200).map(str.encode), st.integers(1, 50))
def test_lines_do_not_depend_on_the_size_of_blocks(content: bytes, size: int) -> None:
    table = limits_module._table()["block"]
    usual = table["value"]
    try:
        whole = [line for block in blocks(io.BytesIO(content)) for line in block.lines]
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\r" in content:
            return
        table["value"] = size
        parts = list(blocks(io.BytesIO(content)))
    finally:
        table["value"] = usual
    assert [line for block in parts for line in block.lines] == whole
    assert [block.first for block in parts] == [
        1 + sum(len(b.lines) for b in parts[:n]) for n in range(len(parts))
    ]
    for line in whole:
        line.decode("utf-8")


@pytest.mark.parametrize("size", [1, 300, 1500])
@pytest.mark.parametrize("name", ["acled.csv", "gdelt_2.export.CSV", "scad.csv", "polecat_malformed.txt"])
def test_events_do_not_depend_on_the_size_of_blocks(
    name: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows() -> list[dict[str, object]]:
        opened = open_events(SAMPLES / name, format=FORMATS[name])
        told = [row for batch in opened.batches() for row in batch.to_pylist()]
        return sorted(told, key=lambda row: str(row["id"]))

    whole = rows()
    if size < 1500 and name == "polecat_malformed.txt":
        return  # its header is mended by the rows after it, which must stand in the first block
    monkeypatch.setitem(limits_module._table()["block"], "value", size)
    assert rows() == whole


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2)), max_size=12), max_size=6))
def test_repeats_are_told_as_a_dictionary_tells_them(batches: list[list[tuple[int, int]]]) -> None:
    seen, plain = SeenIds(), {}
    for batch in batches:
        ids, digests = (np.array([row[side] for row in batch], np.uint64) for side in (0, 1))
        expected = []
        for one, digest in batch:
            expected.append(NEW if one not in plain else SAME if plain[one] == digest else OTHER)
            plain.setdefault(one, digest)
        assert seen.sort_out(ids, digests).tolist() == expected


POLECAT = format_named("polecat").shape.columns
ROW = (SAMPLES / "polecat.txt").read_text(encoding="utf8").splitlines()[2].split("\t")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["Actor Name", "Recipient Name", "Placename", "Source"]),
    st.sampled_from(["Guardia\tNacional", "a\tb\tc"]),
    st.integers(0, 3),
)
def test_tabs_inside_a_name_and_at_the_end_are_mended(name: str, cell: str, surplus: int) -> None:
    cells = [cell if column == name else old for column, old in zip(POLECAT, ROW, strict=True)]
    mended = mended_row("\t".join(cells) + "\t" * surplus, POLECAT)
    assert mended is not None
    told = dict(zip(POLECAT, mended.split("\t"), strict=True))
    for column, old in zip(POLECAT, ROW, strict=True):
        if column in ("Event ID", "Event Date", "Event Type", "Country", "Latitude", "Publication Date"):
            assert told[column] == old
    assert told["Primary Actor Sector"] == "COP"
