"""Copies of a wire text are kept and marked; two reports on one event are not."""

import random
from datetime import date
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.records import SCHEMA_VERSION, Report, Reports
from garrison.reports import Document, iter_reports, near_duplicates, read_reports
from garrison.reports.near_duplicates import NearDuplicates, mark_near_duplicates

TEXTS = sorted((Path(__file__).parent / "documents").glob("*.txt"))
WORDS = [
    "army",
    "guard",
    "palace",
    "left",
    "stayed",
    "square",
    "ministry",
    "order",
    "officer",
    "street",
    "night",
    "morning",
    "crowd",
    "town",
]


def story(seed, n_words=150):
    chosen = random.Random(seed)
    return " ".join(f"{chosen.choice(WORDS)}{chosen.randrange(50)}" for _ in range(n_words))


def report(doc, text, day=date(2019, 2, 3)):
    return Report(doc, text, day, article_end=len(text), sha256=doc)


def touched(text, share, seed=1):
    chosen = random.Random(seed)
    return " ".join(f"new{at}" if chosen.random() < share else word for at, word in enumerate(text.split()))


def marks(reports):
    return {item.doc: item.near_duplicate_of for item in mark_near_duplicates(reports)}


def test_copies_are_marked_and_kept():
    wire = story(1)
    cut = " ".join(wire.split()[20:])
    reports = [
        report("b-paper", touched(wire, 0.02), date(2019, 2, 4)),
        report("wire", wire),
        report("c-paper", f"Our own first words stand here. {cut}", date(2019, 2, 5)),
        report("other", story(2)),
        report("short", "Troops left the palace on Friday."),
        report("short-too", "Troops left the palace on Friday, too."),
    ]
    found = marks(reports)
    assert found == {
        "wire": None, "b-paper": "wire", "c-paper": "wire", "other": None, "short": None, "short-too": None,
    }  # fmt: skip


def test_different_texts_are_never_taken_for_copies():
    read = read_reports(TEXTS, as_of=date(2024, 1, 1)).reports
    assert len(read) > 10
    assert [item.near_duplicate_of for item in read] == [None] * len(read)


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(6)))
def test_the_order_of_sources_does_not_matter(order):
    wire, other = story(1), story(5)
    reports = [
        report("a", wire), report("b", touched(wire, 0.02), date(2019, 2, 4)), report("c", touched(wire, 0.02, 2)),
        report("x", other), report("y", touched(other, 0.02), date(2019, 2, 1)), report("z", story(9)),
    ]  # fmt: skip
    found = marks([reports[index] for index in order])
    assert found == {"a": None, "b": "a", "c": "a", "x": "y", "y": None, "z": None}


def test_readers_comments_do_not_tell_copies_apart(tmp_path):
    for name, talk in (("a", "lol!!! you dont say"), ("b", "im sure they were paid, arent we all")):
        thread = f"<div id='comments'><h3>Comments</h3><p>{talk}</p></div>"
        page = f"<article><h1>Guards stay</h1><p>{story(1)}</p></article>{thread}"
        (tmp_path / f"{name}.html").write_text(page)
    reading = read_reports([tmp_path], as_of=date(2019, 3, 1))
    assert sorted(str(item.near_duplicate_of) for item in reading.reports) in (["None", "a"], ["None", "b"])


def test_a_stream_compares_with_the_latest_only(monkeypatch):
    limits = dict(near_duplicates.limit.__globals__["_table"]())
    limits = {name: row["value"] for name, row in limits.items()} | {"near_duplicate_window": 3}
    monkeypatch.setattr(near_duplicates, "limit", limits.__getitem__)
    notes = [Document(story(seed), doc=str(number)) for number, seed in enumerate([1, 2, 3, 4])]
    notes += [Document(touched(story(4), 0.01), doc="near"), Document(touched(story(1), 0.01), doc="far")]
    found = {item.doc: item.near_duplicate_of for item in iter_reports(notes, as_of=date(2019, 3, 1))}
    assert found["near"] == "3"
    assert found["far"] is None


def test_the_first_of_a_family_stands_for_all():
    copied = NearDuplicates()
    chain = [story(1)]
    for step in range(3):
        chain.append(touched(chain[-1], 0.03, step))
    found = [copied.original_of(report(str(number), text)) for number, text in enumerate(chain)]
    assert found == [None, "0", "0", "0"]


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl"])
def test_the_mark_is_a_column_that_may_be_empty(tmp_path, suffix):
    table = Reports.of(mark_near_duplicates([report("a", story(1)), report("b", story(1) + " end")]))
    assert table.table.schema.field("near_duplicate_of").nullable
    assert table.table.schema.metadata[b"garrison_schema"] == str(SCHEMA_VERSION).encode() == b"1"
    path = table.save(tmp_path / f"reports{suffix}")
    if suffix == ".parquet":
        assert parquet.read_table(path).column("near_duplicate_of").to_pylist() == [None, "a"]
        old = Reports(parquet.read_table(path).drop_columns(["near_duplicate_of"]))
        assert old[0].near_duplicate_of is None
    assert table[1].near_duplicate_of == "a"
