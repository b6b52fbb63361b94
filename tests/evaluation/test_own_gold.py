"""Scores on gold that people coded: counted by hand on a tiny folder, and what happens to bad gold."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.errors import TableError
from garrison.evaluation import read_gold, score_gold
from garrison.evaluation.claim_matching import matched
from garrison.records import Claim

TEXT = """Soldiers desert in the north

Twelve soldiers deserted on Monday, a rights group said. The army will split, the ambassador warned.
Police fired tear gas at students in Khartoum.
"""


def line(record: str, **fields: object) -> str:
    return json.dumps({"record": record, "schema": 1, "doc": "sdn-2019-04-07-own", **fields})


def claim_line(words: str, kind: str, certainty: str, **fields: object) -> str:
    start = TEXT.index(words)
    span = {"char_start": start, "char_end": start + len(words), "quote": words}
    return line("claim", type=kind, certainty=certainty, **span, **fields)


def gold_folder(folder: Path, *rows: str) -> Path:
    (folder / "sdn-2019-04-07-own.txt").write_text(TEXT, encoding="utf8")
    (folder / "documents.toml").write_text(
        '[sdn-2019-04-07-own]\ncountry = "SDN"\npublished = 2019-04-07\nkind = "wire"\n', encoding="utf8"
    )
    segment = line("segmentation", article_start=30, article_end=len(TEXT.rstrip()))
    (folder / "gold.jsonl").write_text("\n".join([segment, *rows]) + "\n", encoding="utf8")
    return folder


def test_a_tiny_folder_is_scored_as_counted_by_hand(tmp_path: Path) -> None:
    folder = gold_folder(
        tmp_path,
        claim_line(
            "Twelve soldiers deserted on Monday",
            "DEFECT",
            "claim_single_source",
            date_start="2019-04-01",
            date_end="2019-04-01",
        ),
        claim_line(
            "Police fired tear gas at students in Khartoum", "CROWD_CONTROL", "reported_fact", adm1="SD-KH"
        ),
        claim_line("The army will split", "DEFECT", "forecast"),
        claim_line("Soldiers desert in the north", "HARDSHIP", "headline_assertion"),
    )
    score = score_gold(folder)
    assert score.n_documents == 1
    assert score.found.n_gold == 4
    assert score.found.n_right == 3, "what no coder would find there is missed"
    assert score.dates == (1, 1)
    assert score.adm1 == (1, 1)
    assert score.certainty_macro_f1 == 1.0
    assert score.boundary == pytest.approx(1.0, abs=0.02)
    assert (score.comments_as_fact, score.coming_as_fact) == (0, 0)
    assert set(score.figures()) >= {
        "claim_f1",
        "recall",
        "certainty_macro_f1",
        "dates",
        "adm1",
        "boundary_iou",
    }


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('{"record": "claim", "doc": ', "line 2: not a record"),
        (line("claim", type="DEFECT", certainty="reported_fact"), "line 2: char_start: field required"),
        (
            claim_line("Twelve soldiers", "DEFCT", "reported_fact"),
            "unknown type 'DEFCT'. Did you mean DEFECT?",
        ),
        (claim_line("Twelve soldiers", "DEFECT", "fact"), "line 2: unknown certainty 'fact'"),
        (line("claim", char_start=0, char_end=3, type="COUP", certainty="forecast") + "\n[1]", "line 3"),
        ("12", "line 2: not a record"),
    ],
)
def test_a_bad_row_of_gold_is_named(tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(TableError) as refused:
        read_gold(gold_folder(tmp_path, row))
    assert words in str(refused.value)


def test_gold_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such folder of gold"):
        read_gold(tmp_path / "nowhere")
    with pytest.raises(TableError, match="segmentation"):
        read_gold(tmp_path)
    folder = gold_folder(tmp_path)
    (folder / "sdn-2019-04-07-own.txt").unlink()
    with pytest.raises(TableError, match="no such document"):
        read_gold(folder)


SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(["COUP", "DEFECT"])), max_size=7
)


def claims_at(spans: list[tuple[int, int, str]]) -> list[Claim]:
    return [
        Claim(str(number), "d", start, start + length, "", kind, "reported_fact", date(2019, 4, 7))
        for number, (start, length, kind) in enumerate(spans)
    ]


# The first call loads scipy's assignment, which may take longer than hypothesis allows an example.
@settings(deadline=None)
@given(SPANS, SPANS)
def test_matching_is_symmetric_in_size_and_uses_each_claim_once(one: list, other: list) -> None:
    first, second = claims_at(one), claims_at(other)
    pairs = matched(first, second)
    assert len(pairs) == len(matched(second, first))
    assert len({a.id for a, _ in pairs}) == len({b.id for _, b in pairs}) == len(pairs)
    assert all(a.type == b.type and a.char_start < b.char_end and b.char_start < a.char_end for a, b in pairs)
    assert len(matched(first, first)) == len(first)
