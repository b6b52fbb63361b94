"""Gold of PLOVER roots: how it is read, what is set aside, and how rules and peer are scored on the same rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from garrison.errors import InputError, TableError
from garrison.evaluation.plover_gold import quad_of_gold_root, read_plover, score_plover, unmarked

HEADER = ["sentence", "source", "target", "marked_sentence", "gold_root", "gold_penta", "root_L2", "penta_L2"]
ROWS = [
    ("<s>Mali</s> jailed <t>a poet</t>.", "COERCE", "4", "COERCE", "4"),
    ("<s>Mali</s> freed <t>a poet</t>.", "YIELD", "2", "AID", "2"),
    ("<s>Mali</s> sent rice to <t>Chad</t>.", "AID", "2", "AID", "2"),
    ("<t>Two poets</t> were jailed.", "COERCE", "4", "ACCUSE", "3"),
]


def written(folder: Path, rows: list[tuple[str, ...]], columns: list[str] = HEADER) -> Path:
    lines = ["\t".join(columns)]
    for marked, *rest in rows:
        cells = dict(zip(HEADER, ["", "", "", marked, *rest], strict=False))
        lines.append("\t".join(cells.get(name, "") for name in columns))
    path = folder / "gold.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
    return path


def test_rules_and_peer_are_scored_on_the_same_rows(tmp_path: Path) -> None:
    score = score_plover(written(tmp_path, ROWS))
    assert score.n_rows == 4
    assert score.set_aside == ()
    assert score.rules.root_macro_f1 == score.rules.accuracy == score.rules.quad_macro_f1 == 1.0
    assert score.peer is not None
    assert score.peer.accuracy == 0.5
    by_root = {item.label: item.f1 for item in score.peer.roots}
    assert by_root == {"AID": pytest.approx(2 / 3), "COERCE": pytest.approx(2 / 3), "YIELD": 0.0}
    assert score.peer.root_macro_f1 == pytest.approx(4 / 9)
    assert {item.label: item.f1 for item in score.peer.quads} == {"2": 1.0, "4": pytest.approx(2 / 3)}


def test_without_the_peers_column_there_is_no_peer(tmp_path: Path) -> None:
    columns = ["gold_penta", "marked_sentence", "gold_root"]
    score = score_plover(written(tmp_path, ROWS, columns))
    assert score.peer is None
    assert score.rules.accuracy == 1.0


def test_the_peers_quad_follows_from_its_root(tmp_path: Path) -> None:
    score = score_plover(written(tmp_path, ROWS, HEADER[:-1]))
    assert score.peer is not None
    assert {item.label: item.f1 for item in score.peer.quads} == {"2": 1.0, "4": pytest.approx(2 / 3)}


def test_a_wrong_root_costs(tmp_path: Path) -> None:
    rows = [*ROWS, ("<s>Mali</s> jailed <t>a singer</t>.", "AID", "2", "AID", "2")]
    score = score_plover(written(tmp_path, rows))
    assert score.rules.accuracy == pytest.approx(4 / 5)
    assert score.rules.root_macro_f1 < 1.0


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("<s>Mali</s> slept.", "DREAM", "1", "", ""), "no PLOVER root"),
        (("<s>Mali</s> slept.", "AID", "7", "", ""), "must be 1, 2, 3 or 4"),
        (("", "AID", "2", "", ""), "empty"),
        (("Mali slept.", "AID", "2", "", ""), "neither a source"),
        (("<s></s> slept <t> </t>.", "AID", "2", "", ""), "neither a source"),
        (("<s>\u202e</s> slept.", "AID", "2", "", ""), "neither a source"),
    ],
)
def test_a_bad_row_is_named_and_set_aside(tmp_path: Path, row: tuple[str, ...], why: str) -> None:
    score = score_plover(written(tmp_path, [ROWS[0], row, ROWS[1]]))
    assert score.n_rows == 2
    assert len(score.set_aside) == 1
    assert "gold.tsv, line 3: " in score.set_aside[0]
    assert why in score.set_aside[0]


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        score_plover(tmp_path / "nowhere.tsv")
    binary = tmp_path / "binary.tsv"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        score_plover(binary)
    with pytest.raises(TableError, match="no column 'gold_root'"):
        score_plover(written(tmp_path, ROWS, ["marked_sentence", "gold_penta"]))
    with pytest.raises(TableError, match=r"no row that can be used.*only a header"):
        score_plover(written(tmp_path, []))
    with pytest.raises(TableError, match="line 2: gold_root is 'X'"):
        score_plover(written(tmp_path, [("<s>Mali</s> slept.", "X", "1", "", "")]))
    long = tmp_path / "long.tsv"
    long.write_text("\t".join(HEADER) + "\n" + "a" * 200_000, encoding="utf8")
    with pytest.raises(TableError, match="after line 1: field larger"):
        score_plover(long)


def test_quotation_marks_and_older_names_are_read(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text(
        'marked_sentence\tgold_root\tgold_penta\n"<s>Mali</s> said: ""No,"" and jailed <t>a poet</t>."\tDEMAND\t3\n',
        encoding="utf8",
    )
    rows, set_aside = read_plover(path)
    assert set_aside == []
    assert rows[0].sentence == 'Mali said: "No," and jailed a poet.'
    assert rows[0].gold_root == "REQUEST"
    assert quad_of_gold_root("INVESTIGATE") == "3"
    assert quad_of_gold_root("RETREAT") == "2"


@pytest.mark.parametrize(
    ("marked", "source", "target"),
    [
        ("<s>The <t>Malian</t> club</s> met.", "The Malian club", "Malian"),
        ("<s>Mali</s> fought <s>Mali</s>ans in <t>Chad</t>.", "Mali", "Chad"),
        ("It hit <t>Chad</t>.", None, "Chad"),
        ("<s>Mali slept.", None, None),
    ],
)
def test_marks_nested_repeated_or_missing(marked: str, source: str | None, target: str | None) -> None:
    sentence, at_source, at_target = unmarked(marked)
    assert "<" not in sentence
    assert (sentence[slice(*at_source)] if at_source else None) == source
    assert (sentence[slice(*at_target)] if at_target else None) == target
